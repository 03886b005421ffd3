// The part of a Turn that is about what comes from outside, by webhooks and public forms.
#include "dsl/base/json.h"
#include "engine/pipeline/turn.h"
#include "engine/records/intake.h"

namespace formwork::engine {
namespace {

// What history says of it: by which webhook or form, and whether the record was there already.
std::string told_of(const TakeIn& taken, bool found) {
  std::string text;
  json::Writer(text)
      .begin_object()
      .key("source")
      .string(taken.source)
      .key("found")
      .boolean(found)
      .end_object();
  return text;
}

}  // namespace

Expected<Outcome, Refusal> Turn::take_in(const TakeIn& taken) {
  FW_TRY(Decision decision, records::decide_intake(taken, situation_));
  const bool found = decision.before.has_value();
  const bool writes = !found || !decision.changed.empty();
  Origin origin{.cause = 0, .comment = {}, .reason = {}, .detail = told_of(taken, found)};
  if (found) {
    origin.cause = note(*decision.entity, *decision.before, "arrived_again", origin);
  }
  if (writes) {
    if (auto refusal = refuse_guarded(decision)) return Unexpected(std::move(*refusal));
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
