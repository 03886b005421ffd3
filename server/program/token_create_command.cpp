// formwork token create: an API token, printed once.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "--user", .value = "NAME", .summary = "whose rights the token has", .required = true},
    {.name = "--label", .value = "TEXT", .summary = "what the token is for"},
    kDbOption,
};

Exit run_token_create(const Arguments& arguments) {
  return ask_store(
      arguments["--db"],
      {.action = "token create", .user = arguments["--user"], .label = arguments["--label"]});
}

}  // namespace

const Command& token_create_command() {
  static const Command command{"token create", "Make an API token and print it, once", kOptions,
                               run_token_create};
  return command;
}

}  // namespace formwork::program
