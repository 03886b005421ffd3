#include "dsl/feel/evaluation.h"

#include <utility>

namespace formwork::feel {

const Value Evaluation::kNull;

Value Evaluation::null(std::string_view reason) {
  // A loop could have a reason for each of its turns; the first ones tell enough.
  constexpr std::size_t kMostWarnings = 100;
  if (warnings_ != nullptr && warnings_->size() < kMostWarnings) {
    warnings_->push_back({place.begin, place.end, std::string(reason)});
  }
  return {};
}

Value Evaluation::within_limits(Value value) {
  const Extent extent = value.extent();
  constexpr std::uint64_t kPartsPerStep = 16;
  const bool is_wide = extent.parts > budget_.value_parts;
  if (!is_wide && extent.depth <= budget_.value_depth) {
    const std::uint64_t steps = extent.parts / kPartsPerStep;
    return steps == 0 || spend(steps) ? std::move(value) : Value();
  }
  return give_up(is_wide ? "the value has too many parts" : "the value nests too deeply");
}

bool Evaluation::is_too_deep() const {
  const std::ptrdiff_t used = stack_base - static_cast<const char*>(__builtin_frame_address(0));
  return depth >= budget_.depth || used > kMaxStackBytes || used < -kMaxStackBytes;
}

Value Evaluation::give_up(std::string_view reason) {
  if (!exhausted_) null(reason);
  exhausted_ = true;
  return {};
}

bool Evaluation::exhaust() {
  give_up("the evaluation takes too many steps and was given up");
  return false;
}

}  // namespace formwork::feel
