// An automation: what sets it off, when it runs then, and what it does.
#include <algorithm>

#include "dsl/compile/action.h"
#include "dsl/compile/automation_triggers.h"
#include "dsl/compile/keys.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using model::Automation;
using model::Trigger;

constexpr std::int64_t kMaxOrder = 1'000'000;

class AutomationCompiler {
 public:
  AutomationCompiler(const Document& document, Automation& automation, Context& context)
      : node_(*document.node), automation_(automation), context_(context) {}

  void run() {
    read_words();
    read_settings();
    const yaml::Node* on = find_on();
    if (on == nullptr || !find_entity(*on)) return;
    automation_.on = read_triggers(*on, entity_, context_);
    AutomationPlace place(automation_.name, entity_, context_);
    if (has_only(Trigger::Kind::Deleted)) place.set_deleted();
    read_times(place);
    check_times();
    if (const yaml::Node* when = value_of(node_, "when")) {
      automation_.when = place.read_condition(*when);
    }
    read_each();
    if (const yaml::Node* actions = value_of(node_, "do")) {
      automation_.actions = read_actions(*actions, place);
    } else {
      report_missing(codes::kDocumentMissingKey, automation_.where,
                     "`" + automation_.name + "` does nothing", "write `do: …`", context_);
    }
    automation_.scope = place.take_scope();
  }

 private:
  void read_words() {
    automation_.label = default_label(automation_.name, context_);
    read_text_of("label", automation_.label);
    read_text_of("why", automation_.why);
  }

  void read_text_of(std::string_view key, Localized& into) {
    const yaml::Node* words = value_of(node_, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  void read_settings() {
    if (const yaml::Node* order = value_of(node_, "order")) {
      automation_.order =
          read_integer(*order, "a place in the order", 0, kMaxOrder, context_).value_or(100);
    }
    if (const yaml::Node* once = value_of(node_, "once")) {
      automation_.once = read_boolean(*once, context_).value_or(false);
    }
    if (const yaml::Node* enabled = value_of(node_, "enabled")) {
      automation_.enabled = read_boolean(*enabled, context_).value_or(true);
    }
  }

  const yaml::Node* find_on() {
    const yaml::Node* on = value_of(node_, "on");
    if (on == nullptr) {
      report_missing(codes::kDocumentMissingKey, automation_.where,
                     "nothing sets `" + automation_.name + "` off", "write `on: created`",
                     context_);
      return nullptr;
    }
    const bool is_empty = on->is_null() || (on->is_sequence() && on->items.empty());
    if (!is_empty) return on;
    context_.diagnostics.error(codes::kAutomationTrigger, on->span,
                               "nothing sets `" + automation_.name + "` off",
                               "write `on: created`");
    return nullptr;
  }

  // Which records it is about. False: that is not clear, which was reported.
  bool find_entity(const yaml::Node& on) {
    const yaml::Node* of = value_of(node_, "of");
    if (of != nullptr) {
      automation_.entity = read_declared(context_.model.entities, "entity", *of, context_);
    } else {
      automation_.entity = entity_of_triggers(on, context_);
    }
    if (automation_.entity) {
      entity_ = &context_.model.entities[*automation_.entity];
      return !hides_old();
    }
    if (of != nullptr) return false;
    if (are_schedules(on)) return true;
    report_missing(codes::kDocumentMissingKey, automation_.where,
                   "`" + automation_.name + "` does not say which records it is about",
                   "write `of: …`", context_);
    return false;
  }

  bool hides_old() {
    const fields::Field* field = model::find_field(*entity_, "old");
    if (field == nullptr) return false;
    context_.diagnostics
        .error(codes::kAutomationName, automation_.where,
               "`old` is what a record of " + entity_->name + " was before, and a field too",
               "give the field another name")
        .related.push_back({field->where, "the field is here"});
    return true;
  }

  bool has(Trigger::Kind kind) const {
    return std::any_of(automation_.on.begin(), automation_.on.end(),
                       [kind](const Trigger& trigger) { return trigger.kind == kind; });
  }

  bool has_only(Trigger::Kind kind) const {
    return !automation_.on.empty() &&
           std::all_of(automation_.on.begin(), automation_.on.end(),
                       [kind](const Trigger& trigger) { return trigger.kind == kind; });
  }

  void read_times(AutomationPlace& place) {
    automation_.after = read_business_period(node_, "after", context_);
    if (const yaml::Node* debounce = value_of(node_, "debounce")) {
      automation_.debounce = read_period(*debounce, context_);
    }
    if (const yaml::Node* window = value_of(node_, "window")) read_window(*window);
    if (automation_.window && automation_.window->waits) {
      place.forget_old("outside of its window it waits");
    }
    if (has(Trigger::Kind::Date)) place.forget_old("a date has come, and nothing has changed");
    if (has(Trigger::Kind::Cron)) place.forget_old("a time has come, and nothing has changed");
    if (automation_.debounce) place.forget_old("it waits until changes cease");
    if (automation_.after) place.forget_old("it runs later");
  }

  void error(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kAutomationTime, where, std::move(message),
                               std::move(remedy));
  }

  void check_times() {
    const yaml::Entry* debounce = node_.find("debounce");
    const yaml::Entry* after = node_.find("after");
    if (after != nullptr && debounce != nullptr) {
      error(debounce->key_span, "it waits for a certain time, or until changes cease, not both",
            "keep `after` or `debounce`");
    }
    const yaml::Entry* each = node_.find("each");
    if (each != nullptr && !has(Trigger::Kind::Cron)) {
      error(each->key_span, "`each` says over which records a schedule goes, and there is none",
            "write the condition as `when`");
    }
    if (each != nullptr && has(Trigger::Kind::Cron) && entity_ == nullptr) {
      error(each->key_span, "nothing says which records these are", "write `of: …`");
    }
    const yaml::Entry* once = node_.find("once");
    if (once != nullptr && automation_.once && entity_ == nullptr) {
      error(once->key_span, "`once` is counted for each record, and this is about none",
            "write `of: …`, or leave it out");
    }
  }

  void read_each() {
    const yaml::Node* each = value_of(node_, "each");
    if (each == nullptr || entity_ == nullptr) return;
    if (!may_be_condition(*each)) {
      report_wrong_type(*each, "a condition in FEEL", context_);
      return;
    }
    automation_.each = read_expression(*each, context_.model.scopes->of(*entity_),
                                       feel::TypeKind::Boolean, context_);
  }

  void read_window(const yaml::Node& node) {
    model::Window window;
    window.where = node.span;
    if (node.is_scalar() && node.text == "business") {
      window.hours = business_hours();
    } else if (node.is_mapping()) {
      check_keys(node, keys::kWindow, "a window", context_);
      window.hours = read_hours(node);
      window.waits = read_outside(node);
    } else {
      report_wrong_type(node, "`business`, or a mapping with `days` and `hours`", context_);
    }
    if (window.hours != nullptr) automation_.window = std::move(window);
  }

  std::shared_ptr<const calendar::Calendar> business_hours() const {
    return std::make_shared<const calendar::Calendar>(context_.model.calendar());
  }

  // Null when there are none, which is then reported.
  std::shared_ptr<const calendar::Calendar> read_hours(const yaml::Node& node) {
    const yaml::Node* hours = value_of(node, "hours");
    const yaml::Node* business = value_of(node, "business");
    const bool is_business = business != nullptr && read_boolean(*business, context_) == true;
    if (hours != nullptr && is_business) {
      error(business->span, "a window has hours of its own, or those of the app's calendar",
            "keep one of them");
    }
    if (hours != nullptr) {
      return std::make_shared<const calendar::Calendar>(
          compile_hours(value_of(node, "days"), *hours, context_));
    }
    if (is_business) return business_hours();
    error(node.span, "this window says no hours", "write `hours: \"09:00-18:00\"`");
    return nullptr;
  }

  bool read_outside(const yaml::Node& node) {
    const yaml::Node* outside = value_of(node, "outside");
    if (outside == nullptr) return true;
    const auto text = read_text(*outside, "`wait` or `skip`", context_);
    if (!text || *text == "wait" || *text == "skip") return text != "skip";
    constexpr std::string_view kWords[] = {"wait", "skip"};
    error(outside->span, "`" + *text + "` is nothing that is done outside of a window",
          suggest(*text, kWords));
    return true;
  }

  const yaml::Node& node_;
  Automation& automation_;
  Context& context_;
  const model::Entity* entity_ = nullptr;  // null: about no record
};

}  // namespace

void compile_automation(const Document& document, Automation& automation, Context& context) {
  check_keys(*document.node, keys::kAutomation, "an automation", context);
  AutomationCompiler(document, automation, context).run();
}

}  // namespace formwork::compile
