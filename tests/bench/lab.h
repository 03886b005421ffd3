// What the benches of one run share: the programs, filled stores, running servers, and the
// numbering of leads, so that no two requests of a run write the same one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/measure/load.h"
#include "tests/bench/measure/machine.h"
#include "tests/bench/measure/process.h"

namespace formwork::bench {

struct Options {
  std::filesystem::path floor;    // formwork_floor
  std::filesystem::path product;  // formwork
  std::filesystem::path files;    // tests/bench
  std::filesystem::path app;      // tests/bench/leads, or another one with leads
  std::filesystem::path build;    // what `cmake --install` installs
  std::filesystem::path data;     // on a real disk: what is in memory flushes for nothing
  std::string role = "admin";     // of the app, may create and read leads
  std::chrono::milliseconds duration{2'000};
  int rounds = 5;
  std::chrono::milliseconds patience{5'000};  // for other programs to leave the machine alone
  std::uint64_t rows = 100'000;       // leads that are there when writing and reading begins
  std::uint64_t few_rows = 10'000;    // the two ends of growth
  std::uint64_t many_rows = 100'000;  // --large: 1,000,000
};

enum class Kind { Product, Floor };

struct Server {
  Kind kind;
  std::filesystem::path store;
  Process process;
  std::uint16_t port;
  std::string fields;  // header fields that a request needs
};

class Lab {
 public:
  Lab(Options options, Machine machine);

  const Options& options() const { return options_; }

  const Machine& machine() const { return machine_; }

  // A folder with a store of so many leads, filled over HTTP once in a run: not to be written to.
  // All of these throw std::runtime_error if a program is missing or does not do what it should.
  std::filesystem::path store_with(Kind kind, std::uint64_t rows);
  std::filesystem::path copy_of(const std::filesystem::path& store);

  // Spawns a server and waits until it says where it listens. Ours serves the app of the options
  // unless another is named.
  Server start(Kind kind, const std::filesystem::path& store,
               const std::filesystem::path& app = {});

  // The same, with a copy of the store, ready to be measured.
  Server start_filled(Kind kind, std::uint64_t rows);

  // The header field of a signed-in browser.
  std::string sign_in(const Server& server);

  // Requests that each create another lead, or that get each of the targets in turn.
  LoadPlan creates(const Server& server, int connections);
  LoadPlan gets(const Server& server, int connections, std::vector<std::string> targets,
                const std::string& fields) const;

  // Paths of leads that are in the store, spread over all of it.
  static std::vector<std::string> lead_paths(const std::filesystem::path& store);

 private:
  void prepare(Kind kind, const std::filesystem::path& store);
  void fill(Kind kind, const std::filesystem::path& store, std::uint64_t rows);
  std::string run_product(std::vector<std::string> arguments, std::string_view input);

  Options options_;
  Machine machine_;
  std::uint64_t next_lead_ = 1;
  int copies_ = 0;
};

// The body of a GET of ours, checked to be a 200. Throws std::runtime_error with the answer
// otherwise.
std::string body_of(const Server& server, const std::string& target, const std::string& fields);

}  // namespace formwork::bench
