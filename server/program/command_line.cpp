#include "server/program/command_line.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "dsl/diagnostics/did_you_mean.h"
#include "server/program/version.h"

namespace formwork::program {
namespace {

// What the parser fills in; turned into Arguments once the line is read.
struct Slot {
  const Option* option;
  std::string text;
  std::vector<std::string> texts = {};  // of a repeatable one
  bool flag = false;
  const CLI::Option* given = nullptr;  // not of flags
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
    CLI::Option* added = option.repeatable
                             ? app.add_option(name, slot->texts, summary)->allow_extra_args(false)
                             : app.add_option(name, slot->text, summary);
    slot->given = added;
    if (option.required) added->required();
    // Of an argument without dashes the name says it all.
    const bool is_named = name.starts_with("--");
    if (!option.value.empty()) added->option_text(is_named ? std::string(option.value) : " ");
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

// The first word that should be a command and is none: `chekc`. The parser itself would only say
// that a command is missing.
std::optional<std::string> unknown_command(const CLI::App& root, int count,
                                           const char* const* texts) {
  const CLI::App* app = &root;
  std::string path;
  for (int i = 1; i < count; ++i) {
    const std::string word = texts[i];
    const auto commands = app->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || word.starts_with('-')) return std::nullopt;
    const auto named = [&](const CLI::App* command) { return command->get_name() == word; };
    const auto found = std::find_if(commands.begin(), commands.end(), named);
    if (found == commands.end()) {
      std::vector<std::string> names;
      for (const CLI::App* command : commands) names.push_back(command->get_name());
      const std::vector<std::string_view> views(names.begin(), names.end());
      return "there is no command `" + path + word + "`; " + suggest(word, views);
    }
    path += word + " ";
    app = *found;
  }
  return std::nullopt;
}

Arguments arguments_of(const Parsed& parsed) {
  Arguments arguments;
  for (const auto& slot : parsed.slots) {
    for (const std::string& text : slot->texts) arguments.add(slot->option->name, text);
    if (!slot->texts.empty()) continue;
    if (slot->flag) arguments.set(slot->option->name, "true");
    // Also an empty text is a value, for those who ask whether there is one.
    const bool is_given = slot->given != nullptr && slot->given->count() > 0;
    if (is_given || !slot->text.empty()) arguments.set(slot->option->name, slot->text);
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
    const auto unknown = unknown_command(root, count, texts);
    if (!unknown) {
      root.exit(wrong, std::cout, std::cerr);
    } else {
      std::cerr << "formwork: " << *unknown << "\nRun with --help for more information.\n";
    }
    return Exit::WrongUsage;
  }
  for (const Parsed& parsed : commands) {
    if (parsed.app->parsed()) return parsed.command->run(arguments_of(parsed));
  }
  return Exit::WrongUsage;
}

}  // namespace formwork::program
