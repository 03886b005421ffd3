// The connections that read: opened when first needed, given out one by one, taken back.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

class Readers {
 public:
  using Open = std::function<std::unique_ptr<Session>()>;

  Readers(std::size_t at_most, Open open) : at_most_(at_most), open_(std::move(open)) {}

  // Waits until every view is back.
  ~Readers();
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  // Waits when all are out. Throws SqliteError when a new one cannot be opened.
  std::unique_ptr<View> view();

  // Null: it broke, and another may be opened in its place.
  void give_back(std::unique_ptr<Session> session);

 private:
  std::unique_ptr<Session> take();

  std::size_t at_most_;
  Open open_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> free_;  // the last one given back has the warmest cache
  std::size_t made_ = 0;
};

}  // namespace formwork::store
