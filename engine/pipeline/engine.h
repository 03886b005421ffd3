// The engine: one model, one store, one way in. Every change of a record, whoever causes it, is a
// Command; every read is a Reader's.
//
// authorise ▸ load ▸ compute ▸ validate ▸ write ▸ audit, all inside one transaction of the store.
// Deciding is pure and lives in the sibling folders; only this one holds a Transaction.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/expected.h"
#include "engine/accounts/directory.h"
#include "engine/accounts/known_secrets.h"
#include "engine/accounts/throttle.h"
#include "engine/automations/listeners.h"
#include "engine/command/command.h"
#include "engine/command/environment.h"
#include "engine/command/refusal.h"
#include "engine/permissions/reader.h"
#include "engine/pipeline/outbox.h"
#include "engine/pipeline/standing.h"
#include "engine/records/preview.h"
#include "engine/store/store.h"

namespace formwork::engine {

struct NewAccount {
  std::string name;
  std::string full_name;
  std::string password;  // empty: may only use tokens
  std::vector<std::string> roles;
  std::string locale;
  std::string manager;             // a name; empty: none
  std::vector<std::string> teams;  // names
  std::vector<std::string> heads;  // names of teams
  std::string email = {};          // empty: gets no mail
};

// An account in another place of the organization; what is not set stays.
struct AccountChange {
  std::optional<std::vector<std::string>> roles;
  std::optional<std::string> manager;  // empty: none
  std::optional<std::vector<std::string>> teams;
  std::optional<std::vector<std::string>> heads;
  std::optional<std::string> email = {};  // empty: none
};

struct SignIn {
  std::string name;
  std::string password;
  std::string address;  // the peer's, to slow down guessing
  Cause cause = Cause::Page;
};

struct Signed {
  std::string secret;  // for the cookie; only its hash is kept
  Actor actor;
  Instant expires_at;
};

// An automation as it stands.
struct AutomationState {
  const model::Automation* automation = nullptr;
  std::array<std::size_t, kRunOutcomes> runs = {};  // of the newest ones, by RunOutcome
  std::optional<Run> last;
};

// What is tried out.
struct Trial {
  const model::Entity* entity = nullptr;  // null: of an automation that is about no record
  RecordId record = 0;
  const model::Automation* automation = nullptr;  // null: all that listen to what `trigger` says
  // `created`, `updated`, `deleted`, `restored`, `moved`, `assigned` or `released`; without an
  // automation it is needed.
  std::string trigger;
};

struct Upload {
  std::string name;
  std::string media_type;
  std::string content;
};

class Engine {
 public:
  struct Parts {
    std::shared_ptr<const model::Model> model;
    std::shared_ptr<store::Store> store;
    const Clock* clock;
    Random* random;
    // Where people reach the app: `https://crm.example.com`. Empty: mail has no links.
    std::string origin = {};
  };

  explicit Engine(Parts parts);

  template <class T>
  using Answer = std::function<void(Expected<T, Refusal>)>;

  // Answers after the commit, on the writer's thread; or at once when the queue is full.
  void execute(Command command, Answer<Outcome> answer);
  Expected<Outcome, Refusal> execute_and_wait(Command command);

  permissions::Reader reader(Actor actor);

  // What `execute` would refuse, without writing: for forms that check while they are filled, and
  // to name every problem when reading found some already. Nothing: it would be granted.
  std::optional<Refusal> check(const Actor& actor, const Intent& intent);

  // What the record would be like, for a form while it is filled. The version of an update does not
  // matter.
  Expected<records::Preview, Refusal> preview(const Actor& actor, Intent intent);

  // The refusal for input that could not be read: those problems, and those that the rest of it has
  // as well. Other reasons to refuse come before both.
  Refusal with_other_problems(const Command& command, std::vector<FieldProblem> problems);

  // Where a visible record stands for the actor.
  Expected<Standing, Refusal> standing(const Actor& actor, const model::Entity& entity,
                                       RecordId id);

  // What automations did, newest first; and how each of them stands (automation_runs.cpp). For
  // admins, as is trying out.
  Expected<permissions::Some<Run>, Refusal> runs(const Actor& actor, const store::RunQuery& query);
  Expected<Run, Refusal> find_run(const Actor& actor, RunId id);
  Expected<std::vector<AutomationState>, Refusal> automations(const Actor& actor);
  // What automations would do with a record, with all that follows, if they were set off now. All
  // of it is undone.
  Expected<std::vector<Run>, Refusal> dry_run(const Actor& actor, const Trial& trial);

  // A task of the actor or of one for whom the actor acts, or of a record that the actor may see.
  Expected<TaskDetail, Refusal> task(const Actor& actor, TaskId id);

  // Carries out up to `limit` timers that are due, each exactly once and in order; how many. What
  // one leads to is written together with its disappearance.
  std::size_t fire_timers(std::size_t limit = 256);
  std::optional<Instant> next_timer();

  // What leaves the system (outbox.cpp). All but noting is for admins.
  Expected<permissions::Some<OutboxMessage>, Refusal> messages(const Actor& actor,
                                                               const store::MessageQuery& query);
  Expected<MessageDetail, Refusal> message(const Actor& actor, MessageId id);
  // Those of the app, and others that still have messages.
  Expected<std::vector<Destination>, Refusal> destinations(const Actor& actor);
  // Whatever became of it, from now on it is as if it had never been tried.
  void resend(const Actor& actor, MessageId id, Answer<OutboxMessage> answer);
  // One that waits is dead from now on, to be seen and to be sent again, so that those behind it go
  // on. An attempt that is under way may still deliver it.
  void give_up(const Actor& actor, MessageId id, Answer<OutboxMessage> answer);
  // One that is disabled is sent nothing; messages for it wait.
  void enable_destination(const Actor& actor, const std::string& name, bool enabled,
                          Answer<Destination> answer);
  // All of them in one write; false when the store did not take it.
  [[nodiscard]] bool note_attempts(const std::vector<AttemptMade>& made);

  // Accounts, sessions and tokens. Checking a password takes some 20 ms of one core.
  Expected<Account, Refusal> add_account(const NewAccount& account);
  Expected<Account, Refusal> change_account(const std::string& name, const AccountChange& change);
  // Nobody signs in with it any more, and its open tasks and things to do go to `heir`, which
  // may be empty when there are none.
  Expected<Account, Refusal> close_account(const std::string& name, const std::string& heir);
  Expected<Signed, Refusal> sign_in(const SignIn& attempt);
  void sign_out(const std::string& secret);
  Expected<std::string, Refusal> create_token(const std::string& account, const std::string& label);

  // Secrets that are shared with other systems, with which webhooks are signed. One that is set
  // leaves the one before valid for so long.
  std::optional<Secret> find_secret(std::string_view name);
  std::vector<Secret> secrets();
  // False: the store did not take it, or there is none to remove.
  bool set_secret(const std::string& name, const std::string& bytes, DaysDuration keep);
  bool remove_secret(const std::string& name);

  // Whose secret this is, with the roles of this moment; nothing when it is unknown, expired or
  // disabled.
  std::optional<Actor> identify(std::string_view secret, Credential::Kind kind, Cause cause);

  // The account with the roles of this moment, for work that goes on without it; nothing when it is
  // closed.
  std::optional<Actor> actor(AccountId id, Cause cause) const;

  // A fresh upload belongs to nobody but its uploader until a record names it.
  void upload(const Actor& actor, Upload upload, Answer<File> answer);

  // Forgets expired sessions, remembered answers, uploads that no record took, and what is too old
  // of runs, messages and notifications; gives up mail that nobody sends. Cheap; call it hourly.
  void sweep();

  const model::Model& model() const { return *model_; }

  const permissions::Gate& gate() const { return gate_; }

  const Clock& clock() const { return clock_; }

  Random& random() const { return random_; }

  std::shared_ptr<const accounts::Directory> directory() const;

  // Index of the best of the app's locales for a BCP 47 tag: the same, or one of its language.
  std::optional<std::size_t> find_locale(std::string_view tag) const;
  // The same, and the app's first when none fits.
  std::size_t locale_index(std::string_view tag) const;

  // How values are shown in that locale (showing.h). `people` must outlive what is returned.
  fields::Showing showing(std::size_t locale, const fields::People& people) const;
  fields::Reading reading(const fields::People& people) const;

  // Walks the history chain in the store.
  store::Store& store() { return *store_; }

 private:
  // `stopped`: the command was refused because automations went beyond their budget.
  using Stopped = std::shared_ptr<std::optional<Run>>;
  Expected<Outcome, Refusal> run(const Command& command, store::Transaction& transaction,
                                 const Stopped& stopped);
  Expected<Outcome, Refusal> perform(const Command& command, store::Transaction& transaction,
                                     const Stopped& stopped);
  // In a transaction of its own, since nothing of the command remains.
  void note_stopped(const Run& run, const std::function<void()>& then);
  void note_outbox(store::Transaction& transaction, const Actor& actor, MessageId message,
                   std::string_view action, std::string_view destination) const;
  std::optional<Expected<Outcome, Refusal>> recall(const Command& command, store::View& view) const;
  using NextSecret = std::function<Secret(const std::optional<Secret>& before, Instant now)>;
  bool write_secret(const std::string& name, std::string_view action, const NextSecret& next);
  // `by` is null when the program itself acts, at the wish of whoever runs it.
  void note_account(store::Transaction& transaction, const Account& account, std::string action,
                    const Actor* by = nullptr, std::string changes = "{}");
  void append(store::Transaction& transaction, HistoryEntry entry) const;

  // `ask` with a situation of this moment, in the actor's language, over that view.
  template <class Ask>
  auto in_situation(const Actor& actor, store::View& view, Ask ask) {
    const auto people = directory();
    const fields::Showing shown = showing(locale_index(actor.locale), *people);
    return ask(records::Situation{.gate = gate_,
                                  .view = view,
                                  .actor = actor,
                                  .showing = shown,
                                  .now = clock_.now(),
                                  .organization = *people});
  }

  // The same with a Turn of the actor (turn.h).
  template <class Work>
  auto in_turn(const Actor& actor, store::Transaction& transaction, Work work);

  template <class Tallied>
  void fire_one(const std::shared_ptr<Tallied>& tally);
  // False: nothing is due.
  bool fire_first(store::Transaction& transaction, std::optional<Timer>& fired);
  void postpone(Timer timer);
  void give_up(const Timer& timer, const Run& stopped, store::Transaction& transaction);
  Expected<void, Refusal> hand_over_tasks(store::Transaction& transaction, AccountId from,
                                          AccountId heir);
  void keep_documents();
  void reload_directory();
  // Answers whether there may be more.
  void sweep_old(std::function<bool(store::Transaction&)> erase);

  template <class T>
  void submit(std::function<Expected<T, Refusal>(store::Transaction&)> work, Answer<T> answer);
  template <class T>
  Expected<T, Refusal> submit_and_wait(
      std::function<Expected<T, Refusal>(store::Transaction&)> work);

  std::shared_ptr<const model::Model> model_;
  permissions::Gate gate_;
  std::shared_ptr<store::Store> store_;
  const Clock& clock_;
  Random& random_;
  const std::string origin_;
  const automations::Listeners listeners_;
  accounts::Throttle throttle_;
  accounts::KnownSecrets known_secrets_;
  mutable std::mutex directory_mutex_;
  std::shared_ptr<const accounts::Directory> directory_;  // guarded by directory_mutex_
};

}  // namespace formwork::engine
