#include "server/routes/exchange.h"

#include <algorithm>

namespace formwork::routes {

void Exchange::answer(http::Response response) {
  if (caller) response.log_user = caller->actor.name;
  reply(std::move(response));
}

const std::string* Exchange::parameter(std::string_view name) const {
  const auto found = std::find_if(query.begin(), query.end(),
                                  [name](const http::Parameter& p) { return p.name == name; });
  return found == query.end() ? nullptr : &found->value;
}

}  // namespace formwork::routes
