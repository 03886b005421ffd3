// What handlers of forms share: reading them, and answering what was not granted with the page they
// came from.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "server/pages/pages.h"
#include "server/routes/exchange.h"
#include "server/routes/submission.h"

namespace formwork::routes {

// Reads the form and checks its proof; answers itself when either fails.
std::optional<Submission> accept(Exchange& exchange);

// The version of the record that the form was opened on; 0 when it does not say.
std::int64_t seen_version(const Submission& submission);

// The account of that name, or why there is none.
Expected<engine::AccountId, engine::Refusal> find_person(std::string_view name,
                                                         const Exchange& exchange);

// A form that wants one thing done.
struct PageWork {
  Exchange exchange;
  Submission submission;
  const model::Entity* entity = nullptr;  // that errors lead back to; null: to the start page
  // The page that the form came from, with what was refused.
  std::function<http::Response(int status, const pages::RefusedForm& refused, const Exchange&)>
      show_again;
};

// Carries it out: on to `location` when it is granted, else the page again where the refusal is
// about what was sent, else a page of its own.
void carry_out(PageWork work, Expected<engine::Intent, engine::Refusal> intent,
               const std::string& location, pages::Done done);

}  // namespace formwork::routes
