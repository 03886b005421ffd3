// Scenarios: what people do with an app and what comes of it, as text. `formwork test` plays them
// (engine/scenario).
//
// Names of entities, fields, stages, actions and people are checked by the compiler; values stay as
// they stand in the text until they are played, since they may name records of the scenario.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/base/json.h"
#include "dsl/base/time.h"
#include "dsl/calendar/calendar.h"
#include "dsl/diagnostics/source.h"

namespace formwork::model {

// A value with its place, for messages.
struct PlacedValue {
  json::Value value;
  Span where;
};

using PlacedValues = std::vector<std::pair<std::string, PlacedValue>>;

struct ScenarioStep {
  struct Create {
    std::size_t entity = 0;
    PlacedValues with;
    std::string call_it;  // the record's name in the scenario; empty: none
  };

  struct Edit {
    std::string record;
    PlacedValues with;
  };

  struct Remove {
    std::string record;
    bool restore = false;
  };

  struct Move {
    std::string record;
    std::string to;
    std::string comment;
  };

  struct Check {  // of a checklist
    std::string record;
    std::vector<std::string> items;
    bool done = true;
  };

  // approve, reject, return, transfer, add_approver, withdraw, take_back, urge, resubmit, read.
  struct Decide {
    std::string action;
    std::string record;
    std::string comment;
    std::string to;     // a person; of `return` a step or `submitter`
    std::string where;  // of add_approver: before, after, alongside
    PlacedValues with;  // changed with the decision
  };

  struct Assign {
    std::string record;
    std::string to;  // a person; empty: claim it
  };

  struct Dispatch {
    std::string record;
    std::string by;  // an assignment document
  };

  struct Release {
    std::string record;
    std::string pool;
    std::string comment;
  };

  struct Comment {
    std::string record;
    std::string text;
  };

  struct Finish {  // something to do
    std::string person;
    std::string title;  // a part of it
  };

  struct Away {
    std::string person;
    calendar::Period during;
  };

  // What comes by an inbound webhook. That it is signed is not what scenarios are about.
  struct Post {
    std::size_t webhook = 0;  // index into Model::webhooks
    json::Value body;
    PlacedValues query;
    std::string call_it;  // of the record that was made or found
  };

  struct Submit {          // a public form
    std::size_t form = 0;  // index into Model::forms
    PlacedValues with;
    PlacedValues query;
    std::string call_it;
  };

  struct Delegate {
    std::string to;
    calendar::Period during;
  };

  struct Leave {  // an account is closed, and its tasks go to somebody else
    std::string person;
    std::string hand_over_to;
  };

  struct Pass {
    calendar::Period time;
  };

  // `q.stage: review`, `waiting_for: [han.mei, role finance]`, `q.history: [ … ]`: each checked by
  // itself. Keys are words, or a record's name, a dot, and a field, a path of them, or a word.
  struct Expect {
    PlacedValues that;
  };

  using Action = std::variant<Create, Edit, Remove, Move, Check, Decide, Assign, Dispatch, Release,
                              Comment, Finish, Away, Post, Submit, Delegate, Leave, Pass, Expect>;

  std::string as;  // who acts from here on; empty: as before
  Action action;
  // The step has to be refused: each text stands somewhere in the refusal, in one of the app's
  // languages.
  bool refused = false;
  std::vector<PlacedValue> refusal;
  Span where;
};

struct Scenario {
  std::string name;
  std::string as;             // who begins
  std::optional<Instant> at;  // when; else a Monday morning
  std::vector<ScenarioStep> steps;
  // A table of cases: the scenario is played once for each row, with `{column}` replaced in its
  // texts.
  std::vector<std::map<std::string, PlacedValue, std::less<>>> cases;
  Span where;
};

}  // namespace formwork::model
