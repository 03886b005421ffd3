// Texts as people type them: full-width characters of Chinese input methods, control characters,
// line ends.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dsl/base/json.h"
#include "dsl/fields/field_type.h"

namespace formwork::fields {

// Full-width digits, letters and punctuation as ASCII (１２．５ as 12.5), other blanks and minus
// signs as ASCII ones, trimmed. For numbers, dates, addresses; not for texts, where ， is right.
std::string narrowed(std::string_view input);

// Nothing but blanks.
bool is_blank(std::string_view text);

bool is_digit(char c);

// One digit at least, and nothing else.
bool is_digits(std::string_view text);

// Trimmed. Refuses control characters; of line ends and tabs only what `may_have_lines` allows.
Read<std::string> plain_text(std::string_view input, bool may_have_lines);

// The text of a JSON string, or a message saying what was sent instead.
Read<std::string_view> json_text(const json::Value& input);

// "send {expected}; this is {what was sent}".
Message wrong_json(const json::Value& input, const MessageText* expected);

// The parts between commas, trimmed; blank parts are left out.
std::vector<std::string_view> split_commas(std::string_view text);

// A positive whole number that fits an id, written with digits only and without leading zeros.
std::optional<std::int64_t> parse_id(std::string_view text);

// The text of a JSON number or string that holds an id; anything else gives nothing.
std::optional<std::int64_t> json_id(const json::Value& input);

}  // namespace formwork::fields
