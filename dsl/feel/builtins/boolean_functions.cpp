// Booleans: the functions that answer yes or no about yes and no.
#include "dsl/feel/builtin.h"

namespace formwork::feel {
namespace {

Value negation(Arguments arguments, Evaluation&) { return Value(!arguments[0].boolean()); }

}  // namespace

const Family& boolean_functions() {
  static const Family family{
      .title = "Booleans",
      .entries =
          {
              {
                  .name = "not",
                  .parameters = {{"negand", "boolean"}},
                  .result = "boolean",
                  .call = negation,
                  .summary = "The opposite of a boolean.",
                  .example = "not(true)",
                  .answer = "false",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
