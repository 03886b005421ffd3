// The format of serial numbers: `L-{yyyy}{mm}-{seq:5}`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/base/time.h"
#include "dsl/fields/field.h"

namespace formwork::fields {

struct SerialProblem {
  std::size_t offset;   // bytes into the format, where the wrong part begins
  std::size_t length;   // bytes of the wrong part
  std::string message;  // one sentence without full stop, in the author's terms
};

// Literals and {yyyy} or {yy}, {mm}, {dd}, {seq:N}; exactly one {seq:N}, N from 1 to 12 digits. A
// month needs its year and a day its month, since otherwise the same numbers would come again.
Expected<std::vector<SerialPart>, SerialProblem> parse_serial_format(std::string_view text);

// A sequence with more digits than its width is written in full.
std::string format_serial(const std::vector<SerialPart>& parts, const Date& today,
                          std::int64_t sequence);

// Within which numbers count from 1: "2026", "202611", "20261123"; empty when they count for ever.
std::string serial_period(const std::vector<SerialPart>& parts, const Date& today);

}  // namespace formwork::fields
