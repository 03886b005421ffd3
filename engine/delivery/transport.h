// The way out for what is to be sent: libcurl in the program (curl_transport.h), a list in tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/command/effects.h"

namespace formwork::delivery {

struct HttpPost {
  std::string url;
  std::vector<std::string> headers;  // `name: value`
  std::string body;
};

struct Mail {
  std::string from;  // addresses
  std::string to;
  std::string text;  // with its headers, lines end with CR LF
};

struct Parcel {
  engine::MessageId message = 0;
  std::variant<HttpPost, Mail> what;
};

// What came back.
struct Answer {
  engine::MessageId message = 0;
  std::int64_t status = 0;                  // of HTTP or SMTP; 0: there was no answer
  std::string problem;                      // empty: it arrived
  bool is_final = false;                    // trying again would not help
  std::optional<std::int64_t> retry_after;  // in seconds
  std::int64_t milliseconds = 0;
};

// Used by one thread, except for `wake`.
class Transport {
 public:
  virtual ~Transport() = default;

  virtual void start(Parcel parcel) = 0;
  // Goes on with what was started until something has come back, somebody wakes it, or so much time
  // has passed; what has come back.
  virtual std::vector<Answer> wait(std::int64_t microseconds) = 0;
  // From any thread: lets the present or the next `wait` end at once.
  virtual void wake() = 0;
};

}  // namespace formwork::delivery
