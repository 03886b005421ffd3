// Approvals of three steps, submitted and decided as soon as they wait: each of the four commands
// is durable before the next one is given. Beside the npm package bpmn-engine with a like process.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "dsl/base/json.h"
#include "tests/bench/benches.h"
#include "tests/bench/floor_store.h"
#include "tests/bench/lanes.h"
#include "tests/bench/measure/lead.h"
#include "tests/bench/office.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kAtATime = 32;
constexpr double kLeastPerSecond = 1'000;
constexpr std::string_view kInReview = "review";
constexpr std::string_view kAgreed = "sendable";
constexpr double kWritesOfApproval = 4;  // submitting and three decisions

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Takes the quotes one after the other through the approval, and begins anew with the first one
// when all are through: an agreed quote may be submitted again.
class Approver {
 public:
  Approver(Office& office, std::uint64_t quotes) : office_(office), quotes_(quotes) {}

  // So many approvals at a time, for so long.
  double per_second(std::size_t at_a_time, std::chrono::milliseconds duration) {
    const auto begin = Clock::now();
    std::uint64_t completed = 0;
    run_lanes(office_.engine(), at_a_time, [&](std::size_t, const engine::Outcome* last) {
      if (last != nullptr) {
        if (auto decision = decide(*last)) return decision;
        ++completed;
      }
      return Clock::now() - begin < duration ? std::optional(submit()) : std::nullopt;
    });
    return static_cast<double>(completed) / seconds_since(begin);
  }

 private:
  engine::Command submit() {
    const auto quote = static_cast<engine::RecordId>(next_++ % quotes_ + 1);
    return {.actor = office_.seller_of(quote).actor,
            .intent = engine::MoveRecord{&office_.quotes(), quote, {}, std::string(kInReview), {}},
            .once = {}};
  }

  // The decision that is waited for; nothing: the last one has been made.
  std::optional<engine::Command> decide(const engine::Outcome& last) const {
    const engine::Process& process = last.process.value();
    for (const engine::Task& task : process.tasks) {
      if (task.state != engine::TaskState::Open) continue;
      return engine::Command{
          .actor = office_.person(task.assignee).actor,
          .intent = engine::ActOnTask{.task = task.id, .action = engine::TaskAction::Approve},
          .once = {}};
    }
    const bool is_agreed = process.state == engine::ProcessState::Approved &&
                           stage_of(last.record, office_.quotes()) == kAgreed;
    if (!is_agreed) throw std::runtime_error("an approval ended otherwise than approved");
    return std::nullopt;
  }

  Office& office_;
  std::uint64_t quotes_;
  std::uint64_t next_ = 0;
};

// Instances a second of the peer. The words are those of bpmn_bench.mjs.
double peer_per_second(const Lab& lab, std::vector<std::string> words) {
  const fs::path script = lab.options().files / "bpmn_bench.mjs";
  std::vector<std::string> command{"/usr/bin/env", "node", script.string()};
  command.insert(command.end(), words.begin(), words.end());
  const Finished finished = run_program(command, "", lab.options().data);
  const auto parsed = json::parse(finished.output);
  if (finished.status != 0 || !parsed) {
    throw std::runtime_error(
        fmt::format("the npm package bpmn-engine does not run here: it ends with {}: {}",
                    finished.status, finished.messages.substr(0, 200)));
  }
  const std::string& text = parsed->find("per_second")->text;
  double rate = 0;
  std::from_chars(text.data(), text.data() + text.size(), rate);
  return rate;
}

std::string milliseconds(const Lab& lab) { return std::to_string(lab.options().duration.count()); }

Run peer_in_memory(const Lab& lab, std::string mode) {
  return [&lab, mode = std::move(mode)] {
    return peer_per_second(lab, {mode, std::to_string(kAtATime), milliseconds(lab)});
  };
}

Run peer_saved(const Lab& lab) {
  return [&lab] {
    const fs::path file = lab.options().data / "bpmn-states";
    const double rate = peer_per_second(lab, {"saved", milliseconds(lab), file.string()});
    fs::remove(file);
    return rate;
  };
}

Figure approvals_figure(const Readings& readings, std::string peer, std::optional<double> goal) {
  Figure figure{.name = "approvals",
                .unit = "/s",
                .peer = std::move(peer),
                .values = readings.ours,
                .peer_values = readings.peers};
  if (goal) figure.goal = Goal{Bound::AtLeast, *goal};
  return figure;
}

// One create after the other in the floor's store: what a durable write costs at the least.
class SingleWrites {
 public:
  explicit SingleWrites(const fs::path& file)
      : store_({.file = file, .run_answers = [](std::function<void()> run) { run(); }}) {}

  // Approvals that as many writes would make.
  double approvals_per_second(std::chrono::milliseconds duration) {
    const auto begin = Clock::now();
    std::uint64_t writes = 0;
    for (; Clock::now() - begin < duration; ++writes) write();
    return static_cast<double>(writes) / seconds_since(begin) / kWritesOfApproval;
  }

 private:
  void write() {
    const std::string body = lead_body(next_lead_++);
    Submit create{.lead = *read_lead(body), .changes = body, .answer = nullptr};
    bool is_answered = false;
    create.answer = [&](Submit&, Stored) {
      const std::lock_guard lock(mutex_);
      is_answered = true;
      answered_.notify_one();
    };
    store_.submit(create);
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return is_answered; });
  }

  std::uint64_t next_lead_ = 1ULL << 41U;  // beyond all numbers that others use
  std::mutex mutex_;
  std::condition_variable answered_;
  FloorStore store_;  // last, so that its writer ends before what it notifies
};

// A member's value in JSON of ours, which is written without spaces, at or behind `from`.
std::string_view value_behind(std::string_view text, std::string_view key, std::size_t from) {
  const std::size_t begin = text.find(key, from);
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = text.substr(begin + key.size());
  return rest.substr(0, rest.find_first_of("\",}"));
}

struct OpenTask {
  std::string_view id;
  std::string_view assignee;
};

// The open task in the answer to a decision, or to the question where a quote stands. Its members
// begin with the id.
std::optional<OpenTask> find_open_task(std::string_view body) {
  constexpr std::string_view kOpen = R"(,"kind":"decide","state":"open")";
  const std::size_t at = body.find(kOpen);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = body.rfind(':', at) + 1;
  return OpenTask{body.substr(begin, at - begin), value_behind(body, R"("assignee":")", at)};
}

// The same approvals over HTTP. Where the task is, the submitter asks first: moving a quote answers
// with the quote.
class Clients {
 public:
  Clients(Lab& lab, std::uint64_t quotes) : quotes_(quotes) {
    const fs::path store = office_with(lab, quotes);
    {
      const Office office(office_app(lab), store);
      for (const Person& person : office.people()) {
        fields_.push_back(
            {person.actor.name, fmt::format("Authorization: Bearer {}\r\n", person.token)});
      }
      for (std::size_t i = 0; i < Office::kSellers; ++i) {
        sellers_.push_back(office.seller_of(static_cast<engine::RecordId>(i)).actor.name);
      }
    }
    server_ = std::make_unique<Server>(lab.start(Kind::Product, store, office_app(lab)));
    connections_.resize(kAtATime);
    plan_.port = server_->port;
    plan_.connections = static_cast<int>(kAtATime);
    plan_.duration = lab.options().duration;
    plan_.converse = [this](std::size_t connection, std::string_view body, std::string& out) {
      out += next_request(connections_[connection], body);
    };
  }

  Side side() const { return {*server_, plan_}; }

  static constexpr double kRequests = 5;  // of an approval

 private:
  struct Connection {
    enum class State { Submitting, Asking, Deciding };

    State state = State::Submitting;
    engine::RecordId quote = 0;  // 0: none yet
    bool is_left_over = false;   // its quote is one that a run left when its time was over
  };

  std::string next_request(Connection& connection, std::string_view body) {
    using enum Connection::State;
    const bool begins_run = body.empty() && connection.quote != 0;
    if (begins_run) connection.is_left_over = true;
    if (begins_run || (connection.state == Submitting && connection.quote != 0)) {
      connection.state = Asking;
      return request_text("GET", path_of(connection, "why"), fields_of_seller(connection));
    }
    if (connection.state != Submitting) {
      if (const auto task = find_open_task(body)) {
        connection.state = Deciding;
        return decision(*task);
      }
      require_agreed(connection, body);
    }
    connection = {.state = Submitting,
                  .quote = static_cast<engine::RecordId>(next_++ % quotes_ + 1)};
    return request_text("POST", path_of(connection, "moves"), fields_of_seller(connection),
                        fmt::format(R"({{"to":"{}"}})", kInReview));
  }

  // The answer to a decision begins with the quote.
  static void require_agreed(const Connection& connection, std::string_view body) {
    if (connection.state == Connection::State::Asking && connection.is_left_over) return;
    if (value_behind(body, R"("stage":")", 0) == kAgreed) return;
    throw std::runtime_error("an approval ended otherwise: " + std::string(body.substr(0, 300)));
  }

  std::string decision(const OpenTask& task) const {
    return request_text("POST", fmt::format("/api/v1/tasks/{}/decisions", task.id),
                        fields_of(task.assignee), R"({"action":"approve"})");
  }

  static std::string path_of(const Connection& connection, std::string_view what) {
    return fmt::format("/api/v1/records/quote/{}/{}", connection.quote, what);
  }

  const std::string& fields_of_seller(const Connection& connection) const {
    return fields_of(sellers_[static_cast<std::size_t>(connection.quote) % sellers_.size()]);
  }

  const std::string& fields_of(std::string_view name) const {
    for (const auto& [known, fields] : fields_) {
      if (known == name) return fields;
    }
    throw std::runtime_error("somebody is asked who does not work here: " + std::string(name));
  }

  std::uint64_t quotes_;
  std::vector<std::pair<std::string, std::string>> fields_;  // header fields by name
  std::vector<std::string> sellers_;                         // by the number of the quote, in turn
  std::unique_ptr<Server> server_;
  std::vector<Connection> connections_;
  std::uint64_t next_ = 0;
  LoadPlan plan_;
};

}  // namespace

void run_approvals(Lab& lab, BenchResult& result) {
  constexpr double kTimesPeer = 30;
  const Options& options = lab.options();
  Office office(office_app(lab), office_with(lab, options.rows));
  Approver approver(office, options.rows);
  const Run ours = [&] { return approver.per_second(kAtATime, options.duration); };
  result.notes.push_back(fmt::format("{} quotes there, {} approvals at a time, each four commits",
                                     options.rows, kAtATime));
  const Readings beside = run_in_turn(options, ours, peer_in_memory(lab, "memory"));
  result.figures.push_back(at_least("approvals", "/s", beside.ours, kLeastPerSecond));
  result.figures.push_back(approvals_figure(beside, "bpmn-engine", kTimesPeer));
  note_disturbance(beside, result);
  const Readings prepared = run_in_turn(options, ours, peer_in_memory(lab, "read_once"));
  result.figures.push_back(approvals_figure(prepared, "the same, XML read once", std::nullopt));
  result.notes.push_back("the peer keeps everything in memory and loses it when it ends");
}

void run_approvals_1(Lab& lab, BenchResult& result) {
  constexpr double kTimesPeer = 15;
  constexpr double kOfFloor = 0.55;
  const Options& options = lab.options();
  Office office(office_app(lab), office_with(lab, options.rows));
  Approver approver(office, options.rows);
  const Run ours = [&] { return approver.per_second(1, options.duration); };
  const Readings beside = run_in_turn(options, ours, peer_saved(lab));
  result.figures.push_back(approvals_figure(beside, "bpmn-engine, saved", kTimesPeer));
  note_disturbance(beside, result);
  SingleWrites floor(lab.copy_of(lab.store_with(Kind::Floor, options.rows)) / "crm.db");
  const Readings on_floor =
      run_in_turn(options, ours, [&] { return floor.approvals_per_second(options.duration); });
  result.figures.push_back(approvals_figure(on_floor, "floor, 4 creates", kOfFloor));
  note_disturbance(on_floor, result);
  result.notes.push_back(
      "the peer appends its state to a file and flushes it at each wait, and is recovered from it "
      "for each decision");
}

void run_approvals_http(Lab& lab, BenchResult& result) {
  constexpr double kTimesPeer = 30;
  const Options& options = lab.options();
  const Clients clients(lab, options.rows);
  const Run peer = peer_saved(lab);
  Rounds rounds;
  Readings beside;
  for (int i = 0; i < options.rounds; ++i) {
    rounds.ours.push_back(measure(options, clients.side()));
    beside.ours.push_back(rounds.ours.back().per_second / Clients::kRequests);
    const Reading reading = read_quietly(options, peer);
    beside.peers.push_back(reading.value);
    beside.most_others_cores = std::max(beside.most_others_cores, reading.others_cores);
  }
  result.figures.push_back(at_least("approvals", "/s", beside.ours, kLeastPerSecond));
  result.figures.push_back(approvals_figure(beside, "bpmn-engine, saved", kTimesPeer));
  result.notes.push_back(
      fmt::format("{} connections; five requests an approval: submit, ask where it stands, three "
                  "decisions",
                  kAtATime));
  note_disturbance(rounds, result);
  note_disturbance(beside, result);
}

}  // namespace formwork::bench
