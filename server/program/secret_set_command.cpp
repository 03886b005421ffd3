// formwork secret set NAME: what webhooks are signed with. The one before still holds for a while.
#include <cstdio>

#include "engine/command/standard_webhooks.h"
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "NAME", .value = "NAME", .summary = "as documents name it", .required = true},
    {.name = "--new", .value = {}, .summary = "make one and print it, once"},
    {.name = "--keep",
     .value = "DURATION",
     .summary = "how long the secret before still holds",
     .fallback = "PT24H"},
    kDbOption,
};

Exit run_secret_set(const Arguments& arguments) {
  const bool is_new = arguments.has("--new");
  std::string value;
  if (is_new) {
    value = engine::show_webhook_secret(engine::new_webhook_secret(engine::system_random()));
  } else {
    value = read_secret("Secret: ");
  }
  AdminRequest request{.action = "secret set"};
  request.secret = arguments["NAME"];
  request.value = value;
  request.keep = arguments["--keep"];
  const Exit exit = ask_store(arguments["--db"], request);
  if (exit == Exit::Success && is_new) std::printf("%s\n", value.c_str());
  return exit;
}

}  // namespace

const Command& secret_set_command() {
  static const Command command{"secret set", "Give a secret that webhooks are signed with",
                               kOptions, run_secret_set};
  return command;
}

}  // namespace formwork::program
