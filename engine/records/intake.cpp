#include "engine/records/intake.h"

#include <algorithm>
#include <array>

#include "dsl/base/utf8.h"
#include "dsl/feel/json.h"
#include "engine/command/refusal_texts.h"
#include "engine/records/validate.h"

namespace formwork::records {
namespace {

namespace texts = engine::texts;
using engine::Record;
using engine::Refusal;
using engine::RefusalKind;
using engine::TakeIn;
using Found = model::Intake::Found;

// More of it helps nobody to see what is wrong.
constexpr std::size_t kMostShown = 100;
// Bodies are read to a depth of 32, and FEEL may put what they hold into lists.
constexpr json::Limits kLimits{.depth = 64};

using Slots = std::array<const feel::Value*, 3>;

Slots slots_of(const Arrival& arrival) { return {&arrival.body, &arrival.query, &arrival.headers}; }

std::string shown(const feel::Expression& expression, const std::string& value) {
  std::string text = expression.text() + " = ";
  text += take_characters(value, kMostShown);
  return text + (count_characters(value) > kMostShown ? "…" : "");
}

// The value as the body of a request that names this field alone.
Expected<json::Value, json::Problem> as_body(const fields::Field& field, const std::string& value) {
  std::string text;
  json::Writer(text).begin_object().key(field.name).raw(value).end_object();
  return json::parse(text, kLimits);
}

const feel::Value* value_for(const TakeIn& taken, std::size_t field) {
  for (const auto& [index, value] : taken.values) {
    if (index == field) return value.is_null() ? nullptr : &value;
  }
  return nullptr;
}

// By the set of fields; nothing when one of them has no value.
std::optional<engine::RecordId> find_by(const std::vector<std::size_t>& set, const TakeIn& taken,
                                        const model::Entity& entity, store::View& view) {
  std::vector<feel::Value> values;
  for (const std::size_t field : set) {
    const feel::Value* value = value_for(taken, field);
    if (value == nullptr) return std::nullopt;
    values.push_back(*value);
  }
  return view.find_match(entity, set, values);
}

std::optional<Record> find_record(const TakeIn& taken, const model::Entity& entity,
                                  store::View& view) {
  for (const std::vector<std::size_t>& set : taken.intake->match) {
    if (const auto id = find_by(set, taken, entity, view)) return view.find_record(entity, *id);
  }
  return std::nullopt;
}

// What the record takes over of what came. What did not come is not emptied: that a stranger leaves
// a field out says nothing about what is known.
engine::Changes taken_over(const TakeIn& taken, const Record& record) {
  const std::vector<std::size_t>& always = taken.intake->always;
  engine::Changes changes;
  for (const auto& [field, value] : taken.values) {
    const bool is_forced = std::find(always.begin(), always.end(), field) != always.end();
    const bool is_wanted = is_forced || taken.intake->found == Found::Replace ||
                           (taken.intake->found == Found::Fill && record.values[field].is_null());
    if (!value.is_null() && is_wanted) changes.emplace_back(field, value);
  }
  return changes;
}

// Also in the author's own sentence.
bool is_about_duplicate(const engine::FieldProblem& problem) {
  return problem.message.text->code.starts_with("field.duplicate");
}

// That a value is taken already says that somebody else has it. Another system learns that much,
// but not by whom; somebody who fills in a form learns nothing.
void keep_quiet(Refusal& refusal, bool is_form) {
  for (engine::FieldProblem& problem : refusal.fields) {
    const MessageText* text = problem.message.text;
    if (text != &texts::kDuplicate && text != &texts::kDuplicateOf) continue;
    problem.message = {is_form ? &texts::kNotTaken : &texts::kDuplicate, {}};
  }
}

// Whether a record that has the same values is found before it could be a duplicate.
bool is_matched(const model::Unique& unique, const TakeIn& taken) {
  const auto is_part = [&](std::size_t field) {
    return value_for(taken, field) != nullptr &&
           std::find(unique.fields.begin(), unique.fields.end(), field) != unique.fields.end();
  };
  return std::any_of(taken.intake->match.begin(), taken.intake->match.end(),
                     [&](const auto& set) { return std::all_of(set.begin(), set.end(), is_part); });
}

bool is_duplicate_of_match(const engine::FieldProblem& problem, const TakeIn& taken,
                           const model::Entity& entity) {
  if (!is_about_duplicate(problem)) return false;
  return std::any_of(entity.uniques.begin(), entity.uniques.end(), [&](const auto& unique) {
    return unique.fields.back() == problem.field && is_matched(unique, taken);
  });
}

// What the values of a form get where nobody is found. Whether somebody is must not show, and
// nothing of what the record holds that is there.
std::optional<Refusal> refuse_alone(const TakeIn& taken, const model::Entity& entity,
                                    const Situation& s) {
  auto alone = decide(engine::CreateRecord{&entity, taken.values}, s);
  if (alone) return std::nullopt;
  Refusal& refusal = alone.error();
  if (refusal.kind != RefusalKind::Invalid) return std::move(refusal);
  std::erase_if(refusal.fields, [&](const engine::FieldProblem& problem) {
    return is_duplicate_of_match(problem, taken, entity);
  });
  if (refusal.fields.empty()) return std::nullopt;
  return invalid(std::move(refusal.fields));
}

Expected<Decision, Refusal> decide_found(const TakeIn& taken, const model::Entity& entity,
                                         const Record& record, const Situation& s) {
  if (taken.intake->found == Found::Refuse) {
    return Unexpected(
        refusal_of(RefusalKind::Conflict, texts::kIsThere, {{"entity", entity.label}}));
  }
  engine::Changes changes = taken_over(taken, record);
  if (changes.empty()) return leave_alone(entity, record);
  return decide(engine::UpdateRecord{&entity, record.id, record.version, std::move(changes)}, s);
}

Expected<Arrived, Refusal> decide_for_form(const TakeIn& taken, const model::Entity& entity,
                                           const Record& record, const Situation& s) {
  if (auto refusal = refuse_alone(taken, entity, s)) return Unexpected(std::move(*refusal));
  auto decision = decide_found(taken, entity, record, s);
  if (decision) return Arrived{.decision = std::move(*decision)};
  if (taken.intake->found == Found::Refuse) return Unexpected(std::move(decision.error()));
  keep_quiet(decision.error(), false);
  return Arrived{.decision = leave_alone(entity, record), .declined = std::move(decision.error())};
}

// What FEEL made itself is typed already; what was sent are texts, numbers and lists of these, and
// read as a request's.
bool is_typed(const feel::Value& value) {
  using enum feel::ValueKind;
  return value.kind() == Date || value.kind() == Time || value.kind() == DateTime ||
         value.kind() == DaysDuration || value.kind() == MonthsDuration;
}

Input read_typed(std::size_t index, const fields::Field& field, const feel::Value& value,
                 const fields::Reading& reading) {
  Input input;
  auto kept = fields::fit(value, field, reading);
  if (kept) {
    if (auto complaint = fields::check(*kept, field, reading)) {
      input.problems.push_back({.field = index, .message = std::move(*complaint)});
    } else {
      input.changes.emplace_back(index, std::move(*kept));
    }
  } else {
    input.problems.push_back({.field = index, .message = std::move(kept.error())});
  }
  return input;
}

}  // namespace

feel::Value texts_as_value(const FormPairs& pairs) {
  std::vector<std::pair<std::string, feel::Value>> entries;
  for (const auto& [name, text] : pairs) {
    const bool is_known = std::any_of(entries.begin(), entries.end(),
                                      [&](const auto& entry) { return entry.first == name; });
    if (!is_known) entries.emplace_back(name, feel::Value(text));
  }
  return feel::Value(feel::Context::of(std::move(entries)));
}

bool is_wanted(const feel::Expression& when, const Arrival& arrival, const fields::Reading& reading,
               Instant now) {
  const feel::Environment environment{.now = now, .zone = reading.zone, .records = nullptr};
  const Slots slots = slots_of(arrival);
  feel::Evaluation evaluation(environment, slots);
  return when.test(evaluation).value_or(false);
}

Input read_intake(const model::Entity& entity, const model::Intake& intake, const Arrival& arrival,
                  const fields::Reading& reading, Instant now) {
  const feel::Environment environment{.now = now, .zone = reading.zone, .records = nullptr};
  const Slots slots = slots_of(arrival);
  Input input;
  for (const model::FieldValue& mapped : intake.values) {
    feel::Evaluation evaluation(environment, slots);
    const feel::Value value = mapped.value.evaluate(evaluation);
    if (value.is_null()) continue;
    const fields::Field& field = entity.fields[mapped.field];
    const std::string text = feel::to_json(value, *reading.zone);
    const auto body = as_body(field, text);
    Input one;
    if (is_typed(value)) {
      one = read_typed(mapped.field, field, value, reading);
    } else if (body) {
      one = read_json(entity, *body, reading);
    } else {
      one.problems.push_back({.field = mapped.field, .message = {&texts::kUnreadable, {}}});
    }
    for (engine::FieldProblem& problem : one.problems) {
      problem.saw = shown(mapped.value, text);
      input.problems.push_back(std::move(problem));
    }
    for (auto& change : one.changes) {
      if (!change.second.is_null()) input.changes.push_back(std::move(change));
    }
  }
  return input;
}

Expected<Arrived, Refusal> decide_intake(const TakeIn& taken, const Situation& s) {
  const model::Entity& entity = s.gate.model().entities[taken.intake->entity];
  const std::optional<Record> record = find_record(taken, entity, s.view);
  const auto whole = [](Expected<Decision, Refusal> decision) -> Expected<Arrived, Refusal> {
    if (!decision) return Unexpected(std::move(decision.error()));
    return Arrived{.decision = std::move(*decision)};
  };
  auto arrived = !record      ? whole(decide(engine::CreateRecord{&entity, taken.values}, s))
                 : taken.form ? decide_for_form(taken, entity, *record, s)
                              : whole(decide_found(taken, entity, *record, s));
  if (!arrived) keep_quiet(arrived.error(), taken.form.has_value());
  return arrived;
}

Decision leave_alone(const model::Entity& entity, const Record& record) {
  return {.entity = &entity, .action = "updated", .before = record, .after = record};
}

}  // namespace formwork::records
