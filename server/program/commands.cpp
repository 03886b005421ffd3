#include "server/program/commands.h"

#include <array>
#include <cstdio>

namespace formwork::program {

std::span<const Command* const> all_commands() {
  static const std::array kAll{
      &check_command(),         &test_command(),          &explore_command(),
      &serve_command(),         &eval_command(),          &decide_command(),
      &user_add_command(),      &user_change_command(),   &user_close_command(),
      &user_list_command(),     &token_create_command(),  &secret_set_command(),
      &secret_list_command(),   &secret_remove_command(), &audit_verify_command(),
      &forecast_command(),      &outbox_list_command(),   &outbox_show_command(),
      &outbox_resend_command(), &clock_advance_command()};
  return kAll;
}

Exit complain(std::string_view message, Exit status) {
  std::fprintf(stderr, "formwork: %.*s\n", static_cast<int>(message.size()), message.data());
  return status;
}

}  // namespace formwork::program
