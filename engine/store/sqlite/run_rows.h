// What automations did, in and out of its tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

RunId write_run(Session& session, const Run& run);
std::optional<Run> load_run(Session& session, RunId id);
// The statement behind load_runs(); of an automation and any outcome it is asked for each outcome.
std::string runs_sql(const RunQuery& query);
std::vector<Run> load_runs(Session& session, const RunQuery& query);
// Some thousands of the oldest, of those that are older; whether there may be more.
bool erase_runs(Session& session, Instant before);

bool is_noted_once(Session& session, std::string_view automation, std::string_view entity,
                   RecordId record);
void write_once(Session& session, std::string_view automation, std::string_view entity,
                RecordId record);

}  // namespace formwork::store
