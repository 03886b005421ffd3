#include "dsl/compile/deadlines.h"

#include <array>

#include "dsl/compile/keys.h"
#include "dsl/compile/period_order.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

using model::Deadline;
using Action = Deadline::Action;

struct Word {
  std::string_view word;
  Action action;
};

constexpr Word kActions[] = {{"remind", Action::Remind},     {"escalate", Action::Escalate},
                             {"transfer", Action::Transfer}, {"approve", Action::Approve},
                             {"reject", Action::Reject},     {"return", Action::Return}};

bool has_people(Action action) { return action == Action::Escalate || action == Action::Transfer; }

class DeadlineReader {
 public:
  DeadlineReader(const PeoplePlace& place, Context& context) : place_(place), context_(context) {
    place_.has_approver = true;
  }

  std::vector<Deadline> read(const yaml::Node& step) {
    if (const yaml::Node* business = value_of(step, "business")) {
      business_ = read_boolean(*business, context_).value_or(false);
    }
    const yaml::Node* within = value_of(step, "within");
    if (within == nullptr) return {};
    if (!within->is_mapping()) {
      report_wrong_type(*within, "a mapping of periods to actions: { PT8H: remind }", context_);
      return {};
    }
    for (const yaml::Entry& entry : within->entries) read_entry(entry);
    check_order();
    return std::move(deadlines_);
  }

 private:
  void read_entry(const yaml::Entry& entry) {
    yaml::Node key;
    key.kind = yaml::Node::Kind::Scalar;
    key.text = entry.key;
    key.span = entry.key_span;
    const auto after = read_period(key, context_);
    Deadline deadline;
    deadline.where = entry.key_span;
    const bool is_good =
        entry.value.is_mapping() ? read_mapping(entry, deadline) : read_sentence(entry, deadline);
    if (!after) return;
    deadline.after = *after;
    deadline.after.business = is_business_;
    if (is_good) deadlines_.push_back(std::move(deadline));
  }

  bool read_action(const Phrase& word, Deadline& deadline) {
    std::vector<std::string_view> names;
    for (const Word& each : kActions) {
      if (each.word == word.text) {
        deadline.action = each.action;
        return true;
      }
      names.push_back(each.word);
    }
    std::string remedy = suggest(word.text, names);
    context_.diagnostics.error(codes::kApprovalDeadline, word.where(),
                               "`" + std::string(word.text) + "` is nothing that a deadline does",
                               std::move(remedy));
    return false;
  }

  // `remind`, `escalate to manager of approver`.
  bool read_sentence(const yaml::Entry& entry, Deadline& deadline) {
    is_business_ = business_;
    const auto text = read_text(entry.value, "an action, such as `remind`", context_);
    if (!text) return false;
    const Phrase all = phrase_of(entry.value).part(0);
    const std::size_t blank = all.text.find(' ');
    if (!read_action(all.part(0, std::min(blank, all.text.size())), deadline)) return false;
    const Phrase rest = all.part(std::min(blank, all.text.size()));
    const bool is_to = rest.text.starts_with("to ");
    if (has_people(deadline.action)) {
      if (!is_to) return report_nobody(entry.value.span, deadline);
      deadline.to = read_people(rest.part(3), place_, context_);
      return true;
    }
    if (rest.text.empty()) return true;
    context_.diagnostics.error(
        codes::kApprovalDeadline, rest.where(),
        "`" + std::string(all.text.substr(0, blank)) + "` needs no more words",
        "remove `" + std::string(rest.text) + "`");
    return false;
  }

  bool report_nobody(const Span& where, const Deadline& deadline) {
    const bool escalates = deadline.action == Action::Escalate;
    const std::string word = escalates ? "escalate" : "transfer";
    context_.diagnostics.error(codes::kApprovalDeadline, where,
                               "this does not say to whom to " + word,
                               "write `" + word + " to manager of approver`");
    return false;
  }

  bool read_mapping(const yaml::Entry& entry, Deadline& deadline) {
    const yaml::Node& node = entry.value;
    check_keys(node, keys::kApprovalDeadline, "a deadline", context_);
    is_business_ = business_;
    if (const yaml::Node* business = value_of(node, "business")) {
      is_business_ = read_boolean(*business, context_).value_or(false);
    }
    const yaml::Node* action = value_of(node, "action");
    if (action == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "a deadline says what it does",
                     "write `action: remind`", context_);
      return false;
    }
    const auto word = read_text(*action, "an action, such as `remind`", context_);
    if (!word || !read_action(phrase_of(*action), deadline)) return false;
    const yaml::Entry* to = node.find("to");
    if (!has_people(deadline.action)) {
      if (to != nullptr) report_needless(*to, *word);
      return to == nullptr;
    }
    if (to == nullptr) return report_nobody(action->span, deadline);
    deadline.to = read_people(to->value, place_, context_);
    return true;
  }

  void report_needless(const yaml::Entry& to, const std::string& action) {
    context_.diagnostics.error(codes::kApprovalDeadline, to.key_span,
                               "`" + action + "` is done to nobody in particular",
                               "remove `to`, or write `escalate` or `transfer`");
  }

  void check_order() {
    std::vector<PlacedPeriod> periods;
    for (const Deadline& deadline : deadlines_) periods.push_back({deadline.after, deadline.where});
    check_period_order(periods, codes::kApprovalDeadline, "deadline", context_);
  }

  PeoplePlace place_;
  Context& context_;
  bool business_ = false;     // of the step
  bool is_business_ = false;  // of the deadline that is read
  std::vector<Deadline> deadlines_;
};

}  // namespace

std::vector<Deadline> read_deadlines(const yaml::Node& step, const PeoplePlace& place,
                                     Context& context) {
  return DeadlineReader(place, context).read(step);
}

}  // namespace formwork::compile
