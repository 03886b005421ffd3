// A socket beside the store's file through which small commands reach the server that has the file
// open. Only the server's own user may connect: the file system says so.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace formwork::program {

// Where the socket of a store lies.
std::string control_path(const std::string& store_path);

class ControlSocket {
 public:
  using Answer = std::function<std::string(const std::string& line)>;

  // Listens on a thread of its own until it goes. Throws std::system_error when the socket cannot
  // be made.
  ControlSocket(const std::string& path, Answer answer);
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Sends a line and waits for the answer's line; nothing when nobody listens there.
std::optional<std::string> ask(const std::string& path, const std::string& line);

}  // namespace formwork::program
