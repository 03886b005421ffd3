// Texts. Lengths and positions count characters (code points), not bytes.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/utf8.h"
#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/builtins/letter_case.h"
#include "dsl/feel/builtins/regex.h"

namespace formwork::feel {
namespace {

using regex::Capture;

// Reading a text costs a step per so many bytes.
constexpr std::size_t kBytesPerStep = 64;

bool spend_on(std::string_view text, Evaluation& evaluation) {
  return evaluation.spend(1 + text.size() / kBytesPerStep);
}

Value string_length(Arguments arguments, Evaluation& evaluation) {
  const std::string& text = arguments[0].string();
  if (!spend_on(text, evaluation)) return {};
  return Value(Number(count_characters(text)));
}

Value substring(Arguments arguments, Evaluation& evaluation) {
  const std::string_view text = arguments[0].string();
  if (!spend_on(text, evaluation)) return {};
  const Number& position = arguments[1].number();
  const std::size_t count = count_characters(text);
  const std::optional<std::size_t> start = index_of(position, count);
  if (!start.has_value()) {
    return no_such_place(evaluation, "start position", "substring", position, count, "characters");
  }
  const std::string_view rest = text.substr(take_characters(text, *start).size());
  if (arguments[2].is_null()) return Value(rest);
  const std::int64_t length = truncated(arguments[2].number());
  if (length < 1) return no_answer(evaluation, "`length` of substring() is less than 1");
  return Value(take_characters(rest, static_cast<std::size_t>(length)));
}

Value upper(Arguments arguments, Evaluation& evaluation) {
  if (!spend_on(arguments[0].string(), evaluation)) return {};
  std::string text = upper_case(arguments[0].string());
  if (!may_write(evaluation, text.size())) return text_too_long(evaluation, "upper case");
  return Value(std::move(text));
}

Value lower(Arguments arguments, Evaluation& evaluation) {
  if (!spend_on(arguments[0].string(), evaluation)) return {};
  std::string text = lower_case(arguments[0].string());
  if (!may_write(evaluation, text.size())) return text_too_long(evaluation, "lower case");
  return Value(std::move(text));
}

Value substring_before(Arguments arguments, Evaluation& evaluation) {
  const std::string_view text = arguments[0].string();
  if (!spend_on(text, evaluation)) return {};
  const std::size_t at = text.find(arguments[1].string());
  return Value(at == std::string_view::npos ? std::string_view{} : text.substr(0, at));
}

Value substring_after(Arguments arguments, Evaluation& evaluation) {
  const std::string_view text = arguments[0].string();
  if (!spend_on(text, evaluation)) return {};
  const std::string& match = arguments[1].string();
  const std::size_t at = text.find(match);
  return Value(at == std::string_view::npos ? std::string_view{} : text.substr(at + match.size()));
}

Value contains(Arguments arguments, Evaluation& evaluation) {
  const std::string& text = arguments[0].string();
  if (!spend_on(text, evaluation)) return {};
  return Value(text.find(arguments[1].string()) != std::string::npos);
}

Value starts_with(Arguments arguments, Evaluation&) {
  return Value(arguments[0].string().starts_with(arguments[1].string()));
}

Value ends_with(Arguments arguments, Evaluation&) {
  return Value(arguments[0].string().ends_with(arguments[1].string()));
}

// Regular expressions

struct Names {
  std::string_view function;
  std::string_view pattern;  // the parameter
};

// Null after saying why.
Regex::Shared compile(const Names& names, const Value& pattern, const Value& flags,
                      Evaluation& evaluation) {
  const std::string_view flag_text = flags.is_null() ? std::string_view{} : flags.string();
  const Expected<Regex::Shared, Regex::Problem> regex = Regex::recent(pattern.string(), flag_text);
  if (regex) return *regex;
  if (regex.error().is_about_flags) {
    no_answer(evaluation, "`flags` of {}() {}", names.function, regex.error().words);
  } else {
    no_answer(evaluation, "`{}` of {}() {}", names.pattern, names.function, regex.error().words);
  }
  return nullptr;
}

Value gives_up(const Names& names, Evaluation& evaluation) {
  return no_answer(evaluation, "`{}` of {}() takes too many steps", names.pattern, names.function);
}

Value matches(Arguments arguments, Evaluation& evaluation) {
  constexpr Names kNames{"matches", "pattern"};
  const Regex::Shared regex = compile(kNames, arguments[1], arguments[2], evaluation);
  if (regex == nullptr) return {};
  std::vector<Capture> captures;
  const std::optional<bool> found = regex->find(arguments[0].string(), 0, captures, evaluation);
  return found ? Value(*found) : gives_up(kNames, evaluation);
}

// A match without characters has no place to cut or replace.
Value matches_nothing(const Names& names, Evaluation& evaluation) {
  return no_answer(evaluation, "`{}` of {}() also matches an empty text", names.pattern,
                   names.function);
}

// Calls `visit(captures)` for each match from left to right; it says whether to go on. False when
// the matcher gave up.
template <class Visit>
bool for_each_match(const Regex& regex, std::string_view text, Evaluation& evaluation,
                    const Visit& visit) {
  std::vector<Capture> captures;
  for (std::size_t from = 0; from <= text.size();) {
    const std::optional<bool> found = regex.find(text, from, captures, evaluation);
    if (!found.has_value()) return false;
    if (!*found || !visit(captures)) return true;
    if (captures[0].end > captures[0].begin) {
      from = captures[0].end;
    } else {
      // Only where an anchor holds in this text and not in an empty one.
      from = captures[0].end;
      if (from >= text.size()) return true;
      next_code_point(text, from);
    }
  }
  return true;
}

// The parts of a replacement: texts and groups between them.
struct Piece {
  std::string text;
  std::optional<std::size_t> group;
};

// As many digits as there are groups to name; a group that there is not stands for nothing. nullopt
// for a `$` without number and a `\` before anything but `$` and `\`.
std::optional<std::vector<Piece>> read_replacement(std::string_view text, std::size_t groups) {
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::vector<Piece> pieces(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      if (++at == text.size() || (text[at] != '\\' && text[at] != '$')) return std::nullopt;
      pieces.back().text += text[at];
    } else if (text[at] == '$') {
      if (!is_digit(++at)) return std::nullopt;
      auto group = static_cast<std::size_t>(text[at] - '0');
      while (is_digit(at + 1)) {
        const std::size_t longer = group * 10 + static_cast<std::size_t>(text[at + 1] - '0');
        if (longer > groups) break;
        group = longer;
        ++at;
      }
      pieces.back().group = group;
      pieces.emplace_back();
    } else {
      pieces.back().text += text[at];
    }
  }
  return pieces;
}

void append(std::string& result, const std::vector<Piece>& pieces, std::string_view text,
            const std::vector<Capture>& captures) {
  for (const Piece& piece : pieces) {
    result += piece.text;
    if (!piece.group.has_value() || *piece.group >= captures.size()) continue;
    const Capture& capture = captures[*piece.group];
    if (capture.is_set()) result += text.substr(capture.begin, capture.end - capture.begin);
  }
}

Value replace(Arguments arguments, Evaluation& evaluation) {
  constexpr Names kNames{"replace", "pattern"};
  const std::string_view text = arguments[0].string();
  const Regex::Shared regex = compile(kNames, arguments[1], arguments[3], evaluation);
  if (regex == nullptr) return {};
  const auto pieces = read_replacement(arguments[2].string(), regex->groups());
  if (!pieces.has_value()) {
    return no_answer(evaluation,
                     "`replacement` of replace() has a $ without number or a lone \\; \\$ and \\\\ "
                     "stand for these");
  }
  std::vector<Capture> captures;
  if (regex->find("", 0, captures, evaluation).value_or(false)) {
    return matches_nothing(kNames, evaluation);
  }
  std::string result;
  std::size_t copied = 0;
  const bool is_done = for_each_match(*regex, text, evaluation, [&](const auto& found) {
    result += text.substr(copied, found[0].begin - copied);
    append(result, *pieces, text, found);
    copied = found[0].end;
    return may_write(evaluation, result.size());
  });
  if (!is_done) return gives_up(kNames, evaluation);
  if (!may_write(evaluation, result.size() + text.size() - copied)) {
    return text_too_long(evaluation, "replace");
  }
  result += text.substr(copied);
  return Value(std::move(result));
}

Value split(Arguments arguments, Evaluation& evaluation) {
  constexpr Names kNames{"split", "delimiter"};
  const std::string_view text = arguments[0].string();
  const Regex::Shared regex = compile(kNames, arguments[1], Value{}, evaluation);
  if (regex == nullptr) return {};
  std::vector<Capture> captures;
  if (regex->find("", 0, captures, evaluation).value_or(false)) {
    return matches_nothing(kNames, evaluation);
  }
  List parts;
  std::size_t begin = 0;
  const bool is_done = for_each_match(*regex, text, evaluation, [&](const auto& found) {
    parts.emplace_back(text.substr(begin, found[0].begin - begin));
    begin = found[0].end;
    return may_hold(evaluation, parts.size());
  });
  if (!is_done) return gives_up(kNames, evaluation);
  if (!may_hold(evaluation, parts.size() + 1)) return list_too_long(evaluation, "split");
  parts.emplace_back(text.substr(begin));
  return Value(std::move(parts));
}

Value string_join(Arguments arguments, Evaluation& evaluation) {
  const List& list = arguments[0].list();
  const std::string_view delimiter =
      arguments[1].is_null() ? std::string_view{} : arguments[1].string();
  if (!evaluation.spend(list.size())) return {};
  std::string text;
  bool is_first = true;
  for (const Value& element : list) {
    if (element.is_null()) continue;
    if (!is_first) text += delimiter;
    is_first = false;
    text += element.string();
    if (!may_write(evaluation, text.size())) return text_too_long(evaluation, "string join");
  }
  return Value(std::move(text));
}

constexpr Parameter kString{.name = "string", .type = "string"};
constexpr Parameter kMatch{.name = "match", .type = "string"};
constexpr Parameter kFlags{
    .name = "flags", .type = "string", .is_optional = true, .takes_null = true};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table
const Family& string_functions() {
  static const Family family{
      .title = "Texts",
      .entries =
          {
              {
                  .name = "contains",
                  .parameters = {kString, kMatch},
                  .result = "boolean",
                  .call = contains,
                  .summary = "Whether a text has another one in it.",
                  .example = "contains(\"foobar\", \"oba\")",
                  .answer = "true",
              },
              {
                  .name = "ends with",
                  .parameters = {kString, kMatch},
                  .result = "boolean",
                  .call = ends_with,
                  .summary = "Whether a text ends with another one.",
                  .example = "ends with(\"foobar\", \"bar\")",
                  .answer = "true",
              },
              {
                  .name = "lower case",
                  .parameters = {kString},
                  .result = "string",
                  .call = lower,
                  .summary = "The text in small letters.",
                  .example = "lower case(\"ÄBC\")",
                  .answer = "\"äbc\"",
              },
              {
                  .name = "matches",
                  .parameters = {{"input", "string"}, {"pattern", "string"}, kFlags},
                  .result = "boolean",
                  .call = matches,
                  .summary = "Whether a regular expression matches anywhere in a text; flags are "
                             "s, m, i and x.",
                  .example = "matches(\"foobar\", \"^fo*b\")",
                  .answer = "true",
              },
              {
                  .name = "replace",
                  .parameters = {{"input", "string"},
                                 {"pattern", "string"},
                                 {"replacement", "string"},
                                 kFlags},
                  .result = "string",
                  .call = replace,
                  .summary = "The text with every match of a regular expression replaced; $1 "
                             "stands for the first group.",
                  .example = "replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")",
                  .answer = "\"[1=ab][2=]cd\"",
              },
              {
                  .name = "split",
                  .parameters = {kString, {"delimiter", "string"}},
                  .result = "list<string>",
                  .call = split,
                  .summary = "The parts of a text between the matches of a regular expression.",
                  .example = "split(\"a;b;c\", \";\")",
                  .answer = "[\"a\", \"b\", \"c\"]",
              },
              {
                  .name = "starts with",
                  .parameters = {kString, kMatch},
                  .result = "boolean",
                  .call = starts_with,
                  .summary = "Whether a text begins with another one.",
                  .example = "starts with(\"foobar\", \"foo\")",
                  .answer = "true",
              },
              {
                  .name = "string join",
                  .parameters = {{"list", "list<string>"},
                                 {.name = "delimiter",
                                  .type = "string",
                                  .is_optional = true,
                                  .takes_null = true}},
                  .result = "string",
                  .call = string_join,
                  .summary = "The texts of a list as one, with a delimiter between them; null is "
                             "left out.",
                  .example = "string join([\"a\", \"b\"], \", \")",
                  .answer = "\"a, b\"",
              },
              {
                  .name = "string length",
                  .parameters = {kString},
                  .result = "number",
                  .call = string_length,
                  .summary = "The number of characters.",
                  .example = "string length(\"报价单\")",
                  .answer = "3",
              },
              {
                  .name = "substring",
                  .parameters = {kString,
                                 {"start position", "number"},
                                 {.name = "length",
                                  .type = "number",
                                  .is_optional = true,
                                  .takes_null = true}},
                  .result = "string",
                  .call = substring,
                  .summary = "The characters from a position on, counted from 1 or, when negative, "
                             "from the end.",
                  .example = "substring(\"foobar\", 3, 3)",
                  .answer = "\"oba\"",
              },
              {
                  .name = "substring after",
                  .parameters = {kString, kMatch},
                  .result = "string",
                  .call = substring_after,
                  .summary = "What stands behind the first place of another text; empty when it "
                             "has none.",
                  .example = "substring after(\"foobar\", \"ob\")",
                  .answer = "\"ar\"",
              },
              {
                  .name = "substring before",
                  .parameters = {kString, kMatch},
                  .result = "string",
                  .call = substring_before,
                  .summary = "What stands before the first place of another text; empty when it "
                             "has none.",
                  .example = "substring before(\"foobar\", \"bar\")",
                  .answer = "\"foo\"",
              },
              {
                  .name = "upper case",
                  .parameters = {kString},
                  .result = "string",
                  .call = upper,
                  .summary = "The text in capital letters.",
                  .example = "upper case(\"straße\")",
                  .answer = "\"STRASSE\"",
              },
          },
  };
  return family;
}

}  // namespace formwork::feel
