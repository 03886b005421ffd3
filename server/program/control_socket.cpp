#include "server/program/control_socket.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <system_error>
#include <thread>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace formwork::program {
namespace {

constexpr std::size_t kMaxRequestBytes = 16 * 1024;
constexpr std::size_t kMaxAnswerBytes = 64 * 1024 * 1024;
constexpr int kWaitMilliseconds = 5'000;  // for a peer that has connected and says nothing
constexpr int kBacklog = 8;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}

  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return value_; }

 private:
  int value_;
};

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    throw std::system_error(ENAMETOOLONG, std::generic_category(), path);
  }
  path.copy(address.sun_path, path.size());
  return address;
}

const sockaddr* as_sockaddr(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool wait_readable(int descriptor, int milliseconds) {
  pollfd waiting{descriptor, POLLIN, 0};
  return ::poll(&waiting, 1, milliseconds) == 1;
}

std::string read_line(int descriptor, int milliseconds, std::size_t most_bytes) {
  std::string line;
  std::array<char, 4096> buffer{};
  while (line.size() < most_bytes && wait_readable(descriptor, milliseconds)) {
    const ssize_t size = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    const std::size_t seen = line.size();
    line.append(buffer.data(), static_cast<std::size_t>(size));
    const std::size_t end = line.find('\n', seen);
    if (end != std::string::npos) return line.substr(0, end);
  }
  return {};
}

void write_line(int descriptor, const std::string& line) {
  std::string_view rest = line;
  const std::string with_end = line + "\n";
  rest = with_end;
  while (!rest.empty()) {
    const ssize_t size = ::send(descriptor, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (size <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(size));
  }
}

}  // namespace

std::string control_path(const std::string& store_path) { return store_path + ".control"; }

class ControlSocket::Impl {
 public:
  Impl(std::string path, Answer answer)
      : path_(std::move(path)),
        answer_(std::move(answer)),
        listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_un address = address_of(path_);
    // The store's lock says that no other server lives; what lies here was left by one that was
    // killed.
    ::unlink(path_.c_str());
    const mode_t before = ::umask(0077);
    const int bound = ::bind(listener_.get(), as_sockaddr(address), sizeof(address));
    const int reason = errno;
    ::umask(before);
    if (bound != 0 || ::listen(listener_.get(), kBacklog) != 0) {
      throw std::system_error(reason, std::generic_category(), path_);
    }
    thread_ = std::thread([this] { run(); });
  }

  ~Impl() {
    stopping_ = true;
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
    ::unlink(path_.c_str());
  }

 private:
  void run() {
    while (!stopping_) {
      const Descriptor peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (peer.get() < 0) continue;
      const std::string line = read_line(peer.get(), kWaitMilliseconds, kMaxRequestBytes);
      if (!line.empty()) answer(peer.get(), line);
    }
  }

  // A command that fails, as on a store that cannot be read, closes its connection and no more.
  void answer(int peer, const std::string& line) {
    try {
      write_line(peer, answer_(line));
    } catch (const std::exception& error) {
      std::fprintf(stderr, "formwork: a command failed: %s\n", error.what());
    }
  }

  std::string path_;
  Answer answer_;
  Descriptor listener_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

ControlSocket::ControlSocket(const std::string& path, Answer answer)
    : impl_(std::make_unique<Impl>(path, std::move(answer))) {}

ControlSocket::~ControlSocket() = default;

std::optional<std::string> ask(const std::string& path, const std::string& line) {
  const Descriptor peer(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_of(path);
  if (::connect(peer.get(), as_sockaddr(address), sizeof(address)) != 0) return std::nullopt;
  write_line(peer.get(), line);
  const std::string answer = read_line(peer.get(), -1, kMaxAnswerBytes);
  if (answer.empty()) return std::nullopt;
  return answer;
}

}  // namespace formwork::program
