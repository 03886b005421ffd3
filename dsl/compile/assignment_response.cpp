// The response clock of an assignment: `steps: { PT15M: remind, PT1H: escalate to manager of owner
// }`.
#include <algorithm>

#include "dsl/compile/assignment.h"
#include "dsl/compile/formulas.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/people_terms.h"
#include "dsl/compile/period_order.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::TypeKind;
using model::Response;
using model::ResponseStep;
using Action = ResponseStep::Action;

struct Word {
  std::string_view word;
  Action action;
};

constexpr Word kActions[] = {{"remind", Action::Remind},
                             {"reassign", Action::Reassign},
                             {"escalate", Action::Escalate},
                             {"release", Action::Release}};

class ResponseReader {
 public:
  ResponseReader(const model::Assignment& assignment, Context& context)
      : assignment_(assignment),
        entity_(context.model.entities[assignment.entity]),
        scope_(context.model.scopes->of(entity_)),
        context_(context) {}

  std::optional<Response> read(const yaml::Node& node) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a response clock: a mapping with `done`, `within` and `steps`",
                        context_);
      return std::nullopt;
    }
    check_keys(node, keys::kResponse, "a response clock", context_);
    response_.where = node.span;
    if (const yaml::Node* business = value_of(node, "business")) {
      is_business_ = read_boolean(*business, context_).value_or(false);
    }
    const bool has_done = read_done(node);
    const bool has_within = read_within(node);
    if (const yaml::Node* pause = value_of(node, "pause")) {
      response_.pause = read_expression(*pause, scope_, TypeKind::Boolean, context_);
    }
    if (const yaml::Node* steps = value_of(node, "steps")) read_steps(*steps);
    return has_done && has_within ? std::optional(std::move(response_)) : std::nullopt;
  }

 private:
  bool read_done(const yaml::Node& node) {
    const yaml::Node* done = value_of(node, "done");
    if (done == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span,
                     "nothing says when the owner has answered",
                     "write `done: …`, such as `done: first_touch_at != null`", context_);
      return false;
    }
    auto expression = read_expression(*done, scope_, TypeKind::Boolean, context_);
    if (!expression) return false;
    response_.done = std::move(*expression);
    return true;
  }

  bool read_within(const yaml::Node& node) {
    const yaml::Node* within = value_of(node, "within");
    if (within == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span,
                     "nothing says how soon the owner has to answer", "write `within: PT30M`",
                     context_);
      return false;
    }
    const auto period = read_period(*within, context_);
    if (!period) return false;
    response_.within = *period;
    response_.within.business = is_business_;
    return true;
  }

  void read_steps(const yaml::Node& steps) {
    if (!steps.is_mapping()) {
      report_wrong_type(steps, "a mapping of periods to actions: { PT15M: remind }", context_);
      return;
    }
    for (const yaml::Entry& entry : steps.entries) read_step(entry);
    std::vector<PlacedPeriod> periods;
    for (const ResponseStep& step : response_.steps) periods.push_back({step.after, step.where});
    check_period_order(periods, codes::kAssignmentStep, "step", context_);
    check_release();
  }

  // Who has let go of it has nothing to answer any more.
  void check_release() {
    for (std::size_t i = 0; i + 1 < response_.steps.size(); ++i) {
      if (response_.steps[i].action != Action::Release) continue;
      context_.diagnostics
          .error(codes::kAssignmentStep, response_.steps[i + 1].where,
                 "nobody owns the record any more when this step comes",
                 "move `release` to the end, or remove what is behind it")
          .related.push_back({response_.steps[i].where, "it is released here"});
      return;
    }
  }

  void read_step(const yaml::Entry& entry) {
    yaml::Node key;
    key.kind = yaml::Node::Kind::Scalar;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto after = read_period(key, context_);
    ResponseStep step;
    step.where = entry.key_span;
    const bool is_good =
        entry.value.is_mapping() ? read_mapping(entry.value, step) : read_sentence(entry, step);
    if (!after || !is_good) return;
    step.after = *after;
    step.after.business = is_business_;
    response_.steps.push_back(std::move(step));
  }

  bool report(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kAssignmentStep, where, std::move(message),
                               std::move(remedy));
    return false;
  }

  bool read_action(const Phrase& word, ResponseStep& step) {
    std::vector<std::string_view> names;
    for (const Word& each : kActions) {
      names.push_back(each.word);
      if (each.word != word.text) continue;
      step.action = each.action;
      return true;
    }
    return report(word.where(),
                  "`" + std::string(word.text) + "` is nothing that a step of the clock does",
                  suggest(word.text, names));
  }

  PeoplePlace place() const {
    return {
        .entity = entity_, .asker = assignment_.name, .scope = &scope_, .code = codes::kPeopleTerm};
  }

  // `remind`, `remind manager of owner`, `escalate to manager of owner`, `release to public`.
  bool read_sentence(const yaml::Entry& entry, ResponseStep& step) {
    if (!read_text(entry.value, "an action, such as `remind`", context_)) return false;
    const Phrase all = phrase_of(entry.value).part(0);
    const std::size_t blank = std::min(all.text.find(' '), all.text.size());
    if (!read_action(all.part(0, blank), step)) return false;
    Phrase rest = all.part(blank);
    const bool is_to = rest.text.starts_with("to ");
    if (is_to) rest = rest.part(3);
    if (step.action == Action::Release) return read_release(entry.value, is_to, rest, step);
    if (step.action == Action::Escalate && !is_to) return report_nobody(entry.value.span);
    if (step.action == Action::Reassign && !is_to && !rest.text.empty()) {
      return report(rest.where(), "this does not say clearly to whom it is reassigned",
                    "write `reassign to " + std::string(rest.text) +
                        "`, or `reassign` alone for the rules of the assignment");
    }
    if (rest.text.empty()) return true;
    return read_to([&] { step.to = read_people(rest, place(), context_); });
  }

  template <class Read>
  bool read_to(Read read) {
    const std::size_t errors = context_.diagnostics.error_count();
    read();
    return context_.diagnostics.error_count() == errors;
  }

  bool report_nobody(const Span& where) {
    return report(where, "this does not say to whom to escalate",
                  "write `escalate to manager of owner`");
  }

  bool report_no_pool(const Span& where) {
    return report(where, "this does not say to which pool the record goes",
                  "write `release to …`, the name of a pool");
  }

  bool read_release(const yaml::Node& node, bool is_to, const Phrase& rest, ResponseStep& step) {
    if (!is_to) return report_no_pool(node.span);
    yaml::Node name;
    name.kind = yaml::Node::Kind::Scalar;
    name.text = rest.text;
    name.span = rest.where();
    return read_pool(name, step);
  }

  bool read_pool(const yaml::Node& name, ResponseStep& step) {
    const auto pool = find_pool(name, entity_, context_);
    step.pool = pool.value_or(0);
    return pool.has_value();
  }

  bool read_mapping(const yaml::Node& node, ResponseStep& step) {
    check_keys(node, keys::kResponseStep, "a step of a response clock", context_);
    const yaml::Node* action = value_of(node, "action");
    if (action == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "a step says what it does",
                     "write `action: remind`", context_);
      return false;
    }
    if (!read_text(*action, "an action, such as `remind`", context_)) return false;
    if (!read_action(phrase_of(*action), step)) return false;
    const bool releases = step.action == Action::Release;
    const yaml::Entry* needless = node.find(releases ? "to" : "pool");
    if (needless != nullptr) {
      return report(needless->key_span,
                    releases ? "a record is released to a pool, not to people"
                             : "only `release` names a pool",
                    releases ? "write `pool: …`" : "write `action: release`, or `to: …`");
    }
    const yaml::Node* to = value_of(node, releases ? "pool" : "to");
    if (releases) return to != nullptr ? read_pool(*to, step) : report_no_pool(action->span);
    if (to != nullptr) return read_to([&] { step.to = read_people(*to, place(), context_); });
    return step.action != Action::Escalate || report_nobody(action->span);
  }

  const model::Assignment& assignment_;
  const model::Entity& entity_;
  const feel::Scope& scope_;
  Context& context_;
  bool is_business_ = false;
  Response response_;
};

}  // namespace

std::optional<Response> read_response(const yaml::Node& node, const model::Assignment& assignment,
                                      Context& context) {
  return ResponseReader(assignment, context).read(node);
}

}  // namespace formwork::compile
