// The newest history entry as the writer sees it, so that chaining the next one needs no query.
//
// A piece of work that is rolled back takes its entries with it, and so does a part of one; the
// head goes back to where it was.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/store/sqlite/system_rows.h"

namespace formwork::store {

class HistoryHead {
 public:
  const std::optional<HistoryEntry>& get(Session& session) {
    if (!known_) newest_ = load_last_history(session);
    known_ = true;
    return newest_;
  }

  void begin_piece() {
    before_.clear();
    before_.emplace_back();
  }

  void begin_part() { before_.emplace_back(); }

  // Call get() before, so that what is put aside is known.
  void push(const HistoryEntry& entry) {
    if (!before_.empty() && !before_.back()) before_.back().emplace(std::move(newest_));
    newest_ = entry;
  }

  // What was there before the part was there before all of what it lies in, unless that has
  // appended itself.
  void keep_part() {
    std::optional<Newest> before = std::move(before_.back());
    before_.pop_back();
    if (before && !before_.back()) before_.back() = std::move(before);
  }

  void undo_part() {
    if (before_.back()) newest_ = std::move(*before_.back());
    before_.pop_back();
  }

  void undo_piece() {
    while (!before_.empty()) undo_part();
  }

  // After a whole transaction was lost: the file knows.
  void forget() {
    known_ = false;
    newest_.reset();
    before_.clear();
  }

 private:
  using Newest = std::optional<HistoryEntry>;  // nothing when the history is empty

  bool known_ = false;
  Newest newest_;
  // Of the piece and of each part that is under way: what was newest, set when it has appended.
  std::vector<std::optional<Newest>> before_;
};

}  // namespace formwork::store
