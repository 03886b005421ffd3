// The Model: what a folder of documents means, checked and resolved. Plain immutable values, no
// behaviour.
//
// It is made by dsl/compile, shared as shared_ptr<const Model> and never changed: a new version is
// a new object, and readers of the old one keep it. Names are resolved to indices; a Span leads
// back to the text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/base/time_zone.h"
#include "dsl/decision/table.h"
#include "dsl/fields/field.h"
#include "dsl/fields/field_type.h"
#include "dsl/model/approval.h"
#include "dsl/model/assignment.h"
#include "dsl/model/automation.h"
#include "dsl/model/intake.h"
#include "dsl/model/lifecycle.h"
#include "dsl/model/people.h"
#include "dsl/model/scenario.h"

namespace formwork::model {

struct App {
  std::string name;
  Localized label;
  std::string version;
  std::vector<std::string> locales;  // BCP 47, the first is the default
  const TimeZone* time_zone = nullptr;
  std::string currency;      // ISO 4217
  std::size_t calendar = 0;  // index into Model::calendars: what `business: true` counts in
  Span where;
};

struct BusinessCalendar {
  std::string name;
  Localized label;
  calendar::Calendar calendar;
  Span where;
};

// A column of an entity's table: one of its fields, or one that every record has.
enum class SystemColumn : std::uint8_t { Id, Version, CreatedAt, CreatedBy, UpdatedAt, UpdatedBy };

struct ColumnRef {
  bool is_system = false;
  SystemColumn system = SystemColumn::Id;  // when is_system
  std::size_t field = 0;                   // index into Entity::fields, otherwise

  static ColumnRef of(SystemColumn column) { return {.is_system = true, .system = column}; }

  static ColumnRef of_field(std::size_t index) { return {.field = index}; }

  bool operator==(const ColumnRef&) const = default;
};

struct Sort {
  ColumnRef column;
  bool descending = false;

  bool operator==(const Sort&) const = default;
};

// Fields that together may occur only once among the records that are not deleted. Single `unique:
// true` fields are in here too. Null never equals null: a record with an empty field of the set is
// left out.
struct Unique {
  std::vector<std::size_t> fields;  // indices into Entity::fields
  Localized say;                    // empty: a general sentence
  Span where;
};

// What must hold of every record, across its fields. A rule whose answer is null holds: what has to
// be filled in is said by `required`.
struct Rule {
  feel::Expression require;
  Localized say;                    // empty: a general sentence
  std::vector<std::size_t> fields;  // that it reads, as indices into Entity::fields
  Span where;
};

// A field, or a column of a table field, with a formula: a computed value or a default.
struct FormulaPlace {
  std::size_t field = 0;              // index into Entity::fields
  std::optional<std::size_t> column;  // index into Field::fields

  bool operator==(const FormulaPlace&) const = default;
};

struct Section {
  Localized label;  // empty for the one section of an entity without `sections`
  std::vector<std::size_t> fields;
};

// The declared list of an entity: the compiler derives a composite index for each filter with the
// sort.
struct ListView {
  std::vector<ColumnRef> columns;
  std::vector<ColumnRef> filters;
  Sort sort;
};

struct Entity {
  std::string name;
  std::size_t index = 0;  // in Model::entities
  Localized label;        // one record: "Lead"
  Localized plural;       // many: "Leads"
  std::string icon;       // of the icon set; empty: a general one
  std::vector<fields::Field> fields;
  std::optional<std::size_t> number;  // the serial field made by `number:`
  std::vector<std::size_t> title;     // fields whose texts, joined by " · ", name a record
  std::vector<Section> sections;
  std::vector<Unique> uniques;
  std::vector<Rule> rules;
  std::vector<FormulaPlace> formulas;  // each stands behind those that it reads
  ListView list;
  std::vector<Lifecycle> lifecycles;  // in the order in which they are asked; empty: no stages
  std::optional<StageFields> stage_fields;  // set when there are lifecycles
  std::optional<std::size_t> owner;         // the user field called `owner`: who works on a record
  std::optional<AssignmentFields> assignment_fields;  // set when an assignment is about it
  std::vector<Pool> pools;                            // of all its assignments
  std::optional<std::size_t> tags;                    // the multi_choice field called `tags`
  Span where;
};

// What a role may do with records of an entity. Absent means no. Create is about the record as it
// would be; Approve makes eligible for approval tasks; Assign gives records and held tasks to
// people; Claim takes a record that nobody owns.
enum class Action : std::uint8_t { View, Create, Edit, Delete, Approve, Assign, Claim };
inline constexpr std::size_t kActionCount = 7;

struct Grant {
  bool allowed[kActionCount] = {};
  // With a rule only those records for which it holds, null does not. Over Scopes::of(entity).
  std::optional<feel::Expression> rules[kActionCount];

  bool may(Action action) const { return allowed[static_cast<std::size_t>(action)]; }

  const feel::Expression* rule(Action action) const {
    const auto& rule = rules[static_cast<std::size_t>(action)];
    return rule ? &*rule : nullptr;
  }
};

struct Role {
  std::string name;
  Localized label;
  std::vector<Grant> grants;  // by Entity::index
  bool is_admin = false;      // runs the app: sees what automations did and what could not be sent
  Span where;
};

// A decision table. `tables` has it once for each scope that it was compiled in: the entities and
// lines with a field that asks for it.
struct Decision {
  struct Rule {
    Localized why;  // empty: nobody said
    Span where;
  };

  // Where a table is asked for: by a record, or by each line of one of its tables.
  struct Place {
    std::size_t entity = 0;
    std::optional<std::size_t> line_of;  // index into Entity::fields
  };

  std::string name;
  Localized label;
  Localized why;                  // empty: nobody said
  std::vector<Localized> inputs;  // what people call them
  std::vector<Rule> rules;
  std::vector<std::shared_ptr<const decision::Table>> tables;
  std::vector<Place> places;  // of each of them
  Span where;
};

class Scopes;

struct Model {
  App app;
  std::vector<Entity> entities;  // in the order of the app's navigation
  std::vector<Decision> decisions;
  std::vector<Role> roles;
  std::vector<Team> teams;
  std::vector<BusinessCalendar> calendars;  // at least one
  std::vector<ApprovalChain> approvals;
  std::vector<Assignment> assignments;
  std::vector<Notification> notifications;
  std::vector<Webhook> webhooks;
  std::vector<PublicForm> forms;
  std::vector<Automation> automations;  // in the order in which they run on one event
  std::vector<Person> people;           // of scenarios and the demo
  std::vector<Scenario> scenarios;
  std::shared_ptr<const Scopes> scopes;  // what FEEL may name (scope.h); expressions point into it
  std::string fingerprint;               // of the documents' bytes, hex: tells model versions apart
  std::vector<SourcePtr> sources;

  const Entity* find_entity(std::string_view name) const;
  const Role* find_role(std::string_view name) const;
  const Team* find_team(std::string_view name) const;
  const ApprovalChain* find_approval(std::string_view name) const;
  const Assignment* find_assignment(std::string_view name) const;
  const Notification* find_notification(std::string_view name) const;
  const Webhook* find_webhook(std::string_view name) const;
  const PublicForm* find_form(std::string_view name) const;
  const Automation* find_automation(std::string_view name) const;
  // The one with the response clock of the entity's records; null: there is none.
  const Assignment* response_of(const Entity& entity) const;

  const calendar::Calendar& calendar() const { return calendars[app.calendar].calendar; }
};

// The lifecycle that a record of these values is in, and its stage; null for entities without
// stages.
const Lifecycle* lifecycle_of(const Entity& entity, const std::vector<feel::Value>& values);
const Stage* stage_of(const Entity& entity, const std::vector<feel::Value>& values);
std::optional<std::size_t> stage_index(const Lifecycle& lifecycle, std::string_view name);
std::optional<std::size_t> pool_index(const Entity& entity, std::string_view name);
std::string_view final_name(Final final);

const fields::Field* find_field(const Entity& entity, std::string_view name);
std::optional<std::size_t> field_index(const Entity& entity, std::string_view name);

// The name of a column in the API and in URLs: a field's name, or `id`, `created_at`, ….
std::string_view column_name(const Entity& entity, const ColumnRef& column);
std::optional<ColumnRef> find_column(const Entity& entity, std::string_view name);
std::string_view action_name(Action action);

// Every SystemColumn name; fields may not be called so.
std::string_view system_column_name(SystemColumn column);

}  // namespace formwork::model
