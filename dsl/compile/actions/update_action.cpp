// update: other records are changed, each for which a condition holds.
#include <array>

#include "dsl/compile/action.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 4> kKeys{"where", "set", "move", "limit"};
constexpr std::int64_t kMaxLimit = 10'000;

bool read_where(const ActionText& text, model::UpdateAction& action, Context& context) {
  const yaml::Node* where = text.find("where");
  if (where == nullptr) {
    report_missing(codes::kDocumentMissingKey, text.verb.key_span,
                   "nothing says which records are changed", "write `where: …`", context);
    return false;
  }
  auto condition = read_expression(*where, *action.scope, feel::TypeKind::Boolean, context);
  if (condition) action.where = std::move(*condition);
  return condition.has_value();
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  Context& context = place.context();
  const auto index = read_declared(context.model.entities, "entity", text.value(), context);
  if (!index) return std::nullopt;
  const model::Entity& entity = context.model.entities[*index];
  model::UpdateAction action;
  action.entity = *index;
  action.scope = context.model.scopes->of_loop(entity, place.entity());
  const bool is_good = read_where(text, action, context);
  const yaml::Node* set = text.find("set");
  const yaml::Entry* move = text.all.find("move");
  if (set != nullptr) {
    action.values = read_field_values(*set, {.entity = entity, .scope = *action.scope}, context);
  }
  if (move != nullptr) {
    action.stage = read_stage(move->value, entity, move->key_span, place).value_or("");
  }
  if (set == nullptr && move == nullptr) {
    report_missing(codes::kDocumentMissingKey, text.verb.key_span,
                   "nothing says what becomes of the records", "write `set: { … }` or `move: …`",
                   context);
  }
  if (const yaml::Node* limit = text.find("limit")) {
    action.limit =
        static_cast<std::size_t>(read_integer(*limit, "how many at most", 1, kMaxLimit, context)
                                     .value_or(static_cast<std::int64_t>(action.limit)));
  }
  if (!is_good) return std::nullopt;
  return action;
}

}  // namespace

const ActionType& update_action() {
  static const ActionType type{
      .name = "update",
      .summary = "Changes every record of an entity for which `where` holds.",
      .keys = kKeys,
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
