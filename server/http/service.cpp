#include "server/http/service.h"

#include <exception>
#include <string>

namespace formwork::http {
namespace {

Response page_of(const Service& service, const Refusal& refusal, const Request& request) {
  try {
    return service.options.error_page(refusal, request);
  } catch (const std::exception& e) {
    service.options.on_incident(request.request_id,
                                std::string("the error page failed: ") + e.what());
    return problem_page(refusal, request);
  }
}

}  // namespace

Response error_response(const Service& service, const Refusal& refusal, const Request& request) {
  Response response = page_of(service, refusal, request);
  response.status = refusal.status;
  if (refusal.status == 503) {
    response.set("Retry-After", std::to_string(service.options.limits.retry_after.count()));
  }
  if (refusal.status == 405) response.set("Allow", kAllowedMethods);
  return response;
}

}  // namespace formwork::http
