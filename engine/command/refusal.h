// Why a request was not granted: every reason, in terms that the caller may see. A refusal changed
// nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/message.h"
#include "dsl/model/model.h"

namespace formwork::engine {

enum class RefusalKind : unsigned char {
  NotFound,        // no such record, or one that the caller may not see: the two look alike
  Forbidden,       // the caller sees it but may not do this
  Invalid,         // values break a rule; `fields` names each
  Stale,           // somebody saved first
  Conflict,        // the record is in a state that rules this out
  KeyReused,       // an idempotency key came back with another request
  SignInRequired,  // nobody is signed in, or what was sent does not prove who it is
  Throttled,       // too many tries; `retry_after_seconds` says when
  Busy,            // the queue is full
  StoreFull,       // no room on the disk
  Failed,          // the store broke; the log knows more
};

// One value that breaks a rule. The message does not name the field: `describe` puts its label
// before it.
struct FieldProblem {
  std::optional<std::size_t> field;   // index into Entity::fields; none: the name is not a field,
                                      // or, without a name, the record as a whole is meant
  std::optional<std::size_t> row;     // of a table field, from 0
  std::optional<std::size_t> column;  // of that row: index into Field::fields
  std::string name;                   // as the caller wrote it, when it is not a field
  Message message;

  // Of a text that is itself in a language: where in it, in characters from 1, `end` behind the
  // last; what else to write; and the mistake's code, in place of the message's.
  struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::optional<Place> place;
  std::string remedy;
  std::string_view code;

  // Of a criterion: the values that it hung on, `amount = 0`, as far as the caller may see them.
  // Empty: none.
  std::string saw = {};
};

struct Refusal {
  RefusalKind kind;
  Message message;
  std::vector<FieldProblem> fields;
  std::optional<std::int64_t> current_version;  // when Stale
  std::int64_t retry_after_seconds = 0;         // when Throttled or Busy
};

// Without fields, versions or waits.
Refusal refusal_of(RefusalKind kind, const MessageText& text,
                   std::vector<std::pair<std::string_view, Argument>> arguments = {});

// "Budget: enter a number", "Items, line 2, Quantity: enter at least 1".
std::string describe(const FieldProblem& problem, const model::Entity& entity, Language language,
                     std::size_t locale);

// The JSON Pointer (RFC 6901) of the value in a request's body: "/items/1/qty".
std::string pointer_to(const FieldProblem& problem, const model::Entity& entity);

}  // namespace formwork::engine
