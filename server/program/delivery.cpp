#include "server/program/delivery.h"

#include <cstdio>
#include <fstream>

#include "server/program/version.h"

namespace formwork::program {
namespace {

Unexpected<DeliveryProblem> wrong(std::string message, Exit status = Exit::WrongUsage) {
  return Unexpected(DeliveryProblem{std::move(message), status});
}

void report(const std::string& what) {
  std::fprintf(stderr, "formwork: delivery: %s\n", what.c_str());
}

Expected<std::optional<delivery::MailServer>, DeliveryProblem> read_mail_server(
    const Arguments& arguments) {
  if (!arguments.has("--smtp")) {
    for (const std::string_view name : {"--smtp-login", "--mail-from"}) {
      if (arguments.has(name)) return wrong(std::string(name) + " needs --smtp beside it");
    }
    return std::optional<delivery::MailServer>();
  }
  delivery::MailServer server{.url = arguments["--smtp"], .user = {}, .password = {}};
  const std::string fault = delivery::explain_mail_url(server.url);
  if (!fault.empty()) return wrong("--smtp " + server.url + " " + fault);
  if (!arguments.has("--smtp-login")) return std::optional(std::move(server));
  const std::string path = arguments["--smtp-login"];
  std::ifstream file(path);
  if (!std::getline(file, server.user) || !std::getline(file, server.password) ||
      server.user.empty()) {
    return wrong(path + " cannot be read as two lines, user and password",
                 Exit::EnvironmentAtFault);
  }
  return std::optional(std::move(server));
}

Expected<std::optional<delivery::Mailbox>, DeliveryProblem> read_sender(
    const Arguments& arguments) {
  if (!arguments.has("--smtp")) return std::optional<delivery::Mailbox>();
  if (!arguments.has("--mail-from")) {
    return wrong("--smtp needs --mail-from beside it, the sender of mail");
  }
  auto from = delivery::parse_mailbox(arguments["--mail-from"]);
  if (!from) {
    return wrong("--mail-from takes crm@example.com or `CRM <crm@example.com>`, not `" +
                 arguments["--mail-from"] + "`");
  }
  return from;
}

}  // namespace

Expected<DeliverySettings, DeliveryProblem> read_delivery(const Arguments& arguments) {
  std::vector<delivery::Range> allowed;
  for (const std::string& text : arguments.all("--allow-destination")) {
    const auto range = delivery::parse_range(text);
    if (!range) {
      return wrong("--allow-destination takes an address or a range such as 10.1.0.0/16, not `" +
                   text + "`");
    }
    allowed.push_back(*range);
  }
  FW_TRY(auto server, read_mail_server(arguments));
  FW_TRY(auto from, read_sender(arguments));
  return DeliverySettings{.transport = {.policy = delivery::AddressPolicy(std::move(allowed)),
                                        .mail = std::move(server),
                                        .agent = "Formwork/" + std::string(version()),
                                        .authorities = {}},
                          .from = std::move(from)};
}

Delivery::Delivery(engine::Engine& engine, DeliverySettings settings)
    : engine_(engine),
      transport_(std::move(settings.transport)),
      deliverer_(engine, transport_, engine::system_random(),
                 {.from = std::move(settings.from), .report = report}),
      thread_([this](const std::stop_token& stop) { deliverer_.run(stop); }) {
  engine.store().on_messages([this] { transport_.wake(); });
}

// What is on its way gets a moment to end while everything it needs is still there.
Delivery::~Delivery() {
  engine_.store().on_messages({});
  thread_.request_stop();
  thread_.join();
}

}  // namespace formwork::program
