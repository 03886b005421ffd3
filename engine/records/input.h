// From what a door was given to typed changes: JSON of the API, text of a form. Every problem is
// found in one go; nothing is looked up in the store except people's names.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/json.h"
#include "engine/command/command.h"
#include "engine/command/refusal.h"

namespace formwork::records {

using engine::Changes;
using engine::FieldProblem;

struct Input {
  Changes changes;
  std::vector<FieldProblem> problems;
};

// `body` is an object: member names are field names, null empties a field, and so does an empty
// array. In a row, a column that is not named gets its default. Unknown names and fields that only
// the engine sets are problems.
Input read_json(const model::Entity& entity, const json::Value& body,
                const fields::Reading& reading);

// Decoded pairs of a submitted form. `fields` are the ones that the form shows: one of those that
// has no pair is emptied, and a yes-or-no field is no, as browsers leave out unticked boxes; other
// fields are not touched. Line items are named `items[1].qty`; their numbers order the rows and may
// have gaps; rows with nothing in them are left out.
using FormPairs = std::vector<std::pair<std::string, std::string>>;

// The numbers that the form gives to the rows which read_form keeps: `items[7].qty` is row 1 if
// only `items[3]` comes before it.
std::vector<std::size_t> form_row_numbers(const fields::Field& table, const FormPairs& pairs);

Input read_form(const model::Entity& entity, const std::vector<std::size_t>& fields,
                const FormPairs& pairs, const fields::Reading& reading);

}  // namespace formwork::records
