// formwork outbox show: a message with every attempt to send it.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "ID", .value = "ID", .summary = "the message's number", .required = true},
    kDbOption,
    {.name = "--format", .value = "FORMAT", .summary = "text or json", .fallback = "text"},
};

Exit run_outbox_show(const Arguments& arguments) {
  const std::string format = arguments["--format"];
  if (format != "text" && format != "json") {
    return complain("--format takes text or json, not `" + format + "`", Exit::WrongUsage);
  }
  return ask_store(arguments["--db"],
                   {.action = "outbox show", .format = format, .message = arguments["ID"]});
}

}  // namespace

const Command& outbox_show_command() {
  static const Command command{"outbox show", "Show a message with all attempts to send it",
                               kOptions, run_outbox_show};
  return command;
}

}  // namespace formwork::program
