// One request, one answer, one connection: for what a bench must ask or say before it measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace formwork::bench {

struct Reply {
  int status = 0;  // 0: nobody answered
  std::string head;
  std::string body;
};

// Sends the text of a request and reads the answer; status 0 if the connection fails or closes
// early.
Reply ask(std::uint16_t port, std::string_view request);

}  // namespace formwork::bench
