#include "dsl/compile/automation_triggers.h"

#include <algorithm>
#include <array>
#include <span>

#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/field_type.h"

namespace formwork::compile {
namespace {

using model::ApprovalEvent;
using model::OverdueEvent;
using model::Trigger;
using Kind = Trigger::Kind;

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

// Triggers that are a word.
constexpr Word<Kind> kWords[] = {{"created", Kind::Created},  {"updated", Kind::Updated},
                                 {"deleted", Kind::Deleted},  {"restored", Kind::Restored},
                                 {"moved", Kind::Moved},      {"assigned", Kind::Assigned},
                                 {"released", Kind::Released}};
constexpr Word<ApprovalEvent> kApprovals[] = {{"submitted", ApprovalEvent::Submitted},
                                              {"approved", ApprovalEvent::Approved},
                                              {"rejected", ApprovalEvent::Rejected},
                                              {"returned", ApprovalEvent::Returned},
                                              {"withdrawn", ApprovalEvent::Withdrawn}};
constexpr Word<OverdueEvent> kOverdue[] = {{"stage", OverdueEvent::Stage},
                                           {"task", OverdueEvent::Task},
                                           {"response", OverdueEvent::Response},
                                           {"todo", OverdueEvent::ToDo}};

template <class Value>
const Word<Value>* find_word(std::span<const Word<Value>> words, std::string_view word) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word<Value>& each) { return each.word == word; });
  return found == words.end() ? nullptr : &*found;
}

std::span<const yaml::Node> all_of(const yaml::Node& on) {
  return on.is_sequence() ? std::span<const yaml::Node>(on.items) : std::span(&on, 1);
}

// The entry that says which trigger it is; null: none does.
const yaml::Entry* find_trigger(const yaml::Node& node) {
  for (const yaml::Entry& entry : node.entries) {
    const auto end = std::end(keys::kTriggers);
    if (std::find(std::begin(keys::kTriggers), end, entry.key) != end) return &entry;
  }
  return nullptr;
}

bool has_dwell(const model::Entity& entity) {
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      if (stage.dwell) return true;
    }
  }
  return false;
}

class TriggerReader {
 public:
  TriggerReader(const model::Entity* entity, Context& context)
      : entity_(entity), context_(context) {}

  std::optional<Trigger> read(const yaml::Node& node) {
    trigger_.where = node.span;
    const bool is_good = node.is_mapping() ? read_mapping(node) : read_single(node);
    return is_good ? std::optional(std::move(trigger_)) : std::nullopt;
  }

 private:
  bool error(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kAutomationTrigger, where, std::move(message),
                               std::move(remedy));
    return false;
  }

  bool report_unknown(const Span& where, const std::string& word) {
    std::vector<std::string_view> names;
    for (const Word<Kind>& each : kWords) names.push_back(each.word);
    for (const std::string_view key : keys::kTriggers) {
      if (key != "updated") names.push_back(key);
    }
    std::string remedy = suggest(word, names);
    if (remedy.empty()) {
      for (const std::string_view name : names) {
        remedy += (remedy.empty() ? "possible: " : ", ") + std::string(name);
      }
    }
    return error(where, "`" + word + "` is nothing that sets off an automation", remedy);
  }

  bool read_single(const yaml::Node& node) {
    const auto text = read_text(node, "a trigger, such as `created`", context_);
    if (!text) return false;
    const Word<Kind>* word = find_word<Kind>(kWords, *text);
    if (word != nullptr) {
      trigger_.kind = word->value;
      return can_happen(node.span);
    }
    const auto end = std::end(keys::kTriggers);
    if (std::find(std::begin(keys::kTriggers), end, *text) == end) {
      return report_unknown(node.span, *text);
    }
    return error(node.span, "`" + *text + "` alone does not say what is waited for",
                 "write `{ " + *text + ": … }`");
  }

  // What never happens to records of the entity.
  bool can_happen(const Span& where) {
    const std::string& of = entity_->name;
    const bool needs_stages = trigger_.kind == Kind::Moved || trigger_.kind == Kind::Entered ||
                              trigger_.kind == Kind::Left;
    if (needs_stages && !entity_->stage_fields) {
      return error(where, "records of " + of + " have no stages",
                   "add a `lifecycle` to the entity");
    }
    if (trigger_.kind == Kind::Assigned && !entity_->owner) {
      return error(where, "nobody owns records of " + of,
                   "add a field of type user called `owner`");
    }
    if (trigger_.kind == Kind::Released && entity_->pools.empty()) {
      return error(where, "records of " + of + " have no pool",
                   "write `pools: { public: … }` in an assignment of " + of);
    }
    return true;
  }

  bool read_mapping(const yaml::Node& node) {
    const yaml::Entry* entry = find_trigger(node);
    if (entry == nullptr) {
      if (node.entries.empty()) {
        report_wrong_type(node, "a trigger, such as `created`", context_);
        return false;
      }
      const yaml::Entry& first = node.entries.front();
      if (find_word<Kind>(kWords, first.key) == nullptr) {
        return report_unknown(first.key_span, first.key);
      }
      return error(first.key_span, "`" + first.key + "` stands alone",
                   "write `" + first.key + "`, and conditions under `when`");
    }
    trigger_.where = entry->key_span;
    check_keys_beside(node, *entry);
    return read_entry(node, *entry);
  }

  void check_keys_beside(const yaml::Node& node, const yaml::Entry& entry) {
    std::span<const std::string_view> known;
    const std::array only{std::string_view(entry.key)};
    known = only;
    if (entry.key == "approval") known = keys::kApprovalTrigger;
    if (entry.key == "date") known = keys::kDateTrigger;
    check_keys(node, known, "the trigger `" + entry.key + "`", context_);
  }

  bool read_entry(const yaml::Node& node, const yaml::Entry& entry) {
    if (entry.key == "cron") return read_cron(entry.value);
    if (entry.key == "updated") return read_updated(entry.value);
    if (entry.key == "stage") return read_stage(entry, Kind::Entered);
    if (entry.key == "left") return read_stage(entry, Kind::Left);
    if (entry.key == "approval") return read_approval(node, entry);
    if (entry.key == "overdue") return read_overdue(entry.value);
    if (entry.key == "form") return read_form(entry.value);
    if (entry.key == "webhook") return read_webhook(entry.value);
    return read_date(node, entry);
  }

  bool read_updated(const yaml::Node& node) {
    trigger_.kind = Kind::Updated;
    const auto names = read_text_list(node, "a field or a list of fields", context_);
    for (const PlacedText& name : names) {
      const auto field = find_field(name, *entity_, context_);
      if (field) trigger_.fields.push_back(*field);
    }
    if (node.is_sequence() && node.items.empty()) {
      report_wrong_type(node, "a field or a list of fields", context_);
    }
    return !names.empty() && trigger_.fields.size() == names.size();
  }

  bool read_stage(const yaml::Entry& entry, Kind kind) {
    trigger_.kind = kind;
    const auto name = read_text(entry.value, "the name of a stage", context_);
    if (!name || !can_happen(entry.key_span)) return false;
    std::vector<std::string_view> stages;
    for (const fields::Option& option : entity_->fields[entity_->stage_fields->stage].options) {
      stages.push_back(option.code);
    }
    trigger_.stage = *name;
    if (std::find(stages.begin(), stages.end(), *name) != stages.end()) return true;
    report_missing(codes::kNameUnknown, entry.value.span,
                   "`" + *name + "` is not a stage of " + entity_->name, suggest(*name, stages),
                   context_);
    return false;
  }

  template <class Value>
  bool read_word(const yaml::Node& node, std::span<const Word<Value>> words, std::string_view of,
                 Value& into) {
    const auto text = read_text(node, "a word", context_);
    if (!text) return false;
    if (const Word<Value>* word = find_word(words, *text)) {
      into = word->value;
      return true;
    }
    std::vector<std::string_view> names;
    for (const Word<Value>& each : words) names.push_back(each.word);
    return error(node.span, "`" + *text + "` is nothing that happens to " + std::string(of),
                 suggest(*text, names));
  }

  bool is_chain_of_entity(std::size_t chain) const {
    return context_.approval_entities[chain] == entity_->index;
  }

  bool has_chain() const {
    const auto& entities = context_.approval_entities;
    return std::find(entities.begin(), entities.end(), entity_->index) != entities.end();
  }

  bool read_approval(const yaml::Node& node, const yaml::Entry& entry) {
    trigger_.kind = Kind::Approval;
    if (!read_word<ApprovalEvent>(entry.value, kApprovals, "an approval", trigger_.approval)) {
      return false;
    }
    const yaml::Node* name = value_of(node, "chain");
    if (name == nullptr) {
      if (has_chain()) return true;
      return error(entry.key_span, "no approval is of " + entity_->name,
                   "write one: `approval: NAME`, `of: " + entity_->name + "`");
    }
    trigger_.chain = read_declared(context_.model.approvals, "approval", *name, context_);
    if (!trigger_.chain) return false;
    const auto of = context_.approval_entities[*trigger_.chain];
    if (!of || is_chain_of_entity(*trigger_.chain)) return true;
    return report_other(*name, *of);
  }

  // What is about records of another entity than the automation.
  bool report_other(const yaml::Node& name, std::size_t of) {
    return error(name.span,
                 "`" + name.text + "` is about records of " + context_.model.entities[of].name +
                     ", and this automation is of " + entity_->name,
                 "write an automation of its own for it");
  }

  bool read_overdue(const yaml::Node& node) {
    trigger_.kind = Kind::Overdue;
    if (!read_word<OverdueEvent>(node, kOverdue, "become overdue", trigger_.overdue)) return false;
    const std::string& of = entity_->name;
    switch (trigger_.overdue) {
      case OverdueEvent::Stage:
        if (has_dwell(*entity_)) return true;
        return error(node.span, "no stage of " + of + " says how long records may stay",
                     "write `dwell: { limit: P14D }` in a stage");
      case OverdueEvent::Task:
        if (has_chain()) return true;
        return error(node.span, "no approval is of " + of + ", so nobody has a task",
                     "write one: `approval: NAME`, `of: " + of + "`");
      case OverdueEvent::Response:
        if (context_.model.response_of(*entity_) != nullptr) return true;
        return error(node.span, "no assignment of " + of + " says how soon owners answer",
                     "write `response: { … }` in an assignment");
      case OverdueEvent::ToDo:
        return true;
    }
    return true;
  }

  bool read_form(const yaml::Node& node) {
    trigger_.kind = Kind::Form;
    trigger_.source = read_declared(context_.model.forms, "form", node, context_);
    if (!trigger_.source) return false;
    const std::size_t of = context_.model.forms[*trigger_.source].intake.entity;
    return of == entity_->index || report_other(node, of);
  }

  bool read_webhook(const yaml::Node& node) {
    trigger_.kind = Kind::Webhook;
    trigger_.source = read_declared(context_.model.webhooks, "webhook", node, context_);
    if (!trigger_.source) return false;
    const model::Webhook& webhook = context_.model.webhooks[*trigger_.source];
    if (webhook.inbound() == nullptr) {
      error(node.span, "`" + webhook.name + "` sends, and nothing comes in by it",
            "name a webhook that has `receive`");
      return false;
    }
    const std::size_t of = webhook.inbound()->intake.entity;
    return of == entity_->index || report_other(node, of);
  }

  bool read_cron(const yaml::Node& node) {
    trigger_.kind = Kind::Cron;
    const auto text = read_text(node, "a schedule such as \"0 9 * * MON-FRI\"", context_);
    if (!text) return false;
    std::string problem;
    trigger_.cron = calendar::Cron::parse(*text, &problem);
    if (trigger_.cron) return true;
    context_.diagnostics.error(codes::kAutomationCron, node.span, problem,
                               "write minute, hour, day, month and day of the week: \"0 9 * * "
                               "MON-FRI\" is nine o'clock from Monday to Friday");
    return false;
  }

  bool read_date(const yaml::Node& node, const yaml::Entry& entry) {
    trigger_.kind = Kind::Date;
    const auto name = read_text(entry.value, "the name of a field", context_);
    const auto field =
        name ? find_field({*name, entry.value.span}, *entity_, context_) : std::nullopt;
    if (!field) return false;
    trigger_.field = *field;
    const fields::Column column = entity_->fields[*field].type->column;
    if (column != fields::Column::Days && column != fields::Column::Instant) {
      return error(entry.value.span,
                   "`" + *name + "` is of type " + std::string(entity_->fields[*field].type->name) +
                       ", and no date",
                   "name a field of type date or date_time");
    }
    return read_offset(node) && read_at(node, column);
  }

  bool read_offset(const yaml::Node& node) {
    const yaml::Entry* before = node.find("before");
    const yaml::Entry* after = node.find("after");
    if (before != nullptr && after != nullptr) {
      return error(after->key_span, "a time is before the date or after it, not both",
                   "write two triggers");
    }
    const yaml::Entry* offset = before != nullptr ? before : after;
    if (offset == nullptr) return true;
    trigger_.before = before != nullptr;
    trigger_.offset = read_period(offset->value, context_);
    return trigger_.offset.has_value();
  }

  bool read_at(const yaml::Node& node, fields::Column column) {
    const yaml::Entry* at = node.find("at");
    if (at == nullptr) return true;
    if (column == fields::Column::Instant) {
      return error(at->key_span, "this field has a time of its own",
                   "remove `at`, or name a field of type date");
    }
    const auto text = read_text(at->value, "a time of the day such as \"09:00\"", context_);
    if (!text) return false;
    trigger_.at = parse_time(*text);
    return trigger_.at ||
           error(at->value.span, "`" + *text + "` is no time of the day", "write \"09:00\"");
  }

  const model::Entity* entity_;  // null: only schedules are read
  Context& context_;
  Trigger trigger_;
};

}  // namespace

std::optional<std::size_t> entity_of_triggers(const yaml::Node& on, const Context& context) {
  for (const yaml::Node& node : all_of(on)) {
    if (const yaml::Node* form = value_of(node, "form")) {
      const model::PublicForm* found = context.model.find_form(form->text);
      if (found != nullptr) return found->intake.entity;
    }
    if (const yaml::Node* webhook = value_of(node, "webhook")) {
      const model::Webhook* found = context.model.find_webhook(webhook->text);
      if (found != nullptr && found->inbound() != nullptr) return found->inbound()->intake.entity;
    }
    if (const yaml::Node* chain = value_of(node, "chain")) {
      const model::ApprovalChain* found = context.model.find_approval(chain->text);
      if (found != nullptr) return context.approval_entities[found->index];
    }
  }
  return std::nullopt;
}

bool are_schedules(const yaml::Node& on) {
  const auto all = all_of(on);
  return std::all_of(all.begin(), all.end(),
                     [](const yaml::Node& node) { return node.find("cron") != nullptr; });
}

std::vector<Trigger> read_triggers(const yaml::Node& on, const model::Entity* entity,
                                   Context& context) {
  std::vector<Trigger> triggers;
  for (const yaml::Node& node : all_of(on)) {
    auto trigger = TriggerReader(entity, context).read(node);
    if (trigger) triggers.push_back(std::move(*trigger));
  }
  return triggers;
}

}  // namespace formwork::compile
