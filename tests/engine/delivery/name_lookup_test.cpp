// Looking up a name is the system's, and may hang. This program's own getaddrinfo() stands before
// it.
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>

#include <dlfcn.h>
#include <doctest/doctest.h>
#include <netdb.h>

#include "engine/delivery/curl_transport.h"
#include "tests/support/receiver.h"

namespace formwork::delivery {
namespace {

constexpr const char* kHangs = "hangs.example";

// Holds everybody who asks for kHangs until it opens, but never longer than half a minute.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    wake_.notify_all();
    wake_.wait_for(lock, std::chrono::seconds(30), [this] { return is_open_; });
    --inside_;
    wake_.notify_all();
  }

  bool holds_somebody() {
    const std::lock_guard lock(mutex_);
    return inside_ > 0;
  }

  void open() {
    std::unique_lock lock(mutex_);
    is_open_ = true;
    wake_.notify_all();
    wake_.wait(lock, [this] { return inside_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_open_ = false;
  int inside_ = 0;
};

Gate& gate() {
  static Gate one;
  return one;
}

}  // namespace
}  // namespace formwork::delivery

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  if (node != nullptr && std::strcmp(node, formwork::delivery::kHangs) == 0) {
    formwork::delivery::gate().pass();
    return EAI_AGAIN;
  }
  using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto system = reinterpret_cast<Lookup>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return system(node, service, hints, found);
}

namespace formwork::delivery {
namespace {

TEST_CASE("a lookup of a name that hangs holds neither other messages nor the end") {
  testing::Receiver receiver;
  {
    CurlTransport transport({.policy = AddressPolicy({parse_range("127.0.0.0/8").value()}),
                             .mail = {},
                             .agent = "Formwork/test",
                             .connect_milliseconds = 300,
                             .authorities = {}});
    const auto post = [&](engine::MessageId message, std::string url) {
      transport.start({message, HttpPost{.url = std::move(url), .headers = {}, .body = "{}"}});
    };
    const auto next = [&] {
      for (int i = 0; i < 100; ++i) {
        const std::vector<Answer> answers = transport.wait(100'000);
        if (!answers.empty()) return answers.front();
      }
      return Answer{};
    };
    post(1, std::string("http://") + kHangs + "/");
    const Answer late = next();
    CHECK(late.message == 1);
    CHECK_FALSE(late.problem.empty());
    CHECK(gate().holds_somebody());
    post(2, receiver.url());
    CHECK(next().status == 204);
    CHECK(gate().holds_somebody());
    post(3, std::string("http://") + kHangs + "/");
    transport.wait(0);
  }
  CHECK(gate().holds_somebody());
  gate().open();
}

}  // namespace
}  // namespace formwork::delivery
