#include "engine/delivery/mail.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "dsl/base/utf8.h"

namespace formwork::delivery {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kLineBytes = 76;  // of an encoded body's line

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_plain(char c) { return c >= 0x20 && c <= 0x7e; }

bool is_local_part(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";  // atext of RFC 5322, and dots
  const auto fits = [&](char c) {
    return is_letter_or_digit(c) || kOthers.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), fits) &&
         text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_domain(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= count ? kDigits[group >> (18 - 6 * j) & 63U] : '=';
    }
  }
  return text;
}

// As encoded words, each of whole characters, on lines of their own.
std::string encoded_words(std::string_view text) {
  // 52 characters of base64 and 12 around them, so that a line with the header's name has at
  // most 76.
  constexpr std::size_t kBytesOfWord = 39;
  std::string words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    while (end < text.size()) {
      std::size_t next = end;
      next_code_point(text, next);
      if (next - begin > kBytesOfWord) break;
      end = next;
    }
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + base64(text.substr(begin, end - begin)) + "?=";
    begin = end;
  }
  return words;
}

// One line without control characters; those are blanks then.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return std::string(trimmed(line));
}

// A text of people in a header: as it is where that is harmless and short.
std::string header_text(std::string_view text) {
  constexpr std::size_t kShort = 60;
  const std::string line = one_line(text);
  const bool harmless = line.size() <= kShort && line.find("=?") == std::string::npos &&
                        std::all_of(line.begin(), line.end(), is_plain);
  return harmless ? line : encoded_words(line);
}

// A name before an address; quoted when it is harmless, since it may have commas.
std::string phrase(std::string_view name) {
  const std::string line = one_line(name);
  const auto fits = [](char c) { return is_plain(c) && c != '"' && c != '\\'; };
  const bool harmless = line.size() <= 60 && line.find("=?") == std::string::npos &&
                        std::all_of(line.begin(), line.end(), fits);
  return harmless ? "\"" + line + "\"" : encoded_words(line);
}

std::string mailbox_text(const Mailbox& mailbox) {
  if (mailbox.name.empty()) return "<" + mailbox.address + ">";
  const std::string name = phrase(mailbox.name);
  const bool fits = name.size() + mailbox.address.size() < kLineBytes - 10;
  return name + (fits ? " <" : "\r\n <") + mailbox.address + ">";
}

// `Mon, 2 Mar 2026 01:00:00 +0000`
std::string mail_date(Instant at) {
  constexpr std::array<std::string_view, 7> kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const LocalDateTime local = to_local(at, 0);
  const std::int64_t days = to_days(local.date);  // 1 January 1970 was a Thursday
  const std::int64_t seconds = local.time.to_seconds();
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                     kDays[static_cast<std::size_t>((days % 7 + 7) % 7)], local.date.day,
                     kMonths[local.date.month - 1U], local.date.year, seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

// Every line end as CR LF, and one at the end.
std::string with_line_ends(std::string_view text) {
  std::string lines;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || text[i] == '\n') {
      lines += kLineEnd;
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      lines += text[i];
    }
  }
  if (!lines.ends_with(kLineEnd)) lines += kLineEnd;
  return lines;
}

bool is_literal(char c) { return (is_plain(c) && c != '=') || c == '\t'; }

// Of lines that end with CR LF.
std::string quoted_printable(std::string_view lines) {
  std::string text;
  std::size_t column = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines.substr(i, 2) == kLineEnd) {
      text += kLineEnd;
      column = 0;
      ++i;
      continue;
    }
    const char c = lines[i];
    // A blank at the end of a line may get lost on the way.
    const bool is_lost = (c == ' ' || c == '\t') && lines.substr(i + 1, 2) == kLineEnd;
    const std::string piece = is_literal(c) && !is_lost
                                  ? std::string(1, c)
                                  : fmt::format("={:02X}", static_cast<unsigned char>(c));
    if (column + piece.size() >= kLineBytes) {
      text += "=\r\n";
      column = 0;
    }
    text += piece;
    column += piece.size();
  }
  return text;
}

std::string base64_lines(std::string_view bytes) {
  const std::string text = base64(bytes);
  std::string lines;
  for (std::size_t i = 0; i < text.size(); i += kLineBytes) {
    lines += text.substr(i, kLineBytes);
    lines += kLineEnd;
  }
  return lines;
}

// Quoted-printable can be read as it is, but triples what is not ASCII.
bool is_mostly_literal(std::string_view text) {
  constexpr std::ptrdiff_t kOneIn = 6;
  const auto others = std::count_if(
      text.begin(), text.end(), [](char c) { return !is_literal(c) && c != '\r' && c != '\n'; });
  return others * kOneIn <= std::ssize(text);
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  text = trimmed(text);
  Mailbox mailbox;
  const std::size_t open = text.rfind('<');
  if (open != std::string_view::npos && text.ends_with('>')) {
    std::string_view name = trimmed(text.substr(0, open));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
      name = name.substr(1, name.size() - 2);
    }
    mailbox.name = std::string(name);
    text = text.substr(open + 1, text.size() - open - 2);
  }
  if (!is_mail_address(text) || !is_valid_utf8(mailbox.name)) return std::nullopt;
  mailbox.address = std::string(text);
  return mailbox;
}

std::string compose_mail(const engine::OutboxMessage& message, const Mailbox& from, Instant at) {
  const std::string_view domain =
      std::string_view(from.address).substr(from.address.rfind('@') + 1);
  const std::string lines = with_line_ends(message.body);
  const bool literal = is_mostly_literal(lines);
  std::string mail;
  const auto header = [&](std::string_view name, std::string_view value) {
    mail += fmt::format("{}: {}\r\n", name, value);
  };
  header("Date", mail_date(at));
  header("From", mailbox_text(from));
  header("To", "<" + message.to + ">");
  header("Subject", header_text(message.subject));
  header("Message-ID", fmt::format("<{}@{}>", message.key, domain));
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", literal ? "quoted-printable" : "base64");
  return mail + std::string(kLineEnd) + (literal ? quoted_printable(lines) : base64_lines(lines));
}

}  // namespace formwork::delivery
