#include "server/http/options.h"

#include <chrono>
#include <utility>

#include "dsl/base/json.h"
#include "server/http/request_id.h"

namespace formwork::http {
namespace {

Instant system_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace

Response problem_page(const Refusal& refusal, const Request&) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("type").string("about:blank");
  writer.key("title").string(reason_phrase(refusal.status));
  writer.key("status").number(refusal.status);
  if (!refusal.detail.empty()) writer.key("detail").string(refusal.detail);
  writer.end_object();
  return json_response(refusal.status, std::move(body), "application/problem+json");
}

Options with_defaults(Options options) {
  if (!options.body_limit) {
    options.body_limit = [bytes = options.limits.body_bytes](Method, std::string_view) {
      return bytes;
    };
  }
  if (!options.error_page) options.error_page = problem_page;
  if (!options.new_request_id) options.new_request_id = random_request_id;
  if (!options.now) options.now = system_now;
  if (!options.on_incident) options.on_incident = [](std::string_view, std::string_view) {};
  return options;
}

}  // namespace formwork::http
