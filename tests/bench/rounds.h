// Two sides measured in turn (A B A B …), so that what changes on the machine during a run hits
// both.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/bench/lab.h"
#include "tests/bench/measure/report.h"

namespace formwork::bench {

struct Side {
  const Server& server;
  LoadPlan plan;
};

struct Sample {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double p999_ms = 0;
  double cpu_ms = 0;        // of the server's processes, per answer: the steadiest of all
  double others_cores = 0;  // what other programs used meanwhile
};

struct Rounds {
  std::vector<Sample> ours;
  std::vector<Sample> peers;
};

// Waits for a quiet machine as long as the options allow, measures again if others disturbed, three
// times at most, and keeps the quietest. Throws std::runtime_error if an answer is not a 2xx or a
// connection breaks.
Sample measure(const Options& options, const Side& side);

Rounds measure_in_turn(const Options& options, const Side& ours, const Side& peer);

// A figure out of one member of the samples: figure(rounds, "creates", "/s", "floor",
// &Sample::per_second)
Figure figure(const Rounds& rounds, std::string name, std::string unit, std::string peer,
              double Sample::*member, std::optional<Goal> goal = std::nullopt);

// Says so if others disturbed even the quietest try of a round.
void note_disturbance(const Rounds& rounds, BenchResult& result);

// The same for what runs in the bench itself or in a program that it waits for: a run gives its
// figure, and is repeated when others disturbed it.
using Run = std::function<double()>;

struct Reading {
  double value = 0;
  double cores = 0;         // that the run used
  double others_cores = 0;  // that other programs used meanwhile
};

struct Readings {
  std::vector<double> ours;
  std::vector<double> peers;
  std::vector<double> our_cores;
  std::vector<double> peer_cores;
  double most_others_cores = 0;
};

Reading read_quietly(const Options& options, const Run& run);
Readings run_in_turn(const Options& options, const Run& ours, const Run& peer);
void note_disturbance(const Readings& readings, BenchResult& result);

}  // namespace formwork::bench
