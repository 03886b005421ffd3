// The floor against what it stands on: the same store without HTTP, and static answers without the
// store. It needs no server of ours, so it also tells whether this machine bears the other figures.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/floor_store.h"
#include "tests/bench/measure/lead.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

constexpr int kWaiting = 32;
constexpr std::uint64_t kLeadsPerRound = 40'000;
constexpr std::uint64_t kFirstLead = 1ULL << 40U;  // beyond all numbers that go over HTTP

// Creates in the floor's store with 32 submits waiting at all times, without HTTP: each answer,
// given on the writer's own thread, submits the next lead. The leads are read beforehand.
class StoreAlone {
 public:
  explicit StoreAlone(const std::filesystem::path& file)
      : store_({.file = file, .run_answers = [](std::function<void()> run) { run(); }}) {}

  double creates_per_second() {
    std::vector<Submit> leads;
    for (std::uint64_t i = 0; i < kLeadsPerRound; ++i) {
      const std::string body = lead_body(next_lead_++);
      leads.push_back({.lead = *read_lead(body), .changes = body, .answer = nullptr});
      leads.back().answer = [this, &leads](Submit&, Stored) { submit_next(leads); };
    }
    next_ = 0;
    answered_ = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kWaiting; ++i) store_.submit(leads[next_++]);
    std::unique_lock lock(mutex_);
    all_answered_.wait(lock, [this] { return answered_ == kLeadsPerRound; });
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(kLeadsPerRound) / taken.count();
  }

 private:
  void submit_next(std::vector<Submit>& leads) {
    if (const std::uint64_t index = next_++; index < leads.size()) store_.submit(leads[index]);
    const std::lock_guard lock(mutex_);
    if (++answered_ == kLeadsPerRound) all_answered_.notify_one();
  }

  std::uint64_t next_lead_ = kFirstLead;
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_;
  std::condition_variable all_answered_;
  std::uint64_t answered_ = 0;
  FloorStore store_;  // last, so that its writer ends before what it notifies
};

Figure of_floor(Figure figure) {
  figure.subject = "floor";
  return figure;
}

void add_create_figures(const Rounds& rounds, const std::string& connections, BenchResult& result) {
  const auto add = [&](std::string_view what, std::string unit, double Sample::*member) {
    result.figures.push_back(of_floor(figure(rounds, fmt::format("{}, {}", what, connections),
                                             std::move(unit), "32 connections", member)));
  };
  add("creates", "/s", &Sample::per_second);
  add("p50", "ms", &Sample::p50_ms);
  add("p99", "ms", &Sample::p99_ms);
  add("CPU a create", "ms", &Sample::cpu_ms);
}

void measure_creates(Lab& lab, BenchResult& result) {
  const auto filled = lab.store_with(Kind::Floor, lab.options().rows);
  const Server floor = lab.start(Kind::Floor, lab.copy_of(filled));
  StoreAlone alone(lab.copy_of(filled) / "crm.db");
  Figure against_store{
      .name = "creates, 32 connections", .unit = "/s", .subject = "floor", .peer = "store alone"};
  Rounds one;
  Rounds many;
  for (int i = 0; i < lab.options().rounds; ++i) {
    const Sample middle = measure(lab.options(), {floor, lab.creates(floor, 32)});
    against_store.values.push_back(middle.per_second);
    against_store.peer_values.push_back(alone.creates_per_second());
    one.ours.push_back(measure(lab.options(), {floor, lab.creates(floor, 1)}));
    many.ours.push_back(measure(lab.options(), {floor, lab.creates(floor, 128)}));
    one.peers.push_back(middle);
    many.peers.push_back(middle);
  }
  result.figures.push_back(std::move(against_store));
  add_create_figures(one, "1 connection", result);
  add_create_figures(many, "128 connections", result);
  note_disturbance(many, result);
}

void measure_reads(Lab& lab, BenchResult& result) {
  const Server floor = lab.start(Kind::Floor, lab.store_with(Kind::Floor, lab.options().rows));
  const auto paths = Lab::lead_paths(floor.store);
  const std::size_t size = body_of(floor, paths.front(), {}).size();
  const auto statics = [&](std::size_t bytes) {
    return Side{floor, lab.gets(floor, 64, {fmt::format("/static/{}", bytes)}, {})};
  };
  const Rounds by_key =
      measure_in_turn(lab.options(), {floor, lab.gets(floor, 64, paths, {})}, statics(size));
  const std::string peer = fmt::format("static {} B", size);
  result.figures.push_back(
      of_floor(figure(by_key, "records by key", "/s", peer, &Sample::per_second)));
  result.figures.push_back(of_floor(figure(by_key, "p99 by key", "ms", peer, &Sample::p99_ms)));
  const Rounds sizes = measure_in_turn(lab.options(), statics(8'192), statics(600));
  result.figures.push_back(
      of_floor(figure(sizes, "static 8192 B", "/s", "static 600 B", &Sample::per_second)));
  note_disturbance(by_key, result);
}

}  // namespace

void run_floor(Lab& lab, BenchResult& result) {
  measure_creates(lab, result);
  measure_reads(lab, result);
}

}  // namespace formwork::bench
