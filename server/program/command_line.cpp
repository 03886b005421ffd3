#include "server/program/command_line.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "server/program/version.h"

namespace formwork::program {
namespace {

// What the parser fills in; turned into Arguments once the line is read.
struct Slot {
  const Option* option;
  std::string text;
  bool flag = false;
};

struct Parsed {
  const Command* command;
  std::vector<std::unique_ptr<Slot>> slots;
  CLI::App* app = nullptr;
};

void add_option(CLI::App& app, const Option& option, Parsed& parsed) {
  auto slot = std::make_unique<Slot>(Slot{&option, std::string(option.fallback)});
  const std::string name(option.name);
  const std::string summary(option.summary);
  if (option.value.empty() && name.starts_with("--")) {
    app.add_flag(name, slot->flag, summary);
  } else {
    CLI::Option* added = app.add_option(name, slot->text, summary);
    if (option.required) added->required();
    if (!option.value.empty()) added->option_text(std::string(option.value));
    if (!option.fallback.empty()) {
      added->option_text(std::string(option.value) + " [" + std::string(option.fallback) + "]");
    }
  }
  parsed.slots.push_back(std::move(slot));
}

// `user add` is the command `add` of the command `user`.
CLI::App& sub_app(CLI::App& root, const Command& command) {
  const std::size_t blank = command.name.find(' ');
  const std::string first(command.name.substr(0, blank));
  if (blank == std::string_view::npos) {
    return *root.add_subcommand(first, std::string(command.summary));
  }
  const auto known =
      root.get_subcommands([&](const CLI::App* app) { return app->get_name() == first; });
  CLI::App* group =
      known.empty() ? root.add_subcommand(first, "Commands about: " + first) : known.front();
  group->require_subcommand(1);
  return *group->add_subcommand(std::string(command.name.substr(blank + 1)),
                                std::string(command.summary));
}

Arguments arguments_of(const Parsed& parsed) {
  Arguments arguments;
  for (const auto& slot : parsed.slots) {
    if (slot->flag) arguments.set(slot->option->name, "true");
    if (!slot->text.empty()) arguments.set(slot->option->name, slot->text);
  }
  return arguments;
}

}  // namespace

Exit run(int count, const char* const* texts) {
  CLI::App root("Formwork: forms and workflow, written as text", "formwork");
  root.set_version_flag("--version", "formwork " + std::string(version()));
  root.require_subcommand(1);
  root.footer(
      "Exit status: 0 success, 1 the input is at fault, 2 wrong usage, 3 the environment is at "
      "fault.");
  std::vector<Parsed> commands;
  for (const Command* command : all_commands()) {
    Parsed parsed{.command = command, .slots = {}};
    parsed.app = &sub_app(root, *command);
    for (const Option& option : command->options) add_option(*parsed.app, option, parsed);
    commands.push_back(std::move(parsed));
  }
  try {
    root.parse(count, texts);
  } catch (const CLI::Success& asked) {  // --help, --version
    return static_cast<Exit>(root.exit(asked, std::cout, std::cerr));
  } catch (const CLI::ParseError& wrong) {
    root.exit(wrong, std::cout, std::cerr);
    return Exit::WrongUsage;
  }
  for (const Parsed& parsed : commands) {
    if (parsed.app->parsed()) return parsed.command->run(arguments_of(parsed));
  }
  return Exit::WrongUsage;
}

}  // namespace formwork::program
