// What somebody wants done, and what came of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/model/model.h"
#include "engine/command/record.h"

namespace formwork::engine {

// Which door a command or a question came through; history keeps it.
enum class Cause : unsigned char { Page, Api, Program };

std::string_view cause_name(Cause cause);

// Who acts, with the rights of this moment.
struct Actor {
  AccountId account = kSystemAccount;
  std::string name;
  std::string full_name;
  std::vector<std::size_t> roles;  // indices into Model::roles
  std::string locale;
  Cause cause = Cause::Program;
};

// New values by index of Entity::fields, each at most once. Fields that are not named keep what
// they have.
using Changes = std::vector<std::pair<std::size_t, feel::Value>>;

struct CreateRecord {
  const model::Entity* entity;
  Changes values;
};

struct UpdateRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
  Changes values;
};

struct DeleteRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
};

struct RestoreRecord {
  const model::Entity* entity;
  RecordId id;
  std::int64_t expected_version;
};

using Intent = std::variant<CreateRecord, UpdateRecord, DeleteRecord, RestoreRecord>;

struct Outcome {
  const model::Entity* entity = nullptr;
  Record record;          // as it is now
  bool changed = true;    // false: the values were there already, nothing was written
  std::string answer;     // what was remembered, when the command came with a key
  bool repeated = false;  // the answer is that of an earlier, equal request; `record` is empty
};

// An Idempotency-Key: an equal request gets the first one's answer, and nothing happens twice.
struct Once {
  std::string key;
  std::string request_hash;
  // Makes the answer to remember; called inside the transaction.
  std::function<std::string(const Outcome&)> answer;
};

struct Command {
  Actor actor;
  Intent intent;
  std::optional<Once> once;
};

}  // namespace formwork::engine
