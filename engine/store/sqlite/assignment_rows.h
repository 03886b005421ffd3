// Response clocks, shares and who owns how much, in and out of their tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

std::optional<ResponseClock> load_response_clock(Session& session, std::string_view entity,
                                                 RecordId record);
void write_response_clock(Session& session, std::string_view entity, RecordId record,
                          const ResponseClock& clock);

std::vector<std::pair<AccountId, std::int64_t>> load_shares(Session& session,
                                                            std::string_view assignment,
                                                            std::string_view rule);
void write_share(Session& session, std::string_view assignment, std::string_view rule,
                 AccountId account, std::int64_t share);

// The statement behind count_open(), for entities with an owner.
std::string open_sql(const model::Entity& entity);
std::int64_t count_open(Session& session, const model::Entity& entity, AccountId owner,
                        std::int64_t at_most);

}  // namespace formwork::store
