#include "dsl/feel/fault.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/feel/tokens.h"

namespace formwork::feel {
namespace {

// The word, literal or character at a place: what an error points at and quotes.
std::string_view token_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (tokens::blank_length(rest) == rest.size()) return {};
  for (const auto length : {tokens::name_start_length, tokens::number_length, tokens::string_length,
                            tokens::character_length}) {
    if (const std::size_t found = length(rest); found != 0) return rest.substr(0, found);
  }
  return {};
}

std::string quoted(std::string_view token) {
  constexpr std::size_t kShown = 40;
  if (count_characters(token) <= kShown) return "`" + std::string{token} + "`";
  return "`" + std::string{take_characters(token, kShown)} + "…`";
}

struct Hint {
  std::string_view token;
  std::string_view remedy;
};

// What people write who come from other languages, or whose keyboard is a Chinese one.
std::string_view hint_for(std::string_view text, std::size_t at, std::string_view token) {
  static constexpr std::array kHints = {
      Hint{"&", "write `and`"},
      Hint{"|", "write `or`"},
      Hint{"!", "write not(…), or != for not equal"},
      Hint{"^", "write ** for powers"},
      Hint{"%", "write a percentage as a number: 0.2 for 20 %"},
      Hint{"'", "write texts in double quotes"},
      Hint{"`", "write texts in double quotes and names without quotes"},
      Hint{"“", "write texts in straight double quotes"},
      Hint{"”", "write texts in straight double quotes"},
      Hint{"‘", "write texts in straight double quotes"},
      Hint{"’", "write texts in straight double quotes"},
      Hint{"，", "write the comma , of ASCII"},
      Hint{"、", "write the comma , of ASCII"},
      Hint{"。", "write the point . of ASCII"},
      Hint{"（", "write the bracket ( of ASCII"},
      Hint{"）", "write the bracket ) of ASCII"},
      Hint{"：", "write the colon : of ASCII"},
      Hint{"＝", "write the sign = of ASCII"},
      Hint{"＜", "write the sign < of ASCII"},
      Hint{"＞", "write the sign > of ASCII"},
      Hint{"＋", "write the sign + of ASCII"},
      Hint{"－", "write the sign - of ASCII"},
      Hint{"；", "write a comma between elements"},
      Hint{";", "write a comma between elements"},
  };
  const char before = at == 0 ? ' ' : text[at - 1];
  if (token == "=" && before == '=') return "write one = to compare";
  if (token == ">" && before == '<') return "write != for not equal";
  const auto* hint = std::ranges::find(kHints, token, &Hint::token);
  return hint == kHints.end() ? std::string_view{} : hint->remedy;
}

// "character 5", as an editor counts; with the line when there are several.
std::string place(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 when there is none
  const std::size_t column = count_characters(before.substr(line_start)) + 1;
  std::string character = "character " + std::to_string(column);
  if (text.find('\n') == text.npos) return character;
  return "line " + std::to_string(1 + std::ranges::count(before, '\n')) + ", " + character;
}

Fault syntax_fault(std::size_t begin, std::size_t end, std::string message, std::string remedy) {
  return {{.code = codes::kFeelSyntax,
           .begin = begin,
           .end = end,
           .message = std::move(message),
           .remedy = std::move(remedy)}};
}

// Whether a value may begin here; then it is rather an operator that is missing.
bool begins_operand(std::string_view token) {
  return tokens::number_length(token) != 0 || token.front() == '"' || token == "{" ||
         token == "@" ||
         (tokens::name_start_length(token) != 0 &&
          (!tokens::is_keyword(token) || token == "true" || token == "false" || token == "null"));
}

std::string remedy_for_closing(std::string_view token, std::string_view closer) {
  if (token == "," && closer == ")") return "write a list in square brackets: [1, 2]";
  if (token == ":") return "write names before all arguments, or before none";
  if (!token.empty() && begins_operand(token)) {
    return "write an operator or a comma before " + quoted(token) + ", or close the bracket";
  }
  const char bracket = closer.front() == ',' ? closer.back() : closer.front();
  return std::string{"add "} + bracket;
}

// Why an operand cannot stand where an operator is due.
std::string remedy_for_operand(std::string_view text, std::size_t at, std::string_view token) {
  if (tokens::name_start_length(token) == 0) return "write an operator such as + or `and`";
  const bool is_glued = at != 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
  if (is_glued) return "names do not begin with a digit";
  return "write an operator such as + or `and`; a name of several words has to be known";
}

}  // namespace

Fault expected(std::string_view text, std::size_t at, std::string what, std::string remedy) {
  const std::string_view token = token_at(text, at);
  std::string message = "expected " + std::move(what);
  if (!token.empty()) message += ", not " + quoted(token);
  if (const std::string_view hint = hint_for(text, at, token); !hint.empty()) remedy = hint;
  return syntax_fault(at, at + token.size(), std::move(message), std::move(remedy));
}

Fault not_closed(std::string_view text, std::size_t at, std::string_view closer,
                 std::size_t opened) {
  const std::string_view token = token_at(text, at);
  std::string what{closer};
  what += " to close the " + std::string{text.substr(opened, 1)} + " at " + place(text, opened);
  return expected(text, at, std::move(what), remedy_for_closing(token, closer));
}

Fault left_over(std::string_view text, std::size_t at) {
  const std::string_view token = token_at(text, at);
  std::string remedy{hint_for(text, at, token)};
  std::string message = quoted(token);
  if (token == ")" || token == "]" || token == "}") {
    message += " closes nothing";
    if (remedy.empty()) remedy = "take it away, or open the bracket";
  } else if (begins_operand(token)) {
    message = "expected an operator before " + message;
    if (remedy.empty()) remedy = remedy_for_operand(text, at, token);
  } else {
    message += " does not belong here";
    if (remedy.empty()) remedy = "end the expression before it";
  }
  return syntax_fault(at, at + token.size(), std::move(message), std::move(remedy));
}

Fault limit(std::size_t begin, std::size_t end, std::string message, std::string remedy) {
  return {{.code = codes::kFeelLimit,
           .begin = begin,
           .end = end,
           .message = std::move(message),
           .remedy = std::move(remedy)}};
}

}  // namespace formwork::feel
