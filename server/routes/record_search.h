// record_search: which record somebody means who types a part of its name.
#pragma once

#include <string>
#include <vector>

#include "server/pages/pages.h"
#include "server/routes/page_view.h"

namespace formwork::routes {

// At most so many that the caller may see: the one of that number first, then those with the text
// in one of their titles' texts, whatever its case, newest first. All of them for an empty text.
std::vector<pages::RecordOption> find_records(const model::Entity& entity, std::string_view text,
                                              std::size_t at_most, PageView& view,
                                              const Exchange& exchange);

// GET /{entity}/suggest?find=…: ["12 · Title"], for the script of forms.
void page_suggest(Exchange exchange);

}  // namespace formwork::routes
