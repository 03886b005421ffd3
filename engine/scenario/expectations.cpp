#include "engine/scenario/expectations.h"

#include <algorithm>
#include <set>
#include <span>

#include "engine/assignment/explanation.h"
#include "engine/scenario/invariants.h"
#include "engine/scenario/values.h"

namespace formwork::scenario {
namespace {

using Findings = std::vector<Disappointment>;

std::string quoted(const std::string& text) { return "`" + text + "`"; }

// `a`, `a and b`, `a, b and c`; for none what stands for nobody or nothing.
std::string listed(const std::vector<std::string>& parts, const std::string& none) {
  if (parts.empty()) return none;
  std::string text = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  }
  return text;
}

std::string lines(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "\n") + part;
  return text;
}

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool is_truth(const json::Value& value) {
  return value.kind == json::Value::Kind::True || (value.is_string() && value.text == "true");
}

class Checker {
 public:
  Checker(const std::string& what, const model::PlacedValue& wanted, const engine::Actor& actor,
          World& world)
      : what_(what), wanted_(wanted.value), placed_(wanted), actor_(actor), world_(world) {}

  Findings run() {
    const std::size_t dot = what_.find('.');
    if (dot == std::string::npos) return check_general();
    const std::string name = what_.substr(0, dot);
    member_ = what_.substr(dot + 1);
    named_ = world_.find(name);
    if (named_ == nullptr) return {{"no record before it is called " + quoted(name), {}}};
    if (auto fault = follow_path()) return {std::move(*fault)};
    for (const auto& [word, check] : words()) {
      if (member_ == word) return (this->*check)();
    }
    return check_field();
  }

 private:
  struct Word {
    std::string_view word;
    Findings (Checker::*check)();
  };

  // Words come before fields of the same name.
  static std::span<const Word> words() {
    static constexpr Word kWords[] = {
        {"waiting_for", &Checker::check_waiting},
        {"approval", &Checker::check_approval},
        {"steps", &Checker::check_steps},
        {"history", &Checker::check_history},
        {"can", &Checker::check_can},
        {"cannot", &Checker::check_cannot},
        {"visible_to", &Checker::check_visible},
        {"hidden_from", &Checker::check_hidden},
        {"overdue", &Checker::check_overdue},
        {"why", &Checker::check_why},
        {"runs", &Checker::check_runs},
        {"response", &Checker::check_response},
        {"given_by", &Checker::check_given_by},
    };
    return kWords;
  }

  // `q.account.owner` is about the account of `q`.
  std::optional<Disappointment> follow_path() {
    for (std::size_t dot = member_.find('.'); dot != std::string::npos; dot = member_.find('.')) {
      const std::string name = member_.substr(0, dot);
      const auto index = model::field_index(*named_->entity, name);
      const fields::Field* field = index ? &named_->entity->fields[*index] : nullptr;
      if (field == nullptr || field->type->column != fields::Column::Record) {
        return Disappointment{quoted(name) + " of " + named_->entity->name + " leads nowhere", {}};
      }
      const feel::Value value = world_.record(*named_).values[*index];
      if (value.is_null()) {
        return Disappointment{
            "expected " + what_ + ", but " + world_.name_of(*named_) + " has no " + name, {}};
      }
      led_to_ = {{}, &world_.model().entities[field->target], value.record().id};
      named_ = &led_to_;
      member_.erase(0, dot + 1);
    }
    return std::nullopt;
  }

  Findings check_general() {
    if (what_ == "waiting_for") {
      const auto& records = world_.records();
      const auto under_way = std::find_if(records.rbegin(), records.rend(), [&](const Named& n) {
        const auto process = world_.process(n);
        return process && process->is_under_way();
      });
      if (under_way != records.rend()) named_ = &*under_way;
      return check_waiting();
    }
    if (what_ == "tasks") return check_tasks();
    if (what_ == "sound") return check_sound();
    if (what_ == "notified") return check_notified();
    if (what_ == "not_notified") return check_not_notified();
    if (what_ == "todos") return check_todos();
    if (what_ == "sent") return check_sent();
    if (what_ == "records") return check_records();
    return {{quoted(what_) + " is nothing that can be expected", {}}};
  }

  Findings unless_equal(const std::string& actual, const std::string& notes = {}) const {
    const std::string wanted = shown(wanted_);
    if (wanted == actual) return {};
    return {{"expected " + what_ + " to be " + quoted(wanted) + ", but it is " + quoted(actual),
             notes}};
  }

  Findings check_field() {
    const auto index = model::field_index(*named_->entity, member_);
    if (!index) return check_column();
    const fields::Field& field = named_->entity->fields[*index];
    auto input = to_input(placed_, field, world_);
    if (!input) return {{input.error().message, {}}};
    const feel::Value actual = world_.record(*named_).values[*index];
    const json::Value named = to_named(actual, field, world_);
    const bool is_so = field.type->column == fields::Column::Rows ? has_rows(*input, actual, field)
                                                                  : is_value(*input, actual, field);
    if (is_so) return {};
    return {{"expected " + what_ + " to be " + quoted(shown(wanted_)) + ", but it is " +
                 quoted(shown(named)),
             {}}};
  }

  // What every record has: `q.created_by`, `q.version`.
  Findings check_column() {
    const auto column = model::find_column(*named_->entity, member_);
    if (!column) return {{quoted(member_) + " is not a field of " + named_->entity->name, {}}};
    const engine::Record record = world_.record(*named_);
    const auto directory = world_.engine().directory();
    switch (column->system) {
      case model::SystemColumn::Id:
        return check_id(record.id);
      case model::SystemColumn::Version:
        return unless_equal(std::to_string(record.version));
      case model::SystemColumn::CreatedAt:
        return unless_at(record.created_at);
      case model::SystemColumn::CreatedBy:
        return unless_equal(directory->account_name(record.created_by));
      case model::SystemColumn::UpdatedAt:
        return unless_at(record.updated_at);
      case model::SystemColumn::UpdatedBy:
        return unless_equal(directory->account_name(record.updated_by));
    }
    return {};
  }

  // A number, or the record of that name.
  Findings check_id(engine::RecordId id) {
    const Named* other = world_.find(shown(wanted_));
    if (other == nullptr) return unless_equal(std::to_string(id));
    if (other->entity == named_->entity && other->id == id) return {};
    return {{"expected " + what_ + " to be " + world_.name_of(*other) + ", but it is " +
                 world_.name_of(*named_->entity, id),
             {}}};
  }

  // The same moment in any zone.
  Findings unless_at(Instant actual) const {
    const auto wanted = parse_instant(shown(wanted_));
    if (wanted == actual) return {};
    return unless_equal(to_rfc3339(actual));
  }

  // What cannot be a value of the field is not the value that it has.
  bool is_value(const json::Value& wanted, const feel::Value& actual, const fields::Field& field) {
    if (wanted.is_null()) return actual.is_null();
    const auto people = world_.engine().directory();
    const auto value = field.type->read_json(wanted, field, world_.engine().reading(*people));
    return value && *value == actual;
  }

  // Of each line the columns that are named.
  bool has_rows(const json::Value& wanted, const feel::Value& actual, const fields::Field& table) {
    const std::size_t count = actual.is_null() ? 0 : actual.list().size();
    if (wanted.elements.size() != count) return false;
    for (std::size_t row = 0; row < count; ++row) {
      for (const json::Value::Member& member : wanted.elements[row].members) {
        const auto column = std::find_if(table.fields.begin(), table.fields.end(),
                                         [&](const auto& f) { return f.name == member.first; });
        if (column == table.fields.end()) return false;
        const auto index = static_cast<std::size_t>(column - table.fields.begin());
        if (!is_value(member.second, actual.list()[row].list()[index], *column)) return false;
      }
    }
    return true;
  }

  Findings check_waiting() {
    std::set<std::string> waiting;
    const auto process = named_ == nullptr ? std::nullopt : world_.process(*named_);
    const auto directory = world_.engine().directory();
    if (process && process->is_under_way()) {
      for (const engine::Task& task : process->tasks) {
        const bool waits =
            task.state == engine::TaskState::Open && task.kind != engine::TaskKind::Copy;
        if (waits) waiting.insert(directory->account_name(task.assignee));
      }
    }
    std::set<std::string> wanted;
    for (const std::string& text : texts_of(wanted_)) add_people(text, wanted);
    if (wanted == waiting) return {};
    const std::string subject = named_ == nullptr ? "something" : world_.name_of(*named_);
    std::string notes;
    if (process) {
      for (const engine::ProcessStep& step : process->steps) {
        if (step.state == engine::StepState::Held) notes = step.id + ": " + step.reason;
      }
    }
    return {{"expected " + subject + " to wait for " +
                 listed({wanted.begin(), wanted.end()}, "nobody") + ", but it waits for " +
                 listed({waiting.begin(), waiting.end()}, "nobody"),
             notes}};
  }

  // `role finance` is everybody who has it now; anything else is an account.
  void add_people(const std::string& text, std::set<std::string>& people) const {
    constexpr std::string_view kRole = "role ";
    if (!text.starts_with(kRole)) {
      people.insert(text);
      return;
    }
    const auto directory = world_.engine().directory();
    for (const engine::AccountId id : directory->with_role(text.substr(kRole.size()))) {
      people.insert(directory->account_name(id));
    }
  }

  Findings check_approval() {
    const auto process = world_.process(*named_);
    return unless_equal(process ? std::string(engine::process_state_name(process->state))
                                : shown(json::Value()));
  }

  Findings check_steps() {
    Findings findings;
    const auto process = world_.process(*named_);
    for (const json::Value::Member& member : wanted_.members) {
      const engine::ProcessStep* step = nullptr;
      if (process) {
        for (const engine::ProcessStep& one : process->steps) {
          if (one.id == member.first) step = &one;
        }
      }
      const std::string wanted = shown(member.second);
      const std::string actual =
          step == nullptr ? "nothing" : std::string(engine::step_state_name(step->state));
      if (wanted == actual) continue;
      findings.push_back({"expected step " + quoted(member.first) + " of " +
                              world_.name_of(*named_) + " to be " + quoted(wanted) +
                              ", but it is " + quoted(actual),
                          step == nullptr ? "" : step->reason});
    }
    return findings;
  }

  Findings check_history() {
    std::vector<std::string> actions;
    for (const engine::HistoryEntry& entry :
         world_.look()->history(named_->entity->name, named_->id, 0, 1'000)) {
      actions.insert(actions.begin(), entry.action);
    }
    auto from = actions.begin();
    std::string before;
    for (const std::string& wanted : texts_of(wanted_)) {
      const auto found = std::find(from, actions.end(), wanted);
      if (found == actions.end()) {
        return {{"expected the history of " + world_.name_of(*named_) + " to have " +
                     quoted(wanted) + (before.empty() ? "" : " behind " + quoted(before)) +
                     ", but it is " + listed(actions, "empty"),
                 {}}};
      }
      from = found + 1;
      before = wanted;
    }
    return {};
  }

  Expected<engine::Standing, engine::Refusal> standing() {
    return world_.engine().standing(actor_, *named_->entity, named_->id);
  }

  std::string actor_name() const { return actor_.name; }

  Findings check_can() {
    Findings findings;
    const auto stands = standing();
    std::vector<std::string> can;
    if (stands) can = abilities_of(*stands);
    for (const std::string& wanted : texts_of(wanted_)) {
      if (contains(can, wanted)) continue;
      findings.push_back({"expected " + actor_name() + " to be able to " + quoted(wanted) +
                              " with " + world_.name_of(*named_) + ", but possible is " +
                              listed(can, "nothing"),
                          stands ? lines(reasons_of(*stands, world_.model(), 0)) : ""});
    }
    return findings;
  }

  Findings check_cannot() {
    Findings findings;
    const auto stands = standing();
    if (!stands) return {};
    const std::vector<std::string> can = abilities_of(*stands);
    for (const std::string& unwanted : texts_of(wanted_)) {
      if (!contains(can, unwanted)) continue;
      findings.push_back({"expected " + actor_name() + " not to be able to " + quoted(unwanted) +
                              " with " + world_.name_of(*named_) + ", but that is possible",
                          {}});
    }
    return findings;
  }

  bool sees(const engine::Actor& actor) {
    return world_.engine().reader(actor).record(*named_->entity, named_->id).has_value();
  }

  Findings check_sight(bool wanted) {
    Findings findings;
    for (const std::string& name : texts_of(wanted_)) {
      const auto actor = world_.actor(name);
      if (!actor) {
        findings.push_back({quoted(name) + " has no account that is open", {}});
      } else if (sees(*actor) != wanted) {
        findings.push_back({"expected " + world_.name_of(*named_) +
                                (wanted ? " to be visible to " : " to be hidden from ") + name +
                                ", but it is " + (wanted ? "hidden" : "visible"),
                            {}});
      }
    }
    return findings;
  }

  Findings check_visible() { return check_sight(true); }

  Findings check_hidden() { return check_sight(false); }

  // What actor sees in the inbox: their own tasks, and those of whom they act for.
  Findings check_tasks() {
    std::vector<engine::AccountId> whose =
        world_.engine().directory()->principals_of(actor_.account, world_.now());
    whose.push_back(actor_.account);
    const std::int64_t count = world_.look()->count_tasks({.assignees = std::move(whose)}, 1'000);
    if (shown(wanted_) == std::to_string(count)) return {};
    return {{"expected " + actor_name() + " to have " + shown(wanted_) + " open tasks, but there " +
                 (count == 1 ? "is " : "are ") + std::to_string(count),
             {}}};
  }

  bool is_overdue() {
    const auto process = world_.process(*named_);
    if (process && process->is_under_way()) {
      for (const engine::Task& task : process->tasks) {
        const bool is_late =
            task.state == engine::TaskState::Open && task.due_at && *task.due_at <= world_.now();
        if (is_late) return true;
      }
    }
    const engine::Record record = world_.record(*named_);
    const model::Stage* stage = model::stage_of(*named_->entity, record.values);
    const auto stays = world_.look()->stays(named_->entity->name, named_->id);
    if (stage == nullptr || stays.empty()) return false;
    const auto times = lifecycle::dwell_times(*stage, stays.back().entered_at, world_.model());
    return times.limit && *times.limit <= world_.now();
  }

  Findings check_overdue() {
    const bool is_late = is_overdue();
    if (is_late == is_truth(wanted_)) return {};
    return {{"expected " + world_.name_of(*named_) + (is_late ? " not" : "") +
                 " to be overdue, but it is" + (is_late ? "" : " not"),
             {}}};
  }

  Findings check_why() {
    const auto stands = standing();
    if (!stands) {
      return {
          {world_.name_of(*named_) + " is hidden from " + actor_name() + ", who learns no reasons",
           {}}};
    }
    Findings findings;
    for (const std::string& wanted : texts_of(wanted_)) {
      bool is_said = false;
      for (std::size_t locale = 0; locale < world_.model().app.locales.size(); ++locale) {
        const std::string all = lines(reasons_of(*stands, world_.model(), locale));
        is_said = is_said || all.find(wanted) != std::string::npos;
      }
      if (is_said) continue;
      const auto reasons = reasons_of(*stands, world_.model(), 0);
      findings.push_back({"expected " + world_.name_of(*named_) + " to be kept by " +
                              quoted(wanted) + ", but " +
                              (reasons.empty() ? "nothing keeps it" : "no reason says so"),
                          lines(reasons)});
    }
    return findings;
  }

  Findings check_sound() {
    Findings findings;
    for (const std::string& broken : broken_invariants(world_)) {
      findings.push_back({"expected what always holds, but " + broken, {}});
    }
    return findings;
  }

  // How each of the automations ended when it was triggered last.
  Findings check_runs() {
    Findings findings;
    for (const json::Value::Member& member : wanted_.members) {
      const auto runs = world_.look()->runs({.automation = member.first,
                                             .entity = named_->entity->name,
                                             .record = named_->id,
                                             .limit = 1});
      const std::string wanted = shown(member.second);
      const std::string actual =
          runs.empty() ? "nothing" : std::string(engine::run_outcome_name(runs.front().outcome));
      if (wanted == actual) continue;
      findings.push_back({"expected " + quoted(member.first) + " to have ended with " +
                              quoted(wanted) + " for " + world_.name_of(*named_) +
                              ", but it ended with " + quoted(actual),
                          runs.empty() ? "" : runs.front().reason});
    }
    return findings;
  }

  Findings check_response() {
    const auto clock = world_.look()->find_response_clock(named_->entity->name, named_->id);
    return unless_equal(clock ? state_of(*clock) : shown(json::Value()));
  }

  std::string state_of(const engine::ResponseClock& clock) {
    const engine::Record record = world_.record(*named_);
    const auto at = [&](std::optional<std::size_t> field) -> const feel::Value* {
      return field && !record.values[*field].is_null() ? &record.values[*field] : nullptr;
    };
    const auto& kept = named_->entity->assignment_fields;
    if (kept && at(kept->responded_at) != nullptr) return "met";
    if (clock.stopped) return "stopped";
    if (!clock.running_since) return "paused";
    const feel::Value* due = kept ? at(kept->respond_by) : nullptr;
    return due != nullptr && due->instant() <= world_.now() ? "late" : "running";
  }

  // Each text stands in one of what somebody has got; where none is wanted, there is nothing.
  template <class ListOf>
  Findings check_texts(const std::string& of_what, ListOf list_of) {
    Findings findings;
    for (const json::Value::Member& member : wanted_.members) {
      const auto account = world_.engine().directory()->find_account(member.first);
      if (!account) {
        findings.push_back({"there is no person " + quoted(member.first), {}});
        continue;
      }
      const std::vector<std::string> actual = list_of(*account);
      const std::vector<std::string> wanted = texts_of(member.second);
      if (wanted.empty() && !actual.empty()) {
        findings.push_back(
            {"expected " + member.first + " to have no " + of_what + ", but there is one",
             lines(actual)});
      }
      for (const std::string& text : wanted) {
        const bool is_there = std::any_of(actual.begin(), actual.end(), [&](const auto& one) {
          return one.find(text) != std::string::npos;
        });
        if (is_there) continue;
        findings.push_back({"expected " + member.first + " to have a " + of_what + " that says " +
                                quoted(text) + ", but " +
                                (actual.empty() ? "there is none" : "none does"),
                            lines(actual)});
      }
    }
    return findings;
  }

  std::vector<std::string> notifications_of(engine::AccountId account) {
    std::vector<std::string> texts;
    for (const auto& one : world_.look()->notifications({.account = account, .limit = 1'000})) {
      texts.push_back(one.text.empty() ? one.title : one.title + ": " + one.text);
    }
    return texts;
  }

  Findings check_notified() {
    return check_texts("notification",
                       [&](engine::AccountId account) { return notifications_of(account); });
  }

  // None of the texts stands in any of what somebody has got.
  Findings check_not_notified() {
    Findings findings;
    for (const json::Value::Member& member : wanted_.members) {
      const auto account = world_.engine().directory()->find_account(member.first);
      if (!account) {
        findings.push_back({"there is no person " + quoted(member.first), {}});
        continue;
      }
      const std::vector<std::string> actual = notifications_of(*account);
      for (const std::string& unwanted : texts_of(member.second)) {
        const auto there = std::find_if(actual.begin(), actual.end(), [&](const auto& one) {
          return one.find(unwanted) != std::string::npos;
        });
        if (there == actual.end()) continue;
        findings.push_back({"expected " + member.first + " to have no notification that says " +
                                quoted(unwanted) + ", but there is one",
                            *there});
      }
    }
    return findings;
  }

  // The rule of an assignment that has last decided who has it.
  Findings check_given_by() {
    for (const engine::HistoryEntry& entry :
         world_.look()->history(named_->entity->name, named_->id, 0, 1'000)) {
      const auto told = assignment::read_detail(entry.detail);
      if (told && !told->rule.empty()) return unless_equal(told->rule);
    }
    return unless_equal(shown(json::Value()));
  }

  Findings check_todos() {
    return check_texts("to-do", [&](engine::AccountId account) {
      std::vector<std::string> texts;
      for (const auto& one : world_.look()->todos({.assignee = account, .limit = 1'000})) {
        texts.push_back(one.title);
      }
      return texts;
    });
  }

  static std::string told_of(const engine::OutboxMessage& message) {
    const bool is_mail = message.destination == engine::kMailDestination;
    return is_mail ? "mail to " + message.to + ": " + message.subject
                   : "webhook " + message.destination + ": " + message.body;
  }

  static bool is_meant(const engine::OutboxMessage& message, const json::Value& wanted) {
    const auto text = [&](std::string_view key) {
      const json::Value* value = wanted.find(key);
      return value == nullptr ? std::string() : shown(*value);
    };
    if (wanted.find("mail") == nullptr) {
      const bool is_event = wanted.find("event") == nullptr || message.subject == text("event");
      return message.destination == text("webhook") && is_event && has_data(message, wanted);
    }
    return message.destination == engine::kMailDestination && message.to == text("mail") &&
           message.subject.find(text("subject")) != std::string::npos &&
           message.body.find(text("text")) != std::string::npos;
  }

  // Each member that is named, as it was sent.
  static bool has_data(const engine::OutboxMessage& message, const json::Value& wanted) {
    const json::Value* data = wanted.find("data");
    if (data == nullptr) return true;
    const auto body = json::parse(message.body);
    const json::Value* sent = body ? body->find("data") : nullptr;
    return sent != nullptr &&
           std::all_of(data->members.begin(), data->members.end(), [&](const auto& member) {
             const json::Value* value = sent->find(member.first);
             return value != nullptr && shown(*value) == shown(member.second);
           });
  }

  // What went into the outbox, whether it arrived or not.
  Findings check_sent() {
    Findings findings;
    const std::vector<engine::OutboxMessage> sent = world_.look()->messages({.limit = 1'000});
    std::vector<std::string> told;
    for (const engine::OutboxMessage& message : sent) told.push_back(told_of(message));
    if (wanted_.elements.empty() && !sent.empty()) {
      return {{"expected nothing to be sent, but something was", lines(told)}};
    }
    for (const json::Value& wanted : wanted_.elements) {
      const bool is_there = std::any_of(
          sent.begin(), sent.end(), [&](const auto& message) { return is_meant(message, wanted); });
      if (is_there) continue;
      findings.push_back({"expected " + shown(wanted) + " to be sent, but it was not",
                          told.empty() ? "nothing was sent" : lines(told)});
    }
    return findings;
  }

  // Records that nobody has named, since rules made them: one that has the values.
  Findings check_records() {
    Findings findings;
    for (const json::Value::Member& member : wanted_.members) {
      const model::Entity* entity = world_.model().find_entity(member.first);
      if (entity == nullptr) {
        findings.push_back({"there is no entity " + quoted(member.first), {}});
        continue;
      }
      const std::vector<engine::Record> records =
          world_.look()->list({.entity = entity,
                               .sort = {model::ColumnRef::of(model::SystemColumn::Id)},
                               .limit = 1'000});
      const bool is_list = member.second.kind == json::Value::Kind::Array;
      if (is_list && member.second.elements.empty() && !records.empty()) {
        findings.push_back(
            {"expected no " + entity->name + ", but there are " + std::to_string(records.size()),
             {}});
      }
      const std::span<const json::Value> wanted =
          is_list ? std::span(member.second.elements) : std::span(&member.second, 1);
      for (const json::Value& one : wanted) check_there_is(one, *entity, records, findings);
    }
    return findings;
  }

  void check_there_is(const json::Value& wanted, const model::Entity& entity,
                      const std::vector<engine::Record>& records, Findings& findings) {
    const bool is_there = std::any_of(records.begin(), records.end(), [&](const auto& record) {
      return std::all_of(wanted.members.begin(), wanted.members.end(), [&](const auto& member) {
        return has_value(record, entity, member.first, member.second);
      });
    });
    if (is_there) return;
    std::vector<std::string> others;
    others.reserve(records.size());
    for (const engine::Record& record : records) {
      others.push_back(values_of(record, entity, wanted));
    }
    findings.push_back(
        {"expected a record of " + entity.name + " with " + shown(wanted) + ", but there is none",
         lines(others)});
  }

  bool has_value(const engine::Record& record, const model::Entity& entity, const std::string& name,
                 const json::Value& wanted) {
    const auto index = model::field_index(entity, name);
    if (!index) return false;
    const fields::Field& field = entity.fields[*index];
    const auto input = to_input({wanted, placed_.where}, field, world_);
    if (!input) return false;
    const feel::Value& actual = record.values[*index];
    return field.type->column == fields::Column::Rows ? has_rows(*input, actual, field)
                                                      : is_value(*input, actual, field);
  }

  // Of a record what is asked of another one.
  std::string values_of(const engine::Record& record, const model::Entity& entity,
                        const json::Value& asked) {
    json::Value values;
    values.kind = json::Value::Kind::Object;
    for (const json::Value::Member& member : asked.members) {
      const auto index = model::field_index(entity, member.first);
      if (!index) continue;
      values.members.emplace_back(member.first,
                                  to_named(record.values[*index], entity.fields[*index], world_));
    }
    return shown(values);
  }

  const std::string& what_;
  const json::Value& wanted_;
  const model::PlacedValue& placed_;
  const engine::Actor& actor_;
  World& world_;
  std::string member_;
  const Named* named_ = nullptr;
  Named led_to_;  // by a path
};

std::string sentence(const lifecycle::Unmet& unmet, const model::Model& model, std::size_t locale) {
  const Language language = language_of(model.app.locales[locale]);
  std::string text = render(unmet.message, language, locale);
  if (!unmet.saw.empty()) text += " (" + unmet.saw + ")";
  return text;
}

}  // namespace

std::vector<Disappointment> check_expectation(const std::string& what,
                                              const model::PlacedValue& wanted,
                                              const engine::Actor& actor, World& world) {
  return Checker(what, wanted, actor, world).run();
}

std::vector<std::string> reasons_of(const engine::Standing& standing, const model::Model& model,
                                    std::size_t locale) {
  std::vector<std::string> reasons;
  const auto add = [&](std::string reason) {
    if (!reason.empty() && !contains(reasons, reason)) reasons.push_back(std::move(reason));
  };
  for (const lifecycle::Unmet& unmet : standing.to_go_on) add(sentence(unmet, model, locale));
  for (const lifecycle::MoveCheck& move : standing.moves) {
    for (const lifecycle::Unmet& unmet : move.unmet) add(sentence(unmet, model, locale));
    if (move.other) {
      add(render(*move.other, language_of(model.app.locales[locale]), locale));
    }
  }
  if (!standing.processes.empty()) {
    for (const engine::ProcessStep& step : standing.processes.front().process.steps) {
      add(step.reason);
    }
  }
  return reasons;
}

std::vector<std::string> abilities_of(const engine::Standing& standing) {
  const bool is_deleted = standing.record.deleted_at.has_value();
  const bool has_items = standing.stage != nullptr && !standing.stage->checklist.empty();
  std::vector<std::string> can{"view"};
  if (standing.may_edit && !is_deleted) can.emplace_back("edit");
  if (standing.may_edit && !is_deleted && has_items) can.emplace_back("check");
  if (standing.may_delete) can.emplace_back(is_deleted ? "restore" : "delete");
  if (standing.may_assign) can.emplace_back("assign");
  if (standing.may_claim) can.emplace_back("claim");
  for (const lifecycle::MoveCheck& move : standing.moves) {
    if (!move.is_possible()) continue;
    if (!contains(can, "move")) can.emplace_back("move");
    can.push_back("move " + move.to->name);
  }
  for (const engine::ProcessStanding& process : standing.processes) {
    for (const engine::TaskStanding& task : process.tasks) {
      for (const engine::TaskAction action : task.may) {
        std::string name(action == engine::TaskAction::MarkRead ? "read"
                                                                : engine::task_action_name(action));
        if (!contains(can, name)) can.push_back(std::move(name));
      }
    }
  }
  return can;
}

}  // namespace formwork::scenario
