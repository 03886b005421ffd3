// What stages ask for and lead to: criteria, moves, limits of time, approvals.
#include <algorithm>

#include "dsl/compile/formulas.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/lifecycle.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::TypeKind;
using model::Lifecycle;
using model::Stage;
using model::Transition;

class LifecycleCompiler {
 public:
  LifecycleCompiler(const LifecycleText& text, model::Entity& entity, Lifecycle& lifecycle,
                    Context& context)
      : text_(text), entity_(entity), lifecycle_(lifecycle), context_(context) {}

  // `is_last` of those that are asked in turn.
  void run(bool is_named, bool is_last) {
    if (!text_.node->is_mapping()) return;
    if (is_named) read_when(is_last);
    const yaml::Node* stages = value_of(*text_.node, "stages");
    if (stages == nullptr || !stages->is_mapping()) return;
    each_stage(*stages, [&](const yaml::Node& node, Stage& stage) { read_nature(node, stage); });
    each_stage(*stages, [&](const yaml::Node& node, Stage& stage) { read_stage(node, stage); });
    for (const std::string_view key : {"skip", "backward"}) {
      const yaml::Node* moves = value_of(*text_.node, key);
      if (moves != nullptr) read_moves(*moves, key == "skip");
    }
    read_initial();
  }

 private:
  template <class Visit>
  void each_stage(const yaml::Node& stages, Visit visit) {
    for (const yaml::Entry& entry : stages.entries) {
      const auto index = model::stage_index(lifecycle_, entry.key);
      if (index && entry.value.is_mapping()) visit(entry.value, lifecycle_.stages[*index]);
    }
  }

  void error(std::string_view code, const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(code, where, std::move(message), std::move(remedy));
  }

  std::optional<feel::Expression> read_condition(const yaml::Node& node) {
    return read_expression(node, context_.model.scopes->of(entity_), TypeKind::Boolean, context_);
  }

  void read_when(bool is_last) {
    const yaml::Entry* when = text_.node->find("when");
    if (is_last && when != nullptr) {
      error(codes::kLifecycleWhen, when->key_span,
            "the last lifecycle is for all records that no other takes",
            "remove `when`, or add a lifecycle without one behind it");
    }
    if (!is_last && when == nullptr) {
      report_missing(codes::kLifecycleWhen, text_.where,
                     "`" + text_.name + "` does not say which records are in it",
                     "write `when: …`, or move it behind the others", context_);
    }
    if (when != nullptr) lifecycle_.when = read_condition(when->value);
  }

  std::optional<std::size_t> find_stage(const PlacedText& name) {
    const auto index = model::stage_index(lifecycle_, name.text);
    if (index) return index;
    std::vector<std::string_view> names;
    for (const Stage& stage : lifecycle_.stages) names.push_back(stage.name);
    const std::string whose =
        lifecycle_.name.empty() ? entity_.name : "the lifecycle " + lifecycle_.name;
    report_missing(codes::kNameUnknown, name.where,
                   "`" + name.text + "` is not a stage of " + whose, suggest(name.text, names),
                   context_);
    return std::nullopt;
  }

  std::optional<std::size_t> read_stage_name(const yaml::Node& node) {
    const auto name = read_text(node, "the name of a stage", context_);
    if (!name) return std::nullopt;
    return find_stage({*name, node.span});
  }

  void read_initial() {
    const yaml::Node* initial = value_of(*text_.node, "initial");
    if (initial != nullptr) {
      const auto index = read_stage_name(*initial);
      if (!index) return;
      lifecycle_.initial = *index;
    }
    if (lifecycle_.stages.empty()) return;
    const Stage& stage = lifecycle_.stages[lifecycle_.initial];
    if (!stage.final && !stage.approval) return;
    error(codes::kStageInitial, initial == nullptr ? stage.where : initial->span,
          "records cannot begin in `" + stage.name + "`, which is " +
              (stage.final ? "final" : "an approval stage"),
          "name another stage: `initial: …`");
  }

  // What others ask of a stage: whether it is final, and whether it is one of approval.
  void read_nature(const yaml::Node& node, Stage& stage) {
    if (const yaml::Node* final = value_of(node, "final")) read_final(*final, stage);
    const yaml::Entry* approval = node.find("approval");
    if (approval != nullptr) stage.approval = model::StageApproval{};
    if (!stage.final) return;
    for (const std::string_view key : {"approval", "dwell"}) {
      const yaml::Entry* entry = node.find(key);
      if (entry == nullptr) continue;
      error(codes::kStageFinal, entry->key_span,
            "`" + stage.name + "` is final, so nothing is waited for in it",
            "remove `" + std::string(key) + "` or `final`");
    }
  }

  void read_final(const yaml::Node& node, Stage& stage) {
    const auto name = read_text(node, "won, lost or neutral", context_);
    if (!name) return;
    for (const auto final : {model::Final::Won, model::Final::Lost, model::Final::Neutral}) {
      if (model::final_name(final) == *name) stage.final = final;
    }
    if (stage.final) return;
    constexpr std::string_view kNames[] = {"won", "lost", "neutral"};
    error(codes::kStageFinal, node.span, "`" + *name + "` is not how a record ends",
          suggest(*name, kNames));
    stage.final = model::Final::Neutral;
  }

  void read_stage(const yaml::Node& node, Stage& stage) {
    if (const yaml::Node* goal = value_of(node, "goal")) read_label(*goal, stage.goal);
    if (const yaml::Node* risks = value_of(node, "risks")) read_label(*risks, stage.risks);
    if (const yaml::Node* entry = value_of(node, "entry")) stage.entry = read_criteria(*entry);
    if (const yaml::Node* exit = value_of(node, "exit")) stage.exit = read_criteria(*exit);
    if (const yaml::Node* to = value_of(node, "to")) read_transitions(*to, stage);
    if (const yaml::Node* dwell = value_of(node, "dwell")) read_dwell(*dwell, stage);
    read_approval(node, stage);
  }

  void read_label(const yaml::Node& node, Localized& into) {
    if (auto text = read_localized(node, context_)) into = std::move(*text);
  }

  std::vector<model::Criterion> read_criteria(const yaml::Node& node) {
    std::vector<model::Criterion> criteria;
    if (!node.is_sequence()) {
      report_wrong_type(node, "a list of criteria", context_);
      return criteria;
    }
    for (const yaml::Node& item : node.items) {
      if (auto criterion = read_criterion(item)) criteria.push_back(std::move(*criterion));
    }
    return criteria;
  }

  std::optional<model::Criterion> read_criterion(const yaml::Node& node) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a criterion: a mapping with `require` and `say`", context_);
      return std::nullopt;
    }
    check_keys(node, keys::kCriterion, "a criterion", context_);
    const yaml::Node* require = value_of(node, "require");
    const yaml::Node* say = value_of(node, "say");
    if (require == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "a criterion says what must hold",
                     "write `require: …`", context_);
    }
    if (say == nullptr) {
      report_missing(codes::kDocumentMissingKey, require == nullptr ? node.span : require->span,
                     "people who do not meet this criterion are not told what to do",
                     "write `say: …`", context_);
    }
    model::Criterion criterion{.where = require == nullptr ? node.span : require->span};
    if (say != nullptr) read_label(*say, criterion.say);
    if (require == nullptr) return std::nullopt;
    auto expression = read_condition(*require);
    if (!expression) return std::nullopt;
    criterion.require = std::move(*expression);
    for (const std::size_t slot : criterion.require.reads()) {
      if (slot < entity_.fields.size()) criterion.fields.push_back(slot);
    }
    return criterion;
  }

  std::size_t index_of(const Stage& stage) const {
    return static_cast<std::size_t>(&stage - lifecycle_.stages.data());
  }

  void read_transitions(const yaml::Node& node, Stage& stage) {
    if (!node.is_sequence()) {
      read_transition(node, stage);
      return;
    }
    for (const yaml::Node& item : node.items) read_transition(item, stage);
  }

  void read_transition(const yaml::Node& node, Stage& stage) {
    Transition transition;
    transition.where = node.span;
    const yaml::Node* target = &node;
    if (node.is_mapping()) {
      check_keys(node, keys::kTransition, "a move", context_);
      read_conditions(node, transition);
      if (const yaml::Node* label = value_of(node, "label")) read_label(*label, transition.label);
      target = value_of(node, "stage");
      if (target == nullptr) {
        report_missing(codes::kDocumentMissingKey, node.span, "a move says where it leads",
                       "write `stage: …`", context_);
        return;
      }
    }
    const auto to = read_stage_name(*target);
    if (!to || !is_new_target(*to, target->span, stage)) return;
    transition.to = *to;
    stage.to.push_back(std::move(transition));
  }

  bool is_new_target(std::size_t to, const Span& where, const Stage& stage) {
    if (to == index_of(stage)) {
      error(codes::kStageMove, where, "`" + stage.name + "` leads to itself", "remove it");
      return false;
    }
    const auto known = std::find_if(stage.to.begin(), stage.to.end(),
                                    [to](const Transition& other) { return other.to == to; });
    if (known == stage.to.end()) return true;
    context_.diagnostics
        .error(codes::kDocumentDuplicate, where,
               "`" + stage.name + "` leads to `" + lifecycle_.stages[to].name + "` twice",
               "write one move for all its roles")
        .related.push_back({known->where, "it is here too"});
    return false;
  }

  // Who may move, when, and what is asked then.
  void read_conditions(const yaml::Node& node, Transition& transition) {
    if (const yaml::Node* roles = value_of(node, "roles")) {
      for (const PlacedText& name : read_text_list(*roles, "a list of roles", context_)) {
        if (const auto role = find_role(name, context_)) transition.roles.push_back(*role);
      }
    }
    if (const yaml::Node* when = value_of(node, "when")) transition.when = read_condition(*when);
    if (const yaml::Node* confirm = value_of(node, "confirm")) {
      read_label(*confirm, transition.confirm);
    }
    const yaml::Node* comment = value_of(node, "comment");
    if (comment == nullptr) return;
    transition.needs_comment = comment->is_scalar() && comment->text == "required";
    if (!transition.needs_comment) report_wrong_type(*comment, "`required`", context_);
  }

  // `skip` and `backward`: moves from every stage where work is done.
  void read_moves(const yaml::Node& node, bool forward) {
    Transition move;
    move.where = node.span;
    if (node.is_mapping()) {
      check_keys(node, keys::kMoves, forward ? "`skip`" : "`backward`", context_);
      read_conditions(node, move);
    } else if (!node.is_scalar() || node.quoted || (node.text != "true" && node.text != "false")) {
      report_wrong_type(node, "true, or a mapping with `roles`", context_);
      return;
    }
    if (node.is_scalar() && node.text == "false") return;
    for (Stage& stage : lifecycle_.stages) {
      if (stage.final || stage.approval) continue;
      forward ? add_skips(move, stage) : add_backward(move, stage);
    }
  }

  // Up to the next approval, because to skip that is not to ask for it.
  void add_skips(const Transition& move, Stage& stage) {
    for (std::size_t to = index_of(stage) + 1; to < lifecycle_.stages.size(); ++to) {
      if (!lifecycle_.stages[to].final) add_move(move, to, stage);
      if (lifecycle_.stages[to].approval) break;
    }
  }

  // The nearest first.
  void add_backward(const Transition& move, Stage& stage) {
    for (std::size_t to = index_of(stage); to-- > 0;) {
      const Stage& target = lifecycle_.stages[to];
      if (!target.final && !target.approval) add_move(move, to, stage);
    }
  }

  // What `to` says of a stage counts.
  static void add_move(const Transition& move, std::size_t to, Stage& stage) {
    const bool is_known = std::any_of(stage.to.begin(), stage.to.end(),
                                      [to](const Transition& other) { return other.to == to; });
    if (is_known) return;
    stage.to.push_back(move);
    stage.to.back().to = to;
  }

  void read_dwell(const yaml::Node& node, Stage& stage) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a mapping with `warn` and `limit`", context_);
      return;
    }
    check_keys(node, keys::kDwell, "a dwell", context_);
    const yaml::Node* warn = value_of(node, "warn");
    const yaml::Node* limit = value_of(node, "limit");
    const yaml::Node* then = value_of(node, "then");
    model::Dwell dwell;
    dwell.where = node.span;
    if (warn != nullptr) dwell.warn = read_period(*warn, context_);
    if (limit != nullptr) dwell.limit = read_period(*limit, context_);
    if (const yaml::Node* business = value_of(node, "business")) {
      const bool counts = read_boolean(*business, context_).value_or(false);
      if (dwell.warn) dwell.warn->business = counts;
      if (dwell.limit) dwell.limit->business = counts;
    }
    if (warn == nullptr && limit == nullptr) {
      report_missing(codes::kStageDwell, node.span,
                     "nothing says how long records may stay in `" + stage.name + "`",
                     "write `warn: P10D` or `limit: P14D`", context_);
    }
    if (dwell.warn && dwell.limit && !is_shorter(*dwell.warn, *dwell.limit)) {
      error(codes::kStageDwell, warn->span, "the warning comes when the limit is over",
            "warn earlier than after " + calendar::to_string(*dwell.limit));
    }
    if (then != nullptr) dwell.then = read_then(*then, limit != nullptr, stage);
    if (dwell.warn || dwell.limit) stage.dwell = std::move(dwell);
  }

  // A working day and 8 hours may be as long as 20 hours: what cannot be told is let through.
  static bool is_shorter(const calendar::Period& a, const calendar::Period& b) {
    const auto seconds = [](const calendar::Period& period) {
      return period.days * kSecondsPerDay + period.time.seconds;
    };
    if (a.business && (a.days == 0) != (b.days == 0)) return true;
    return seconds(a) < seconds(b);
  }

  std::optional<std::size_t> read_then(const yaml::Node& node, bool has_limit, const Stage& stage) {
    const auto to = read_stage_name(node);
    if (!has_limit) {
      error(codes::kStageDwell, node.span, "`then` is what the limit does, and there is none",
            "write `limit: …`");
    }
    if (!to) return std::nullopt;
    std::string fault;
    if (*to == index_of(stage)) fault = "records are in `" + stage.name + "` already";
    if (lifecycle_.stages[*to].approval) {
      fault = "nobody submits a record that a limit moves into an approval";
    }
    if (!fault.empty()) error(codes::kStageDwell, node.span, fault, "name another stage");
    return to;
  }

  void read_approval(const yaml::Node& node, Stage& stage) {
    const yaml::Node* chain = value_of(node, "approval");
    if (chain == nullptr) {
      for (const std::string_view key : {"approved", "rejected", "withdrawn"}) {
        const yaml::Entry* entry = node.find(key);
        if (entry == nullptr) continue;
        error(codes::kStageApproval, entry->key_span, "nothing is approved in `" + stage.name + "`",
              "name the chain: `approval: …`");
      }
      return;
    }
    model::StageApproval& approval = *stage.approval;
    read_chain(*chain, approval);
    read_outcome(node, "approved", stage, approval.approved);
    read_outcome(node, "rejected", stage, approval.rejected);
    approval.after_approved.to = approval.approved;
    approval.after_rejected.to = approval.rejected;
    approval.after_approved.where = approval.after_rejected.where = chain->span;
    if (value_of(node, "withdrawn") == nullptr) return;
    read_outcome(node, "withdrawn", stage, approval.withdrawn.emplace());
  }

  void read_chain(const yaml::Node& node, model::StageApproval& approval) {
    const auto name = read_text(node, "the name of an approval", context_);
    if (!name) return;
    const model::ApprovalChain* chain = context_.model.find_approval(*name);
    if (chain == nullptr) {
      std::vector<std::string_view> names;
      for (const model::ApprovalChain& other : context_.model.approvals) {
        names.push_back(other.name);
      }
      error(codes::kNameUnknown, node.span, "there is no approval `" + *name + "`",
            suggest(*name, names));
      return;
    }
    approval.chain = chain->index;
    const std::optional<std::size_t> of = context_.approval_entities[chain->index];
    if (!of || *of == entity_.index) return;
    context_.diagnostics
        .error(codes::kStageApproval, node.span,
               "`" + *name + "` approves records of " + context_.model.entities[*of].name +
                   ", not of " + entity_.name,
               "write an approval with `of: " + entity_.name + "`")
        .related.push_back({chain->where, "the approval is here"});
  }

  void read_outcome(const yaml::Node& node, std::string_view key, const Stage& stage,
                    std::size_t& into) {
    const yaml::Node* target = value_of(node, key);
    if (target == nullptr) {
      report_missing(
          codes::kDocumentMissingKey, stage.where,
          "`" + stage.name + "` does not say where records go that are " + std::string(key),
          "write `" + std::string(key) + ": …`", context_);
      return;
    }
    const auto to = read_stage_name(*target);
    if (!to) return;
    into = *to;
    if (*to == index_of(stage)) {
      error(codes::kStageMove, target->span, "`" + stage.name + "` leads to itself",
            "name another stage");
    }
  }

  const LifecycleText& text_;
  model::Entity& entity_;
  Lifecycle& lifecycle_;
  Context& context_;
};

}  // namespace

void compile_lifecycles(const Document& document, model::Entity& entity, Context& context) {
  const std::vector<LifecycleText> texts = lifecycle_texts(*document.node);
  const bool is_named = value_of(*document.node, "lifecycle") == nullptr;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    LifecycleCompiler(texts[i], entity, entity.lifecycles[i], context)
        .run(is_named, i + 1 == texts.size());
  }
}

}  // namespace formwork::compile
