// What is sent over the network, by libcurl: webhooks over HTTP(S), mail over SMTP.
//
// Nothing is taken from the environment of the process (proxies, .netrc), no redirect is followed,
// certificates are verified, and an answer costs no more than a bounded time and memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/delivery/address_policy.h"
#include "engine/delivery/transport.h"

namespace formwork::delivery {

// Where mail is handed in. Whoever runs the program names it, so no policy of addresses applies.
struct MailServer {
  std::string url;  // smtp://host:port or smtps://host:port
  std::string user;
  std::string password;  // empty without a user
};

// Why the address cannot be that of a mail server; empty: it can.
std::string explain_mail_url(const std::string& url);

class CurlTransport final : public Transport {
 public:
  struct Options {
    AddressPolicy policy;
    std::optional<MailServer> mail;
    std::string agent;  // what webhooks are told about who sends
    std::int64_t connect_milliseconds = 10'000;
    std::int64_t total_milliseconds = 20'000;
    std::size_t answer_bytes = std::size_t{64} * 1024;
    std::string authorities;  // a file with certificates to trust besides; empty: the system's
  };

  // Throws std::runtime_error when libcurl cannot be used.
  explicit CurlTransport(Options options);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  void start(Parcel parcel) override;
  std::vector<Answer> wait(std::int64_t microseconds) override;
  void wake() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace formwork::delivery
