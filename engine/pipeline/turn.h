// A Turn: one command, timer or closed account from its beginning to all that follows from it,
// inside one transaction.
//
// A change of a record leads on: a record that comes into a stage has its clocks set and its
// approval begun, an approval that ends moves its record, a move may begin the next approval. Each
// of these is an entry of history that names the entry it was caused by. A refusal at any point
// undoes all of it; what the program wants to do for itself and cannot is noted instead.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/accounts/directory.h"
#include "engine/approvals/machine.h"
#include "engine/automations/doing.h"
#include "engine/automations/listeners.h"
#include "engine/command/command.h"
#include "engine/command/refusal.h"
#include "engine/lifecycle/move.h"
#include "engine/pipeline/automation_timers.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/teller.h"
#include "engine/records/decide.h"
#include "engine/store/store.h"

namespace formwork::engine {

// What automations may do for one command or timer, and what they have done of it.
struct Chain {
  std::size_t runs = 0;
  std::size_t changes = 0;     // of records
  std::optional<Run> stopped;  // beyond its budget: how it came there
  // Somebody wants to know what would happen: nothing waits, and all is undone afterwards.
  bool is_trial = false;
  std::vector<Run> log;  // of a trial: all of them, without ids
};

// The automation in whose name a turn acts.
struct Rule {
  const model::Automation& automation;
  const automations::Event& event;  // that has set it off
  Chain& chain;
};

class Turn {
 public:
  using Decision = records::Decision;

  // All of them outlive the turn.
  struct Parts {
    const permissions::Gate& gate;
    store::Transaction& transaction;
    const accounts::Directory& directory;
    const fields::Showing& showing;
    const Actor& actor;
    Instant now;
    Random& random;             // for the keys of what goes out
    const std::string& origin;  // Engine::Parts::origin
    const automations::Listeners& listeners;
    const Rule* rule = nullptr;  // null: whoever wants something is the actor
  };

  explicit Turn(const Parts& parts);
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Expected<Outcome, Refusal> carry_out(const Intent& intent);

  // What a timer is for. It is gone from the store already.
  void fire(const Timer& timer);

  // The open tasks of an account that is being closed.
  void hand_over(AccountId from, AccountId heir);

  // Runs the automations that listen for what has happened, and for what they make happen, until
  // nothing happens any more. Whoever has called one of the above calls this last. A chain beyond
  // its budget is refused, which undoes all of it (turn_automations.cpp).
  Expected<void, Refusal> run_automations();

  const Chain& chain() const { return chain_; }

  // The outcome's record as automations have left it, as far as the actor may see it now.
  void look_again(Outcome& outcome);

  // What would come of an event: of all automations that listen, or of that one whatever it listens
  // for. The caller undoes it.
  Expected<void, Refusal> try_out(automations::Event event, const model::Automation* only,
                                  const std::string& trigger);

  using Telling = engine::Telling;
  using Told = engine::Told;

  // Puts it into inboxes, and mails into the outbox as their readers want them: at once, behind
  // quiet hours, or with the digest. Who may not see the record is not told
  // (turn_notifications.cpp).
  std::vector<Told> tell(const Telling& telling) { return teller_.tell(telling); }

 private:
  using Sequence = std::int64_t;  // of a history entry; 0: none

  // Where a change comes from and what history says of it besides.
  struct Origin {
    Sequence cause = 0;
    std::string comment;
    std::string reason;
    std::string detail = {};  // JSON, in place of the two
  };

  Expected<Outcome, Refusal> change_record(const Intent& intent);
  Expected<Outcome, Refusal> act(const ActOnTask& action);
  Expected<Outcome, Refusal> name(const NameApprover& name);
  Expected<Outcome, Refusal> delegate(const Delegate& delegate);
  Expected<Outcome, Refusal> end(const EndDelegation& end);
  Expected<Outcome, Refusal> comment(const CommentRecord& comment);
  Expected<Outcome, Refusal> take_in(const TakeIn& taken);         // turn_intake.cpp
  Expected<Outcome, Refusal> finish(const FinishToDo& finish);     // turn_notifications.cpp
  Expected<Outcome, Refusal> read(const ReadNotifications& read);  // the same
  Expected<Outcome, Refusal> prefer(const ChangePreferences& preferences);  // the same
  Expected<Outcome, Refusal> be_away(const AddAbsence& absence);            // turn_assignment.cpp
  Expected<Outcome, Refusal> come_back(const EndAbsence& end);              // the same

  // Writes the decision with its history and carries out what follows. The record is then as it is
  // now.
  Expected<Sequence, Refusal> commit(Decision& decision, const Origin& origin);
  // Where it is refused nothing remains of it, and what was done before in this turn does.
  Expected<Sequence, Refusal> commit_as_part(Decision& decision, const Origin& origin);
  Expected<void, Refusal> follow(Decision& decision, Sequence cause);
  // The response clock, recycling, and their timers (turn_assignment.cpp).
  void follow_owner(const Decision& decision);
  void follow_clock(const Decision& decision);
  void follow_recycling(const Decision& decision);
  // Takes the number of a claim that its pool counts.
  Expected<void, Refusal> count_claim(const Decision& decision);
  void on_response(const Timer& timer);
  void on_recycle(const Timer& timer);
  // A step of the clock, or a recycle rule, that has come, with what it is about.
  struct Due;
  bool find_due(const Timer& timer, Due& due);
  void take_step(Due& due);
  void remind(Due& due);
  void reassign(Due& due);
  // False: the record stays with its owner, which is noted.
  bool release(Due& due, std::size_t pool);
  // False: it was refused, which is noted as that action.
  bool commit_by_program(Decision& decision, std::string_view refused, Due& due);
  void note_refused(Due& due, std::string_view action, const Refusal& refusal);
  void note_absence(std::string_view action, const Absence& absence);
  // Gives somebody something to do: keeps it, sets the timer of its end, and tells the assignee.
  ToDoId give(ToDo todo, Sequence cause);  // turn_notifications.cpp
  void tell_of_todo(const ToDo& todo, const MessageText& title, Sequence cause);
  void on_todo(const Timer& timer);
  void set_todo_timer(const ToDo& todo);
  // What is to be done for a record comes due as long as it is not deleted.
  void follow_todos(const Decision& decision);
  void hand_over_todos(AccountId from, AccountId heir);
  // What the program itself tells people (turn_tellings.cpp).
  using Arguments = std::vector<std::pair<std::string_view, Argument>>;
  // About that record, which outlives it, to nobody yet.
  Telling telling_of(const MessageText& title, const model::Entity& entity, const Record& record,
                     Arguments arguments) const;
  using Text = std::function<std::string(std::size_t locale)>;
  Text by_actor(const approvals::Effects& effects) const;
  Text text_of(Message message) const;
  void tell_of_approval(const Process& process, const Process* before,
                        const approvals::Effects& effects, const model::Entity& entity,
                        const Record& record, Sequence cause);
  void tell_new_owner(const Decision& decision, Sequence cause);
  void tell_former(const Due& due, AccountId owner, Arguments arguments, const MessageText& title);
  void tell_of_dwell(const model::Entity& entity, const Record& record, const model::Stage& stage,
                     bool is_over, Sequence cause);
  // What happened, for run_automations. Without an actor it is that of the turn.
  void raise(automations::Event event);
  void raise_change(const Decision& decision, Sequence cause);
  void raise_overdue(const model::Entity& entity, const Record& record, model::OverdueEvent what,
                     Sequence cause);
  void raise_approval(const Process& process, const Process* before,
                      approvals::Effects::Outcome outcome, const model::Entity& entity,
                      Sequence cause);
  // Timers of automations that hang on what the record is (turn_automation_timers.cpp).
  void follow_dates(const Decision& decision);
  void set_date_timers(const model::Automation& automation, const Decision& decision);
  void drop_delayed(const model::Entity& entity, RecordId record, std::string_view left);
  void on_delayed(const Timer& timer);
  void on_date(const Timer& timer);
  void on_cron(const Timer& timer);
  // Whether there is more to come.
  bool wake_some(const model::Automation& automation, const model::Trigger& trigger,
                 const Timer& timer);
  std::optional<RecordId> wake_behind(RecordId begin, const model::Automation& automation,
                                      const model::Trigger& trigger);

  // An automation that is set off, and in which words.
  struct Triggered {
    const model::Automation* automation = nullptr;
    std::string trigger;
    std::string stage;        // whose leaving makes it void while it waits; empty: none
    bool has_waited = false;  // as long as it says
  };

  struct Woken {
    Triggered triggered;
    automations::Event event;
  };

  class Runner;     // of automations (turn_automations.cpp)
  class RuleDoing;  // what their actions have done (turn_rule.h)

  // The automations that have led here, by name.
  std::vector<std::string> path_here() const;
  // What dates that are set here begin with.
  Carried carried_to_dates() const;

  Chain& own_chain() { return rule_ != nullptr ? rule_->chain : chain_; }

  Expected<void, Refusal> entered(Decision& decision, Sequence cause);
  Expected<void, Refusal> submit(const model::Entity& entity, Record& record,
                                 const model::Stage& stage, const std::string& origin,
                                 Sequence cause);
  // What an approval's guarded fields ask, before anything is written.
  std::optional<Refusal> refuse_guarded(const Decision& decision);
  void tell_approval(const model::Entity& entity, Record& record, Sequence cause);

  // Writes a process that has changed against `before` (null: it is new), its timers and its
  // history, and moves its record where the outcome leads.
  void settle(Process& process, const Process* before, const approvals::Effects& effects,
              const model::Entity& entity, Record& record, Sequence cause);
  void set_timers(const Process& process, const Process* before, const model::Entity& entity);
  // That deadline of the step, if it has so many.
  void set_deadline(const model::ApprovalStep& step, const Task& task, std::size_t number,
                    const model::Entity& entity, RecordId record);
  void set_dwell_timers(const model::Entity& entity, const Record& record);
  void go_on(const Process& process, approvals::Effects::Outcome outcome,
             const model::Entity& entity, Record& record, Sequence cause);
  void cancel_processes(const model::Entity& entity, const Record& record,
                        std::string_view stays_in, Sequence cause);

  void on_dwell(const Timer& timer);
  void on_deadline(const Timer& timer);
  // A move that the program makes; when the stage, or the approval that it begins, refuses, that is
  // noted and the record stays.
  void move_by_program(const model::Entity& entity, Record& record, std::size_t stage,
                       Sequence cause);
  // The record as it is then. What its approval asks of other records may be another thing once it
  // has come there, so that this is refused although try_to_enter was not.
  Expected<Record, Refusal> enter_by_program(const model::Entity& entity, const Record& record,
                                             std::size_t stage, Sequence cause);
  Expected<Decision, Refusal> try_to_enter(const model::Entity& entity, const Record& record,
                                           std::size_t stage);
  Expected<Process, Refusal> begin_approval(const model::Entity& entity, const Record& record,
                                            const model::Stage& stage, approvals::Effects& effects);

  // A process with its chain and record; nothing when one of them is gone or not open to the actor.
  struct Matter {
    Process process;
    std::size_t task = 0;  // index into its tasks
    const model::ApprovalChain* chain = nullptr;
    const model::Entity* entity = nullptr;
    Record record;
  };

  // The record and the chain of its process; false: there is no such record any more.
  bool load(Matter& matter);
  Expected<Matter, Refusal> matter_of(TaskId task);
  Expected<Sequence, Refusal> change_with_decision(Matter& matter, const ActOnTask& action);
  bool is_concerned(const Matter& matter) const;
  Outcome outcome_of(Matter matter);

  approvals::Context context_of(const Matter& matter) const;
  Sequence note(const model::Entity& entity, const Record& record, std::string_view action,
                const Origin& origin, std::string changes = "{}", std::string detail = {});
  // Of this moment and actor, without what it is about.
  HistoryEntry entry_of(std::string_view entity, RecordId record, std::string_view action) const;
  void note_delegation(std::string_view action, const Delegation& delegation);
  std::string detail_of(const approvals::Event& event) const;
  void hand_over(const Task& task, AccountId from, AccountId heir);

  const model::Model& model_;
  store::Transaction& transaction_;
  const accounts::Directory& directory_;
  const Actor& actor_;
  Random& random_;
  const std::string& origin_;
  records::Situation situation_;
  AccountId submitter_ = 0;         // of the approval whose outcome moves the record; 0: none does
  ProcessId reopening_ = 0;         // whose record comes back to its stage; 0: none
  ProcessId deciding_ = 0;          // whose task is decided with new values of the record; 0: none
  int depth_ = 0;                   // of moves that lead to moves
  std::optional<Process> touched_;  // the process that the command was about, or began
  Teller teller_;
  const TakeIn* arriving_ = nullptr;  // what is written now comes of it; null: of something else
  const automations::Listeners& listeners_;
  const Rule* rule_;                        // null: no automation acts
  std::vector<automations::Event> events_;  // that nobody has listened to yet, in their order
  std::vector<Woken> woken_;                // automations whose time has come
  std::vector<std::string> path_;           // that led to a timer which fired
  Chain chain_;                             // of a turn without a rule
};

// What a command about a record would make of it: the part of a Turn that writes nothing.
Expected<records::Decision, Refusal> decide_any(const Intent& intent,
                                                const records::Situation& situation);

// The chain that a process follows, as long as the model has it with the same steps; else null.
const model::ApprovalChain* chain_of(const Process& process, const model::Model& model);

// Appends it to the chain of hashes; its sequence.
std::int64_t append_history(store::Transaction& transaction, HistoryEntry entry,
                            const model::Model& model);

template <class Work>
auto Engine::in_turn(const Actor& actor, store::Transaction& transaction, Work work) {
  const auto people = directory();
  const fields::Showing shown = showing(locale_index(actor.locale), *people);
  Turn turn({.gate = gate_,
             .transaction = transaction,
             .directory = *people,
             .showing = shown,
             .actor = actor,
             .now = clock_.now(),
             .random = random_,
             .origin = origin_,
             .listeners = listeners_});
  return work(turn);
}

}  // namespace formwork::engine
