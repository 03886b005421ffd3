// Sending what waits in the outbox, on a thread of its own while the server runs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <thread>

#include "dsl/base/expected.h"
#include "engine/delivery/curl_transport.h"
#include "engine/delivery/deliverer.h"
#include "server/program/command_line.h"

namespace formwork::program {

// The options of `formwork serve` that say where messages go.
inline constexpr Option kSmtpOption{
    .name = "--smtp",
    .value = "URL",
    .summary = "where mail is handed in: smtp://mail.example.com:587; without it mail waits"};
inline constexpr Option kSmtpLoginOption{
    .name = "--smtp-login",
    .value = "FILE",
    .summary = "a file with two lines, user and password of the mail server"};
inline constexpr Option kMailFromOption{
    .name = "--mail-from",
    .value = "ADDRESS",
    .summary = "the sender of mail: crm@example.com, or `CRM <crm@example.com>`"};
inline constexpr Option kAllowDestinationOption{
    .name = "--allow-destination",
    .value = "CIDR",
    .summary = "private addresses that webhooks may go to, such as 10.1.0.0/16; repeatable",
    .repeatable = true};

struct DeliverySettings {
  delivery::CurlTransport::Options transport;
  std::optional<delivery::Mailbox> from;
};

struct DeliveryProblem {
  std::string message;
  Exit status;
};

Expected<DeliverySettings, DeliveryProblem> read_delivery(const Arguments& arguments);

class Delivery {
 public:
  Delivery(engine::Engine& engine, DeliverySettings settings);
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

 private:
  engine::Engine& engine_;
  delivery::CurlTransport transport_;
  delivery::Deliverer deliverer_;
  std::jthread thread_;
};

}  // namespace formwork::program
