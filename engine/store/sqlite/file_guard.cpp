#include "engine/store/sqlite/file_guard.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace formwork::store {
namespace {

constexpr mode_t kOwnerOnly = 0600;

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : value_(::open(path.c_str(), flags, kOwnerOnly)) {}

  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return value_; }

 private:
  int value_;
};

Unexpected<OpenProblem> cannot_open(const std::string& path) {
  return Unexpected(OpenProblem{
      fmt::format("{} cannot be opened: {}", path, std::generic_category().message(errno)),
      "check that its folder is there and that you may write in it"});
}

// Who holds the lock wrote its number; nothing when it has not come to that yet.
std::string holder(int lock) {
  std::array<char, 32> digits{};
  const ssize_t size = ::pread(lock, digits.data(), digits.size(), 0);
  std::string number(digits.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  return number.substr(0, number.find('\n'));
}

Unexpected<OpenProblem> in_use(const std::string& path, const std::string& process) {
  return Unexpected(
      OpenProblem{fmt::format("{} is in use by {}", path,
                              process.empty() ? "another process" : "process " + process),
                  "end that process first, or use the running server instead", true});
}

class Lock final : public FileGuard {
 public:
  explicit Lock(const std::string& path)
      : path_(path), lock_(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC) {}

  const std::string& path() const override { return path_; }

  int descriptor() const { return lock_.get(); }

  // The number is for people only, so a failure to write it changes nothing.
  void sign() const {
    const std::string number = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lock_.get(), 0) != 0) return;
    static_cast<void>(::pwrite(lock_.get(), number.data(), number.size(), 0) == 0);
  }

 private:
  std::string path_;
  Descriptor lock_;
};

class Scratch final : public FileGuard {
 public:
  Scratch() {
    const std::filesystem::path memory = "/dev/shm";
    const bool usable = ::access(memory.c_str(), W_OK | X_OK) == 0;
    const auto parent = usable ? memory : std::filesystem::temp_directory_path();
    folder_ = (parent / "formwork-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) {
      throw std::system_error(errno, std::generic_category(), folder_);
    }
    path_ = folder_ + "/scratch.db";
  }

  ~Scratch() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const override { return path_; }

 private:
  std::string folder_;
  std::string path_;
};

}  // namespace

Expected<std::unique_ptr<FileGuard>, OpenProblem> lock_file(const std::string& path) {
  auto lock = std::make_unique<Lock>(path);
  if (lock->descriptor() < 0) return cannot_open(path);
  if (::flock(lock->descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return in_use(path, holder(lock->descriptor()));
    return cannot_open(path);
  }
  lock->sign();
  const Descriptor file(path, O_RDWR | O_CREAT | O_CLOEXEC);
  if (file.get() < 0) return cannot_open(path);
  return std::unique_ptr<FileGuard>(std::move(lock));
}

std::unique_ptr<FileGuard> make_scratch_file() { return std::make_unique<Scratch>(); }

}  // namespace formwork::store
