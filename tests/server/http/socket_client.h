// A blocking client on a plain socket, for what only a real connection can show.
#pragma once

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace formwork::http::testing {

class SocketClient {
 public:
  explicit SocketClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};  // a test that hangs fails instead
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("no connection");
    }
  }

  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  ~SocketClient() { ::close(socket_); }

  void send(std::string_view bytes) const {
    (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  // Reads until the text has come, or the end.
  std::string read_until(std::string_view text) {
    while (received_.find(text) == std::string::npos && read_some()) {
    }
    return received_;
  }

  std::string read_to_end() {
    while (read_some()) {
    }
    return received_;
  }

 private:
  bool read_some() {
    std::array<char, 4096> buffer{};
    const ssize_t bytes = recv(socket_, buffer.data(), buffer.size(), 0);
    if (bytes <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(bytes));
    return true;
  }

  int socket_;
  std::string received_;
};

}  // namespace formwork::http::testing
