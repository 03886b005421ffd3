// An approval chain: who has to agree, in which order, under which conditions.
#include <algorithm>
#include <charconv>
#include <set>
#include <span>

#include "dsl/compile/deadlines.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/people_terms.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::TypeKind;
using model::ApprovalChain;
using model::ApprovalGroup;
using model::ApprovalStep;
using model::CommentOn;
using model::Mode;
using model::OnEmpty;
using model::SubmitterSeat;
using model::TaskRight;

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr Word<Mode> kModes[] = {
    {"any", Mode::Any}, {"all", Mode::All}, {"in_order", Mode::InOrder}};
constexpr Word<Mode> kCounted[] = {{"quorum", Mode::Quorum}, {"percent", Mode::Percent}};
constexpr Word<TaskRight> kRights[] = {{"return", TaskRight::Return},
                                       {"transfer", TaskRight::Transfer},
                                       {"add_approver", TaskRight::AddApprover}};
constexpr Word<CommentOn> kComments[] = {{"approve", CommentOn::Approve},
                                         {"reject", CommentOn::Reject},
                                         {"return", CommentOn::Return},
                                         {"transfer", CommentOn::Transfer},
                                         {"add_approver", CommentOn::AddApprover},
                                         {"withdraw", CommentOn::Withdraw}};
constexpr Word<OnEmpty::Action> kOnEmpty[] = {{"refuse", OnEmpty::Action::Refuse},
                                              {"hold", OnEmpty::Action::Hold}};
constexpr Word<SubmitterSeat> kSubmitter[] = {{"forbid", SubmitterSeat::Forbid},
                                              {"skip", SubmitterSeat::Skip},
                                              {"allow", SubmitterSeat::Allow},
                                              {"manager", SubmitterSeat::Manager}};
constexpr Word<bool> kSamePerson[] = {{"once", true}, {"each", false}};
constexpr Word<bool> kAfterReturn[] = {{"resume", true}, {"again", false}};
constexpr Word<bool> kJoin[] = {{"all", false}, {"any", true}};
constexpr Word<ApprovalChain::Withdraw> kWithdraw[] = {
    {"always", ApprovalChain::Withdraw::Always},
    {"before_decision", ApprovalChain::Withdraw::BeforeDecision},
    {"never", ApprovalChain::Withdraw::Never}};

// Where a task goes when it is returned, beside steps.
constexpr std::string_view kReservedSteps[] = {"submitter", "previous"};

constexpr std::int64_t kMaxQuorum = 1000;

template <class Value, std::size_t N>
std::vector<std::string_view> words_in(const Word<Value> (&words)[N]) {
  std::vector<std::string_view> names;
  for (const auto& word : words) names.push_back(word.word);
  return names;
}

class ChainReader {
 public:
  ChainReader(const Document& document, ApprovalChain& chain, const model::Entity& entity,
              Context& context)
      : node_(*document.node), chain_(chain), entity_(entity), context_(context) {}

  void read() {
    read_words(node_, "why", chain_.why);
    chain_.label = default_label(chain_.name, context_);
    read_words(node_, "label", chain_.label);
    if (const yaml::Node* shows = value_of(node_, "shows")) shows_ = read_fields(*shows);
    read_settings();
    if (const yaml::Node* cc = value_of(node_, "cc"))
      chain_.cc = read_people(*cc, place(), context_);
    read_steps();
  }

 private:
  PeoplePlace place(std::string_view step = {}) const {
    return {.entity = entity_,
            .asker = chain_.name + (step.empty() ? "" : "." + std::string(step))};
  }

  void read_words(const yaml::Node& mapping, std::string_view key, Localized& into) {
    const yaml::Node* words = value_of(mapping, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  // One of the words; reported otherwise.
  template <class Value, std::size_t N>
  void read_word(const yaml::Node& node, const Word<Value> (&words)[N], Value& into,
                 std::string_view code = codes::kApprovalSetting) {
    const auto text = read_text(node, "a word", context_);
    if (!text) return;
    for (const auto& [word, value] : words) {
      if (word != *text) continue;
      into = value;
      return;
    }
    context_.diagnostics.error(code, node.span, "`" + *text + "` is not known here",
                               suggest(*text, words_in(words)));
  }

  template <class Value, std::size_t N>
  void read_setting(std::string_view key, const Word<Value> (&words)[N], Value& into) {
    if (const yaml::Node* node = value_of(node_, key)) read_word(*node, words, into);
  }

  // Several of the words, as flags.
  template <class Value, std::size_t N>
  void read_flags(const yaml::Node& node, const Word<Value> (&words)[N], bool (&flags)[N]) {
    std::fill(std::begin(flags), std::end(flags), false);
    if (node.is_sequence()) {
      for (const yaml::Node& item : node.items) read_flag(item, words, flags);
    } else {
      read_flag(node, words, flags);
    }
  }

  template <class Value, std::size_t N>
  void read_flag(const yaml::Node& node, const Word<Value> (&words)[N], bool (&flags)[N]) {
    const std::size_t errors = context_.diagnostics.error_count();
    Value value{};
    read_word(node, words, value);
    if (context_.diagnostics.error_count() == errors) flags[static_cast<std::size_t>(value)] = true;
  }

  void read_settings() {
    read_setting("submitter", kSubmitter, chain_.submitter);
    read_setting("same_person", kSamePerson, chain_.same_person_once);
    read_setting("after_return", kAfterReturn, chain_.resume_after_return);
    read_setting("withdraw", kWithdraw, chain_.withdraw);
    chain_.needs_comment[static_cast<std::size_t>(CommentOn::Reject)] = true;
    chain_.needs_comment[static_cast<std::size_t>(CommentOn::Return)] = true;
    if (const yaml::Node* node = value_of(node_, "comment")) {
      read_flags(*node, kComments, chain_.needs_comment);
    }
    if (const yaml::Node* node = value_of(node_, "on_empty")) {
      chain_.on_empty = read_on_empty(*node, place());
    }
  }

  OnEmpty read_on_empty(const yaml::Node& node, const PeoplePlace& place) {
    OnEmpty on_empty;
    if (!node.is_mapping()) {
      read_word(node, kOnEmpty, on_empty.action);
      return on_empty;
    }
    check_keys(node, keys::kApprovalOnEmpty, "`on_empty`", context_);
    on_empty.action = OnEmpty::Action::Ask;
    if (const yaml::Node* to = value_of(node, "to")) {
      on_empty.to = read_people(*to, place, context_);
    } else {
      report_missing(codes::kDocumentMissingKey, node.span, "this does not say who is asked then",
                     "write `{ to: role … }`", context_);
    }
    return on_empty;
  }

  std::vector<std::size_t> read_fields(const yaml::Node& node) {
    std::vector<std::size_t> fields;
    for (const PlacedText& name : read_text_list(node, "a list of fields", context_)) {
      const auto index = model::field_index(entity_, name.text);
      if (index) {
        fields.push_back(*index);
        continue;
      }
      std::vector<std::string_view> names;
      for (const fields::Field& field : entity_.fields) names.push_back(field.name);
      context_.diagnostics.error(codes::kNameUnknown, name.where,
                                 "`" + entity_.name + "` has no field `" + name.text + "`",
                                 suggest(name.text, names));
    }
    return fields;
  }

  void read_steps() {
    const yaml::Node* steps = value_of(node_, "steps");
    if (steps == nullptr || (steps->is_sequence() && steps->items.empty())) {
      report_missing(codes::kApprovalStep, steps == nullptr ? chain_.where : steps->span,
                     "`" + chain_.name + "` has no steps, and nobody would be asked",
                     "write `steps: [{ id: manager, approvers: manager of submitter }]`", context_);
      return;
    }
    if (!steps->is_sequence()) {
      report_wrong_type(*steps, "a list of steps", context_);
      return;
    }
    for (const yaml::Node& item : steps->items) read_item(item);
  }

  void read_item(const yaml::Node& node) {
    ApprovalGroup group;
    if (node.is_mapping() && node.find("parallel") != nullptr) {
      group.is_parallel = true;
      read_parallel(node, group);
    } else {
      group.branches.emplace_back();
      read_step(node, group);
    }
    chain_.groups.push_back(std::move(group));
  }

  void read_parallel(const yaml::Node& node, ApprovalGroup& group) {
    check_keys(node, keys::kApprovalParallel, "branches side by side", context_);
    if (const yaml::Node* join = value_of(node, "join")) read_word(*join, kJoin, group.any_branch);
    const yaml::Entry& parallel = *node.find("parallel");
    if (!parallel.value.is_sequence()) {
      report_wrong_type(parallel.value, "a list of branches, each a step or a list of steps",
                        context_);
      return;
    }
    if (parallel.value.items.size() < 2) {
      context_.diagnostics.error(codes::kApprovalStep, parallel.key_span,
                                 "one branch alone runs beside nothing",
                                 "add another branch, or write its steps without `parallel`");
    }
    for (const yaml::Node& branch : parallel.value.items) read_branch(branch, group);
  }

  void read_branch(const yaml::Node& node, ApprovalGroup& group) {
    group.branches.emplace_back();
    const std::span<const yaml::Node> steps =
        node.is_sequence() ? std::span(node.items) : std::span(&node, 1);
    if (steps.empty()) {
      context_.diagnostics.error(codes::kApprovalStep, node.span, "this branch has no steps",
                                 "write one, or remove the branch");
    }
    for (const yaml::Node& step : steps) {
      const yaml::Entry* nested = step.is_mapping() ? step.find("parallel") : nullptr;
      if (nested == nullptr) {
        read_step(step, group);
        continue;
      }
      context_.diagnostics.error(codes::kApprovalStep, nested->key_span,
                                 "branches cannot have branches of their own",
                                 "write these as branches of the outer `parallel`");
    }
  }

  void read_step(const yaml::Node& node, ApprovalGroup& group) {
    if (!node.is_mapping()) {
      report_wrong_type(node, "a step: a mapping with `id` and `approvers`", context_);
      return;
    }
    check_keys(node, keys::kApprovalStep, "a step of an approval", context_);
    ApprovalStep step;
    step.where = node.span;
    step.group = chain_.groups.size();
    step.branch = group.branches.size() - 1;
    read_id(node, step);
    step.label = default_label(step.id, context_);
    read_words(node, "label", step.label);
    read_words(node, "why", step.why);
    read_who(node, step);
    read_what(node, step);
    step.guarded = guarded_by(step);
    group.branches.back().push_back(chain_.steps.size());
    chain_.steps.push_back(std::move(step));
  }

  void read_id(const yaml::Node& node, ApprovalStep& step) {
    const yaml::Node* id = value_of(node, "id");
    if (id == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "a step has an `id`",
                     "write `id: manager`", context_);
      return;
    }
    const auto text = read_text(*id, "the name of a step", context_);
    if (!text || !check_name(*text, id->span, "a step", context_)) return;
    step.id = *text;
    step.where = id->span;
    const bool is_reserved = std::find(std::begin(kReservedSteps), std::end(kReservedSteps),
                                       *text) != std::end(kReservedSteps);
    if (is_reserved) {
      context_.diagnostics.error(codes::kNameReserved, id->span,
                                 "`" + *text + "` is where tasks are returned to",
                                 "give the step another id");
    }
    for (const ApprovalStep& other : chain_.steps) {
      if (other.id != step.id) continue;
      context_.diagnostics
          .error(codes::kApprovalStep, id->span, "there are two steps `" + step.id + "`",
                 "rename one")
          .related.push_back({other.where, "the first is here"});
      return;
    }
  }

  void read_who(const yaml::Node& node, ApprovalStep& step) {
    const PeoplePlace here = place(step.id);
    if (const yaml::Node* when = value_of(node, "when")) {
      if (read_text(*when, "a condition in FEEL", context_)) {
        step.when = compile_in_place(phrase_of(*when), TypeKind::Boolean, here, context_);
      }
    }
    if (const yaml::Node* approvers = value_of(node, "approvers")) {
      step.approvers = read_people(*approvers, here, context_);
    } else {
      report_missing(codes::kDocumentMissingKey, step.where, "this step does not say who is asked",
                     "write `approvers: role …`, or `approvers: manager of submitter`", context_);
    }
    if (const yaml::Node* mode = value_of(node, "mode")) read_mode(*mode, step);
    if (const yaml::Node* on_empty = value_of(node, "on_empty")) {
      step.on_empty = read_on_empty(*on_empty, here);
    }
    step.within = read_deadlines(node, here, context_);
  }

  void read_mode(const yaml::Node& node, ApprovalStep& step) {
    if (!node.is_mapping()) {
      report_unless_counted(node, step);
      return;
    }
    if (node.entries.size() != 1) {
      context_.diagnostics.error(codes::kApprovalMode, node.span,
                                 "a step counts its decisions in one way",
                                 "write `mode: { quorum: 2 }` or `mode: { percent: 60 }`");
      return;
    }
    const yaml::Entry& entry = node.entries.front();
    const auto counted = std::find_if(std::begin(kCounted), std::end(kCounted),
                                      [&](const auto& word) { return word.word == entry.key; });
    if (counted == std::end(kCounted)) {
      context_.diagnostics.error(codes::kApprovalMode, entry.key_span,
                                 "`" + entry.key + "` is no way to count decisions",
                                 suggest(entry.key, words_in(kCounted)));
      return;
    }
    step.mode = counted->value;
    read_threshold(entry.value, step);
  }

  void report_unless_counted(const yaml::Node& node, ApprovalStep& step) {
    for (const auto& [word, value] : kCounted) {
      if (node.text != word) continue;
      context_.diagnostics.error(
          codes::kApprovalMode, node.span, "`" + node.text + "` does not say how many",
          "write `mode: { " + node.text + (value == Mode::Quorum ? ": 2 }`" : ": 60 }`"));
      return;
    }
    read_word(node, kModes, step.mode, codes::kApprovalMode);
  }

  void read_threshold(const yaml::Node& node, ApprovalStep& step) {
    const bool is_quorum = step.mode == Mode::Quorum;
    const std::int64_t most = is_quorum ? kMaxQuorum : 100;
    const auto count = read_count(node, most);
    if (count) {
      step.threshold = static_cast<std::size_t>(*count);
      return;
    }
    context_.diagnostics.error(codes::kApprovalMode, node.span,
                               is_quorum ? "a quorum is how many have to approve"
                                         : "percent is which share has to approve",
                               "write a whole number from 1 to " + std::to_string(most));
  }

  static std::optional<std::int64_t> read_count(const yaml::Node& node, std::int64_t most) {
    std::int64_t count = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [rest, error] = std::from_chars(node.text.data(), end, count);
    const bool is_whole = node.is_scalar() && error == std::errc() && rest == end;
    return is_whole && count >= 1 && count <= most ? std::optional(count) : std::nullopt;
  }

  // What its approvers see and may do.
  void read_what(const yaml::Node& node, ApprovalStep& step) {
    if (const yaml::Node* may = value_of(node, "may")) read_flags(*may, kRights, step.may);
    const yaml::Node* shows = value_of(node, "shows");
    step.shows = shows == nullptr ? shows_ : read_fields(*shows);
    if (const yaml::Node* edit = value_of(node, "edit")) {
      step.edits = read_fields(*edit);
      for (const PlacedText& name : read_names(*edit)) check_edit(name);
    }
  }

  static std::vector<PlacedText> read_names(const yaml::Node& node) {
    std::vector<PlacedText> names;
    if (node.is_scalar()) names.push_back({node.text, node.span});
    for (const yaml::Node& item : node.items) names.push_back({item.text, item.span});
    return names;
  }

  void check_edit(const PlacedText& name) {
    const fields::Field* field = model::find_field(entity_, name.text);
    if (field == nullptr || field->type == nullptr || fields::takes_input(*field)) return;
    context_.diagnostics
        .error(codes::kApprovalEdit, name.where,
               "`" + name.text + "` takes no input: " +
                   (field->value ? "it is computed" : "the program keeps it"),
               "name fields that people fill in")
        .related.push_back({field->where, "`" + name.text + "` is defined here"});
  }

  // A change of what is kept beside the record's own fields comes from the approval itself.
  std::vector<std::size_t> guarded_by(const ApprovalStep& step) const {
    std::vector<std::size_t> slots = reads_of(step.approvers);
    slots.insert(slots.end(), step.shows.begin(), step.shows.end());
    if (step.when) {
      slots.insert(slots.end(), step.when->reads().begin(), step.when->reads().end());
    }
    std::set<std::size_t> guarded;
    for (const std::size_t slot : slots) {
      if (slot < entity_.fields.size() && !entity_.fields[slot].kept_by_engine)
        guarded.insert(slot);
    }
    return {guarded.begin(), guarded.end()};
  }

  const yaml::Node& node_;
  ApprovalChain& chain_;
  const model::Entity& entity_;
  Context& context_;
  std::vector<std::size_t> shows_;  // the chain's
};

}  // namespace

void compile_approval(const Document& document, ApprovalChain& chain, Context& context) {
  check_keys(*document.node, keys::kApproval, "an approval", context);
  const model::Entity* entity = read_entity_of(document, context);
  if (entity == nullptr) return;
  chain.entity = entity->index;
  ChainReader(document, chain, *entity, context).read();
}

}  // namespace formwork::compile
