// history: who changed what and when, newest first, old values struck out before the new ones.
#pragma once

#include "dsl/base/json.h"
#include "server/pages/values.h"

namespace formwork::pages {

class HistoryWriter {
 public:
  HistoryWriter(Html& html, const Context& context, const DetailPage& page)
      : html_(html), context_(context), page_(page), values_(context, page.title_of) {}

  // The card; nothing when there is no entry.
  void card();
  // A line of a timeline.
  void entry(const engine::HistoryEntry& entry);

 private:
  struct Detail;

  std::string who(const engine::HistoryEntry& entry, const Detail& detail) const;
  Detail detail_of(const engine::HistoryEntry& entry) const;
  std::string way_in(const engine::HistoryEntry& entry, const Detail& detail) const;
  std::string deed_of(const engine::HistoryEntry& entry, const json::Value* changes) const;
  void cause(const engine::HistoryEntry& entry);
  void about(const engine::HistoryEntry& entry, const Detail& detail);
  void stage_change(const json::Value& changes);
  void ticks(const fields::Field& checklist, const json::Value& change);
  void changes(const json::Value& changes);
  void change(const fields::Field& field, const json::Value& change);
  void rows(const fields::Field& table, const json::Value& change);
  void row(const fields::Field& table, std::size_t number, const json::Value& from,
           const json::Value& to);
  void delta(const std::string& label, const std::string& from, const std::string& to);
  void row_sentence(const MessageText& text, const fields::Field& table, std::size_t number,
                    const json::Value& row);
  std::string shown(const fields::Field& field, const json::Value* value) const;
  const fields::Field* visible_field(std::string_view name) const;
  const model::ApprovalStep* find_step(const std::string& id) const;
  std::string step_label(const std::string& id) const;
  std::string automation_label(const std::string& name) const;
  std::string person(const json::Value* account) const;

  Html& html_;
  const Context& context_;
  const DetailPage& page_;
  ValueWriter values_;
};

// Changes of the record since that step of an approval was last decided, newest first, when they
// voided what was decided; else none. `history` is newest first.
std::vector<const engine::HistoryEntry*> changes_since_decision(
    std::span<const engine::HistoryEntry> history, std::string_view step);

}  // namespace formwork::pages
