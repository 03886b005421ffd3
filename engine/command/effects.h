// What automations did and what is on its way out, as the store keeps it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time.h"
#include "engine/command/record.h"

namespace formwork::engine {

using RunId = std::int64_t;           // from 1
using MessageId = std::int64_t;       // from 1
using NotificationId = std::int64_t;  // from 1
using ToDoId = std::int64_t;          // from 1

enum class RunOutcome : unsigned char {
  Done,
  Declined,  // its condition does not hold
  Skipped,   // outside of its window, done once already, or stopped by one before it
  Waiting,   // it will be tried later
  Failed,    // an action was refused: nothing that it did remains
  Stopped,   // the chain of causes went beyond its budget: nothing of the chain remains
};

inline constexpr std::size_t kRunOutcomes = 6;

std::string_view run_outcome_name(RunOutcome outcome);
std::optional<RunOutcome> find_run_outcome(std::string_view name);

// One time that an automation was triggered.
struct Run {
  RunId id = 0;
  Instant at;
  std::string automation;  // its name
  std::string entity;      // empty: about no record
  RecordId record = 0;
  std::string trigger;  // what set it off, in the terms of the text: `stage: assigned`
  RunOutcome outcome = RunOutcome::Done;
  // Why it ended so: `first_response_at = null: first_response_at = 2026-03-02T09:00:00Z`, the
  // refusal of an action, or of Stopped the path of automations.
  std::string reason;
  std::string actions;            // JSON: [{"action":"set","did":"owner = li.lei"},…]
  std::int64_t cause = 0;         // sequence of the history entry that triggered it; 0: a time
  std::int64_t depth = 0;         // how many automations before it led to it
  AccountId actor = 0;            // who caused the event; 0: the program
  std::int64_t microseconds = 0;  // how long it took
};

enum class MessageState : unsigned char {
  Waiting,  // to be sent, perhaps again
  Delivered,
  Dead,  // given up; can be sent again by hand
};

std::string_view message_state_name(MessageState state);
std::optional<MessageState> find_message_state(std::string_view name);

// The destination of all mail.
inline constexpr std::string_view kMailDestination = "mail";

// Something for the outside: a webhook's request or a mail. Written in the transaction of what it
// is about.
struct OutboxMessage {
  MessageId id = 0;
  std::string key;          // stable over all attempts: the `webhook-id` or the Message-ID
  std::string destination;  // an outbound webhook's name, or kMailDestination
  std::string to;           // of mail: the address
  std::string subject;      // of mail; of a webhook its event
  std::string body;         // of a webhook JSON
  Instant created_at;
  Instant due_at;  // not before
  MessageState state = MessageState::Waiting;
  std::int64_t attempts = 0;
  std::optional<Instant> ended_at;
  std::string problem;  // of the last attempt
  std::string entity;   // of the record that it is about; empty: none
  RecordId record = 0;
  std::int64_t cause = 0;  // sequence of the history entry; 0: none
};

struct Attempt {
  MessageId message = 0;
  Instant at;
  std::int64_t status = 0;  // of HTTP or SMTP; 0: there was no answer
  std::string problem;      // empty: it arrived
  std::int64_t milliseconds = 0;
};

// What is known of a destination beside the model.
struct Destination {
  std::string name;
  bool disabled = false;  // by an answer of 410, or by an admin
  std::string why;
  std::int64_t waiting = 0;  // messages
  std::int64_t dead = 0;
};

struct Notification {
  NotificationId id = 0;
  AccountId account = 0;
  Instant at;
  std::string title;  // in the account's language
  std::string text;
  std::string entity;  // of the record that it is about; empty: none
  RecordId record = 0;
  std::string rule;  // `automation first_response_sla`, `assignment lead_territory`, `approval …`
  bool urgent = false;
  std::optional<Instant> read_at;
  bool in_inbox = true;
  bool mail_pending = false;  // waits for the digest
};

// Something to do, given to somebody by an automation.
struct ToDo {
  ToDoId id = 0;
  AccountId assignee = 0;
  std::string title;
  std::string entity;
  RecordId record = 0;
  std::string rule;
  Instant created_at;
  std::optional<Instant> due_at;
  std::optional<Instant> done_at;
  AccountId done_by = 0;
};

// For that long an account gets no work by assignment.
struct Absence {
  std::int64_t id = 0;
  AccountId account = 0;
  Instant starts_at;
  Instant ends_at;
  std::string reason;
};

// How somebody wants to be told. Times are those of the app's zone.
struct Preferences {
  enum class Digest : unsigned char { None, Hourly, Daily };

  bool mail = true;                     // whether mail is wanted at all
  std::optional<TimeOfDay> quiet_from;  // no mail between the two, over midnight as well
  std::optional<TimeOfDay> quiet_to;
  Digest digest = Digest::None;
  TimeOfDay digest_at{std::int64_t{9} * 3600 * kNanosPerSecond};  // of Daily

  bool operator==(const Preferences&) const = default;
};

// A shared secret with the outside. While it is changed both hold.
struct Secret {
  std::string name;
  std::string current;   // bytes
  std::string previous;  // empty: none
  std::optional<Instant> previous_until;
};

// The response clock of a record. Its steps go on when one of them takes the record from its owner,
// while the next owner has the whole of `within`.
struct ResponseClock {
  Instant started_at;
  std::optional<Instant> running_since;  // nothing: it pauses or has stopped
  DaysDuration used;                     // before `running_since`, of the kind that `within` counts
  DaysDuration passed_on;  // of `used`: before the owner had it, from whom a step had taken it
  AccountId owner = 0;
  bool stopped = false;  // answered, or nobody owns the record
};

}  // namespace formwork::engine
