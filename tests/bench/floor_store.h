// The floor's store: the least that a durable, audited create costs in SQLite. One writer thread
// puts record and audit row of every waiting submit into one transaction and commits when it is
// free.
//
// No validation, no rights, no rules, and the audit row's hash is 32 bytes of filling: what our
// server does beyond this is what the benches measure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/floor_lead.h"

namespace formwork::bench {

enum class Stored { Yes, Duplicate, Failed };

struct Submit {
  FloorLead lead;
  std::string changes;  // JSON for the audit row
  std::function<void(Submit&, Stored)> answer;
  Stored stored = Stored::Failed;
};

struct FloorStoreOptions {
  std::filesystem::path file;
  int checkpoint_pages = 1'000;     // SQLite's own default
  std::size_t queue_limit = 1'024;  // submits waiting; more are refused
  // Runs a committed group's answers where the connections live.
  std::function<void(std::function<void()>)> run_answers;
};

class FloorStore {
 public:
  // Creates the tables if the file has none. Throws std::runtime_error if SQLite refuses.
  explicit FloorStore(FloorStoreOptions options);
  ~FloorStore();
  FloorStore(const FloorStore&) = delete;
  FloorStore& operator=(const FloorStore&) = delete;

  // Gives the lead an id and queues it; false if the queue is full, and then nothing was taken.
  bool submit(Submit& submit);

  // Both read on the calling thread with one connection: call them from one thread only.
  std::optional<FloorLead> find(std::string_view id);
  std::vector<FloorLead> page(std::string_view source, int limit);

 private:
  class Writer;
  class Reader;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_;
};

}  // namespace formwork::bench
