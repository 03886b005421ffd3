// What FEEL may name in an entity's documents, and the values behind the names.
//
// A scope's slots are, in this order: the entity's fields as they stand in Entity::fields, the
// system columns, and `user`, the account that acts. A line of a table adds its columns behind
// them, so that a column hides a field of the same name.
//
// No field is ever `never null`, not even a required one: expressions run while a form is still
// being filled, and over records that are older than the rule. Only what the engine sets always has
// a value, and a table without lines is an empty list.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "dsl/feel/expression.h"
#include "dsl/feel/type.h"
#include "dsl/model/model.h"

namespace formwork::model {

inline constexpr std::size_t kSystemColumnCount = 6;

inline std::size_t slot_of(const Entity& entity, SystemColumn column) {
  return entity.fields.size() + static_cast<std::size_t>(column);
}

inline std::size_t user_slot(const Entity& entity) {
  return entity.fields.size() + kSystemColumnCount;
}

inline std::size_t slot_count(const Entity& entity) { return user_slot(entity) + 1; }

// Of Scopes::of_approval, behind the slots of the entity.
inline std::size_t submitter_slot(const Entity& entity) { return slot_count(entity); }

inline std::size_t approver_slot(const Entity& entity) { return slot_count(entity) + 1; }

// Of Scopes::of_automation, behind the slots of the entity; the records that actions name follow.
inline std::size_t old_slot(const Entity& entity) { return slot_count(entity); }

// The scopes and record types of a model. The model owns them (Model::scopes), since types point
// into them; they are made when every field has its type, before any expression is compiled.
class Scopes {
 public:
  explicit Scopes(const Model& model);
  Scopes(const Scopes&) = delete;
  Scopes& operator=(const Scopes&) = delete;

  // Members are the fields, then the system columns: a member's place is its slot.
  const feel::RecordType& record_type(const Entity& entity) const {
    return record_types_[entity.index];
  }

  // Accounts: `created_by.full_name`. Members in the order of UserMember.
  const feel::RecordType& user_type() const { return user_type_; }

  const feel::Scope& of(const Entity& entity) const { return entities_[entity.index].scope; }

  // Inside of a line of that table field: everything of the entity, then the columns.
  const feel::Scope& of_line(const Entity& entity, std::size_t table) const {
    return *entities_[entity.index].lines[table];
  }

  // In approval chains of the entity: everything of it, then `submitter` and `approver`, which is
  // who has the task that waits, and null outside of deadlines.
  const feel::Scope& of_approval(const Entity& entity) const {
    return entities_[entity.index].approval;
  }

  // In automations of the entity: everything of it, then `old`, a context of what it was.
  const feel::Scope& of_automation(const Entity& entity) const {
    return entities_[entity.index].automation;
  }

  // For UpdateAction: everything of `changed`, then `record`, one of `about`.
  std::shared_ptr<const feel::Scope> of_loop(const Entity& changed, const Entity* about) const;

  // What came from outside: `body` (what was sent), `query` (of the address) and `headers`, with
  // names in lower case. Nothing is known of their types.
  const feel::Scope& of_intake() const { return intake_; }

  // Of automations that are about no record: `user` alone.
  const feel::Scope& of_nothing() const { return nothing_; }

  // The names of `old`: those of the fields, then of the system columns.
  const std::shared_ptr<const feel::Shape>& old_shape(const Entity& entity) const {
    return entities_[entity.index].old;
  }

  // The columns' names, shared by the contexts of all lines; null for a field that is no table.
  const std::shared_ptr<const feel::Shape>& shape(const Entity& entity, std::size_t table) const {
    return entities_[entity.index].shapes[table];
  }

  feel::Type type_of(const fields::Field& field) const;

  // Which entity's records have that type, as an index; nothing for accounts.
  std::optional<std::size_t> entity_of(const feel::RecordType& type) const;

 private:
  struct OfEntity {
    feel::Scope scope;
    feel::Scope approval;
    feel::Scope automation;
    std::shared_ptr<const feel::Shape> old;
    // By field; null for those that are no tables.
    std::vector<std::unique_ptr<feel::Scope>> lines;
    std::vector<std::shared_ptr<const feel::Shape>> shapes;
  };

  OfEntity make(const Entity& entity) const;

  std::vector<feel::RecordType> record_types_;  // by Entity::index; never resized
  feel::RecordType user_type_;
  std::vector<OfEntity> entities_;
  feel::Scope intake_;
  feel::Scope nothing_;
};

enum class UserMember : std::uint8_t {
  Name,
  FullName,
  Manager,
  Department,    // the name of the first of the teams that is one
  Teams,         // names
  Roles,         // names
  Subordinates,  // all below, at any level
};

// A table field's lines as FEEL sees them: contexts with the columns' names. Null is no lines.
feel::Value to_contexts(const feel::Value& rows, const std::shared_ptr<const feel::Shape>& shape);

// What `old` is for a record of these values: `system` in the order of SystemColumn.
feel::Value old_values(const Scopes& scopes, const Entity& entity,
                       std::span<const feel::Value> values, std::span<const feel::Value> system);

// The values of one record by slot, for any number of evaluations. Lines become contexts when an
// expression that reads them comes by.
class Variables {
 public:
  // `values` are a record's, by field; they may change in place and must outlive this object.
  Variables(const Scopes& scopes, const Entity& entity, std::span<const feel::Value> values);

  void set(SystemColumn column, feel::Value value);
  void set_user(feel::Value user);

  // Has to be called when a table's rows have changed.
  void forget_lines(std::size_t table);

  // For an Evaluation of that expression, which was compiled in the entity's scope. Holds until the
  // next call.
  std::span<const feel::Value* const> for_record(const feel::Expression& expression);

  // The same for a scope that has `more` behind the slots of the entity: of_approval,
  // of_automation, of_loop. They must outlive the evaluation.
  std::span<const feel::Value* const> with_more(const feel::Expression& expression,
                                                std::span<const feel::Value> more);

  // The same for the scope of a line; `row` has its values in the order of Field::fields.
  std::span<const feel::Value* const> for_line(const feel::Expression& expression,
                                               const feel::List& row);

 private:
  void show_lines(const feel::Expression& expression);

  const Scopes& scopes_;
  const Entity& entity_;
  std::span<const feel::Value> values_;
  std::vector<feel::Value> others_;           // system columns and user
  std::vector<feel::Value> lines_;            // by field; null: not made yet
  std::vector<const feel::Value*> pointers_;  // by slot, then room for the columns of a line
};

}  // namespace formwork::model
