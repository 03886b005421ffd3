#include "engine/delivery/transfer.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

#include <curl/curl.h>
#include <sys/socket.h>

#include "dsl/base/utf8.h"

namespace formwork::delivery {
namespace {

constexpr std::size_t kExcerptBytes = 500;

struct CleanUp {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }

  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using List = std::unique_ptr<curl_slist, CleanUp>;

void append(List& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

template <class T>
void set(CURL* easy, CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

// What was received, as a log and a page can show it: one line, valid UTF-8, no control characters.
std::string shown(std::string_view received) {
  std::string text;
  for (std::size_t i = 0; i < received.size();) {
    const std::size_t rest = received.size() - i;
    const std::size_t valid = find_invalid_utf8(received.substr(i)).value_or(rest);
    for (const char c : received.substr(i, valid)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool is_control = byte < 0x20 || byte == 0x7f;
      if (!is_control) text += c;
      if (is_control && !text.empty() && text.back() != ' ') text += ' ';
    }
    i += valid + 1;  // what is invalid is left out
  }
  return std::string(trimmed(text));
}

bool is_encrypted(std::string_view url) { return to_lower_ascii(url.substr(0, 6)) == "https:"; }

// A password is not sent where others could read it, unless it stays on this machine.
bool is_this_machine(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), curl_url_cleanup);
  char* host = nullptr;
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
          CURLUE_OK ||
      curl_url_get(parts.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK) {
    return false;
  }
  const std::string name(host);
  curl_free(host);
  return name == "localhost" || name == "[::1]" || name.starts_with("127.");
}

// Mail that will never be taken: there is no such mailbox.
bool is_final_for_mail(long status) { return status == 550 || status == 551 || status == 553; }

}  // namespace

struct Transfer::Handles {
  std::unique_ptr<CURL, CleanUp> easy;
  List headers;
  List receivers;
  std::array<char, CURL_ERROR_SIZE> error{};
};

Transfer::Transfer(Parcel parcel, const CurlTransport::Options& options)
    : parcel_(std::move(parcel)),
      options_(options),
      handles_(std::make_unique<Handles>()),
      began_(std::chrono::steady_clock::now()) {
  handles_->easy.reset(curl_easy_init());
  if (!handles_->easy) throw std::bad_alloc();
  set_up_common();
  std::visit([this](const auto& what) { set_up(what); }, parcel_.what);
}

Transfer::~Transfer() = default;

void* Transfer::handle() const { return handles_->easy.get(); }

void Transfer::set_up_common() {
  CURL* easy = handles_->easy.get();
  set(easy, CURLOPT_PRIVATE, this);
  set(easy, CURLOPT_ERRORBUFFER, handles_->error.data());
  set(easy, CURLOPT_NOSIGNAL, 1L);
  // Its thread that looks up a name may hang for a minute; nobody waits for its end.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_PROXY, "");  // also none that the environment names
  set(easy, CURLOPT_NOPROXY, "*");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.authorities.empty()) set(easy, CURLOPT_CAINFO, options_.authorities.c_str());
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_milliseconds));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_milliseconds));
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::take_body);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::take_header);
  set(easy, CURLOPT_HEADERDATA, this);
}

void Transfer::set_up(const HttpPost& post) {
  CURL* easy = handles_->easy.get();
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_URL, post.url.c_str());
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_USERAGENT, options_.agent.c_str());
  set(easy, CURLOPT_POST, 1L);
  set(easy, CURLOPT_POSTFIELDS, post.body.data());
  set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
  append(handles_->headers, "Expect:");  // no asking before the body, which some servers ignore
  for (const std::string& header : post.headers) append(handles_->headers, header);
  set(easy, CURLOPT_HTTPHEADER, handles_->headers.get());
  const auto open = +[](void* self, curlsocktype /*purpose*/, curl_sockaddr* to) -> curl_socket_t {
    auto& transfer = *static_cast<Transfer*>(self);
    const auto address = address_of(&to->addr, to->addrlen);
    const bool has_tls = is_encrypted(std::get<HttpPost>(transfer.parcel_.what).url);
    const auto refused = address ? transfer.options_.policy.refuse(*address, has_tls)
                                 : std::optional<std::string>("no address of the internet");
    if (!refused) return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    transfer.refused_ = *refused;
    return CURL_SOCKET_BAD;
  };
  set(easy, CURLOPT_OPENSOCKETFUNCTION, open);
  set(easy, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::set_up(const Mail& mail) {
  CURL* easy = handles_->easy.get();
  const MailServer& server = options_.mail.value();
  set(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(easy, CURLOPT_URL, server.url.c_str());
  const bool is_near = is_this_machine(server.url);
  const curl_usessl far = server.user.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL;
  set(easy, CURLOPT_USE_SSL, static_cast<long>(is_near ? CURLUSESSL_NONE : far));
  if (!server.user.empty()) {
    set(easy, CURLOPT_USERNAME, server.user.c_str());
    set(easy, CURLOPT_PASSWORD, server.password.c_str());
  }
  set(easy, CURLOPT_MAIL_FROM, ("<" + mail.from + ">").c_str());
  append(handles_->receivers, "<" + mail.to + ">");
  set(easy, CURLOPT_MAIL_RCPT, handles_->receivers.get());
  set(easy, CURLOPT_UPLOAD, 1L);
  set(easy, CURLOPT_READFUNCTION, &Transfer::give_mail);
  set(easy, CURLOPT_READDATA, this);
  set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.text.size()));
}

std::size_t Transfer::take_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t all = size * count;
  transfer.received_ += all;
  std::string& excerpt = transfer.excerpt_;
  excerpt.append(bytes, std::min(all, kExcerptBytes - excerpt.size()));
  // Less than was offered ends the transfer.
  return transfer.received_ > transfer.options_.answer_bytes ? 0 : all;
}

std::size_t Transfer::take_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t all = size * count;
  transfer.received_ += all;
  // Of SMTP the last line that refuses; what is said behind it is only taking leave.
  if (all > 0 && (bytes[0] == '4' || bytes[0] == '5')) {
    transfer.smtp_line_.assign(bytes, std::min(all, kExcerptBytes));
  }
  return transfer.received_ > transfer.options_.answer_bytes ? 0 : all;
}

std::size_t Transfer::give_mail(char* buffer, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view text = std::get<Mail>(transfer.parcel_.what).text;
  const std::string_view rest = text.substr(transfer.mail_given_, size * count);
  std::memcpy(buffer, rest.data(), rest.size());
  transfer.mail_given_ += rest.size();
  return rest.size();
}

Answer Transfer::finish(int result) {
  CURL* easy = handles_->easy.get();
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_off_t retry_after = 0;
  curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after);
  const auto took = std::chrono::steady_clock::now() - began_;
  const bool is_mail = std::holds_alternative<Mail>(parcel_.what);
  if (is_mail && result != CURLE_OK) status = std::strtol(smtp_line_.c_str(), nullptr, 10);
  return {.message = parcel_.message,
          .status = status,
          .problem = problem_of(result, status),
          .is_final = is_mail && result != CURLE_OK && is_final_for_mail(status),
          .retry_after = retry_after > 0 ? std::optional<std::int64_t>(retry_after) : std::nullopt,
          .milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count()};
}

// Of HTTP the status counts, also when the rest of the answer was too long or did not come: it was
// given by whoever has read the request. Of SMTP only the end of the whole dialogue.
std::string Transfer::problem_of(int result, long status) const {
  // Of several addresses one may have been refused and the next one connected.
  if (status == 0 && !refused_.empty()) return refused_;
  const bool is_mail = std::holds_alternative<Mail>(parcel_.what);
  if (is_mail ? result == CURLE_OK : status >= 200 && status < 300) return {};
  const std::string error = handles_->error[0] != '\0'
                                ? handles_->error.data()
                                : curl_easy_strerror(static_cast<CURLcode>(result));
  if (status == 0) return shown(error);
  const std::string said = shown(is_mail ? smtp_line_ : excerpt_);
  if (is_mail) return said.empty() ? shown(error) : "the mail server said: " + said;
  return "answered " + std::to_string(status) + (said.empty() ? "" : ": " + said);
}

}  // namespace formwork::delivery
