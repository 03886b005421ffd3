// What fires next: timers to come, each with its record and the rule that set it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/pipeline/engine.h"

namespace formwork::engine {

// A timer to come.
struct Coming {
  Timer timer;
  const model::Entity* entity = nullptr;  // null: about no record
  Record record;
  const model::Stage* stage = nullptr;          // of dwell times
  const model::ApprovalChain* chain = nullptr;  // of deadlines, as are the rest
  const model::ApprovalStep* step = nullptr;
  const model::Deadline* deadline = nullptr;
  AccountId assignee = 0;  // of a deadline or something to do; of assignment who owns the record
  const model::Assignment* assignment = nullptr;  // of the response clock and of recycling
  const model::Automation* automation = nullptr;  // of what automations wait for
  Message what;                                   // "moves to Expired"
  Span rule;                                      // where the documents say so
};

struct Forecast {
  std::vector<Coming> lines;  // in the order in which they fire
  std::optional<Timer> more;  // behind which to go on; nothing: that was all
};

struct ForecastQuery {
  Instant until;
  const model::Entity* entity = nullptr;  // only its records; null: all
  std::optional<Timer> after = {};        // go on behind this one; its time and id count
  std::size_t limit = 100;
};

// Where a rule stands: "quote.yaml:31". The folder is the author's own business.
std::string place_of(const Span& rule);

// Of records that the reader's caller may see.
Forecast forecast(permissions::Reader& reader, const accounts::Directory& people,
                  const ForecastQuery& query);

// Of all records, for whoever has the store's file.
Forecast forecast(Engine& engine, const ForecastQuery& query);

}  // namespace formwork::engine
