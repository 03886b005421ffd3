// formwork check DIR: every mistake of an app, with its place and what to do.
#include <string>

#include "server/program/app_folder.h"
#include "server/program/commands.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "DIR", .value = "DIR", .summary = "the app's folder", .required = true},
    {.name = "--format",
     .value = "FORMAT",
     .summary = "text on standard error, or json on standard output",
     .fallback = "text"},
};

Exit run_check(const Arguments& arguments) {
  const std::string format = arguments["--format"];
  if (format != "text" && format != "json") {
    return complain("--format takes text or json, not `" + format + "`", Exit::WrongUsage);
  }
  auto sources = read_folder(arguments["DIR"]);
  if (!sources) return complain(sources.error(), Exit::InputAtFault);
  const Compiled compiled = compile_app(std::move(*sources));
  if (format == "json") {
    print_json(compiled.diagnostics);
  } else {
    print_text(compiled.diagnostics);
  }
  return compiled.model ? Exit::Success : Exit::InputAtFault;
}

}  // namespace

const Command& check_command() {
  static const Command command{"check", "Check an app and report every mistake", kOptions,
                               run_check};
  return command;
}

}  // namespace formwork::program
