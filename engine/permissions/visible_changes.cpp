#include "engine/permissions/visible_changes.h"

#include "dsl/base/json.h"

namespace formwork::permissions {

std::vector<bool> visible_fields(const Gate& gate, const Actor& actor,
                                 const model::Entity& entity) {
  std::vector<bool> visible;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    visible.push_back(gate.may_see_field(actor, entity, i));
  }
  return visible;
}

std::string visible_changes(const std::string& changes, const model::Entity& entity,
                            const std::vector<bool>& visible) {
  std::string kept;
  json::Writer writer(kept);
  writer.begin_object();
  // We wrote it, so it parses; if it does not, nothing of it is shown.
  const auto parsed = json::parse(changes);
  for (const json::Value::Member& member : parsed ? parsed->members : json::Value().members) {
    const std::optional<std::size_t> field = model::field_index(entity, member.first);
    if (!field || !visible[*field]) continue;
    writer.key(member.first);
    json::write(writer, member.second);
  }
  writer.end_object();
  return kept;
}

}  // namespace formwork::permissions
