// post_form: small forms that do one thing: a button, a comment, and what proves who sent them.
#pragma once

#include "server/pages/context.h"

namespace formwork::pages {

// Opens a form that posts there, with its proof. `css` may be empty.
void open_post(Html& html, const Context& context, std::string_view path, std::string_view css);

void hidden(Html& html, Markup name, std::string_view value);

// A text area named `comment`; `id` tells several on a page apart.
void append_comment(Html& html, const Context& context, std::string_view id, bool is_required,
                    std::string_view typed = {});

}  // namespace formwork::pages
