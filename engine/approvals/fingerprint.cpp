// What a decision was made on: a hash over the values that its step reads or shows, in a form that
// does not depend on how somebody wrote them.
#include "dsl/feel/operators.h"
#include "engine/approvals/machine.h"
#include "engine/command/sha256.h"

namespace formwork::approvals {
namespace {

using engine::PartsHash;
using feel::Value;
using feel::ValueKind;

// 0.2 and 0.20 are one number.
std::string canonical(feel::Number number) {
  std::string text = number.to_string();
  if (text.find('.') == std::string::npos || text.find('E') != std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// A table without lines is null or empty, which is the same.
bool is_nothing(const Value& value) {
  return value.is_null() || (value.kind() == ValueKind::List && value.list().empty());
}

void add(PartsHash& hash, const Value& value) {
  const ValueKind kind = is_nothing(value) ? ValueKind::Null : value.kind();
  hash.add(static_cast<std::int64_t>(kind));
  switch (kind) {
    case ValueKind::Null:
      return;
    case ValueKind::Number:
      hash.add(canonical(value.number()));
      return;
    case ValueKind::Record:
      hash.add(value.record().id);
      return;
    case ValueKind::List:
      hash.add(static_cast<std::int64_t>(value.list().size()));
      for (const Value& element : value.list()) add(hash, element);
      return;
    default:
      hash.add(feel::to_literal(value, TimeZone::utc()));
  }
}

}  // namespace

std::string fingerprint(const model::ApprovalStep& step, const engine::Record& record,
                        const model::Entity& entity) {
  PartsHash hash;
  for (const std::size_t field : step.guarded) {
    hash.add(entity.fields[field].name);
    add(hash, record.values[field]);
  }
  return hash.finish();
}

}  // namespace formwork::approvals
