// The benches by name. Each fills in figures and notes, and throws std::runtime_error with the
// reason if it cannot measure: what it measured until then stays.
#pragma once

#include <string_view>
#include <vector>

#include "tests/bench/lab.h"
#include "tests/bench/measure/report.h"

namespace formwork::bench {

struct Bench {
  std::string_view name;
  std::string_view about;
  void (*run)(Lab&, BenchResult&);
};

const std::vector<Bench>& all_benches();

void run_floor(Lab& lab, BenchResult& result);
void run_create_http(Lab& lab, BenchResult& result);
void run_create_1(Lab& lab, BenchResult& result);
void run_get_json(Lab& lab, BenchResult& result);
void run_form_page(Lab& lab, BenchResult& result);
void run_list_50(Lab& lab, BenchResult& result);
void run_start(Lab& lab, BenchResult& result);
void run_idle_memory(Lab& lab, BenchResult& result);
void run_size(Lab& lab, BenchResult& result);
void run_decide(Lab& lab, BenchResult& result);
void run_feel(Lab& lab, BenchResult& result);
void run_overload(Lab& lab, BenchResult& result);
void run_approvals(Lab& lab, BenchResult& result);
void run_approvals_1(Lab& lab, BenchResult& result);
void run_approvals_http(Lab& lab, BenchResult& result);
void run_moves(Lab& lab, BenchResult& result);
void run_automations(Lab& lab, BenchResult& result);
void run_timers(Lab& lab, BenchResult& result);
void run_bulk(Lab& lab, BenchResult& result);

// A goal that no peer sets: at most, or at least, so much of a unit.
Figure limited(std::string name, std::string unit, std::vector<double> values, double limit);
Figure at_least(std::string name, std::string unit, std::vector<double> values, double least);

}  // namespace formwork::bench
