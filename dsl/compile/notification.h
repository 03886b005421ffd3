// What is said to people: of `notification` documents, and of actions that notify.
#pragma once

#include "dsl/compile/text_template.h"
#include "dsl/model/automation.h"

namespace formwork::compile {

// `title`, `text`, `channels` and `urgent` of a mapping. `where` is who lacks a title.
void read_message(const yaml::Node& mapping, const Span& where, const PhraseCompiler& compile,
                  model::Notification& message, Context& context);

}  // namespace formwork::compile
