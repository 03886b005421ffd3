// One function per sub-command, each in a file of its own.
#pragma once

#include <string_view>

#include "server/program/command_line.h"

namespace formwork::program {

const Command& check_command();
const Command& test_command();
const Command& explore_command();
const Command& serve_command();
const Command& eval_command();
const Command& decide_command();
const Command& user_add_command();
const Command& user_change_command();
const Command& user_close_command();
const Command& user_list_command();
const Command& token_create_command();
const Command& secret_set_command();
const Command& secret_list_command();
const Command& secret_remove_command();
const Command& audit_verify_command();
const Command& forecast_command();
const Command& outbox_list_command();
const Command& outbox_show_command();
const Command& outbox_resend_command();
const Command& clock_advance_command();

// Says on standard error what is wrong, and gives the status back.
Exit complain(std::string_view message, Exit status);

}  // namespace formwork::program
