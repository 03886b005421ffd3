#include "engine/automations/text.h"

#include "dsl/feel/json.h"
#include "dsl/model/scope.h"
#include "engine/automations/values.h"
#include "engine/permissions/reader.h"
#include "engine/records/output.h"

namespace formwork::automations {
namespace {

using feel::syntax::Kind;
using feel::syntax::NodeId;
using feel::syntax::Tree;

// What a path has led to: a record of an entity, one of its fields, or neither.
struct Place {
  const model::Entity* entity = nullptr;
  const fields::Field* field = nullptr;
};

class PathReader {
 public:
  PathReader(const Tree& tree, const feel::Scope& scope, const model::Entity* entity,
             const model::Model& model)
      : tree_(tree), scope_(scope), entity_(entity), model_(model) {}

  Place read(NodeId node) const {
    const auto& one = tree_[node];
    if (one.kind == Kind::Name) return name(one.text);
    if (one.kind != Kind::Path) return {};
    const Place before = read(one.children.front());
    return before.entity == nullptr ? Place{} : member(*before.entity, one.text);
  }

 private:
  Place name(const std::string& text) const {
    const auto slot = scope_.find(text);
    if (!slot) return {};
    if (entity_ != nullptr && *slot < entity_->fields.size()) return field(entity_->fields[*slot]);
    if (entity_ != nullptr && *slot == model::old_slot(*entity_)) return {.entity = entity_};
    const feel::RecordType* type = scope_.variables()[*slot].type.record_type();
    const auto index = type == nullptr ? std::nullopt : model_.scopes->entity_of(*type);
    return index ? Place{.entity = &model_.entities[*index]} : Place{};
  }

  Place member(const model::Entity& of, const std::string& text) const {
    const fields::Field* found = model::find_field(of, text);
    return found == nullptr ? Place{} : field(*found);
  }

  Place field(const fields::Field& field) const {
    const bool leads_on = field.type->column == fields::Column::Record;
    return {.entity = leads_on ? &model_.entities[field.target] : nullptr, .field = &field};
  }

  const Tree& tree_;
  const feel::Scope& scope_;
  const model::Entity* entity_;
  const model::Model& model_;
};

// The type that a type of field by that name gives to values without a field.
std::string shown_as(const char* type, const feel::Value& value, const fields::Showing& showing) {
  static const fields::Field kPlain{};
  return fields::find_field_type(type)->show(value, kPlain, showing);
}

std::string shown_moment(const feel::DateTime& at) {
  return to_string(at.local.date) + " " + to_string(at.local.time);
}

// Of a record of which only its type is known.
std::string shown_record(feel::RecordRef record, const feel::RecordType* type,
                         const fields::Showing& showing, Doing& doing) {
  const model::Model& model = doing.situation().gate.model();
  const auto index = type == nullptr ? std::nullopt : model.scopes->entity_of(*type);
  if (!index) return showing.people->full_name(record.id);
  const model::Entity& entity = model.entities[*index];
  const auto found = doing.find(entity, record.id);
  return found ? permissions::title_of(entity, *found, showing)
               : entity.label[showing.locale] + " " + std::to_string(record.id);
}

std::string shown(const feel::Value& value, const feel::Type& type, const fields::Showing& showing,
                  Doing& doing) {
  switch (value.kind()) {
    case feel::ValueKind::Null:
      return {};
    case feel::ValueKind::String:
      return value.string();
    case feel::ValueKind::Boolean:
      return shown_as("boolean", value, showing);
    case feel::ValueKind::Date:
      return shown_as("date", value, showing);
    case feel::ValueKind::Instant:
      return shown_as("date_time", value, showing);
    case feel::ValueKind::DateTime:
      return shown_moment(value.date_time());
    case feel::ValueKind::DaysDuration:
      return shown_as("duration", value, showing);
    case feel::ValueKind::Record:
      return shown_record(value.record(), type.record_type(), showing, doing);
    case feel::ValueKind::List: {
      std::string text;
      for (const feel::Value& one : value.list()) {
        const std::string part = shown(one, type.element(), showing, doing);
        text += (text.empty() ? "" : showing.language == Language::Chinese ? "、" : ", ") + part;
      }
      return text;
    }
    default:
      return feel::to_literal(value, *showing.zone);
  }
}

std::string shown(const feel::Value& value, const fields::Field& field,
                  const fields::Showing& showing, Doing& doing) {
  if (value.is_null()) return {};
  if (field.type->column == fields::Column::Record) {
    const model::Model& model = doing.situation().gate.model();
    const feel::RecordType& type = model.scopes->record_type(model.entities[field.target]);
    return shown_record(value.record(), &type, showing, doing);
  }
  // What FEEL made of it may be of another kind, as the lines of a table are.
  if (value.kind() != fields::value_kind(field)) return feel::to_literal(value, *showing.zone);
  return field.type->show(value, field, showing);
}

}  // namespace

const fields::Field* find_field(const feel::Expression& expression, const feel::Scope& scope,
                                const model::Entity* entity, const model::Model& model) {
  const Tree& tree = expression.tree();
  if (tree.root == feel::syntax::kNoNode) return nullptr;
  return PathReader(tree, scope, entity, model).read(tree.root).field;
}

std::string render(const model::TextTemplate& text, std::size_t locale, const Occasion& occasion,
                   Doing& doing) {
  if (text.empty()) return {};
  const model::Model& model = doing.situation().gate.model();
  const fields::Showing showing{.language = language_of(model.app.locales[locale]),
                                .locale = locale,
                                .zone = model.app.time_zone,
                                .people = doing.situation().showing.people};
  approvals::Asking asking = ask(occasion, doing);
  std::string rendered;
  for (const model::TextTemplate::Part& part : text.by_locale[locale]) {
    rendered += part.text;
    if (!part.value) continue;
    const feel::Value value = asking.evaluate(*part.value);
    const fields::Field* field =
        find_field(*part.value, *occasion.automation.scope, occasion.entity, model);
    rendered += field == nullptr ? shown(value, part.value->type(), showing, doing)
                                 : shown(value, *field, showing, doing);
  }
  return rendered;
}

void write_value(json::Writer& writer, const feel::Expression& expression, const Occasion& occasion,
                 Doing& doing) {
  const model::Model& model = doing.situation().gate.model();
  const feel::Value value = ask(occasion, doing).evaluate(expression);
  const fields::Field* field =
      find_field(expression, *occasion.automation.scope, occasion.entity, model);
  const fields::People& people = *doing.situation().showing.people;
  if (field != nullptr && !value.is_null() && value.kind() == fields::value_kind(*field) &&
      field->type->column != fields::Column::Rows) {
    return records::write_value(writer, *field, value, people);
  }
  if (value.kind() != feel::ValueKind::Record) {
    return feel::write_json(writer, value, *model.app.time_zone);
  }
  const feel::RecordType* type = expression.type().record_type();
  const bool is_account = type != nullptr && !model.scopes->entity_of(*type);
  if (is_account) {
    writer.string(people.account_name(value.record().id));
  } else {
    writer.number(value.record().id);
  }
}

}  // namespace formwork::automations
