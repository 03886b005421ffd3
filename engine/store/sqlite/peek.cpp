#include <filesystem>

#include "engine/store/sqlite/database.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace formwork::store {

std::optional<std::string> peek_setting(const std::string& path, std::string_view name) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    Database database(path, {.access = Access::Read, .cache_kib = 256});
    Statement select(database.handle(), "SELECT value FROM fw_setting WHERE name = ?1");
    select.bind(1, name);
    if (!select.step()) return std::nullopt;
    return std::string(select.text(0));
  } catch (const SqliteError&) {
    // Not one of our files; opening it for real will say so.
    return std::nullopt;
  }
}

}  // namespace formwork::store
