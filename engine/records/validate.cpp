#include "engine/records/validate.h"

#include <algorithm>

#include "dsl/fields/field_messages.h"
#include "dsl/fields/media_types.h"
#include "engine/command/refusal_texts.h"
#include "engine/permissions/reader.h"
#include "engine/records/formulas.h"

namespace formwork::records {
namespace {

namespace texts = engine::texts;
using engine::FieldProblem;
using fields::Column;
using fields::Field;

class Validator {
 public:
  Validator(const Decision& decision, const Situation& situation)
      : decision_(decision),
        entity_(*decision.entity),
        s_(situation),
        formulas_(entity_, decision.after, situation),
        problems_(decision.problems) {}

  std::vector<FieldProblem> run() {
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      check_required(i);
      if (is_changed(i)) check_targets(i);
    }
    for (const model::Unique& unique : entity_.uniques) check_unique(unique);
    for (const model::Rule& rule : entity_.rules) check_rule(rule);
    return std::move(problems_);
  }

 private:
  const feel::Value& value(std::size_t field) const { return decision_.after.values[field]; }

  bool is_changed(std::size_t field) const {
    return std::find(decision_.changed.begin(), decision_.changed.end(), field) !=
           decision_.changed.end();
  }

  void check_required(std::size_t index) {
    const Field& field = entity_.fields[index];
    if (!field.type->set_by_engine && formulas_.is_required(index)) {
      check_present(field, value(index), {.field = index});
    }
    const bool has_lines = field.type->column == Column::Rows && !value(index).is_null();
    if (has_lines && formulas_.is_visible(index)) check_rows(index, field);
  }

  void check_rows(std::size_t index, const Field& table) {
    const feel::List& rows = value(index).list();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const feel::List& cells = rows[row].list();
      for (std::size_t column = 0; column < table.fields.size(); ++column) {
        if (!formulas_.is_required(index, cells, column)) continue;
        check_present(table.fields[column], cells[column],
                      {.field = index, .row = row, .column = column});
      }
    }
  }

  void check_present(const Field& field, const feel::Value& value, FieldProblem place) {
    if (!is_blank(value)) return;
    const bool is_box = field.type->column == Column::Boolean;
    place.message = {is_box ? &texts::kMustBeTicked : &texts::kRequired, {}};
    problems_.push_back(std::move(place));
  }

  // A rule is asked when something that it reads has changed, so that a record which is older than
  // the rule can still be edited elsewhere.
  void check_rule(const model::Rule& rule) {
    const bool asks = !decision_.before || (rule.fields.empty() && !decision_.changed.empty()) ||
                      std::any_of(rule.fields.begin(), rule.fields.end(),
                                  [this](std::size_t field) { return is_changed(field); });
    if (!asks || formulas_.holds(rule)) return;
    FieldProblem problem;
    if (rule.fields.size() == 1) problem.field = rule.fields.front();
    problem.message = {&texts::kRuleBroken, {{"entity", entity_.label}}};
    if (!rule.say.empty()) problem.message = {&texts::kRuleSay, {{"say", rule.say}}};
    problems_.push_back(std::move(problem));
  }

  // A ticked box is what a required yes-or-no field asks for; an empty list is nothing.
  static bool is_blank(const feel::Value& value) {
    if (value.kind() == feel::Value::Kind::Boolean) return !value.boolean();
    return value.is_null() || (value.kind() == feel::Value::Kind::List && value.list().empty());
  }

  void check_targets(std::size_t index) {
    const Field& field = entity_.fields[index];
    if (field.type->column != Column::Rows) {
      check_target(field, value(index), {.field = index});
      return;
    }
    if (value(index).is_null()) return;
    const feel::List& rows = value(index).list();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t column = 0; column < field.fields.size(); ++column) {
        const feel::Value& target = rows[row].list()[column];
        if (stood_there(index, column, target)) continue;
        check_target(field.fields[column], target, {.field = index, .row = row, .column = column});
      }
    }
  }

  // Whether some row had this target before. Rows have no identity, and one whose target was
  // deleted since must not keep the others from being edited.
  bool stood_there(std::size_t table, std::size_t column, const feel::Value& target) const {
    if (!decision_.before || decision_.before->values[table].is_null()) return false;
    const feel::List& rows = decision_.before->values[table].list();
    return std::any_of(rows.begin(), rows.end(),
                       [&](const feel::Value& row) { return row.list()[column] == target; });
  }

  void check_target(const Field& field, const feel::Value& target, FieldProblem place) {
    if (target.is_null()) return;
    if (field.type->column == Column::Files) check_files(field, target.list(), place);
    if (field.type->column == Column::Record) {
      check_record(field, target.record(), std::move(place));
    }
  }

  // A record that the actor may not see is treated like one that does not exist.
  void check_record(const Field& field, feel::RecordRef target, FieldProblem place) {
    const model::Entity& entity = s_.gate.model().entities[field.target];
    if (s_.gate.may(s_.actor, model::Action::View, entity)) {
      const auto found = s_.gate.find(s_.actor, entity, target.id, moment_of(s_));
      if (found && !found->deleted_at) return;
    }
    place.message = {&texts::kNoSuchRecord,
                     {{"entity", entity.label}, {"id", std::to_string(target.id)}}};
    problems_.push_back(std::move(place));
  }

  void check_files(const Field& field, const feel::List& files, const FieldProblem& place) {
    for (const feel::Value& value : files) {
      std::optional<Message> complaint = complaint_about_file(field, value.record().id);
      if (!complaint) continue;
      FieldProblem problem = place;
      problem.message = std::move(*complaint);
      problems_.push_back(std::move(problem));
    }
  }

  // A file that the record has already is not measured again: the rules may be newer than it.
  std::optional<Message> complaint_about_file(const Field& field, std::int64_t id) {
    const std::optional<engine::File> file = s_.view.find_file(id);
    const bool here = file && decision_.before && file->entity == entity_.name &&
                      file->record == decision_.before->id;
    if (here) return std::nullopt;
    const bool own_upload = file && file->entity.empty() && file->created_by == s_.actor.account;
    if (!own_upload) return Message{&texts::kNoSuchFile, {{"id", std::to_string(id)}}};
    const auto size = static_cast<std::size_t>(file->size_bytes);
    if (size > field.max_bytes) {
      return Message{&texts::kFileTooLarge,
                     {{"name", fields::repeated(file->name)},
                      {"size", fields::grouped(size)},
                      {"limit", fields::grouped(field.max_bytes)}}};
    }
    if (fields::accepts_media_type(field.accept, file->media_type)) return std::nullopt;
    return Message{&texts::kFileType,
                   {{"name", fields::repeated(file->name)},
                    {"type", fields::repeated(file->media_type)},
                    {"accept", joined(field.accept)}}};
  }

  static std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
  }

  void check_unique(const model::Unique& unique) {
    std::vector<feel::Value> values;
    for (const std::size_t field : unique.fields) {
      if (value(field).is_null()) return;
      values.push_back(value(field));
    }
    const bool asks = decision_.action == "restored" ||
                      std::any_of(unique.fields.begin(), unique.fields.end(),
                                  [this](std::size_t field) { return is_changed(field); });
    if (!asks) return;
    const engine::RecordId self = decision_.before ? decision_.before->id : 0;
    const std::optional<engine::RecordId> other =
        s_.view.find_duplicate(entity_, unique, values, self);
    if (other) problems_.push_back(duplicate(unique, *other));
  }

  FieldProblem duplicate(const model::Unique& unique, engine::RecordId other) {
    FieldProblem problem{.field = unique.fields.back()};
    problem.message = {&texts::kDuplicate, {}};
    if (!unique.say.empty()) {
      // The author's own sentence, shown as it is.
      static constexpr MessageText kSay{"field.duplicate-say", "{say}", "{say}"};
      problem.message = {&kSay, {{"say", unique.say}}};
    } else if (s_.gate.may(s_.actor, model::Action::View, entity_)) {
      if (const auto record = s_.gate.find(s_.actor, entity_, other, moment_of(s_))) {
        problem.message = {&texts::kDuplicateOf,
                           {{"title", permissions::title_of(entity_, *record, s_.showing)}}};
      }
    }
    return problem;
  }

  const Decision& decision_;
  const model::Entity& entity_;
  const Situation& s_;
  Formulas formulas_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> validate(const Decision& decision, const Situation& situation) {
  return Validator(decision, situation).run();
}

engine::Refusal invalid(std::vector<FieldProblem> problems) {
  const bool one = problems.size() == 1;
  engine::Refusal refusal{engine::RefusalKind::Invalid, {&texts::kInvalid, {}}, {}, {}, 0};
  refusal.message.arguments = {{"is_are", one ? "is" : "are"},
                               {"count", std::to_string(problems.size())},
                               {"thing", one ? "thing" : "things"}};
  refusal.fields = std::move(problems);
  return refusal;
}

}  // namespace formwork::records
