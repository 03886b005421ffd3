// Mail as RFC 5322 has it: plain ASCII on the wire, whatever people wrote.
//
// Nothing that came from a record can add a header or a receiver: addresses are of a narrow form,
// names and subjects become encoded words (RFC 2047) unless they are harmless, and the text is
// quoted-printable or base64 (RFC 2045).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dsl/base/time.h"
#include "engine/command/effects.h"

namespace formwork::delivery {

// `Formwork <crm@example.com>`
struct Mailbox {
  std::string name;  // may be empty
  std::string address;
};

// With a local part of letters, digits and the like, and a domain of ASCII labels.
bool is_mail_address(std::string_view text);

std::optional<Mailbox> parse_mailbox(std::string_view text);

// The message of an attempt at this moment. `message.to` is a mail address.
std::string compose_mail(const engine::OutboxMessage& message, const Mailbox& from, Instant at);

}  // namespace formwork::delivery
