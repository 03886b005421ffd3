// formwork serve DIR: compiles the app, opens its store and answers requests until it is told to
// stop.
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

#include <malloc.h>
#include <pthread.h>

#include "engine/pipeline/timekeeper.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "server/http/access_log.h"
#include "server/http/server.h"
#include "server/program/administration.h"
#include "server/program/app_folder.h"
#include "server/program/commands.h"
#include "server/program/control_socket.h"
#include "server/program/delivery.h"
#include "server/program/demo.h"
#include "server/program/secret_administration.h"
#include "server/program/version.h"
#include "server/routes/application.h"

namespace formwork::program {
namespace {

constexpr Option kOptions[] = {
    {.name = "DIR", .value = "DIR", .summary = "the app's folder", .required = true},
    {.name = "--db",
     .value = "FILE",
     .summary = "the store; made when it is not there",
     .required = true},
    {.name = "--listen",
     .value = "HOST:PORT",
     .summary = "where to listen; port 0 lets the system choose",
     .fallback = "127.0.0.1:8080"},
    {.name = "--origin",
     .value = "URL",
     .summary =
         "the address people use, when a TLS proxy stands in front: https://crm.example.com"},
    {.name = "--threads", .value = "N", .summary = "threads that serve requests", .fallback = "2"},
    {.name = "--access-log",
     .value = "FILE",
     .summary = "one JSON object per request; - for standard error"},
    {.name = "--clock",
     .value = "OFFSET|INSTANT",
     .summary = "for trials: a clock that is put forward by P3D, back by -PT2H, or to an instant"},
    kSmtpOption,
    kSmtpLoginOption,
    kMailFromOption,
    kAllowDestinationOption,
    {.name = "--demo", .value = "", .summary = "fill a new store with the app's demo data"},
};

struct Place {
  std::string host;
  std::uint16_t port = 0;
};

std::optional<Place> parse_place(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  Place place{.host = text.substr(0, colon), .port = 0};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, place.port);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (place.host.front() == '[' && place.host.back() == ']') {
    place.host = place.host.substr(1, place.host.size() - 2);
  }
  return place;
}

// How many threads serve; nothing for what is no number or more than any machine has use for.
std::optional<unsigned> parse_threads(const std::string& text) {
  constexpr unsigned kMostThreads = 256;
  unsigned threads = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, threads);
  if (read.ec != std::errc() || read.ptr != end || threads < 1 || threads > kMostThreads) {
    return std::nullopt;
  }
  return threads;
}

// Browsers send an origin without a path; one that is written otherwise here equals none of theirs,
// and every change would be refused.
bool is_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view host = text.substr(scheme + 3);
  const bool known = text.starts_with("https://") || text.starts_with("http://");
  return known && !host.empty() && host.find_first_of("/?#@ ") == std::string_view::npos;
}

// Blocks the signals that end the server in all threads to come, and waits for one of them.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

  void wait() {
    int which = 0;
    sigwait(&signals_, &which);
  }

 private:
  sigset_t signals_{};
};

std::shared_ptr<http::AccessLog> open_access_log(const std::string& path) {
  if (path.empty()) return nullptr;
  std::FILE* file = path == "-" ? stderr : std::fopen(path.c_str(), "ae");
  if (file == nullptr) throw std::runtime_error(path + " cannot be written");
  return std::make_shared<http::AccessLog>([file](std::string_view lines) {
    std::fwrite(lines.data(), 1, lines.size(), file);
    std::fflush(file);
  });
}

// Wakes now and then to forget what has expired.
class Sweeper {
 public:
  explicit Sweeper(engine::Engine& engine)
      : thread_([this, &engine](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            engine.sweep();
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, std::chrono::hours(1), [] { return false; });
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

// Fires timers when they are due; the store's own trouble is said once and waited out.
class Timekeeper {
 public:
  explicit Timekeeper(engine::Engine& engine)
      : thread_([this, &engine](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            const std::chrono::microseconds wait(keep(engine, stop));
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, wait, [] { return false; });
          }
        }) {}

 private:
  std::int64_t keep(engine::Engine& engine, const std::stop_token& stop) {
    try {
      const std::int64_t wait = engine::catch_up(engine, stop);
      trouble_.clear();
      return wait;
    } catch (const std::exception& error) {
      if (trouble_ != error.what()) {
        std::fprintf(stderr, "formwork: timers: %s\n", error.what());
      }
      trouble_ = error.what();
      return engine::kLongestWait;
    }
  }

  std::string trouble_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

// How far the clock is put forward: what --clock says, as a duration or as an instant. Nothing: it
// cannot be read.
std::optional<DaysDuration> parse_clock(const std::string& text) {
  if (text.empty()) return DaysDuration{};
  if (const auto by = parse_days_duration(text)) return by;
  const auto instant = parse_instant(text);
  if (!instant) return std::nullopt;
  return DaysDuration::from_microseconds(instant->microseconds -
                                         engine::system_clock().now().microseconds);
}

void report_incident(std::string_view request_id, std::string_view what) {
  std::fprintf(stderr, "formwork: request %.*s failed: %.*s\n", static_cast<int>(request_id.size()),
               request_id.data(), static_cast<int>(what.size()), what.data());
}

http::Options options_of(const Arguments& arguments, const Place& place) {
  http::Options options;
  options.address = place.host;
  options.port = place.port;
  options.threads = parse_threads(arguments["--threads"]).value_or(1);
  options.access_log = open_access_log(arguments["--access-log"]);
  options.on_incident = report_incident;
  return options;
}

// `clock` is the engine's when it may be moved, else null.
Exit serve(engine::Engine& engine, engine::ShiftedClock* clock, const Arguments& arguments,
           const Place& place, DeliverySettings delivery_settings, StopSignal& stop) {
  const session::Origin origin{arguments["--origin"]};
  routes::Application application(engine, {.origin = origin, .version = std::string(version())});
  http::Options options = options_of(arguments, place);
  application.configure(options);
  http::Server server(std::move(options), [&application](http::Request request, http::Reply reply) {
    application.handle(std::move(request), std::move(reply));
  });
  const auto started = server.start();
  if (!started) return complain(started.error(), Exit::EnvironmentAtFault);
  const ControlSocket control(control_path(arguments["--db"]),
                              [&engine, clock](const std::string& line) {
                                return to_line(perform(parse_request(line), engine, clock));
                              });
  const Sweeper sweeper(engine);
  const Timekeeper timekeeper(engine);
  std::fputs(missing_secrets(engine).c_str(), stderr);
  const Delivery delivery(engine, std::move(delivery_settings));
  std::printf("listening on http://%s:%u\n", place.host.c_str(), server.port());
  std::fflush(stdout);
  stop.wait();
  server.stop();
  // What was accepted is finished before the application goes, since its answers are made there.
  engine.store().submit_and_wait([](store::Transaction&) { return false; });
  return Exit::Success;
}

Expected<std::shared_ptr<store::Store>, store::OpenProblem> open_store(
    const Arguments& arguments, const std::shared_ptr<const model::Model>& model, bool durable) {
  FW_TRY(auto store,
         store::open_sqlite(model,
                            {.path = arguments["--db"],
                             .durable = durable,
                             // One for each thread that serves, and for the threads beside them.
                             .readers = parse_threads(arguments["--threads"]).value_or(1) + 3,
                             .report = [](const std::string& what) {
                               std::fprintf(stderr, "formwork: store: %s\n", what.c_str());
                             }}));
  return std::shared_ptr<store::Store>(std::move(store));
}

Exit complain_about(const store::OpenProblem& problem) {
  return complain(problem.message + "; " + problem.remedy, Exit::EnvironmentAtFault);
}

// Waiting for the disk at each step of the demo would take longer than all else. A new file that
// the machine loses meanwhile is made anew.
Exit add_demo(const Arguments& arguments, const std::shared_ptr<const model::Model>& model,
              Instant now) {
  const bool is_new = !std::filesystem::exists(arguments["--db"]);
  const auto store = open_store(arguments, model, !is_new);
  if (!store) return complain_about(store.error());
  const auto filled = fill_with_demo(arguments["DIR"], {model, *store, now});
  if (!filled) return complain(filled.error(), Exit::InputAtFault);
  std::fputs(filled->c_str(), stdout);
  return Exit::Success;
}

Exit run_serve(const Arguments& arguments) {
  // Threads that come and go would each keep an arena of their own.
  mallopt(M_ARENA_MAX, 2);
  const std::optional<Place> place = parse_place(arguments["--listen"]);
  if (!place) {
    return complain("--listen takes HOST:PORT, such as 127.0.0.1:8080", Exit::WrongUsage);
  }
  if (!parse_threads(arguments["--threads"])) {
    return complain("--threads takes a number from 1 to 256", Exit::WrongUsage);
  }
  if (arguments.has("--origin") && !is_origin(arguments["--origin"])) {
    return complain("--origin takes scheme and host only, such as https://crm.example.com",
                    Exit::WrongUsage);
  }
  const auto shift = parse_clock(arguments["--clock"]);
  if (!shift) {
    return complain(
        "--clock takes a duration such as P3D or -PT2H, or an instant such as "
        "2026-03-02T09:00:00+08:00",
        Exit::WrongUsage);
  }
  auto delivery = read_delivery(arguments);
  if (!delivery) return complain(delivery.error().message, delivery.error().status);
  auto sources = read_folder(arguments["DIR"]);
  if (!sources) return complain(sources.error(), Exit::InputAtFault);
  const Compiled compiled = compile_app(std::move(*sources));
  print_text(compiled.diagnostics);
  if (!compiled.model) return Exit::InputAtFault;
  StopSignal stop;
  engine::ShiftedClock shifted(engine::system_clock(), *shift);
  const bool is_shifted = arguments.has("--clock");
  if (arguments.has("--demo")) {
    const Exit filled = add_demo(arguments, compiled.model, shifted.now());
    if (filled != Exit::Success) return filled;
  }
  const auto store = open_store(arguments, compiled.model, true);
  if (!store) return complain_about(store.error());
  engine::Engine engine(
      {.model = compiled.model,
       .store = *store,
       .clock = is_shifted ? static_cast<const engine::Clock*>(&shifted) : &engine::system_clock(),
       .random = &engine::system_random(),
       .origin = std::string(arguments["--origin"])});
  return serve(engine, is_shifted ? &shifted : nullptr, arguments, *place, std::move(*delivery),
               stop);
}

}  // namespace

const Command& serve_command() {
  static const Command command{"serve", "Serve an app: pages and REST API", kOptions, run_serve};
  return command;
}

}  // namespace formwork::program
