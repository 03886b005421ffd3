// formwork eval [EXPRESSION]: the value of a FEEL expression; without one, a dialogue.
#include <fstream>
#include <iostream>
#include <iterator>

#include <unistd.h>

#include "dsl/feel/json.h"
#include "engine/command/environment.h"
#include "server/program/app_folder.h"
#include "server/program/calculator.h"
#include "server/program/commands.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "EXPRESSION",
     .value = "EXPRESSION",
     .summary = "in FEEL; without it lines are read from standard input, one expression each"},
    {.name = "--file", .value = "FILE", .summary = "take the expression from a file"},
    {.name = "--context",
     .value = "JSON",
     .summary = "an object whose members are variables: '{\"amount\": 2500}'"},
    {.name = "--explain", .summary = "also print what the value hangs on"},
    {.name = "--zone",
     .value = "ZONE",
     .summary = "time zone of now() and today()",
     .fallback = "UTC"},
    {.name = "--format", .value = "FORMAT", .summary = "feel, or json", .fallback = "feel"},
};

Exit print_answer(const Calculator& calculator, const Calculator::Answer& answer,
                  const Arguments& arguments) {
  print_text(answer.findings);
  if (!answer.is_readable) return Exit::InputAtFault;
  const bool as_json = arguments["--format"] == "json";
  std::cout << (as_json ? feel::to_json(answer.value, calculator.zone())
                        : calculator.show(answer.value))
            << '\n';
  if (arguments.has("--explain")) {
    for (const std::string& part : answer.parts) std::cout << "  " << part << '\n';
  }
  return Exit::Success;
}

// A line is an expression or a command of the dialogue; the prompt is for people only.
Exit converse(Calculator& calculator) {
  const bool is_person = isatty(STDIN_FILENO) == 1;
  if (is_person) std::cout << "FEEL; :help tells what else there is, :quit ends\n";
  std::string line;
  bool ends = false;
  while (!ends) {
    if (is_person) std::cout << "> " << std::flush;
    if (!std::getline(std::cin, line)) break;
    std::cout << run_line(calculator, line, ends) << std::flush;
  }
  return Exit::Success;
}

Exit run_eval(const Arguments& arguments) {
  const TimeZone* zone = TimeZone::find(arguments["--zone"]);
  if (zone == nullptr) {
    return complain("there is no time zone `" + arguments["--zone"] + "`", Exit::WrongUsage);
  }
  if (arguments["--format"] != "feel" && arguments["--format"] != "json") {
    return complain("--format is feel or json", Exit::WrongUsage);
  }
  if (arguments.has("EXPRESSION") && arguments.has("--file")) {
    return complain("give an expression or --file, not both", Exit::WrongUsage);
  }
  Calculator calculator(engine::system_clock().now(), *zone);
  if (arguments.has("--context")) {
    const auto read = calculator.read_context(arguments["--context"]);
    if (!read) return complain("--context: " + read.error(), Exit::InputAtFault);
  }
  if (arguments.has("EXPRESSION")) {
    return print_answer(calculator, calculator.evaluate(arguments["EXPRESSION"], "expression"),
                        arguments);
  }
  if (!arguments.has("--file")) return converse(calculator);
  std::ifstream file(arguments["--file"], std::ios::binary);
  if (!file) return complain("cannot read " + arguments["--file"], Exit::InputAtFault);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return print_answer(calculator, calculator.evaluate(text, arguments["--file"]), arguments);
}

}  // namespace

const Command& eval_command() {
  static const Command command{"eval", "Evaluate a FEEL expression, or many in a dialogue",
                               kOptions, run_eval};
  return command;
}

}  // namespace formwork::program
