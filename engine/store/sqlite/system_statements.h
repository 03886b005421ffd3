// The statements on the system tables, prepared when first used and kept per connection.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace formwork::store {

enum class System : std::size_t {
  Begin,
  BeginImmediate,
  Commit,
  Rollback,
  BeginPiece,
  KeepPiece,
  UndoPiece,
  History,
  HistoryFrom,
  LastHistory,
  AppendHistory,
  AccountByName,
  AccountById,
  Accounts,
  InsertAccount,
  UpdateAccount,
  FindCredential,
  InsertCredential,
  DeleteCredential,
  DeleteCredentialsOf,
  DeleteExpiredCredentials,
  DeleteExpiredRemembered,
  DeleteOrphanedFiles,
  FindFile,
  FileContent,
  InsertFile,
  AttachFile,
  FindRemembered,
  Remember,
  FindSetting,
  PutSetting,
  NextNumber,
  Count_,
};

inline constexpr std::size_t kSystemStatements = static_cast<std::size_t>(System::Count_);

// In the order of System.
const std::array<std::string_view, kSystemStatements>& system_statements();

}  // namespace formwork::store
