// Why a request is answered by this layer and never reaches a handler.
#pragma once

#include <string_view>

namespace formwork::http {

struct Refusal {
  int status = 400;
  std::string_view detail;  // one sentence for the client's developer, a literal
};

}  // namespace formwork::http
