#include "engine/records/preview.h"

#include "engine/records/formulas.h"

namespace formwork::records {
namespace {

using engine::Record;

std::vector<std::vector<FieldFlags>> flags_of_lines(std::size_t table, const fields::Field& field,
                                                    const feel::Value& value, Formulas& formulas) {
  std::vector<std::vector<FieldFlags>> lines;
  if (value.is_null()) return lines;
  for (const feel::Value& row : value.list()) {
    std::vector<FieldFlags>& line = lines.emplace_back();
    for (std::size_t column = 0; column < field.fields.size(); ++column) {
      line.push_back({.visible = formulas.is_visible(table, row.list(), column),
                      .required = formulas.is_required(table, row.list(), column)});
    }
  }
  return lines;
}

}  // namespace

Expected<Preview, engine::Refusal> preview(const engine::Intent& intent, const Situation& s) {
  FW_TRY(Decision decision, draft(intent, s));
  const model::Entity& entity = *decision.entity;
  Record after = std::move(decision.after);
  Record stands;
  if (decision.before) {
    stands = std::move(*decision.before);
  } else {
    FW_TRY(Decision untouched, draft(engine::CreateRecord{&entity, {}}, s));
    stands = std::move(untouched.after);
  }
  Formulas now(entity, after, s);
  Formulas then(entity, stands, s);
  Preview preview;
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    preview.fields.push_back({.visible = now.is_visible(i),
                              .required = now.is_required(i),
                              .read_only = then.is_read_only(i)});
    if (!entity.fields[i].fields.empty()) {
      preview.lines.emplace(i, flags_of_lines(i, entity.fields[i], after.values[i], now));
    }
  }
  preview.values = std::move(after.values);
  return preview;
}

}  // namespace formwork::records
