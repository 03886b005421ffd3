// Assignment: who gets a record, how soon the owner has to answer, and when it goes back to a pool.
//
// Words: a pool [公海] holds records that nobody owns and from which people claim [抢单]; dispatch
// [派单] is that somebody gives them out; the response clock [首响] runs from the assignment until
// the owner has answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/calendar/calendar.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"
#include "dsl/model/people.h"

namespace formwork::model {

// Of an entity, whichever document declares it.
struct Pool {
  std::string name;
  Localized label;
  std::optional<std::size_t> claims_per_day;  // of one person, by the app's calendar day
  std::optional<std::size_t> max_open;  // who owns so many open records of the entity claims none
  Span where;
};

// Which of the candidates gets it. Absent, departed and full people are passed over by all of them.
enum class Pick : std::uint8_t {
  RoundRobin,   // the one whose turn it is, in the order of names
  Weighted,     // the same by weights: who has 3 gets three times as many, spread evenly
  LeastLoaded,  // who owns the fewest open records; of equals the one whose turn it is
  First,        // the first, in the order of the terms
};

// Candidates or a pool.
struct AssignTarget {
  People people;                    // empty: to the pool
  std::optional<std::size_t> pool;  // index into Entity::pools; of candidates: when nobody is free
  Pick pick = Pick::RoundRobin;
  std::map<std::string, std::size_t, std::less<>> weights;  // by account name, 1 to 100; others 1
  std::optional<std::size_t> max_open;  // who owns so many open records of the entity is full
};

struct AssignmentRule {
  std::string id;                        // unique in its document; `rule 2` for one without a name
  Localized why;                         // empty: nobody said
  std::optional<feel::Expression> when;  // over Scopes::of(entity); nothing: `otherwise`
  AssignTarget to;
  Span where;
};

// What happens when the owner has not answered for so long.
struct ResponseStep {
  enum class Action : std::uint8_t { Remind, Reassign, Escalate, Release };

  calendar::Period after;  // of the time that the clock ran: pauses do not count
  Action action = Action::Remind;
  People to;             // of Remind and Escalate, who is told besides the owner; of Reassign
                         // empty: by the rules of the assignment, without the present owner
  std::size_t pool = 0;  // of Release: index into Entity::pools
  Span where;
};

struct Response {
  feel::Expression done;                  // the owner has answered; over Scopes::of(entity)
  std::optional<feel::Expression> pause;  // the clock stands while this holds
  calendar::Period within;                // what `respond_by` promises
  std::vector<ResponseStep> steps;        // in the order of their time
  Span where;
};

// Sends records back to a pool that their owners leave alone. Records in a final stage stay.
struct Recycle {
  std::string id;
  Localized why;
  calendar::Period after;  // since it was assigned; asked again every day from then on
  std::optional<feel::Expression> when;  // over Scopes::of(entity); nothing: always
  std::size_t pool = 0;                  // index into Entity::pools
  Span where;
};

struct Assignment {
  std::string name;
  std::size_t index = 0;  // in Model::assignments
  Localized label;
  Localized why;
  std::size_t entity = 0;
  std::vector<AssignmentRule> rules;  // the first that holds decides
  std::optional<Response> response;   // of one assignment of an entity at most
  std::vector<Recycle> recycle;
  Span where;
};

// Fields that the engine keeps for entities that an assignment document is about, as indices into
// Entity::fields. They are like others for lists, filters, FEEL and history, but take no input.
struct AssignmentFields {
  std::size_t assigned_at = 0;            // date_time: when the owner got it; null without owner
  std::optional<std::size_t> pool;        // choice: where it waits; null with an owner
  std::optional<std::size_t> respond_by;  // date_time: with a response clock; null while it pauses
  std::optional<std::size_t> responded_at;  // date_time: when `done` came to hold
};

}  // namespace formwork::model
