// Dates and times as people write them, in and out.
#pragma once

#include <string>
#include <string_view>

#include "dsl/fields/field_type.h"

namespace formwork::fields {

// Of a narrowed text: "2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日"; month and day may
// have one digit, the year has four, since a year of two digits would have to be guessed.
Read<Date> read_typed_date(std::string_view text);

// "2026-11-23" only, and with the same words for days that do not exist.
Read<Date> read_iso_date(std::string_view text);

// Of a narrowed text: "9:30", "09:30:15".
std::optional<TimeOfDay> parse_typed_time(std::string_view text);

// As sentences have them: "2 March 2026" and "2026年3月2日".
std::string date_in_words(const Date& date, Language language);

}  // namespace formwork::fields
