// Records in and out of their tables, line items with them.
#pragma once

#include <optional>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

std::optional<Record> load_record(Session& session, const model::Entity& entity, RecordId id);
std::vector<Record> load_page(Session& session, const Query& query);
std::int64_t count_matches(Session& session, const Query& query, std::int64_t at_most);

RecordId write_new_record(Session& session, const model::Entity& entity, const Record& record);
bool write_record(Session& session, const model::Entity& entity, const Record& record,
                  std::int64_t expected_version);

}  // namespace formwork::store
