#include "tests/bench/benches.h"

namespace formwork::bench {

const std::vector<Bench>& all_benches() {
  static const std::vector<Bench> benches{
      {"floor", "the floor itself, beside what lies under it", run_floor},
      {"create_http", "durable, audited creates over 32 connections", run_create_http},
      {"create_1", "durable, audited creates over 1 connection", run_create_1},
      {"get_json", "one record as JSON, 64 connections", run_get_json},
      {"form_page", "the form of a new lead as a page, 64 connections", run_form_page},
      {"list_50", "a page of 50 records as JSON, filtered and sorted, as the store grows",
       run_list_50},
      {"start", "from spawning the server to its first answers", run_start},
      {"idle_memory", "memory of the server with the CRM loaded and nothing to do",
       run_idle_memory},
      {"size", "what is installed", run_size},
      {"decide", "a scoring table of 50 rules", run_decide},
      {"feel", "conditions of a CRM: read, checked, evaluated", run_feel},
      {"approvals", "approvals of three steps, durable, 32 at a time", run_approvals},
      {"approvals_1", "the same, one at a time", run_approvals_1},
      {"approvals_http", "the same over 32 connections", run_approvals_http},
      {"moves", "moves from stage to stage, durable, 32 under way", run_moves},
      {"automations", "updates, with and without automations that listen", run_automations},
      {"timers", "1,000,000 timers that wait: setting, cancelling, finding, firing", run_timers},
      {"bulk", "50,000 records changed at once, with automations, beside other users", run_bulk},
      {"overload", "creates at ten times the rate that the server can do", run_overload},
  };
  return benches;
}

Figure limited(std::string name, std::string unit, std::vector<double> values, double limit) {
  return {.name = std::move(name),
          .unit = std::move(unit),
          .peer = "limit",
          .values = std::move(values),
          .peer_values = {limit},
          .goal = Goal{Bound::AtMost, 1}};
}

Figure at_least(std::string name, std::string unit, std::vector<double> values, double least) {
  Figure figure = limited(std::move(name), std::move(unit), std::move(values), least);
  figure.goal = Goal{Bound::AtLeast, 1};
  return figure;
}

}  // namespace formwork::bench
