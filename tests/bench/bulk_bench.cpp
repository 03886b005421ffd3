// 50,000 records changed at once while others read and write: with three automations that listen,
// beside the same without any.
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "engine/pipeline/bulk.h"
#include "tests/bench/app_engine.h"
#include "tests/bench/benches.h"
#include "tests/bench/lanes.h"
#include "tests/bench/measure/histogram.h"
#include "tests/bench/measure/process.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kLeads = 50'000;
constexpr std::size_t kFillingLanes = 256;
constexpr int kWriters = 2;
constexpr int kReaders = 2;
constexpr std::chrono::milliseconds kThought{5};  // of each of the others, behind an answer
constexpr std::chrono::seconds kAlone{3};
constexpr std::array<std::string_view, 5> kRegions{"east", "west", "north", "south", "centre"};

std::vector<fs::path> documents_of(const Lab& lab, bool with_automations) {
  const fs::path folder = lab.options().files / "bulk";
  std::vector<fs::path> documents{folder / "app.yaml"};
  if (with_automations) documents.push_back(folder / "automations.yaml");
  return documents;
}

std::size_t field_of(const model::Entity& entity, std::string_view name) {
  return model::field_index(entity, name).value();
}

void fill(const Lab& lab, const fs::path& folder) {
  const auto engine = open_engine(documents_of(lab, false), folder);
  const engine::Actor seller = actor_of(*engine, token_of(*engine, "seller", "seller"));
  const model::Entity& lead = *engine->model().find_entity("lead");
  std::uint64_t next = 0;
  run_lanes(*engine, kFillingLanes, [&](std::size_t, const engine::Outcome*) {
    if (next == kLeads) return std::optional<engine::Command>();
    const std::uint64_t number = next++;
    engine::Changes values{
        {field_of(lead, "company"),
         feel::Value(fmt::format("Company {}", number * 7'919 % kLeads))},
        {field_of(lead, "region"), feel::Value(kRegions[number % kRegions.size()])},
        {field_of(lead, "notes"), feel::Value(std::string(200, 'n'))}};
    return std::optional<engine::Command>(
        {.actor = seller, .intent = engine::CreateRecord{&lead, std::move(values)}, .once = {}});
  });
}

// A copy of a store with the leads, filled once in a run.
fs::path store_with_leads(Lab& lab) {
  const fs::path folder = lab.options().data / "bulk";
  if (!fs::exists(folder)) {
    const fs::path making = lab.options().data / "bulk-new";
    fs::remove_all(making);
    fs::create_directories(making);
    fill(lab, making);
    fs::rename(making, folder);
  }
  return lab.copy_of(folder);
}

// How long others wait for their answers.
class Waits {
 public:
  template <class Act>
  void time(const Act& act) {
    const auto begin = Clock::now();
    act();
    const auto taken = Clock::now() - begin;
    const std::lock_guard lock(mutex_);
    histogram_.add(taken);
  }

  double p99_ms() const { return histogram_.quantile_ms(0.99); }

  std::uint64_t count() const { return histogram_.count(); }

 private:
  std::mutex mutex_;
  Histogram histogram_;
};

// Other people, each of whom reads or writes, thinks, and goes on, until this goes.
class Others {
 public:
  explicit Others(engine::Engine& engine)
      : engine_(engine), actor_(actor_of(engine, token_of(engine, "other", "seller"))) {
    for (int i = 0; i < kWriters; ++i) threads_.emplace_back([this](auto stop) { write(stop); });
    for (int i = 0; i < kReaders; ++i) threads_.emplace_back([this](auto stop) { read(stop); });
  }

  // They stop, and what they have waited can be asked.
  void stop() {
    threads_.clear();
    if (is_refused_) throw std::runtime_error("others are refused");
  }

  const Waits& writes() const { return writes_; }

  const Waits& reads() const { return reads_; }

 private:
  void write(const std::stop_token& stop) {
    const model::Entity& visit = *engine_.model().find_entity("visit");
    const std::size_t number = field_of(visit, "number");
    const auto made = engine_.execute_and_wait(
        {.actor = actor_,
         .intent = engine::CreateRecord{&visit, {{field_of(visit, "place"), feel::Value("here")}}},
         .once = {}});
    if (!made) is_refused_ = true;
    for (std::int64_t version = 1; !stop.stop_requested() && !is_refused_; ++version) {
      std::this_thread::sleep_for(kThought);
      writes_.time([&] {
        const auto outcome = engine_.execute_and_wait(
            {.actor = actor_,
             .intent = engine::UpdateRecord{&visit,
                                            made->record.id,
                                            version,
                                            {{number, feel::Value(feel::Number(version))}}},
             .once = {}});
        if (!outcome) is_refused_ = true;
      });
    }
  }

  void read(const std::stop_token& stop) {
    const model::Entity& lead = *engine_.model().find_entity("lead");
    store::Query page;
    page.entity = &lead;
    page.where = {{model::ColumnRef::of_field(field_of(lead, "region")), store::Comparison::Equal,
                   feel::Value(kRegions[0])}};
    page.sort = lead.list.sort;
    for (std::uint64_t i = 0; !stop.stop_requested() && !is_refused_; ++i) {
      std::this_thread::sleep_for(kThought);
      reads_.time([&] {
        permissions::Reader reader = engine_.reader(actor_);
        const auto id = static_cast<engine::RecordId>(i * 7'919 % kLeads + 1);
        const bool is_there =
            i % 2 == 0 ? reader.list(page).has_value() : reader.record(lead, id).has_value();
        if (!is_there) is_refused_ = true;
      });
    }
  }

  engine::Engine& engine_;
  engine::Actor actor_;
  Waits writes_;
  Waits reads_;
  std::atomic<bool> is_refused_ = false;
  std::vector<std::jthread> threads_;
};

// From here on the highest memory of the bench is counted anew.
void forget_highest_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

struct Changed {
  double seconds = 0;
  double highest_mib = 0;
  double write_p99_ms = 0;
  double read_p99_ms = 0;
  double alone_write_p99_ms = 0;
  double alone_read_p99_ms = 0;
  std::size_t runs = 0;  // of automations
};

engine::BulkChange change_of(engine::Engine& engine) {
  const engine::Actor seller = actor_of(engine, token_of(engine, "seller", "seller"));
  const model::Entity& lead = *engine.model().find_entity("lead");
  auto scope = std::make_shared<const permissions::VisibleScope>(engine.gate(), seller, lead);
  return {.actor = seller,
          .entity = &lead,
          .filter = "score = 0",
          .compiled = permissions::compile_filter("score = 0", scope, seller, lead).filter,
          .values = {{field_of(lead, "score"), feel::Value(feel::Number(std::int64_t{60}))}}};
}

double run_to_its_end(engine::Engine& engine) {
  engine::BulkJobs jobs(engine);
  const auto begin = Clock::now();
  const auto job = jobs.start(change_of(engine));
  if (!job) throw std::runtime_error("the job is refused");
  while (true) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const auto now = jobs.find(job->id, job->account);
    if (now->is_under_way()) continue;
    if (now->changed != kLeads) {
      throw std::runtime_error(fmt::format("{} of {} are changed", now->changed, kLeads));
    }
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }
}

Changed change_all(Lab& lab, bool with_automations) {
  const fs::path store = store_with_leads(lab);
  const auto engine = open_engine(documents_of(lab, with_automations), store);
  Changed changed;
  {
    Others others(*engine);
    std::this_thread::sleep_for(kAlone);
    others.stop();
    changed.alone_write_p99_ms = others.writes().p99_ms();
    changed.alone_read_p99_ms = others.reads().p99_ms();
  }
  Others others(*engine);
  forget_highest_memory();
  changed.seconds = run_to_its_end(*engine);
  others.stop();
  changed.write_p99_ms = others.writes().p99_ms();
  changed.read_p99_ms = others.reads().p99_ms();
  changed.highest_mib = own_memory().highest_mib;
  changed.runs = engine->store().read()->runs({.limit = 4 * kLeads}).size();
  return changed;
}

}  // namespace

void run_bulk(Lab& lab, BenchResult& result) {
  std::vector<Changed> ours;
  std::vector<Changed> peers;
  for (int round = 0; round < lab.options().rounds; ++round) {
    ours.push_back(change_all(lab, true));
    peers.push_back(change_all(lab, false));
  }
  const auto add = [&](std::string name, std::string unit, double Changed::*member) {
    Figure figure{.name = std::move(name),
                  .unit = std::move(unit),
                  .peer = "without automations",
                  .values = {},
                  .peer_values = {}};
    for (const Changed& one : ours) figure.values.push_back(one.*member);
    for (const Changed& one : peers) figure.peer_values.push_back(one.*member);
    result.figures.push_back(std::move(figure));
  };
  add("50,000 records", "s", &Changed::seconds);
  add("highest memory", "MiB", &Changed::highest_mib);
  add("p99 of others' writes", "ms", &Changed::write_p99_ms);
  add("p99 of others' reads", "ms", &Changed::read_p99_ms);
  add("the same before it began: writes", "ms", &Changed::alone_write_p99_ms);
  add("the same before it began: reads", "ms", &Changed::alone_read_p99_ms);
  result.notes.push_back(fmt::format(
      "in the engine, on a file, {} runs of three automations; {} others write and {} read, each "
      "thinking {} ms behind an answer; memory is that of the whole bench",
      ours.front().runs, kWriters, kReaders, kThought.count()));
}

}  // namespace formwork::bench
