// What webhooks and public forms share: requests of nobody who is signed in, as FEEL sees them.
#pragma once

#include <string>

#include "engine/records/intake.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

// `query` without what the program itself reads of it, `headers` without what proves somebody.
records::Arrival arrival_of(const Exchange& exchange, feel::Value body);

// The program, as the documents tell it to.
engine::Actor intake_actor(engine::Cause cause, const Exchange& exchange);

// Where in the body the value of that field came from, as a JSON Pointer: of `body.contact.email`
// "/contact/email". Empty: from no single place.
std::string source_of(const model::Intake& intake, std::size_t field);

}  // namespace formwork::routes
