#include "server/routes/submission.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "server/http/multipart.h"

namespace formwork::routes {
namespace {

std::optional<Submission> read_parts(const http::Request& request) {
  const auto parts = http::parse_multipart(request.header("Content-Type"), request.body);
  if (!parts) return std::nullopt;
  Submission submission;
  for (const http::Part& part : *parts) {
    if (!part.filename) {
      if (!is_valid_utf8(part.content)) return std::nullopt;
      submission.pairs.emplace_back(part.name, part.content);
    } else if (!part.filename->empty()) {
      submission.files.push_back({part.name,
                                  {.name = *part.filename,
                                   .media_type = part.content_type,
                                   .content = std::string(part.content)}});
    }
  }
  return submission;
}

}  // namespace

std::string_view Submission::value(std::string_view name) const {
  const auto found = std::find_if(pairs.begin(), pairs.end(),
                                  [name](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? std::string_view() : found->second;
}

std::optional<Submission> read_submission(const http::Request& request) {
  const std::string type = to_lower_ascii(request.content_type());
  if (type == "multipart/form-data") return read_parts(request);
  if (type != "application/x-www-form-urlencoded") return std::nullopt;
  auto parameters = http::parse_query(request.body);
  if (!parameters) return std::nullopt;
  Submission submission;
  for (http::Parameter& parameter : *parameters) {
    submission.pairs.emplace_back(std::move(parameter.name), std::move(parameter.value));
  }
  return submission;
}

}  // namespace formwork::routes
