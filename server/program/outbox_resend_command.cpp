// formwork outbox resend: sends a message again, as if it had never been tried.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "ID", .value = "ID", .summary = "the message's number", .required = true},
    kDbOption,
};

Exit run_outbox_resend(const Arguments& arguments) {
  return ask_store(arguments["--db"], {.action = "outbox resend", .message = arguments["ID"]});
}

}  // namespace

const Command& outbox_resend_command() {
  static const Command command{"outbox resend", "Send a message again, under the same id", kOptions,
                               run_outbox_resend};
  return command;
}

}  // namespace formwork::program
