// A whole conversation without a socket: for tests of handlers and for fuzzing.
#pragma once

#include <string>
#include <vector>

#include "server/http/options.h"

namespace formwork::http {

struct Conversation {
  std::vector<std::string> pieces;  // what the client sends; one read never spans two of them
  bool hangs_up = true;  // afterwards; else it stays silent until a deadline passes, at once
};

struct Transcript {
  std::string output;  // all that the server wrote
  bool server_ended =
      false;  // it closed while the client still had something to send or was silent
};

// Serves the conversation with the code that serves sockets, and returns when it is over.
Transcript converse(Options options, Handler handler, Conversation conversation);

// `text` in pieces of that many bytes.
std::vector<std::string> in_pieces(const std::string& text, std::size_t bytes);

}  // namespace formwork::http
