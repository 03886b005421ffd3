#include "server/http/request_id.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include <sys/random.h>

namespace formwork::http {
namespace {

constexpr std::size_t kIdBytes = 16;

// getrandom gives up to 256 bytes without being interrupted: sixteen ids for one system call.
class RandomBytes {
 public:
  const unsigned char* next_id() {
    if (used_ == bytes_.size()) refill();
    used_ += kIdBytes;
    return bytes_.data() + used_ - kIdBytes;
  }

 private:
  void refill() {
    if (getrandom(bytes_.data(), bytes_.size(), 0) != static_cast<ssize_t>(bytes_.size())) {
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    used_ = 0;
  }

  std::array<unsigned char, 256> bytes_{};
  std::size_t used_ = 256;
};

}  // namespace

std::string random_request_id() {
  thread_local RandomBytes random;
  const unsigned char* bytes = random.next_id();
  constexpr const char* kDigits = "0123456789abcdef";
  std::string id(2 * kIdBytes, '0');
  for (std::size_t i = 0; i < kIdBytes; ++i) {
    id[2 * i] = kDigits[bytes[i] >> 4U];
    id[2 * i + 1] = kDigits[bytes[i] & 15U];
  }
  return id;
}

}  // namespace formwork::http
