// A field of an entity, resolved: its type, its settings, its texts.
//
// Settings that only some types know stay at their default for the others; which type knows which
// is said by FieldType::settings, and the compiler refuses the rest.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"
#include "dsl/feel/value.h"

namespace formwork::fields {

struct FieldType;
class Pattern;

struct Option {
  std::string code;  // what is stored and what the API says
  Localized label;
};

// One piece of a serial number's format: `L-{yyyy}{mm}-{seq:5}`.
struct SerialPart {
  enum class Kind : unsigned char { Literal, Year, Month, Day, Sequence };

  Kind kind;
  std::string literal;
  int width =
      0;  // digits: of the sequence, where shorter numbers get leading zeros; of the year 2 or 4
};

// A scale that nobody wrote: the type's settle() replaces it.
inline constexpr int kScaleOfType = -1;

struct Field {
  std::string name;
  Localized label;
  Localized hint;
  const FieldType* type = nullptr;
  Span where;  // the field's name in its document

  bool required = false;  // whenever it is visible
  bool unique = false;
  feel::Value default_value;  // null: none

  // FEEL over the record, a column's over its line (dsl/model/scope.h): there when every field of
  // the model has its type.
  std::optional<feel::Expression> value;            // computed, and never taken from input
  std::optional<feel::Expression> default_formula;  // evaluated when a record is created
  std::optional<feel::Expression> visible;          // nothing: always
  std::optional<feel::Expression> required_when;    // beside `required`
  std::optional<feel::Expression> read_only;        // nothing: never

  // Required from a stage on, as an index into the options of the entity's `stage` [渐进式必填].
  std::optional<std::size_t> required_from;
  bool kept_by_engine = false;  // `stage` and the like: takes no input, read like any other

  std::optional<feel::Value> min;  // of the field's own value kind
  std::optional<feel::Value> max;
  std::optional<std::size_t> min_length;  // characters
  std::optional<std::size_t> max_length;
  std::shared_ptr<const Pattern> pattern;
  Localized pattern_say;  // what to type instead; empty: a general sentence

  int scale = kScaleOfType;   // decimal places kept; a percent's counts those of the share
  std::string currency;       // ISO 4217
  std::string region;         // ISO 3166-1 alpha-2, for phone numbers without a country code
  bool whole_months = false;  // a duration of years and months instead of days and time

  std::vector<Option> options;
  std::size_t target = 0;  // entity that a reference points to: its index in the model

  std::vector<SerialPart> serial;

  std::size_t max_files = 1;
  std::size_t max_bytes = std::size_t{10} * 1024 * 1024;  // of one file
  std::vector<std::string> accept;  // media types (`application/pdf`, `image/*`); empty: any

  std::vector<Field> fields;  // columns of a table field
  std::size_t max_rows = 200;
};

// Whether people and programs may send a value for it, read-only conditions aside.
bool takes_input(const Field& field);

}  // namespace formwork::fields
