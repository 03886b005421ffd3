#include "engine/delivery/curl_transport.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <climits>
#include <map>
#include <new>
#include <stdexcept>
#include <utility>

#include <curl/curl.h>

#include "engine/delivery/transfer.h"

namespace formwork::delivery {
namespace {

// Once for the process, before its first use; what is set up is kept to the end.
void prepare_library() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

void expect_ok(CURLMcode code) {
  if (code != CURLM_OK) throw std::runtime_error(curl_multi_strerror(code));
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

std::string explain_mail_url(const std::string& url) {
  prepare_library();
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
  const std::string example = ", such as smtp://mail.example.com:587";
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return "is no address" + example;
  }
  const std::string scheme = part_of(parts.get(), CURLUPART_SCHEME);
  if (scheme != "smtp" && scheme != "smtps") return "begins with smtp:// or smtps://" + example;
  if (!part_of(parts.get(), CURLUPART_USER).empty()) {
    return "has no user or password in it; --smtp-login names a file with both";
  }
  return {};
}

class CurlTransport::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)) {
    prepare_library();
    multi_ = curl_multi_init();
    if (multi_ == nullptr) throw std::bad_alloc();
  }

  ~Impl() {
    // Those under way are broken off: what was not noted is sent again.
    for (const auto& [handle, transfer] : transfers_) curl_multi_remove_handle(multi_, handle);
    transfers_.clear();
    curl_multi_cleanup(multi_);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(Parcel parcel) {
    const engine::MessageId message = parcel.message;
    try {
      auto transfer = std::make_unique<Transfer>(std::move(parcel), options_);
      void* handle = transfer->handle();
      expect_ok(curl_multi_add_handle(multi_, handle));
      transfers_.emplace(handle, std::move(transfer));
    } catch (const std::runtime_error& error) {
      answers_.push_back({.message = message, .problem = error.what(), .retry_after = {}});
    }
  }

  std::vector<Answer> wait(std::int64_t microseconds) {
    const auto until = Clock::now() + std::chrono::microseconds(microseconds);
    step();
    while (answers_.empty() && !is_woken_.exchange(false)) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
      if (left.count() <= 0) break;
      const auto longest = static_cast<int>(std::min<std::int64_t>(left.count(), INT_MAX));
      expect_ok(curl_multi_poll(multi_, nullptr, 0, longest, nullptr));
      step();
    }
    return std::exchange(answers_, {});
  }

  void wake() {
    is_woken_ = true;
    curl_multi_wakeup(multi_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void step() {
    int running = 0;
    expect_ok(curl_multi_perform(multi_, &running));
    int left = 0;
    while (const CURLMsg* told = curl_multi_info_read(multi_, &left)) {
      if (told->msg != CURLMSG_DONE) continue;
      CURL* handle = told->easy_handle;
      const CURLcode result = told->data.result;
      const auto found = transfers_.find(handle);
      curl_multi_remove_handle(multi_, handle);
      if (found == transfers_.end()) continue;
      answers_.push_back(found->second->finish(result));
      transfers_.erase(found);
    }
  }

  const Options options_;
  CURLM* multi_ = nullptr;
  std::atomic<bool> is_woken_ = false;
  std::map<void*, std::unique_ptr<Transfer>> transfers_;
  std::vector<Answer> answers_;
};

CurlTransport::CurlTransport(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::start(Parcel parcel) { impl_->start(std::move(parcel)); }

std::vector<Answer> CurlTransport::wait(std::int64_t microseconds) {
  return impl_->wait(microseconds);
}

void CurlTransport::wake() { impl_->wake(); }

}  // namespace formwork::delivery
