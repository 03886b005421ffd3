// formwork user add NAME: an account, with its password from standard input.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "NAME",
     .value = "NAME",
     .summary = "what the user types to sign in",
     .required = true},
    {.name = "--roles", .value = "ROLE,…", .summary = "roles of the app, separated by commas"},
    {.name = "--name", .value = "TEXT", .summary = "the user's full name, as pages show it"},
    {.name = "--manager", .value = "NAME", .summary = "whom the user reports to"},
    {.name = "--teams", .value = "TEAM,…", .summary = "teams that the user belongs to"},
    {.name = "--heads", .value = "TEAM,…", .summary = "teams that the user leads"},
    {.name = "--email", .value = "ADDRESS", .summary = "where the user gets mail"},
    {.name = "--locale", .value = "TAG", .summary = "the user's language, such as zh-CN"},
    {.name = "--no-password", .value = "", .summary = "an account that uses tokens only"},
    kDbOption,
};

Exit run_user_add(const Arguments& arguments) {
  const bool by_token = arguments.has("--no-password");
  const std::string password = by_token ? std::string() : read_secret();
  if (!by_token && password.empty()) {
    return complain("write the password to standard input, or add --no-password", Exit::WrongUsage);
  }
  return ask_store(arguments["--db"], {.action = "user add",
                                       .user = arguments["NAME"],
                                       .full_name = arguments["--name"],
                                       .password = password,
                                       .locale = arguments["--locale"],
                                       .roles = arguments.find("--roles"),
                                       .manager = arguments.find("--manager"),
                                       .teams = arguments.find("--teams"),
                                       .heads = arguments.find("--heads"),
                                       .email = arguments.find("--email")});
}

}  // namespace

const Command& user_add_command() {
  static const Command command{"user add",
                               "Add an account; its password is read from standard input", kOptions,
                               run_user_add};
  return command;
}

}  // namespace formwork::program
