#include "server/http/query.h"

#include <optional>
#include <utility>

#include "server/http/characters.h"
#include "server/http/url_coding.h"

namespace formwork::http {

Expected<std::vector<Parameter>, QueryProblem> parse_query(std::string_view text,
                                                           const FormLimits& limits) {
  std::vector<Parameter> parameters;
  while (!text.empty()) {
    std::string_view value = take_until(text, '&');
    if (value.empty()) continue;
    if (parameters.size() == limits.parameters) return Unexpected(QueryProblem::TooManyParameters);
    const std::string_view name = take_until(value, '=');
    std::optional<std::string> decoded_name = decode_percent(name, Plus::IsBlank);
    std::optional<std::string> decoded_value = decode_percent(value, Plus::IsBlank);
    if (!decoded_name || !decoded_value) return Unexpected(QueryProblem::Malformed);
    parameters.push_back({std::move(*decoded_name), std::move(*decoded_value)});
  }
  return parameters;
}

}  // namespace formwork::http
