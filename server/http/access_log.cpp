#include "server/http/access_log.h"

#include <utility>

#include "dsl/base/json.h"

namespace formwork::http {

std::string access_line(const AccessEntry& entry) {
  std::string line;
  line.reserve(256);
  json::Writer writer(line);
  writer.begin_object();
  writer.key("time").string(to_rfc3339(entry.time));
  writer.key("request_id").string(entry.request_id);
  writer.key("remote").string(entry.remote);
  writer.key("method").string(entry.method);
  writer.key("path").string(entry.path);
  writer.key("status").number(entry.status);
  writer.key("bytes").number(static_cast<std::int64_t>(entry.body_bytes));
  writer.key("duration_us").number(entry.duration_us);
  if (!entry.user.empty()) writer.key("user").string(entry.user);
  writer.end_object();
  line += '\n';
  return line;
}

AccessLog::AccessLog(Sink sink) : AccessLog(std::move(sink), Policy{}) {}

AccessLog::AccessLog(Sink sink, Policy policy)
    : sink_(std::move(sink)), policy_(policy), thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void AccessLog::write(const AccessEntry& entry) {
  const std::string line = access_line(entry);
  const std::lock_guard lock(mutex_);
  if (lines_.size() + line.size() > policy_.bound_bytes) {
    ++dropped_;
    return;
  }
  const bool was_empty = lines_.empty();
  const bool was_small = lines_.size() < policy_.flush_bytes;
  lines_ += line;
  if (was_empty || (was_small && lines_.size() >= policy_.flush_bytes)) wake_.notify_one();
}

// Sleeps without end while there is nothing to write, so an idle server stays idle.
void AccessLog::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !lines_.empty(); });
    wake_.wait_for(lock, policy_.interval,
                   [this] { return stopping_ || lines_.size() >= policy_.flush_bytes; });
    hand_over(lock);
    if (stopping_ && lines_.empty()) return;
  }
}

void AccessLog::hand_over(std::unique_lock<std::mutex>& lock) {
  std::string lines = std::exchange(lines_, {});
  const std::uint64_t dropped = std::exchange(dropped_, 0);
  lock.unlock();
  if (dropped > 0) lines += "{\"dropped_lines\":" + std::to_string(dropped) + "}\n";
  try {
    if (!lines.empty()) sink_(lines);
  } catch (...) {  // see Sink
  }
  lock.lock();
}

}  // namespace formwork::http
