// Mail as it goes over the wire, read back as a mail program would.
#include "engine/delivery/mail.h"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "tests/engine/delivery/read_mail.h"
#include "tests/support/app.h"

namespace formwork::delivery {
namespace {

using testing::kMonday;

std::string composed(std::string subject, std::string body) {
  engine::OutboxMessage message{.id = 1, .key = "msg_abc", .destination = "mail"};
  message.to = "li.lei@example.com";
  message.subject = std::move(subject);
  message.body = std::move(body);
  return compose_mail(message, {.name = "CRM, 客户管理", .address = "crm@example.com"}, kMonday);
}

bool fits_on_the_wire(const std::string& mail) {
  std::size_t begin = 0;
  while (begin < mail.size()) {
    const std::size_t end = mail.find("\r\n", begin);
    if (end == std::string::npos || end - begin > 78) return false;
    const std::string line = mail.substr(begin, end - begin);
    const bool is_plain = std::all_of(line.begin(), line.end(),
                                      [](char c) { return c == '\t' || (c >= 0x20 && c <= 0x7e); });
    if (!is_plain) return false;
    begin = end + 2;
  }
  return true;
}

TEST_CASE("a mail has the headers that it needs, and each attempt its date") {
  const std::string mail = composed("Hello", "Text");
  CHECK(mail ==
        "Date: Mon, 2 Mar 2026 01:00:00 +0000\r\n"
        "From: =?UTF-8?B?Q1JNLCDlrqLmiLfnrqHnkIY=?= <crm@example.com>\r\n"
        "To: <li.lei@example.com>\r\n"
        "Subject: Hello\r\n"
        "Message-ID: <msg_abc@example.com>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Text\r\n");
}

TEST_CASE("whatever is written comes back as it was, on short lines of ASCII") {
  std::string long_line(3'000, 'x');
  std::string chinese;
  for (int i = 0; i < 200; ++i) chinese += "线索已分配给您";
  for (const std::string& text :
       {std::string("Hello"), std::string("Grüße"), std::string("线索 L-2026-00001 待跟进"),
        chinese, long_line, std::string("trailing blank \nand tab\t\n= and =3D and =\n"),
        std::string("\n\n\n"), std::string(".\n..\n.hidden\n"), std::string("a\nb"),
        std::string("From me\n")}) {
    CAPTURE(text.substr(0, 60));
    const std::string mail = composed(text, text);
    CHECK(fits_on_the_wire(mail));
    const testing::Mail read = testing::read_mail(mail);
    std::string lines = text;
    if (!lines.ends_with('\n')) lines += '\n';
    CHECK(read.text == lines);
    CHECK(testing::single_spaced(read.headers.at("Subject")) == testing::single_spaced(text));
    CHECK(read.headers.size() == 9);
  }
}

TEST_CASE("no text adds a header, a receiver or an encoded word of its own") {
  for (const std::string_view subject :
       {"Hi\r\nBcc: all@example.com", "Hi\nBcc: all@example.com", "Hi\rBcc: all@example.com",
        "Hi\r\n\r\nBody", "=?UTF-8?B?QmNjOiB4?=", "客户\r\nBcc: all@example.com", "a\x01\x7f b"}) {
    CAPTURE(subject);
    const std::string mail = composed(std::string(subject), "Bcc: all@example.com");
    CHECK(fits_on_the_wire(mail));
    const testing::Mail read = testing::read_mail(mail);
    CHECK(read.headers.size() == 9);
    CHECK(read.headers.count("Bcc") == 0);
    CHECK(read.text == "Bcc: all@example.com\n");
  }
  const testing::Mail read = testing::read_mail(composed("=?UTF-8?B?QmNjOiB4?=", ""));
  CHECK(read.headers.at("Subject") == "=?UTF-8?B?QmNjOiB4?=");
}

TEST_CASE("line ends of every kind become those of mail") {
  CHECK(composed("s", "a\nb\r\nc\rd").ends_with("\r\n\r\na\r\nb\r\nc\r\nd\r\n"));
}

TEST_CASE("only plain addresses are written to") {
  for (const std::string_view text :
       {"a@b", "li.lei@example.com", "o'hara+crm@mail.example.co.uk", "x_1@xn--fiq228c.cn"}) {
    CAPTURE(text);
    CHECK(is_mail_address(text));
  }
  for (const std::string_view text : {"",
                                      "@",
                                      "a@",
                                      "@b",
                                      "a b@c.de",
                                      "a@b c",
                                      "a@b>\r\nRCPT TO:<c@d.e",
                                      "a@b\n",
                                      "a,b@c.de",
                                      "a@b@c",
                                      "<a@b>",
                                      "\"a b\"@c.de",
                                      "a..b@c.de",
                                      ".a@b.de",
                                      "a.@b.de",
                                      "a@-b.de",
                                      "a@b..de",
                                      "a@b.de.",
                                      "李雷@example.com",
                                      "a@例子.cn",
                                      "a(b)@c.de",
                                      "a;b@c.de"}) {
    CAPTURE(text);
    CHECK_FALSE(is_mail_address(text));
  }
  CHECK_FALSE(is_mail_address(std::string(65, 'a') + "@b.de"));
}

TEST_CASE("a sender is an address, with a name or without") {
  CHECK(parse_mailbox("crm@example.com")->address == "crm@example.com");
  CHECK(parse_mailbox("CRM <crm@example.com>")->name == "CRM");
  CHECK(parse_mailbox(R"("CRM, Ltd" <crm@example.com>)")->name == "CRM, Ltd");
  CHECK(parse_mailbox("客户管理 <crm@example.com>")->name == "客户管理");
  for (const std::string_view text : {"", "CRM", "<>", "CRM <crm>", "CRM crm@example.com>"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_mailbox(text));
  }
  engine::OutboxMessage message{.id = 1, .key = "k", .destination = "mail"};
  message.to = "a@b.de";
  const Mailbox from{.name = "CRM\r\nBcc: x@y.z", .address = "crm@example.com"};
  CHECK(testing::read_mail(compose_mail(message, from, kMonday)).headers.size() == 9);
}

}  // namespace
}  // namespace formwork::delivery
