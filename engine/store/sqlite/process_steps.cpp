#include "engine/store/sqlite/process_steps.h"

#include <limits>
#include <optional>
#include <stdexcept>

namespace formwork::store {
namespace {

using engine::ProcessStep;
using engine::StepState;

constexpr std::uint64_t kForm = 1;
constexpr unsigned kBits = 7;
constexpr std::uint64_t kMore = 0x80;  // in a byte that another one follows
constexpr unsigned kMostShift = 63;
constexpr std::uint64_t kStepStates = static_cast<std::uint64_t>(StepState::Cancelled) + 1;

class Packer {
 public:
  void number(std::uint64_t value) {
    while (value >= kMore) {
      bytes_ += static_cast<char>((value & (kMore - 1)) | kMore);
      value >>= kBits;
    }
    bytes_ += static_cast<char>(value);
  }

  void text(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }

  // The sign goes to the lowest bit, so that what is near zero is short on both sides of it.
  void moment(const std::optional<Instant>& moment) {
    number(moment ? 1 : 0);
    if (!moment) return;
    const auto bits = static_cast<std::uint64_t>(moment->microseconds);
    const bool is_negative = moment->microseconds < 0;
    number(((is_negative ? ~bits : bits) << 1) | (is_negative ? 1 : 0));
  }

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift <= kMostShift; shift += kBits) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      value |= (byte & (kMore - 1)) << shift;
      if (byte < kMore) return value;
    }
    throw damaged();
  }

  std::uint64_t number_below(std::uint64_t limit) {
    const std::uint64_t value = number();
    if (value >= limit) throw damaged();
    return value;
  }

  std::string text() { return std::string(take(number())); }

  std::optional<Instant> moment() {
    if (number_below(2) == 0) return std::nullopt;
    const std::uint64_t bits = number();
    const std::uint64_t magnitude = bits >> 1;
    return Instant{static_cast<std::int64_t>((bits & 1) == 0 ? magnitude : ~magnitude)};
  }

  void end() const {
    if (!rest_.empty()) throw damaged();
  }

  std::size_t size() const { return rest_.size(); }

 private:
  static std::runtime_error damaged() {
    return std::runtime_error("the steps of a process are damaged");
  }

  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) throw damaged();
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

}  // namespace

std::string pack_steps(std::span<const ProcessStep> steps) {
  Packer packer;
  packer.number(kForm);
  packer.number(steps.size());
  for (const ProcessStep& step : steps) {
    packer.text(step.id);
    packer.number(static_cast<std::uint64_t>(step.state));
    packer.text(step.reason);
    packer.moment(step.opened_at);
    packer.moment(step.closed_at);
    packer.text(step.fingerprint);
    packer.number(step.first_seat);
  }
  return packer.take();
}

std::vector<ProcessStep> unpack_steps(std::string_view packed) {
  Unpacker unpacker(packed);
  unpacker.number_below(kForm + 1);
  std::vector<ProcessStep> steps(unpacker.number_below(unpacker.size()));
  for (ProcessStep& step : steps) {
    step.id = unpacker.text();
    step.state = static_cast<StepState>(unpacker.number_below(kStepStates));
    step.reason = unpacker.text();
    step.opened_at = unpacker.moment();
    step.closed_at = unpacker.moment();
    step.fingerprint = unpacker.text();
    step.first_seat = unpacker.number();
  }
  unpacker.end();
  return steps;
}

}  // namespace formwork::store
