// The part of a Turn that is about what comes from outside, by webhooks and public forms.
#include "dsl/base/json.h"
#include "engine/pipeline/turn.h"
#include "engine/pipeline/turn_texts.h"
#include "engine/records/intake.h"

namespace formwork::engine {
namespace {

// What history says of it: by which webhook or form, whether the record was there already, and,
// where it takes over nothing, why, with what came.
std::string told_of(const TakeIn& taken, bool found, const std::string& why,
                    const std::string& came) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object().key("source").string(taken.source).key("found").boolean(found);
  if (!why.empty()) writer.key("reason").string(why).key("comment").string(came);
  writer.end_object();
  return text;
}

// A line for each value that the record does not have.
std::string lines_of(const TakeIn& taken, const model::Entity& entity, const Record& record,
                     const fields::Showing& showing) {
  std::string lines;
  for (const auto& [index, value] : taken.values) {
    const fields::Field& field = entity.fields[index];
    const bool is_new = !value.is_null() && record.values[index] != value;
    if (!is_new || field.type->show == nullptr) continue;
    lines += lines.empty() ? "" : "\n";
    lines += field.label[showing.locale] + ": " + field.type->show(value, field, showing);
  }
  return lines;
}

}  // namespace

Expected<Outcome, Refusal> Turn::take_in(const TakeIn& taken) {
  FW_TRY(records::Arrived arrived, records::decide_intake(taken, situation_));
  Decision& decision = arrived.decision;
  const bool found = decision.before.has_value();
  if (!found || !decision.changed.empty()) {
    std::optional<Refusal> refusal = refuse_guarded(decision);
    if (refusal && !taken.form) return Unexpected(std::move(*refusal));
    if (refusal) {
      decision = records::leave_alone(*decision.entity, *decision.before);
      arrived.declined = std::move(refusal);
    }
  }
  const bool writes = !found || !decision.changed.empty();
  std::string why;
  std::string came;
  if (arrived.declined) {
    why = reasons_of(*arrived.declined, *decision.entity, situation_.showing);
    came = lines_of(taken, *decision.entity, *decision.before, situation_.showing);
  }
  Origin origin{
      .cause = 0, .comment = {}, .reason = {}, .detail = told_of(taken, found, why, came)};
  if (found) {
    origin.cause = note(*decision.entity, *decision.before, "arrived_again", origin);
  }
  if (writes) {
    arriving_ = &taken;
    FW_TRY_VOID(commit(decision, origin));
  } else if (listeners_.any(*decision.entity)) {
    // Nothing is new of it, and yet somebody came again.
    automations::Event event{.entity = decision.entity, .record = decision.after.id};
    event.form = taken.form;
    event.webhook = taken.webhook;
    event.cause = origin.cause;
    raise(std::move(event));
  }
  return Outcome{.entity = decision.entity,
                 .record = std::move(decision.after),
                 .changed = writes,
                 .answer = {},
                 .repeated = false,
                 .process = std::move(touched_),
                 .found = found};
}

}  // namespace formwork::engine
