// How a process goes on by itself: steps open as those before them are through, close when their
// seats have decided, and end the process when all are through or one cannot be any more.
#pragma once

#include "engine/approvals/machine.h"
#include "engine/approvals/seating.h"

namespace formwork::approvals {

// Ends whatever waits in the process, but for copies.
void end_process(engine::Process& process, engine::ProcessState state, Instant now);

class Flow {
 public:
  Flow(engine::Process& process, const Context& context, Effects& effects)
      : process_(process), context_(context), effects_(effects) {}

  // Opens what can be opened now, or ends the process.
  void advance();

  // The tasks of an open or held step have changed: opens whose turn it is, closes the step when it
  // is decided, holds it when too few are left.
  void settle(std::size_t step);

  // The step is pending again and its decisions are void.
  void reset(std::size_t step);

  // Asks everybody once more who has voted in the step, but for that task. False: nobody has.
  bool ask_again(std::size_t step, const std::size_t* except = nullptr);

  // Opens a closed step where it was: whoever was asked last in each undecided place is asked once
  // more.
  void reopen(std::size_t step);

  // Makes a task wait in a place; `settle` opens it.
  engine::Task& add_task(std::size_t step, std::size_t seat, std::size_t place,
                         engine::AccountId assignee, std::string reason);

  void close(std::size_t task, engine::TaskOutcome outcome, engine::AccountId by = 0);
  void say(std::string action, std::size_t step, engine::AccountId whom = 0,
           std::string reason = {});

  // Tells those in `cc` how it stands, when it begins and when it ends.
  void inform();

  const model::ApprovalStep& step(std::size_t index) const { return context_.chain.steps[index]; }

  Instant now() const { return context_.situation.now; }

 private:
  enum class Way : unsigned char { NotApplicable, Through, Waiting, Failed };

  Way walk(const std::vector<std::size_t>& branch);
  Way walk(const model::ApprovalGroup& group);
  void cancel_rest(const model::ApprovalGroup& group);
  void open(std::size_t step);
  void seat(std::size_t step, const Seating& seating);
  void count_before(std::size_t step);
  void vacate(std::size_t step);
  void arrange(std::size_t step);
  void finish(std::size_t step, engine::StepState state);
  bool was_passed(std::size_t step) const;

  engine::Process& process_;
  const Context& context_;
  Effects& effects_;
};

// Steps that come before the step and are decided, nearest first in each way that leads to it:
// those directly before it alone.
std::vector<std::size_t> steps_before(const engine::Process& process,
                                      const model::ApprovalChain& chain, std::size_t step);

// Whether `first` lies before `second` in the chain; not so of steps in two branches of a group.
bool is_before(const model::ApprovalChain& chain, std::size_t first, std::size_t second);

// Whether the account approved in the step itself or by a decision that was counted there, since
// the record was last submitted.
bool approved_in(const engine::Process& process, std::size_t step, engine::AccountId account);

}  // namespace formwork::approvals
