#include "tests/bench/lab.h"

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "tests/bench/measure/answer.h"
#include "tests/bench/measure/ask.h"
#include "tests/bench/measure/lead.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRecords = "/api/v1/records/lead";
constexpr std::string_view kUser = "bench";
constexpr std::string_view kPassword = "a long password for the benches 4711";
constexpr std::string_view kListening = "listening on http://127.0.0.1:";
constexpr std::chrono::seconds kStartPatience{30};
constexpr std::uint64_t kPathsKept = 2'000;

std::string_view name_of(Kind kind) { return kind == Kind::Product ? "formwork" : "floor"; }

std::string shortened(std::string_view text) {
  constexpr std::size_t kEnough = 600;
  return std::string(text.substr(0, kEnough));
}

void require(const fs::path& path) {
  if (!fs::exists(path)) throw std::runtime_error(path.string() + " is missing");
}

// The port in the line that says where a server listens; 0 as long as it is not there.
std::uint16_t find_port(const std::string& log) {
  const std::size_t at = log.find(kListening);
  if (at == std::string::npos || log.find('\n', at) == std::string::npos) return 0;
  std::uint16_t port = 0;
  std::from_chars(log.data() + at + kListening.size(), log.data() + log.size(), port);
  return port;
}

std::uint16_t wait_for_port(Process& process) {
  const auto limit = std::chrono::steady_clock::now() + kStartPatience;
  while (std::chrono::steady_clock::now() < limit) {
    if (const std::uint16_t port = find_port(read_file(process.log())); port != 0) return port;
    if (!process.is_running()) break;
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  throw std::runtime_error("the server does not start: " + shortened(read_file(process.log())));
}

std::string bearer(const fs::path& store) {
  const std::string token = read_file(store / "token");
  return token.empty() ? token : fmt::format("Authorization: Bearer {}\r\n", token);
}

// "http://127.0.0.1:80/api/…" and "/api/…" name the same.
std::string path_of(std::string_view location) {
  return std::string(location.substr(std::min(location.find("/api/"), location.size())));
}

// A socket that a server left beside its store is none of it, and cannot be copied.
void copy_files(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const fs::directory_entry& entry : fs::directory_iterator(from)) {
    if (entry.is_regular_file()) fs::copy_file(entry.path(), to / entry.path().filename());
  }
}

}  // namespace

Lab::Lab(Options options, Machine machine)
    : options_(std::move(options)), machine_(std::move(machine)) {}

fs::path Lab::store_with(Kind kind, std::uint64_t rows) {
  const auto folder_of = [&](std::uint64_t count) {
    return options_.data / fmt::format("{}-{}", name_of(kind), count);
  };
  if (fs::exists(folder_of(rows))) return folder_of(rows);
  const fs::path making = options_.data / fmt::format("{}-new", name_of(kind));
  fs::remove_all(making);
  const bool extends = options_.few_rows < rows && fs::exists(folder_of(options_.few_rows));
  if (extends) {
    copy_files(folder_of(options_.few_rows), making);
  } else {
    fs::create_directories(making);
    prepare(kind, making);
  }
  if (rows > 0) fill(kind, making, extends ? rows - options_.few_rows : rows);
  fs::rename(making, folder_of(rows));
  return folder_of(rows);
}

fs::path Lab::copy_of(const fs::path& store) {
  const fs::path copy = options_.data / fmt::format("copy-{}", ++copies_);
  copy_files(store, copy);
  ::sync();  // what is written now would otherwise be written while we measure
  return copy;
}

std::string Lab::run_product(std::vector<std::string> arguments, std::string_view input) {
  arguments.insert(arguments.begin(), options_.product.string());
  const Finished done = run_program(arguments, input, options_.data);
  if (done.status == 0) return done.output;
  throw std::runtime_error(fmt::format("`formwork {} {}` ends with {}: {}", arguments[1],
                                       arguments[2], done.status, shortened(done.messages)));
}

// Gives a store of ours its user and its token.
void Lab::prepare(Kind kind, const fs::path& store) {
  if (kind == Kind::Floor) return;
  require(options_.product);
  require(options_.app);
  const std::string file = (store / "crm.db").string();
  const std::string user(kUser);
  run_product({"user", "add", user, "--roles", options_.role, "--db", file},
              fmt::format("{}\n", kPassword));
  std::string token = run_product({"token", "create", "--user", user, "--db", file}, {});
  while (!token.empty() && (token.back() == '\n' || token.back() == ' ')) token.pop_back();
  std::ofstream(store / "token") << token;
}

void Lab::fill(Kind kind, const fs::path& store, std::uint64_t rows) {
  const Server server = start(kind, store);
  // One by hand, since its answer tells what the server does not like about it.
  const Reply first =
      ask(server.port, request_text("POST", kRecords, server.fields, lead_body(next_lead_++)));
  if (first.status != 201) {
    throw std::runtime_error(fmt::format("expected 201 for a lead, but got {}: {}", first.status,
                                         shortened(first.body)));
  }
  std::ofstream paths(store / "paths", std::ios::app);
  std::uint64_t seen = 0;
  LoadPlan plan = creates(server, 32);
  plan.requests = rows - 1;
  plan.on_location = [&](std::string_view location) {
    if (seen++ % std::max<std::uint64_t>(rows / kPathsKept, 1) == 0) {
      paths << path_of(location) << '\n';
    }
  };
  const LoadResult result = plan.requests > 0 ? run_load(plan) : LoadResult{};
  if (result.granted.count() == plan.requests) return;
  throw std::runtime_error(fmt::format("of {} leads to fill the store only {} were created",
                                       plan.requests, result.granted.count()));
}

Server Lab::start(Kind kind, const fs::path& store, const fs::path& app) {
  std::vector<std::string> command;
  const std::string file = (store / "crm.db").string();
  if (kind == Kind::Product) {
    require(options_.product);
    command = {options_.product.string(),
               "serve",
               (app.empty() ? options_.app : app).string(),
               "--db",
               file,
               "--listen",
               "127.0.0.1:0"};
  } else {
    require(options_.floor);
    command = {options_.floor.string(), "--db", file};
  }
  Process process(std::move(command), store / "server.log");
  const std::uint16_t port = wait_for_port(process);
  return {kind, store, std::move(process), port, bearer(store)};
}

Server Lab::start_filled(Kind kind, std::uint64_t rows) {
  return start(kind, copy_of(store_with(kind, rows)));
}

std::string Lab::sign_in(const Server& server) {
  const std::string body = fmt::format(R"({{"user":"{}","password":"{}"}})", kUser, kPassword);
  const Reply reply = ask(server.port, request_text("POST", "/api/v1/session", {}, body));
  const std::string_view cookie = find_header(reply.head, "set-cookie");
  if (reply.status / 100 != 2 || cookie.empty()) {
    throw std::runtime_error(fmt::format("expected a session cookie, but got {}: {}", reply.status,
                                         shortened(reply.body)));
  }
  return fmt::format("Cookie: {}\r\n", cookie.substr(0, cookie.find(';')));
}

LoadPlan Lab::creates(const Server& server, int connections) {
  LoadPlan plan;
  plan.port = server.port;
  plan.connections = connections;
  plan.duration = options_.duration;
  plan.write_request = [this, fields = server.fields](std::string& out) {
    out += request_text("POST", kRecords, fields, lead_body(next_lead_++));
  };
  return plan;
}

LoadPlan Lab::gets(const Server& server, int connections, std::vector<std::string> targets,
                   const std::string& fields) const {
  std::vector<std::string> requests;
  requests.reserve(targets.size());
  for (const std::string& target : targets) requests.push_back(request_text("GET", target, fields));
  LoadPlan plan;
  plan.port = server.port;
  plan.connections = connections;
  plan.duration = options_.duration;
  plan.write_request = [requests = std::move(requests), next = 0U](std::string& out) mutable {
    out += requests[next++ % requests.size()];
  };
  return plan;
}

std::vector<std::string> Lab::lead_paths(const fs::path& store) {
  std::ifstream file(store / "paths");
  std::vector<std::string> paths;
  for (std::string line; std::getline(file, line);) paths.push_back(std::move(line));
  if (paths.empty()) throw std::runtime_error("no create was answered with a Location");
  return paths;
}

std::string body_of(const Server& server, const std::string& target, const std::string& fields) {
  Reply reply = ask(server.port, request_text("GET", target, fields));
  if (reply.status == 200) return std::move(reply.body);
  throw std::runtime_error(fmt::format("expected 200 for GET {}, but got {}: {}", target,
                                       reply.status, shortened(reply.body)));
}

}  // namespace formwork::bench
