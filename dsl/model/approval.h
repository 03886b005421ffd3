// Approval chains: who has to agree, in which order, under which conditions, and what they may do.
// docs/reference/approvals.md has the table of actions, modes and states that the engine follows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/calendar/calendar.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"
#include "dsl/model/people.h"

namespace formwork::model {

// How the seats of a step make its outcome. A seat is one vote: one approver, or several in a row
// where one was added before or after another.
enum class Mode : std::uint8_t { Any, All, InOrder, Quorum, Percent };

// What somebody may do with a task beside approving and rejecting it, which always may be done.
enum class TaskRight : std::uint8_t { Return, Transfer, AddApprover };
inline constexpr std::size_t kTaskRightCount = 3;

// Actions for which a chain may ask a comment.
enum class CommentOn : std::uint8_t { Approve, Reject, Return, Transfer, AddApprover, Withdraw };
inline constexpr std::size_t kCommentOnCount = 6;

// What happens when a task waits for too long.
struct Deadline {
  enum class Action : unsigned char { Remind, Escalate, Transfer, Approve, Reject, Return };

  calendar::Period after;  // counted from when the task was opened
  Action action = Action::Remind;
  People to;  // of Escalate (they may decide as well) and Transfer (they decide instead)
  Span where;
};

// What happens when nobody is found. Never silently approved.
struct OnEmpty {
  enum class Action : unsigned char { Refuse, Hold, Ask };

  Action action = Action::Refuse;
  People to;  // of Ask
};

// What happens with a seat of whoever submitted.
enum class SubmitterSeat : std::uint8_t { Forbid, Skip, Allow, Manager };

struct ApprovalStep {
  std::string id;  // unique in the chain
  Localized label;
  Localized why;                         // empty: nobody said
  std::optional<feel::Expression> when;  // the step applies only then; null: it does not
  People approvers;
  Mode mode = Mode::Any;
  std::size_t threshold = 0;     // of Quorum: seats; of Percent: 1 to 100
  std::vector<Deadline> within;  // in the order of their time
  bool may[kTaskRightCount] = {};
  std::vector<std::size_t>
      shows;  // fields that the decision panel shows; the chain's if the step says nothing
  std::vector<std::size_t> edits;  // fields that its approvers may change with their decision
  std::vector<std::size_t>
      guarded;  // what it reads or shows: a change of one of these voids its decisions
  std::optional<OnEmpty> on_empty;  // else the chain's
  std::size_t group = 0;            // index into ApprovalChain::groups
  std::size_t branch = 0;           // index into ApprovalGroup::branches
  Span where;
};

// A step, or branches that run side by side and join.
struct ApprovalGroup {
  bool is_parallel = false;
  bool any_branch = false;                         // the first branch that is through is enough
  std::vector<std::vector<std::size_t>> branches;  // indices into ApprovalChain::steps, in order
};

struct ApprovalChain {
  enum class Withdraw : std::uint8_t { Always, BeforeDecision, Never };

  std::string name;
  std::size_t index = 0;  // in Model::approvals
  Localized label;
  Localized why;
  std::size_t entity = 0;
  std::vector<ApprovalStep> steps;    // in the order of the text
  std::vector<ApprovalGroup> groups;  // in order
  OnEmpty on_empty;
  SubmitterSeat submitter = SubmitterSeat::Forbid;
  bool same_person_once = true;     // one decision counts for the steps directly behind it as well
  bool resume_after_return = true;  // else all steps run again
  Withdraw withdraw = Withdraw::Always;
  People cc;  // informed when it begins and when it ends
  bool needs_comment[kCommentOnCount] = {};
  Span where;
};

}  // namespace formwork::model
