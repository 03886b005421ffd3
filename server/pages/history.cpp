#include "server/pages/history.h"

#include <algorithm>
#include <charconv>

#include "server/pages/approval.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

bool is_same(const json::Value& a, const json::Value& b) {
  std::string left;
  std::string right;
  json::Writer left_writer(left);
  json::Writer right_writer(right);
  json::write(left_writer, a);
  json::write(right_writer, b);
  return left == right;
}

const json::Value& element(const json::Value* array, std::size_t index) {
  static const json::Value kNone;
  return array != nullptr && array->is_array() && index < array->elements.size()
             ? array->elements[index]
             : kNone;
}

// What an action is called behind a name, and how it looks.
struct ActionWords {
  std::string_view action;
  const MessageText* text;
  std::string_view icon;
  enum class Colour : unsigned char { Plain, Ok, Bad, Warn } colour = Colour::Plain;
};

using Colour = ActionWords::Colour;

// "passed" stands apart from "approved": nobody decided.
constexpr ActionWords kActions[] = {
    {"created", &texts::kDidCreate, "plus", Colour::Ok},
    {"updated", nullptr, "pencil"},
    {"deleted", &texts::kDidDelete, "trash-2"},
    {"restored", &texts::kDidRestore, "undo-2"},
    {"moved", &texts::kDidMove, "arrow-right", Colour::Ok},
    {"checked", &texts::kDidCheck, "check"},
    {"assigned", &texts::kDidAssign, "user-plus"},
    {"claimed", &texts::kDidClaim, "hand"},
    {"released", &texts::kDidRelease, "undo-2", Colour::Warn},
    {"reassigned", &texts::kDidReassign, "arrow-right-left", Colour::Warn},
    {"reassign_refused", &texts::kDidNotReassign, "circle-alert", Colour::Warn},
    {"release_refused", &texts::kDidNotRelease, "circle-alert", Colour::Warn},
    {"commented", &texts::kDidComment, "message-square"},
    {"submitted", &texts::kDidSubmit, "send", Colour::Ok},
    {"approved", &texts::kDidApprove, "check", Colour::Ok},
    {"rejected", &texts::kDidReject, "x", Colour::Bad},
    {"returned", &texts::kDidReturn, "undo-2", Colour::Warn},
    {"transferred", &texts::kDidTransfer, "arrow-right-left"},
    {"approver_added", &texts::kDidAddApprover, "user-plus"},
    {"taken_back", &texts::kDidTakeBack, "undo-2"},
    {"resubmitted", &texts::kDidResubmit, "send", Colour::Ok},
    {"withdrawn", &texts::kDidWithdraw, "ban"},
    {"urged", &texts::kDidUrge, "bell"},
    {"passed", &texts::kDidPass, "clock", Colour::Warn},
    {"skipped", &texts::kDidSkip, "arrow-right"},
    {"voided", &texts::kDidVoid, "ban", Colour::Warn},
    {"reopened", &texts::kDidReopen, "undo-2", Colour::Warn},
    {"cancelled", &texts::kDidCancel, "ban"},
    {"escalated", &texts::kDidEscalate, "arrow-up", Colour::Warn},
    {"reminded", &texts::kDidRemind, "bell"},
    {"held", &texts::kDidHold, "triangle-alert", Colour::Warn},
    {"handed_over", &texts::kDidHandOver, "arrow-right-left"},
    {"dwell_warned", &texts::kDidDwellWarn, "clock", Colour::Warn},
    {"dwell_expired", &texts::kDidDwellExpire, "clock", Colour::Bad},
    {"arrived_again", &texts::kDidArriveAgain, "arrow-right"},
    {"move_refused", &texts::kDidNotMove, "circle-alert", Colour::Warn},
};

const ActionWords& words_of(std::string_view action) {
  static constexpr ActionWords kOther{"", nullptr, "pencil"};
  for (const ActionWords& one : kActions) {
    if (one.action == action) return one;
  }
  return kOther;
}

std::string text_of(const json::Value* value) {
  return value == nullptr || value->is_null() ? std::string() : value->text;
}

}  // namespace

void HistoryWriter::card() {
  if (page_.history.empty()) return;
  html_.markup(
      "<section class=\"card\" aria-labelledby=\"s-history\">\n<div class=\"card__head\">");
  html_.markup("<h2 id=\"s-history\">").text(context_.words(texts::kHistory));
  html_.markup("</h2></div>\n<div class=\"card__body\"><ol class=\"tl\">\n");
  for (const engine::HistoryEntry& one : page_.history) entry(one);
  html_.markup("</ol></div>\n");
  if (page_.earlier != 0) {
    html_.markup("<div class=\"card__foot\"><a href=\"?history=").number(page_.earlier);
    html_.markup("#s-history\">").text(context_.words(texts::kEarlier)).markup("</a></div>\n");
  }
  html_.markup("</section>\n");
}

// What there is to say besides; all of it may be missing.
struct HistoryWriter::Detail {
  std::string step;
  std::string whom;  // names of people
  std::string on_behalf;
  std::string comment;
  std::string reason;
  std::string rule;    // the label of the automation that did it
  std::string source;  // the webhook or form that it came by
};

HistoryWriter::Detail HistoryWriter::detail_of(const engine::HistoryEntry& entry) const {
  const auto said = json::parse(entry.detail);
  if (!said || !said->is_object()) return {};
  return {.step = text_of(said->find("step")),
          .whom = person(said->find("whom")),
          .on_behalf = person(said->find("on_behalf")),
          .comment = text_of(said->find("comment")),
          .reason = text_of(said->find("reason")),
          .rule = automation_label(text_of(said->find("rule"))),
          .source = text_of(said->find("source"))};
}

void HistoryWriter::entry(const engine::HistoryEntry& entry) {
  const auto parsed = json::parse(entry.changes);
  const bool has_changes = parsed && parsed->is_object();
  const json::Value* changed = has_changes && entry.action == "updated" ? &*parsed : nullptr;
  const Detail detail = detail_of(entry);
  const ActionWords& words = words_of(entry.action);
  html_.markup("<li><span class=\"tl__dot");
  if (words.colour == Colour::Ok) html_.markup(" tl__dot--ok");
  if (words.colour == Colour::Bad) html_.markup(" tl__dot--bad");
  if (words.colour == Colour::Warn) html_.markup(" tl__dot--warn");
  html_.markup("\">").icon(words.icon);
  html_.markup("</span><div><p class=\"tl__top\"><span>");
  html_.markup("<b>").text(who(entry, detail)).markup("</b>");
  html_.text(deed_of(entry, changed));
  if (!detail.on_behalf.empty()) {
    html_.text(context_.words(texts::kOnBehalf, {{"person", detail.on_behalf}}));
  }
  html_.markup("</span>");
  cause(entry);
  html_.markup("<span class=\"tl__time\">");
  values_.instant(html_, entry.at, false);
  html_.markup("</span></p>");
  if (changed != nullptr) changes(*changed);
  if (has_changes && changed == nullptr && entry.action != "created") stage_change(*parsed);
  about(entry, detail);
  html_.markup("</div></li>\n");
}

// By what it came in, called as people know it.
std::string HistoryWriter::way_in(const engine::HistoryEntry& entry, const Detail& detail) const {
  if (entry.cause == "form") {
    const model::PublicForm* form = context_.model.find_form(detail.source);
    return form != nullptr ? context_.label(form->label) : context_.words(texts::kByForm);
  }
  const model::Webhook* webhook = context_.model.find_webhook(detail.source);
  return webhook != nullptr ? context_.label(webhook->label) : context_.words(texts::kByWebhook);
}

// The program itself has no name of its own: what it did stands alone.
std::string HistoryWriter::who(const engine::HistoryEntry& entry, const Detail& detail) const {
  if (!detail.rule.empty()) return detail.rule;
  if (entry.actor == engine::kSystemAccount && entry.cause == "timer") {
    return detail.whom.empty() ? context_.words(texts::kByClock) : detail.whom;
  }
  if (entry.cause == "webhook" || entry.cause == "form") return way_in(entry, detail);
  const std::string name = context_.frame.directory->full_name(entry.actor);
  return name.starts_with('#') ? entry.actor_name : name;
}

// What it did, to stand behind a name; `changes` of an update.
std::string HistoryWriter::deed_of(const engine::HistoryEntry& entry,
                                   const json::Value* changes) const {
  const Words& words = context_.words;
  if (entry.action == "updated" && changes != nullptr) {
    std::vector<const Field*> named;
    for (const auto& member : changes->members) {
      if (const Field* field = visible_field(member.first)) named.push_back(field);
    }
    if (named.size() == 1) {
      return words(texts::kDidChange, {{"what", context_.label(named[0]->label)}});
    }
    return words(texts::kDidChangeSome, {{"count", std::to_string(named.size())}});
  }
  const ActionWords& known = words_of(entry.action);
  if (known.text == nullptr) return words(texts::kDidOther, {{"what", entry.action}});
  return words(*known.text, {{"entity", words.inside(context_.label(page_.entity->label))}});
}

// Which door it came through, when that is not the usual one.
void HistoryWriter::cause(const engine::HistoryEntry& entry) {
  if (entry.cause == "page") return;
  const MessageText* text = &texts::kThroughProgram;
  if (entry.cause == "api") text = &texts::kThroughApi;
  if (entry.cause == "timer") text = &texts::kThroughTimer;
  if (entry.cause == "automation") text = &texts::kThroughAutomation;
  if (entry.cause == "webhook") text = &texts::kThroughWebhook;
  if (entry.cause == "form") text = &texts::kThroughForm;
  html_.markup("<span class=\"chip chip--line\">").text(context_.words(*text)).markup("</span>");
}

// The step and whom it is about, why, what was said, and what led to it.
void HistoryWriter::about(const engine::HistoryEntry& entry, const Detail& detail) {
  std::string line = detail.step.empty() ? std::string() : step_label(detail.step);
  // The new owner stands in what has changed.
  const bool is_owner =
      entry.action == "assigned" || entry.action == "claimed" || entry.action == "reassigned";
  const bool names_whom = !detail.whom.empty() && !is_owner &&
                          !(entry.actor == engine::kSystemAccount && entry.cause == "timer") &&
                          detail.whom != context_.frame.directory->full_name(entry.actor);
  if (names_whom) line += (line.empty() ? "" : " · ") + detail.whom;
  if (!line.empty()) html_.markup("<p class=\"tl__body\">").text(line).markup("</p>");
  if (!detail.reason.empty()) {
    html_.markup("<p class=\"tl__body mono\">").text(detail.reason).markup("</p>");
  }
  if (!detail.comment.empty()) {
    html_.markup("<blockquote>").text(detail.comment).markup("</blockquote>");
  }
  if (entry.caused_by == 0) return;
  for (const engine::HistoryEntry& other : page_.history) {
    if (other.sequence != entry.caused_by) continue;
    const auto parsed = json::parse(other.changes);
    const std::string deed = deed_of(other, parsed && parsed->is_object() ? &*parsed : nullptr);
    html_.markup("<p class=\"tl__body\">");
    html_.text(context_.words(texts::kBecause, {{"what", who(other, detail_of(other)) + deed}}));
    html_.markup("</p>");
    return;
  }
}

// Of a move: the stage alone, the rest of what is kept follows from it. Ticked items likewise.
void HistoryWriter::stage_change(const json::Value& changes) {
  if (!page_.entity->stage_fields) return;
  const model::StageFields& kept = *page_.entity->stage_fields;
  for (const auto& [name, value] : changes.members) {
    const Field* field = visible_field(name);
    if (field == nullptr || !value.is_object()) continue;
    const auto index = static_cast<std::size_t>(field - page_.entity->fields.data());
    const bool is_silent = index == kept.since || index == kept.final || index == kept.closed_at;
    if (is_silent || field->type->widget == Widget::Lines) continue;
    if (kept.checklist == index) {
      ticks(*field, value);
    } else {
      change(*field, value);
    }
  }
}

// The items that were ticked or unticked, without all the others that are done.
void HistoryWriter::ticks(const Field& checklist, const json::Value& change) {
  static const json::Value kNone;
  const json::Value* from = change.find("from");
  const json::Value* to = change.find("to");
  const json::Value& before = from == nullptr ? kNone : *from;
  const json::Value& after = to == nullptr ? kNone : *to;
  const auto has = [](const json::Value& list, const std::string& code) {
    return std::any_of(list.elements.begin(), list.elements.end(),
                       [&](const json::Value& item) { return item.text == code; });
  };
  for (const fields::Option& item : checklist.options) {
    const bool is_done = has(after, item.code);
    if (is_done == has(before, item.code)) continue;
    html_.markup("<p class=\"delta\">").icon(is_done ? "check" : "x").markup(" ");
    if (is_done) {
      html_.markup("<ins>").text(context_.label(item.label)).markup("</ins></p>");
    } else {
      html_.markup("<s>").text(context_.label(item.label)).markup("</s></p>");
    }
  }
}

// Its name, when the app has it no more.
std::string HistoryWriter::automation_label(const std::string& name) const {
  const model::Automation* automation = context_.model.find_automation(name);
  return automation == nullptr ? name : context_.label(automation->label);
}

const model::ApprovalStep* HistoryWriter::find_step(const std::string& id) const {
  for (const model::ApprovalChain& chain : context_.model.approvals) {
    if (chain.entity != page_.entity->index) continue;
    for (const model::ApprovalStep& step : chain.steps) {
      if (step.id == id) return &step;
    }
  }
  return nullptr;
}

std::string HistoryWriter::step_label(const std::string& id) const {
  const model::ApprovalStep* step = find_step(id);
  return step == nullptr || step->label.empty() ? id : context_.label(step->label);
}

// An account by its number or by its name.
std::string HistoryWriter::person(const json::Value* account) const {
  if (account == nullptr || account->is_null()) return {};
  const accounts::Directory& people = *context_.frame.directory;
  if (account->kind == json::Value::Kind::Number) {
    std::int64_t id = 0;
    std::from_chars(account->text.data(), account->text.data() + account->text.size(), id);
    return id == 0 ? std::string() : people.full_name(id);
  }
  const auto found = people.find_account(account->text);
  return found ? people.full_name(*found) : account->text;
}

void HistoryWriter::changes(const json::Value& changes) {
  for (const auto& [name, value] : changes.members) {
    const Field* field = visible_field(name);
    if (field == nullptr || !value.is_object()) continue;
    if (field->type->widget == Widget::Lines) {
      rows(*field, value);
    } else {
      change(*field, value);
    }
  }
}

void HistoryWriter::change(const Field& field, const json::Value& change) {
  delta(context_.label(field.label), shown(field, change.find("from")),
        shown(field, change.find("to")));
}

void HistoryWriter::rows(const Field& table, const json::Value& change) {
  const json::Value* from = change.find("from");
  const json::Value* to = change.find("to");
  const std::size_t before = from == nullptr ? 0 : from->elements.size();
  const std::size_t after = to == nullptr ? 0 : to->elements.size();
  for (std::size_t i = 0; i < std::max(before, after); ++i) {
    row(table, i + 1, element(from, i), element(to, i));
  }
}

void HistoryWriter::row(const Field& table, std::size_t number, const json::Value& from,
                        const json::Value& to) {
  if (from.is_null()) return row_sentence(texts::kLineAdded, table, number, to);
  if (to.is_null()) return row_sentence(texts::kLineRemoved, table, number, from);
  static const json::Value kNull;
  for (const Field& column : table.fields) {
    const json::Value* old_cell = from.find(column.name);
    const json::Value* new_cell = to.find(column.name);
    if (is_same(old_cell == nullptr ? kNull : *old_cell, new_cell == nullptr ? kNull : *new_cell)) {
      continue;
    }
    delta(context_.words(texts::kLineField,
                         {{"n", std::to_string(number)}, {"field", context_.label(column.label)}}),
          shown(column, old_cell), shown(column, new_cell));
  }
}

void HistoryWriter::delta(const std::string& label, const std::string& from,
                          const std::string& to) {
  html_.markup("<p class=\"delta\">").text(label).markup(" <span class=\"vh\">");
  html_.text(context_.words(texts::kFromValue)).markup("</span><s>").text(from);
  html_.markup("</s> ").icon("arrow-right").markup(" <span class=\"vh\">");
  html_.text(context_.words(texts::kToValue)).markup("</span><ins>").text(to);
  html_.markup("</ins></p>");
}

// A row is named by its first value.
void HistoryWriter::row_sentence(const MessageText& text, const Field& table, std::size_t number,
                                 const json::Value& row) {
  std::string what;
  for (const Field& column : table.fields) {
    const json::Value* cell = row.find(column.name);
    if (cell == nullptr || cell->is_null()) continue;
    what = shown(column, cell);
    break;
  }
  html_.markup("<p class=\"delta\">");
  html_.text(context_.words(text, {{"n", std::to_string(number)}, {"what", what}}));
  html_.markup("</p>");
}

// What was written under an earlier model may not fit today's field: then the text as it is.
std::string HistoryWriter::shown(const Field& field, const json::Value* value) const {
  if (value == nullptr || value->is_null()) return context_.words(texts::kNotSetInline);
  const fields::Reading reading{.zone = context_.showing.zone, .people = context_.showing.people};
  if (field.type->read_json != nullptr) {
    const auto read = field.type->read_json(*value, field, reading);
    if (read) return values_.plain(field, *read);
  }
  if (!value->text.empty()) return value->text;
  std::string text;
  json::Writer writer(text);
  json::write(writer, *value);
  return text;
}

const Field* HistoryWriter::visible_field(std::string_view name) const {
  const std::optional<std::size_t> index = model::field_index(*page_.entity, name);
  if (!index || !context_.may_see(*page_.entity, *index)) return nullptr;
  return &page_.entity->fields[*index];
}

std::vector<const engine::HistoryEntry*> changes_since_decision(
    std::span<const engine::HistoryEntry> history, std::string_view step) {
  std::vector<const engine::HistoryEntry*> changes;
  bool was_voided = false;
  for (const engine::HistoryEntry& one : history) {
    if (one.action == "updated") changes.push_back(&one);
    const bool is_about_steps = one.action == "voided" || one.action == "approved" ||
                                one.action == "passed" || one.action == "submitted";
    if (!is_about_steps) continue;
    const auto said = json::parse(one.detail);
    const bool is_this = said && said->is_object() && text_of(said->find("step")) == step;
    if (one.action == "voided") {
      was_voided = was_voided || is_this;
    } else if (is_this || one.action == "submitted") {
      break;
    }
  }
  if (!was_voided) changes.clear();
  return changes;
}

}  // namespace formwork::pages
