#include "tests/bench/measure/lead.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace formwork::bench {
namespace {

constexpr std::array<std::string_view, 4> kSources{"website", "ads", "event", "partner"};
constexpr std::array<std::string_view, 4> kIndustries{"manufacturing", "finance", "retail",
                                                      "software"};
constexpr std::array<std::string_view, 4> kRegions{"华东", "华南", "华北", "西南"};
constexpr std::string_view kNotes =
    "Asked for a demonstration of the quotation module; has twelve sales people in three cities "
    "and "
    "replaces spreadsheets. Wants to start within the quarter, decides together with finance.";

}  // namespace

std::uint64_t spread(std::uint64_t number) {
  std::uint64_t mixed = number + 0x9E3779B97F4A7C15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

std::string lead_body(std::uint64_t number) {
  const std::uint64_t random = spread(number);
  const auto pick = [random](unsigned shift) { return (random >> shift) % 4; };
  return fmt::format(
      R"({{"company":"Company {0} 有限公司","contact":"Contact {0}","title":"Head of sales",)"
      R"("email":"c{1:016x}@example.com","mobile":"+861{2:010}","source":"{3}","industry":"{4}",)"
      R"("region":"{5}","city":"Shanghai","address":"{6} Example Road, building {7}",)"
      R"("website":"https://www.example.com/{0}","budget":"{8}.50","employees":{9},)"
      R"("expected_close":"2026-{10:02}-{11:02}","newsletter":{12},"description":"{13}"}})",
      number, random, 3'000'000'000U + random % 7'000'000'000U, kSources[pick(0)],
      kIndustries[pick(8)], kRegions[pick(16)], random % 900 + 1, random % 30 + 1,
      random % 990'000 + 10'000, random % 4'000 + 1, random % 12 + 1, random % 28 + 1,
      pick(24) == 0, kNotes);
}

}  // namespace formwork::bench
