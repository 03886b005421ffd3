// What a record would be like if a command were carried out now, for forms while they are filled:
// values with all defaults and formulas, and what is visible, required and read-only. Nothing is
// validated.
#pragma once

#include <map>
#include <vector>

#include "engine/records/decide.h"

namespace formwork::records {

struct FieldFlags {
  bool visible = true;
  bool required = false;
  bool read_only = false;  // as the record stands, before the command's changes
};

struct Preview {
  std::vector<feel::Value> values;  // by field
  std::vector<FieldFlags> fields;
  std::map<std::size_t, std::vector<std::vector<FieldFlags>>> lines;  // by table: rows, columns
};

Expected<Preview, engine::Refusal> preview(const engine::Intent& intent,
                                           const Situation& situation);

}  // namespace formwork::records
