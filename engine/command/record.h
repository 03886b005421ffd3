// Records and accounts as the engine passes them around.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/time.h"
#include "dsl/feel/value.h"

namespace formwork::engine {

using RecordId = std::int64_t;   // from 1, per entity
using AccountId = std::int64_t;  // from 1; 0 is the program itself

inline constexpr AccountId kSystemAccount = 0;

// What history calls accounts: a name that no entity of an app can have.
inline constexpr std::string_view kAccountEntity = "fw_account";
inline constexpr std::string_view kSecretEntity = "fw_secret";

struct Record {
  RecordId id = 0;
  std::int64_t version = 0;  // 1 when created, one more with each change
  Instant created_at;
  AccountId created_by = kSystemAccount;
  Instant updated_at;
  AccountId updated_by = kSystemAccount;
  std::optional<Instant> deleted_at;
  std::vector<feel::Value> values;  // by index of Entity::fields; a table field is a List of Lists
};

struct Account {
  AccountId id = 0;
  std::string name;       // `li.lei`: what people type to sign in
  std::string full_name;  // `Li Lei`
  std::string password;   // Argon2id in its encoded form; empty: cannot sign in by password
  std::vector<std::string> roles;  // names, checked against the model when used
  std::string locale;              // BCP 47; empty: the app's first
  bool active = true;
  AccountId manager = 0;           // 0: none
  std::vector<std::string> teams;  // names, departments among them
  std::vector<std::string> heads;  // of the teams that this one leads
  std::string email;               // empty: gets no mail
};

// A browser's session or an integrator's token. Only the hash of the secret is kept.
struct Credential {
  enum class Kind : unsigned char { Session, Token };

  std::string hash;  // SHA-256 of the secret, 32 bytes
  Kind kind = Kind::Session;
  AccountId account = 0;
  Instant created_at;
  Instant expires_at;
  std::string label;  // of a token: what it is for
};

// An uploaded file. Its bytes are read apart, since most readers want only the name.
struct File {
  std::int64_t id = 0;
  std::string name;
  std::string media_type;
  std::int64_t size_bytes = 0;
  std::string sha256;  // 32 bytes
  AccountId created_by = 0;
  Instant created_at;
  std::string entity;  // of the record that shows it; empty until it is attached
  RecordId record = 0;
};

// One entry of the append-only history. `hash` covers all of it and the hash before it.
struct HistoryEntry {
  std::int64_t sequence = 0;  // from 1, without gaps
  Instant at;
  AccountId actor = kSystemAccount;
  std::string actor_name;  // as it was then
  std::string entity;      // entity name; kAccountEntity for accounts
  RecordId record = 0;
  std::int64_t version = 0;  // of the record, after the change
  std::string action;        // `created`, `updated`, `deleted`, `restored`, …
  std::string cause;         // cause_name(): `page`, `api`, `timer`, …
  std::string model;         // fingerprint of the model version
  std::string changes;       // JSON: {"field":{"from":…,"to":…},…}
  std::string detail;  // JSON: what there is to say besides (engine/audit/detail.h); empty: nothing
  std::int64_t caused_by =
      0;  // sequence of the entry that led to this one; 0: whoever acted wanted it
  std::string previous_hash;  // 32 bytes; 32 zero bytes for the first
  std::string hash;           // 32 bytes
};

}  // namespace formwork::engine
