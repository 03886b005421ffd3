#include "engine/records/assignment.h"

#include <algorithm>

#include "engine/records/conditions.h"

namespace formwork::records {
namespace {

using engine::AccountId;
using engine::Record;
using engine::ResponseClock;
using feel::Value;

DaysDuration plus(const DaysDuration& a, const DaysDuration& b) {
  return DaysDuration::from_microseconds(a.to_microseconds() + b.to_microseconds());
}

DaysDuration minus(const DaysDuration& a, const DaysDuration& b) {
  return DaysDuration::from_microseconds(a.to_microseconds() - b.to_microseconds());
}

// The moment when that much time of the kind has passed; now when it is none.
Instant later(Instant now, const DaysDuration& left, bool business, const model::Model& model) {
  if (left <= DaysDuration{}) return now;
  return model.calendar().add(now, {.days = 0, .time = left, .business = business});
}

bool is_same(const ResponseClock& a, const ResponseClock& b) {
  return a.started_at == b.started_at && a.running_since == b.running_since && a.used == b.used &&
         a.passed_on == b.passed_on && a.owner == b.owner && a.stopped == b.stopped;
}

class Keeper {
 public:
  Keeper(Decision& decision, const Situation& s)
      : decision_(decision),
        entity_(*decision.entity),
        kept_(*decision.entity->assignment_fields),
        record_(decision.after),
        model_(s.gate.model()),
        s_(s),
        owner_(owner_of(entity_, record_)),
        is_new_owner_(owner_ !=
                      (decision.before ? owner_of(entity_, *decision.before) : AccountId{0})) {}

  bool run() {
    const std::vector<Value> values = record_.values;
    if (is_new_owner_) set_owner();
    if (const model::Assignment* assignment = model_.response_of(entity_)) {
      keep_clock(*assignment->response);
    }
    return record_.values != values;
  }

 private:
  Value& value(std::size_t field) { return record_.values[field]; }

  void set_owner() {
    value(kept_.assigned_at) = owner_ != 0 ? Value(s_.now) : Value();
    if (owner_ != 0 && kept_.pool) value(*kept_.pool) = Value();
  }

  void keep_clock(const model::Response& response) {
    std::optional<ResponseClock> old;
    if (decision_.before) old = s_.view.find_response_clock(entity_.name, record_.id);
    // A record that is older than its clock has none until somebody gets it.
    if (!old && !(is_new_owner_ && owner_ != 0)) return;
    clock_ = old.value_or(ResponseClock{});
    if (owner_ == 0) {
      stop(response);
      value(*kept_.respond_by) = Value();
    } else {
      if (is_new_owner_) begin(response, old);
      if (!clock_.stopped) go_on(response);
    }
    if (!old || !is_same(*old, clock_)) decision_.clock = clock_;
  }

  void begin(const model::Response& response, const std::optional<ResponseClock>& old) {
    const bool goes_on = decision_.action == kReassigned && old && !old->stopped;
    if (!goes_on) clock_ = {.started_at = s_.now};
    clock_.passed_on = used(response);
    clock_.owner = owner_;
    responded_before_ = value(*kept_.responded_at);
    value(*kept_.responded_at) = Value();
    if (clock_.running_since) promise(response);
  }

  void go_on(const model::Response& response) {
    Conditions conditions(entity_, record_, s_);
    const bool runs = !is_closed(entity_, record_) && !record_.deleted_at &&
                      !(response.pause && conditions.holds(*response.pause));
    if (runs && !clock_.running_since) {
      clock_.running_since = s_.now;
      promise(response);
    } else if (!runs && clock_.running_since) {
      clock_ = halted(clock_, response.within.business, s_.now, model_);
      value(*kept_.respond_by) = Value();
    }
    if (conditions.holds(response.done)) answer(response);
  }

  // Whoever gets a record that was answered already has nothing to answer.
  void answer(const model::Response& response) {
    const bool was_answered = is_new_owner_ && !responded_before_.is_null();
    value(*kept_.responded_at) = was_answered ? responded_before_ : Value(s_.now);
    stop(response);
  }

  void stop(const model::Response& response) {
    clock_ = halted(clock_, response.within.business, s_.now, model_);
    clock_.stopped = true;
    if (owner_ == 0) clock_.owner = 0;
  }

  DaysDuration used(const model::Response& response) const {
    return used_by(clock_, response.within.business, s_.now, model_);
  }

  void promise(const model::Response& response) {
    const Value& since = value(kept_.assigned_at);
    const Instant got_it = since.is_null() ? clock_.started_at : since.instant();
    const DaysDuration own = minus(used(response), clock_.passed_on);
    const DaysDuration left = minus(time_of(response.within, got_it, model_), own);
    value(*kept_.respond_by) = Value(later(s_.now, left, response.within.business, model_));
  }

  Decision& decision_;
  const model::Entity& entity_;
  const model::AssignmentFields& kept_;
  Record& record_;
  const model::Model& model_;
  const Situation& s_;
  AccountId owner_;
  bool is_new_owner_;
  ResponseClock clock_;
  Value responded_before_;
};

}  // namespace

bool keep_assignment(Decision& decision, const Situation& s) {
  if (!decision.entity->assignment_fields) return false;
  // Conditions may hang on the clock: where nobody changes anything, nothing changes by it.
  const bool changes = !decision.before || decision.after.values != decision.before->values ||
                       decision.after.deleted_at != decision.before->deleted_at;
  return changes && Keeper(decision, s).run();
}

AccountId owner_of(const model::Entity& entity, const Record& record) {
  if (!entity.owner) return 0;
  const Value& owner = record.values[*entity.owner];
  return owner.is_null() ? 0 : owner.record().id;
}

bool is_closed(const model::Entity& entity, const Record& record) {
  return entity.stage_fields && !record.values[entity.stage_fields->final].is_null();
}

DaysDuration time_between(Instant from, Instant to, bool business, const model::Model& model) {
  if (business) return model.calendar().working_time(from, to);
  const std::int64_t passed = to.microseconds - from.microseconds;
  return DaysDuration::from_microseconds(std::max<std::int64_t>(passed, 0));
}

DaysDuration time_of(const calendar::Period& period, Instant from, const model::Model& model) {
  return time_between(from, model.calendar().add(from, period), period.business, model);
}

DaysDuration used_by(const ResponseClock& clock, bool business, Instant now,
                     const model::Model& model) {
  if (!clock.running_since) return clock.used;
  return plus(clock.used, time_between(*clock.running_since, now, business, model));
}

ResponseClock halted(const ResponseClock& clock, bool business, Instant now,
                     const model::Model& model) {
  ResponseClock still = clock;
  still.used = used_by(clock, business, now, model);
  still.running_since.reset();
  return still;
}

std::optional<Instant> reaches(const ResponseClock& clock, const calendar::Period& period,
                               Instant now, const model::Model& model) {
  const DaysDuration left =
      minus(time_of(period, clock.started_at, model), used_by(clock, period.business, now, model));
  if (left <= DaysDuration{}) return std::nullopt;
  return later(now, left, period.business, model);
}

}  // namespace formwork::records
