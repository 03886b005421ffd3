// Stays and timers in and out of their tables.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

std::vector<Stay> load_stays(Session& session, std::string_view entity, RecordId record);
// Ends the one that is under way.
void write_stay(Session& session, std::string_view entity, RecordId record, const Stay& stay);

std::vector<Timer> load_timers_due(Session& session, Instant until, const Timer* after,
                                   std::size_t limit);
std::optional<Instant> load_next_timer(Session& session);
std::vector<Timer> load_timers_of(Session& session, std::string_view entity, RecordId record);
std::vector<Timer> load_timers_of_rule(Session& session, std::string_view rule, std::size_t limit);
TimerId write_timer(Session& session, const Timer& timer);
// False: it was gone.
bool erase_timer(Session& session, TimerId id);
void erase_timers_of_task(Session& session, TaskId task);
void erase_timers_of_record(Session& session, std::string_view entity, RecordId record, bool all);
void erase_timers_of_record(Session& session, std::string_view entity, RecordId record,
                            Timer::Kind kind, std::string_view rule);

}  // namespace formwork::store
