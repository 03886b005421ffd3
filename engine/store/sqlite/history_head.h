// The newest history entry as the writer sees it, so that chaining the next one needs no query.
//
// A piece of work that is rolled back takes its entries with it; the head goes back to where it
// was.
#pragma once

#include <optional>
#include <utility>

#include "engine/store/sqlite/system_rows.h"

namespace formwork::store {

class HistoryHead {
 public:
  const std::optional<HistoryEntry>& get(Session& session) {
    if (!known_) newest_ = load_last_history(session);
    known_ = true;
    return newest_;
  }

  void begin_piece() { before_piece_.reset(); }

  // Call get() before, so that what is put aside is known.
  void push(const HistoryEntry& entry) {
    if (!before_piece_) before_piece_.emplace(std::move(newest_));
    newest_ = entry;
  }

  void undo_piece() {
    if (before_piece_) newest_ = std::move(*before_piece_);
    before_piece_.reset();
  }

  // After a whole transaction was lost: the file knows.
  void forget() {
    known_ = false;
    newest_.reset();
    before_piece_.reset();
  }

 private:
  bool known_ = false;
  std::optional<HistoryEntry> newest_;                       // nothing when the history is empty
  std::optional<std::optional<HistoryEntry>> before_piece_;  // set when the piece has appended
};

}  // namespace formwork::store
