// formwork outbox list: what is on its way out, what arrived, and what was given up.
#include "engine/command/effects.h"
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    kDbOption,
    {.name = "--state", .value = "STATE", .summary = "only those waiting, delivered or dead"},
    {.name = "--destination", .value = "NAME", .summary = "only those to this webhook, or to mail"},
    {.name = "--format", .value = "FORMAT", .summary = "text or json", .fallback = "text"},
};

Exit run_outbox_list(const Arguments& arguments) {
  const std::string format = arguments["--format"];
  if (format != "text" && format != "json") {
    return complain("--format takes text or json, not `" + format + "`", Exit::WrongUsage);
  }
  const std::string state = arguments["--state"];
  if (!state.empty() && !engine::find_message_state(state)) {
    return complain("--state takes waiting, delivered or dead, not `" + state + "`",
                    Exit::WrongUsage);
  }
  return ask_store(arguments["--db"], {.action = "outbox list",
                                       .format = format,
                                       .state = state,
                                       .destination = arguments["--destination"]});
}

}  // namespace

const Command& outbox_list_command() {
  static const Command command{"outbox list", "List webhooks and mail that are sent, newest first",
                               kOptions, run_outbox_list};
  return command;
}

}  // namespace formwork::program
