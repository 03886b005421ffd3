#include "tests/bench/measure/ask.h"

#include <array>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/bench/measure/answer.h"

namespace formwork::bench {
namespace {

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

Reply read_reply(int socket) {
  std::string bytes;
  std::array<char, 65'536> buffer{};
  while (true) {
    if (const std::optional<Answer> answer = read_answer(bytes)) {
      if (bytes.size() >= answer->head_bytes + answer->body_bytes) {
        return {answer->status, bytes.substr(0, answer->head_bytes - 2),
                bytes.substr(answer->head_bytes, answer->body_bytes)};
      }
    }
    const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) return {};
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

Reply ask(std::uint16_t port, std::string_view request) {
  const int socket = connect_to(port);
  if (socket < 0) return {};
  Reply reply;
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) ==
      static_cast<ssize_t>(request.size())) {
    reply = read_reply(socket);
  }
  ::close(socket);
  return reply;
}

}  // namespace formwork::bench
