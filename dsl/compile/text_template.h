// Texts with values in them: `{company} waits since {assigned_at}`. Behind `{` stands FEEL up to
// the
// `}` that closes it; `{{` is a brace.
#pragma once

#include <functional>

#include "dsl/compile/formulas.h"
#include "dsl/model/text_template.h"

namespace formwork::compile {

// FEEL of that type in whatever scope the text is in; nothing when it is in error, which is then
// reported.
using PhraseCompiler =
    std::function<std::optional<feel::Expression>(const Phrase&, const feel::Type& expected)>;

enum class Lines : unsigned char { One, Many };

// One text for all locales, or a mapping of locales; what is missing takes the first given, as of
// texts without values. What is wrong is reported at the words that are wrong, and left out.
model::TextTemplate read_template(const yaml::Node& node, Lines lines,
                                  const PhraseCompiler& compile, Context& context);

}  // namespace formwork::compile
