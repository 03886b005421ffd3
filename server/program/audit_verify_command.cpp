// formwork audit verify: proves that history is unbroken, or names the first entry that is not.
#include "server/program/store_command.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {kDbOption};

Exit run_audit_verify(const Arguments& arguments) {
  return ask_store(arguments["--db"], {.action = "audit verify"});
}

}  // namespace

const Command& audit_verify_command() {
  static const Command command{"audit verify", "Prove that the history is complete and unaltered",
                               kOptions, run_audit_verify};
  return command;
}

}  // namespace formwork::program
