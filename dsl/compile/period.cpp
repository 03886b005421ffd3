#include "dsl/compile/period.h"

#include "dsl/base/time.h"

namespace formwork::compile {

std::optional<calendar::Period> read_period(const Phrase& phrase, std::string_view code,
                                            Context& context) {
  if (const auto period = calendar::parse_period(phrase.text)) return period;
  const std::string name = "`" + std::string(phrase.text) + "`";
  std::string message = name + " is no period";
  std::string remedy = "write days as `P3D`, hours as `PT8H`, and both as `P1DT4H`";
  if (parse_months_duration(phrase.text)) {
    message = name + " counts in months or years, and these differ in length";
    remedy = "count in days: a month is about `P30D`";
  } else if (const auto duration = parse_days_duration(phrase.text)) {
    message = name + (duration->seconds < 0 ? " runs backwards" : " takes no time");
  }
  context.diagnostics.error(code, phrase.where(), std::move(message), std::move(remedy));
  return std::nullopt;
}

}  // namespace formwork::compile
