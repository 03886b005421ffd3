// Receivers for what the system sends: of webhooks, and a mail server.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/utf8.h"
#include "tests/support/loopback.h"

namespace formwork::testing {

struct Received {
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// "HTTP/1.1 200 OK" with that body.
inline std::string http_answer(int status, std::string_view body = {},
                               std::string_view headers = {}) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Said\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) +
         "\r\n" + std::string(body);
}

class Receiver {
 public:
  // What is sent back, as it goes over the wire; an empty one ends the connection.
  using Answer = std::function<std::string(const Received&)>;

  explicit Receiver(Answer answer = [](const Received&) { return http_answer(204); })
      : answer_(std::move(answer)), server_([this](Conversation& with) { talk(with); }) {}

  std::string url(std::string_view path = "/") const {
    return "http://" + server_.host() + std::string(path);
  }

  std::uint16_t port() const { return server_.port(); }

  std::size_t connections() const { return server_.connections(); }

  std::vector<Received> received() const {
    const std::lock_guard lock(mutex_);
    return received_;
  }

 private:
  void talk(Conversation& with) {
    Received request;
    while (read(with, request)) {
      {
        const std::lock_guard lock(mutex_);
        received_.push_back(request);
      }
      const std::string answer = answer_(request);
      if (answer.empty() || !with.send(answer)) return;
    }
  }

  static bool read(Conversation& with, Received& request) {
    request = {};
    std::string line;
    if (!with.read_line(line)) return false;
    const std::size_t blank = line.find(' ');
    request.target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
    while (with.read_line(line) && !line.empty()) {
      const std::size_t colon = line.find(": ");
      request.headers[to_lower_ascii(line.substr(0, colon))] = line.substr(colon + 2);
    }
    return with.read(std::stoul("0" + request.headers["content-length"]), request.body);
  }

  Answer answer_;
  mutable std::mutex mutex_;
  std::vector<Received> received_;
  LoopbackServer server_;  // last: its threads use the others
};

// Takes mail in; refuses receivers that the test says.
class MailServerStub {
 public:
  struct Letter {
    std::string from;
    std::string to;
    std::string text;
  };

  // What RCPT is answered with.
  using Judge = std::function<std::string(const std::string& to)>;

  explicit MailServerStub(Judge judge = [](const std::string&) { return "250 ok"; })
      : judge_(std::move(judge)), server_([this](Conversation& with) { talk(with); }) {}

  std::string url() const { return "smtp://" + server_.host(); }

  std::vector<Letter> letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }

  // As it was sent with AUTH PLAIN.
  std::string credentials() const {
    const std::lock_guard lock(mutex_);
    return credentials_;
  }

 private:
  void talk(Conversation& with) {
    with.send("220 stub\r\n");
    Letter letter;
    std::string line;
    while (with.read_line(line)) {
      if (!with.send(reply(with, line, letter) + "\r\n")) return;
    }
  }

  std::string reply(Conversation& with, const std::string& line, Letter& letter) {
    if (line.starts_with("EHLO")) return "250-stub\r\n250 AUTH PLAIN";
    if (line.starts_with("AUTH PLAIN")) {
      std::string given = line.substr(std::min<std::size_t>(line.size(), 11));
      if (given.empty() && with.send("334 \r\n")) with.read_line(given);
      const std::lock_guard lock(mutex_);
      credentials_ = given;
      return "235 welcome";
    }
    if (line.starts_with("MAIL FROM:")) letter.from = line.substr(10);
    if (line.starts_with("RCPT TO:")) {
      letter.to = line.substr(8);
      return judge_(letter.to);
    }
    if (line != "DATA") return "250 ok";
    with.send("354 go on\r\n");
    read_text(with, letter);
    const std::lock_guard lock(mutex_);
    letters_.push_back(std::exchange(letter, {}));
    return "250 taken";
  }

  static void read_text(Conversation& with, Letter& letter) {
    std::string line;
    while (with.read_line(line) && line != ".") {
      letter.text += line.starts_with('.') ? line.substr(1) : line;
      letter.text += "\r\n";
    }
  }

  Judge judge_;
  mutable std::mutex mutex_;
  std::vector<Letter> letters_;
  std::string credentials_;
  LoopbackServer server_;  // last: its threads use the others
};

}  // namespace formwork::testing
