// refused: why a form was not granted, at the top of the page that it came from.
#pragma once

#include "server/pages/context.h"
#include "server/pages/pages.h"

namespace formwork::pages {

// Every reason, with the values that it saw and a link to the field: on this page, where it is one
// of `here`, else in the record's form.
void append_refused(Html& html, const Context& context, const model::Entity& entity,
                    engine::RecordId record, const engine::Refusal& refusal,
                    const std::vector<std::size_t>& here = {});

// Of a form that is about no record.
void append_refused(Html& html, const Context& context, const engine::Refusal& refusal);

// What was sent in that control; empty when nothing is shown again.
std::string sent_value(const RefusedForm& refused, std::string_view name);

}  // namespace formwork::pages
