// One parcel on its way: what libcurl is told about it, and what came back so far.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/delivery/curl_transport.h"
#include "engine/delivery/transport.h"

namespace formwork::delivery {

// Holds what libcurl points to, so it stays where it is until the transfer is over.
class Transfer {
 public:
  Transfer(Parcel parcel, const CurlTransport::Options& options);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // libcurl's handle of it (CURL*).
  void* handle() const;

  // What came of it; `result` is libcurl's (CURLcode).
  Answer finish(int result);

 private:
  struct Handles;

  void set_up_common();
  void set_up(const HttpPost& post);
  void set_up(const Mail& mail);

  static std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t give_mail(char* buffer, std::size_t size, std::size_t count, void* self);

  std::string problem_of(int result, long status) const;

  const Parcel parcel_;
  const CurlTransport::Options& options_;
  std::unique_ptr<Handles> handles_;
  std::chrono::steady_clock::time_point began_;
  std::size_t mail_given_ = 0;
  std::size_t received_ = 0;  // bytes of headers and body
  std::string excerpt_;       // the beginning of an answer of HTTP
  std::string smtp_line_;     // a line of SMTP
  std::string refused_;       // why no connection was made
};

}  // namespace formwork::delivery
