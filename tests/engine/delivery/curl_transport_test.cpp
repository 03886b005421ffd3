// What goes over the network, to receivers on this machine.
#include "engine/delivery/curl_transport.h"

#include <cstdlib>
#include <map>
#include <optional>

#include <doctest/doctest.h>

#include "engine/delivery/mail.h"
#include "tests/engine/delivery/read_mail.h"
#include "tests/support/app.h"
#include "tests/support/receiver.h"

namespace formwork::delivery {
namespace {

using testing::http_answer;
using testing::MailServerStub;
using testing::Received;
using testing::Receiver;

AddressPolicy here() { return AddressPolicy({parse_range("127.0.0.0/8").value()}); }

CurlTransport::Options options(AddressPolicy policy = here()) {
  return {.policy = std::move(policy), .mail = {}, .agent = "Formwork/test", .authorities = {}};
}

// All answers, by message; each of them within ten seconds.
std::map<engine::MessageId, Answer> answers_of(Transport& transport, std::size_t count) {
  std::map<engine::MessageId, Answer> answers;
  for (int i = 0; i < 100 && answers.size() < count; ++i) {
    for (Answer& answer : transport.wait(100'000)) answers[answer.message] = std::move(answer);
  }
  REQUIRE(answers.size() == count);
  return answers;
}

HttpPost post_to(std::string url, std::string body = "{}") {
  return {.url = std::move(url),
          .headers = {"content-type: application/json", "webhook-id: msg_1"},
          .body = std::move(body)};
}

Answer sent(HttpPost post, CurlTransport::Options with = options()) {
  CurlTransport transport(std::move(with));
  transport.start({1, std::move(post)});
  return answers_of(transport, 1).at(1);
}

TEST_CASE("a webhook arrives with its headers and its body, byte by byte") {
  Receiver receiver;
  const std::string body = "{\"name\":\"客户\\u0000\"}" + std::string(100'000, 'x');
  const Answer answer = sent(post_to(receiver.url("/hooks?a=b"), body));
  CHECK(answer.status == 204);
  CHECK(answer.problem.empty());
  REQUIRE(receiver.received().size() == 1);
  const Received got = receiver.received().front();
  CHECK(got.target == "/hooks?a=b");
  CHECK(got.body == body);
  CHECK(got.headers.at("webhook-id") == "msg_1");
  CHECK(got.headers.at("content-type") == "application/json");
  CHECK(got.headers.at("user-agent") == "Formwork/test");
  CHECK(got.headers.count("expect") == 0);
}

TEST_CASE("a redirect is not followed") {
  Receiver target;
  Receiver receiver(
      [&](const Received&) { return http_answer(307, "", "Location: " + target.url() + "\r\n"); });
  const Answer answer = sent(post_to(receiver.url()));
  CHECK(answer.status == 307);
  CHECK(answer.problem == "answered 307");
  CHECK(target.connections() == 0);
}

TEST_CASE("of a bad answer the beginning is kept, without what a terminal would obey") {
  Receiver receiver([](const Received&) {
    return http_answer(500,
                       "no\x1b[2J\r\n\x07"
                       "good\xff \xe5\xae\xa2\x7f" +
                           std::string(2'000, 'x'));
  });
  const Answer answer = sent(post_to(receiver.url()));
  CHECK(answer.status == 500);
  CHECK(answer.problem.starts_with("answered 500: no [2J good 客 xxx"));
  CHECK(answer.problem.size() < 520);
}

TEST_CASE("an answer costs bounded memory, and what it said first still counts") {
  for (const int status : {200, 500}) {
    CAPTURE(status);
    Receiver receiver(
        [&](const Received&) { return http_answer(status, std::string(3'000'000, 'x')); });
    const Answer answer = sent(post_to(receiver.url()));
    CHECK(answer.status == status);
    CHECK(answer.problem.empty() == (status == 200));
    CHECK(answer.problem.size() < 520);
  }
  Receiver endless([](const Received&) {
    return "HTTP/1.1 200 OK\r\nX: " + std::string(80'000, 'y') + "\r\nContent-Length: 0\r\n\r\n";
  });
  CHECK(sent(post_to(endless.url())).milliseconds < 10'000);
}

TEST_CASE("a receiver that says how long to wait is heard") {
  Receiver receiver(
      [](const Received&) { return http_answer(503, "later", "Retry-After: 120\r\n"); });
  const Answer answer = sent(post_to(receiver.url()));
  CHECK(answer.retry_after == 120);
  CHECK(answer.problem == "answered 503: later");
}

TEST_CASE("a receiver that is silent, gone or hangs up is a failure in words, within the time") {
  CurlTransport::Options hasty = options();
  hasty.total_milliseconds = 300;
  std::promise<void> over;
  const std::shared_future<void> wait(over.get_future());
  Receiver silent([wait](const Received&) {
    wait.wait();
    return std::string();
  });
  const Answer late = sent(post_to(silent.url()), hasty);
  CHECK(late.status == 0);
  CHECK(late.problem.find("timed out") != std::string::npos);
  CHECK(late.milliseconds < 5'000);
  over.set_value();

  Receiver rude([](const Received&) { return std::string(); });
  CHECK(sent(post_to(rude.url())).problem == "Empty reply from server");
  std::string nobody;
  {
    const Receiver gone;
    nobody = gone.url();
  }
  CHECK(sent(post_to(nobody)).problem.find("Failed to connect") != std::string::npos);
}

TEST_CASE("an address of this machine is refused at the connection, however it is written") {
  Receiver receiver;
  const std::string port = std::to_string(receiver.port());
  for (const std::string_view host :
       {"127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "0x7f000001",
        "017700000001", "0.0.0.0", "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "user@127.0.0.1", "LOCALHOST"}) {
    CAPTURE(host);
    const Answer answer =
        sent(post_to("http://" + std::string(host) + ":" + port + "/"), options(AddressPolicy()));
    CHECK(answer.status == 0);
    CHECK(answer.problem != "");
    CHECK(answer.problem.find("timed out") == std::string::npos);
  }
  CHECK(receiver.connections() == 0);
  const Answer refused = sent(post_to(receiver.url()), options(AddressPolicy()));
  CHECK(refused.problem ==
        "127.0.0.1 is this machine, where webhooks are sent only with --allow-destination");
}

TEST_CASE("only the web is spoken to") {
  for (const std::string_view url :
       {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/", "smtp://127.0.0.1:1/",
        "dict://127.0.0.1:1/", "telnet://127.0.0.1:1/", "", "http://"}) {
    CAPTURE(url);
    const Answer answer = sent(post_to(std::string(url)));
    CHECK(answer.status == 0);
    CHECK_FALSE(answer.problem.empty());
  }
}

TEST_CASE("no proxy of the environment is asked") {
  Receiver proxy;
  Receiver receiver;
  for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
    ::setenv(name, proxy.url().c_str(), 1);
  }
  CHECK(sent(post_to(receiver.url())).status == 204);
  for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
  CHECK(proxy.connections() == 0);
}

TEST_CASE("sixteen go at the same time, and none waits for one that is slow") {
  std::promise<void> over;
  const std::shared_future<void> wait(over.get_future());
  Receiver slow([wait](const Received&) {
    wait.wait();
    return http_answer(200);
  });
  Receiver quick;
  CurlTransport transport(options());
  transport.start({1, post_to(slow.url())});
  for (int i = 2; i <= 16; ++i) transport.start({i, post_to(quick.url())});
  const auto answers = answers_of(transport, 15);
  CHECK(answers.count(1) == 0);
  over.set_value();
  CHECK(answers_of(transport, 1).at(1).status == 200);
}

TEST_CASE("whoever wakes the transport ends its wait") {
  CurlTransport transport(options());
  std::thread waker([&] { transport.wake(); });
  CHECK(transport.wait(60 * kMicrosPerSecond).empty());
  waker.join();
}

CurlTransport::Options mail_options(const MailServerStub& server, std::string user = {}) {
  CurlTransport::Options with = options(AddressPolicy());
  with.mail = MailServer{.url = server.url(), .user = std::move(user), .password = "s3cret"};
  return with;
}

Answer mailed(const CurlTransport::Options& with, std::string to, std::string text) {
  CurlTransport transport(with);
  transport.start(
      {1, Mail{.from = "crm@example.com", .to = std::move(to), .text = std::move(text)}});
  return answers_of(transport, 1).at(1);
}

TEST_CASE("a mail of any language arrives as it was written, dots at its lines' beginning too") {
  MailServerStub server;
  engine::OutboxMessage message{.id = 1, .key = "msg_abc", .destination = "mail"};
  message.to = "li.lei@example.com";
  message.subject = "线索“顺联物流”已分配给您，请在 30 分钟内首次跟进 — bitte umgehend";
  message.body = ".\n..\n客户：顺联物流\n.end\n";
  const std::string text =
      compose_mail(message, {.name = "客户管理", .address = "crm@example.com"}, testing::kMonday);
  const Answer answer = mailed(mail_options(server), message.to, text);
  CHECK(answer.problem.empty());
  CHECK(answer.status == 250);
  REQUIRE(server.letters().size() == 1);
  const MailServerStub::Letter letter = server.letters().front();
  CHECK(letter.from == "<crm@example.com>");
  CHECK(letter.to == "<li.lei@example.com>");
  CHECK(letter.text == text);
  const testing::Mail read = testing::read_mail(letter.text);
  CHECK(read.headers.at("Subject") == message.subject);
  CHECK(read.headers.at("From") == "客户管理 <crm@example.com>");
  CHECK(read.headers.at("Message-ID") == "<msg_abc@example.com>");
  CHECK(read.text == message.body);
  // Lines that begin with a dot, as text that needs no encoding has them.
  const std::string plain = "Subject: x\r\n\r\n.\r\n..a\r\nb\r\n";
  CHECK(mailed(mail_options(server), "a@b.de", plain).problem.empty());
  CHECK(server.letters().back().text == plain);
}

TEST_CASE("a mailbox that does not exist is final, one that is busy is not") {
  MailServerStub server([](const std::string& to) {
    return to == "<gone@example.com>" ? "550 5.1.1 no such mailbox" : "451 4.7.1 try again later";
  });
  const Answer gone = mailed(mail_options(server), "gone@example.com", "\r\nx\r\n");
  CHECK(gone.status == 550);
  CHECK(gone.is_final);
  CHECK(gone.problem == "the mail server said: 550 5.1.1 no such mailbox");
  const Answer busy = mailed(mail_options(server), "busy@example.com", "\r\nx\r\n");
  CHECK(busy.status == 451);
  CHECK_FALSE(busy.is_final);
  CHECK(busy.problem == "the mail server said: 451 4.7.1 try again later");
  CHECK(server.letters().empty());
}

TEST_CASE("a mail server on this machine gets user and password when there are any") {
  MailServerStub server;
  CHECK(mailed(mail_options(server, "crm"), "a@b.de", "\r\nx\r\n").problem.empty());
  CHECK(testing::from_base64(server.credentials()) == std::string("\0crm\0s3cret", 11));
  MailServerStub open;
  CHECK(mailed(mail_options(open), "a@b.de", "\r\nx\r\n").problem.empty());
  CHECK(open.credentials().empty());
}

TEST_CASE("what is no address of a mail server is said before anything is sent") {
  CHECK(explain_mail_url("smtp://mail.example.com:587") == "");
  CHECK(explain_mail_url("smtps://mail.example.com") == "");
  for (const std::string& url :
       {std::string("mail.example.com"), std::string("http://a.de"), std::string("smtp://u:p@a.de"),
        std::string("smtp://"), std::string()}) {
    CAPTURE(url);
    CHECK(explain_mail_url(url) != "");
  }
}

}  // namespace
}  // namespace formwork::delivery
