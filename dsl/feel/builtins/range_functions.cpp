// Ranges and points: how they lie to each other (DMN 1.5, table 78), and ranges from texts.
//
// Each relation is one function over two spans, where a point is a span that begins and ends with
// it; its entries differ only in what they call the arguments.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/base/utf8.h"
#include "dsl/feel/builtins/answers.h"
#include "dsl/feel/builtins/words.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {
namespace {

// One end of a span; null is without bound.
struct End {
  Value value;
  bool is_included = true;
};

struct Span {
  End start;
  End end;
  bool is_point = false;
};

// The span that a range is, whatever its form; nullopt for `!=`, which is none.
std::optional<Span> span_of(const Value& value) {
  if (value.kind() != ValueKind::Range) return Span{{value, true}, {value, true}, true};
  const Range& range = value.range();
  switch (range.form) {
    case Range::Form::Interval:
      return Span{{range.start, range.start_included}, {range.end, range.end_included}};
    case Range::Form::Less:
      return Span{{Value{}, false}, {range.end, false}};
    case Range::Form::LessEqual:
      return Span{{Value{}, false}, {range.end, true}};
    case Range::Form::Greater:
      return Span{{range.start, false}, {Value{}, false}};
    case Range::Form::GreaterEqual:
      return Span{{range.start, true}, {Value{}, false}};
    case Range::Form::Equal:
      return Span{{range.start, true}, {range.start, true}};
    case Range::Form::NotEqual:
      return std::nullopt;
  }
  return std::nullopt;
}

// Compares ends of two spans. What has no order is remembered and makes the answer null.
class Ends {
 public:
  explicit Ends(const TimeZone& zone) : zone_(zone) {}

  int starts(const Span& a, const Span& b) { return compare(rank(a.start, -1), rank(b.start, -1)); }

  int ends(const Span& a, const Span& b) { return compare(rank(a.end, 1), rank(b.end, 1)); }

  int end_to_start(const Span& a, const Span& b) {
    return compare(rank(a.end, 1), rank(b.start, -1));
  }

  bool have_order() const { return have_order_; }

 private:
  struct Rank {
    int infinity;  // -1 or 1 for an end without bound, else 0
    const Value* value;
  };

  static Rank rank(const End& end, int infinity) {
    return {end.value.is_null() ? infinity : 0, &end.value};
  }

  int compare(Rank a, Rank b) {
    if (a.infinity != 0 || b.infinity != 0) return a.infinity - b.infinity;
    const std::optional<int> result = order(*a.value, *b.value, zone_);
    if (!result.has_value()) have_order_ = false;
    return result.value_or(0);
  }

  const TimeZone& zone_;
  bool have_order_ = true;
};

bool is_before(Ends& ends, const Span& a, const Span& b) {
  const int gap = ends.end_to_start(a, b);
  return gap < 0 || (gap == 0 && (!a.end.is_included || !b.start.is_included));
}

bool is_after(Ends& ends, const Span& a, const Span& b) { return is_before(ends, b, a); }

bool meets(Ends& ends, const Span& a, const Span& b) {
  return a.end.is_included && b.start.is_included && ends.end_to_start(a, b) == 0;
}

bool is_met_by(Ends& ends, const Span& a, const Span& b) { return meets(ends, b, a); }

bool overlap(Ends& ends, const Span& a, const Span& b) {
  return !is_before(ends, a, b) && !is_before(ends, b, a);
}

// Whether `a` begins no later than `b`: at the same value, an open end is later.
bool begins_within(Ends& ends, const Span& b, const Span& a) {
  const int order = ends.starts(a, b);
  return order < 0 || (order == 0 && (a.start.is_included || !b.start.is_included));
}

bool ends_within(Ends& ends, const Span& b, const Span& a) {
  const int order = ends.ends(a, b);
  return order > 0 || (order == 0 && (a.end.is_included || !b.end.is_included));
}

bool overlaps_before(Ends& ends, const Span& a, const Span& b) {
  const int order = ends.starts(a, b);
  const bool begins_before =
      order < 0 || (order == 0 && a.start.is_included && !b.start.is_included);
  return begins_before && !is_before(ends, a, b) && ends_within(ends, a, b);
}

bool overlaps_after(Ends& ends, const Span& a, const Span& b) {
  return overlaps_before(ends, b, a);
}

bool includes(Ends& ends, const Span& a, const Span& b) {
  return begins_within(ends, b, a) && ends_within(ends, b, a);
}

bool is_during(Ends& ends, const Span& a, const Span& b) { return includes(ends, b, a); }

bool finishes(Ends& ends, const Span& a, const Span& b) {
  if (ends.ends(a, b) != 0 || a.end.is_included != b.end.is_included) return false;
  return a.is_point || begins_within(ends, a, b);
}

bool is_finished_by(Ends& ends, const Span& a, const Span& b) { return finishes(ends, b, a); }

bool starts(Ends& ends, const Span& a, const Span& b) {
  if (ends.starts(a, b) != 0 || a.start.is_included != b.start.is_included) return false;
  return a.is_point || ends_within(ends, a, b);
}

bool is_started_by(Ends& ends, const Span& a, const Span& b) { return starts(ends, b, a); }

bool coincide(Ends& ends, const Span& a, const Span& b) {
  return ends.starts(a, b) == 0 && ends.ends(a, b) == 0 &&
         a.start.is_included == b.start.is_included && a.end.is_included == b.end.is_included;
}

using Relation = bool (*)(Ends& ends, const Span& a, const Span& b);

enum Shape : unsigned { Point = 1, Spans = 2 };

// What a relation stands between: `first` and `second` are Shapes that may be.
template <Relation relation, unsigned first, unsigned second, bool is_same_shape = false>
Value relate(Arguments arguments, Evaluation& evaluation) {
  const std::optional<Span> a = span_of(arguments[0]);
  const std::optional<Span> b = span_of(arguments[1]);
  if (!a || !b) return no_answer(evaluation, "a range of all but one value lies nowhere");
  const unsigned a_shape = a->is_point ? Point : Spans;
  const unsigned b_shape = b->is_point ? Point : Spans;
  if ((a_shape & first) == 0 || (b_shape & second) == 0 || (is_same_shape && a_shape != b_shape)) {
    return no_answer(evaluation, "this relation does not stand between {} and {}",
                     words::kind_of(arguments[0]), words::kind_of(arguments[1]));
  }
  Ends ends(*evaluation.environment().zone);
  const bool answer = relation(ends, *a, *b);
  if (ends.have_order()) return Value(answer);
  return no_answer(evaluation, "the values have no order to each other");
}

using Call = Value (*)(Arguments, Evaluation&);

constexpr Parameter kPoint{.name = "point", .type = "Any"};
constexpr Parameter kPoint1{.name = "point1", .type = "Any"};
constexpr Parameter kPoint2{.name = "point2", .type = "Any"};
constexpr Parameter kRange{.name = "range", .type = "range<Any>"};
constexpr Parameter kRange1{.name = "range1", .type = "range<Any>"};
constexpr Parameter kRange2{.name = "range2", .type = "range<Any>"};

// A text that must become a range: reads endpoints and brackets.
class RangeReader {
 public:
  explicit RangeReader(std::string_view text) : text_(trimmed(text)) {}

  std::optional<Range> read() {
    if (text_.size() < 4) return std::nullopt;
    const char opening = text_.front();
    const char closing = text_.back();
    if ((opening != '[' && opening != '(' && opening != ']') ||
        (closing != ']' && closing != ')' && closing != '[')) {
      return std::nullopt;
    }
    const std::string_view inside = text_.substr(1, text_.size() - 2);
    const std::size_t dots = dots_in(inside);
    if (dots == std::string_view::npos) return std::nullopt;
    Range range;
    range.start_included = opening == '[';
    range.end_included = closing == ']';
    if (!endpoint(trimmed(inside.substr(0, dots)), range.start, range.start_included) ||
        !endpoint(trimmed(inside.substr(dots + 2)), range.end, range.end_included)) {
      return std::nullopt;
    }
    if (range.start.is_null() && range.end.is_null()) return std::nullopt;
    range.form = form_of(range);
    // A comparison says by its form what it includes.
    if (range.form != Range::Form::Interval) range.start_included = range.end_included = true;
    return range;
  }

 private:
  // A range without one bound is what a comparison means: "[2..)" is (>= 2).
  static Range::Form form_of(const Range& range) {
    if (range.start.is_null()) {
      return range.end_included ? Range::Form::LessEqual : Range::Form::Less;
    }
    if (range.end.is_null()) {
      return range.start_included ? Range::Form::GreaterEqual : Range::Form::Greater;
    }
    return Range::Form::Interval;
  }

  // Where `..` stands outside of texts.
  static std::size_t dots_in(std::string_view text) {
    bool is_quoted = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] == '\\' && is_quoted) {
        ++i;
      } else if (text[i] == '"') {
        is_quoted = !is_quoted;
      } else if (!is_quoted && text[i] == '.' && text[i + 1] == '.') {
        return i;
      }
    }
    return std::string_view::npos;
  }

  // An end without value has no bound, and cannot be included.
  static bool endpoint(std::string_view text, Value& value, bool is_included) {
    if (text.empty()) return !is_included;
    value = literal(text);
    return !value.is_null();
  }

  static Value literal(std::string_view text) {
    if (const std::optional<Number> number = Number::parse(text)) return Value(*number);
    if (text.starts_with('@')) return temporal(text.substr(1), parse_temporal);
    if (text.starts_with('"')) return quoted(text);
    static constexpr std::pair<std::string_view, Value (*)(std::string_view)> kFunctions[] = {
        {"date and time",
         [](std::string_view t) { return value_or_null(parse_feel_date_time(t)); }},
        {"date", [](std::string_view t) { return value_or_null(parse_feel_date(t)); }},
        {"time", [](std::string_view t) { return value_or_null(parse_feel_time(t)); }},
        {"duration", [](std::string_view t) { return parse_feel_duration(t); }},
    };
    for (const auto& [name, parse] : kFunctions) {
      if (!text.starts_with(name)) continue;
      const std::string_view call = trimmed(text.substr(name.size()));
      if (call.size() < 2 || call.front() != '(' || call.back() != ')') continue;
      return temporal(trimmed(call.substr(1, call.size() - 2)), parse);
    }
    return {};
  }

  template <class T>
  static Value value_or_null(const std::optional<T>& value) {
    return value ? Value(*value) : Value{};
  }

  static Value temporal(std::string_view text, Value (*parse)(std::string_view)) {
    const Value content = quoted(text);
    return content.is_null() ? Value{} : parse(content.string());
  }

  // A text in quotes with the escapes \" and \\; null for what is none.
  static Value quoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return {};
    std::string content;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      if (text[i] == '"') return {};
      if (text[i] == '\\' && ++i + 1 == text.size()) return {};
      content += text[i];
    }
    return Value(std::move(content));
  }

  std::string_view text_;
};

bool is_in_order(const Range& range, const TimeZone& zone) {
  if (range.start.is_null() || range.end.is_null()) return true;
  const std::optional<int> result = order(range.start, range.end, zone);
  return result.has_value() && *result <= 0;
}

Value range_from(Arguments arguments, Evaluation& evaluation) {
  std::optional<Range> range = RangeReader(arguments[0].string()).read();
  if (range.has_value() && is_in_order(*range, *evaluation.environment().zone)) {
    return Value(*std::move(range));
  }
  return no_answer(evaluation, "\"{}\" is not a range, such as \"[1..10)\"", arguments[0].string());
}

struct Words {
  std::string_view name;
  std::string_view summary;
  std::string_view example;
  std::string_view answer;
};

Builtin entry(const Words& words, const Parameter& first, const Parameter& second, Call call) {
  return {.name = words.name,
          .parameters = {first, second},
          .result = "boolean",
          .call = call,
          .summary = words.summary,
          .example = words.example,
          .answer = words.answer};
}

// The relation between every pair of a point and a range, or between some of them.
void add_ranges(std::vector<Builtin>& entries, const Words& words, Call call) {
  entries.push_back(entry(words, kRange1, kRange2, call));
}

void add_point_and_range(std::vector<Builtin>& entries, const Words& words, Call call) {
  entries.push_back(entry(words, kPoint, kRange, call));
  add_ranges(entries, words, call);
}

void add_range_and_point(std::vector<Builtin>& entries, const Words& words, Call call) {
  entries.push_back(entry(words, kRange, kPoint, call));
  add_ranges(entries, words, call);
}

void add_all(std::vector<Builtin>& entries, const Words& words, Call call) {
  entries.push_back(entry(words, kPoint1, kPoint2, call));
  entries.push_back(entry(words, kPoint, kRange, call));
  add_range_and_point(entries, words, call);
}

// NOLINTNEXTLINE(readability-function-size): a table
std::vector<Builtin> make_entries() {
  std::vector<Builtin> entries;
  add_all(
      entries,
      {"before", "Whether the first ends before the second begins.", "before(1, [2..3])", "true"},
      relate<is_before, Point | Spans, Point | Spans>);
  add_all(entries,
          {"after", "Whether the first begins after the second ends.", "after(4, [2..3])", "true"},
          relate<is_after, Point | Spans, Point | Spans>);
  add_ranges(entries,
             {"meets", "Whether the first ends with the value that the second begins with.",
              "meets([1..5], [5..10])", "true"},
             relate<meets, Spans, Spans>);
  add_ranges(entries,
             {"met by", "Whether the first begins with the value that the second ends with.",
              "met by([5..10], [1..5])", "true"},
             relate<is_met_by, Spans, Spans>);
  add_ranges(entries,
             {"overlaps", "Whether two ranges have a value in common.", "overlaps([1..5], [3..8])",
              "true"},
             relate<overlap, Spans, Spans>);
  add_ranges(entries,
             {"overlaps before", "Whether the first begins before the second and ends within it.",
              "overlaps before([1..5], [3..8])", "true"},
             relate<overlaps_before, Spans, Spans>);
  add_ranges(entries,
             {"overlaps after", "Whether the first begins within the second and ends after it.",
              "overlaps after([3..8], [1..5])", "true"},
             relate<overlaps_after, Spans, Spans>);
  add_point_and_range(entries,
                      {"finishes", "Whether the first ends as the second does, and lies within it.",
                       "finishes(10, [1..10])", "true"},
                      relate<finishes, Point | Spans, Spans>);
  add_range_and_point(entries,
                      {"finished by", "Whether the first ends as the second does, and includes it.",
                       "finished by([1..10], 10)", "true"},
                      relate<is_finished_by, Spans, Point | Spans>);
  add_range_and_point(entries,
                      {"includes", "Whether the second lies within the first.",
                       "includes([1..10], [4..6])", "true"},
                      relate<includes, Spans, Point | Spans>);
  add_point_and_range(
      entries,
      {"during", "Whether the first lies within the second.", "during(5, [1..10])", "true"},
      relate<is_during, Point | Spans, Spans>);
  add_point_and_range(entries,
                      {"starts", "Whether the first begins as the second does, and lies within it.",
                       "starts(1, [1..10])", "true"},
                      relate<starts, Point | Spans, Spans>);
  add_range_and_point(
      entries,
      {"started by", "Whether the first begins as the second does, and includes it.",
       "started by([1..10], [1..5])", "true"},
      relate<is_started_by, Spans, Point | Spans>);
  const Words coincides{"coincides", "Whether two points or two ranges are the same.",
                        "coincides([1..5], [1..5])", "true"};
  entries.push_back(
      entry(coincides, kPoint1, kPoint2, relate<coincide, Point | Spans, Point | Spans, true>));
  add_ranges(entries, coincides, relate<coincide, Point | Spans, Point | Spans, true>);
  entries.push_back({.name = "range",
                     .parameters = {{"from", "string"}},
                     .result = "range<Any>",
                     .call = range_from,
                     .summary = "The range that a text means; an end without value has no bound.",
                     .example = "range(\"[18..21)\")",
                     .answer = "[18..21)"});
  return entries;
}

}  // namespace

const Family& range_functions() {
  static const Family family{.title = "Ranges", .entries = make_entries()};
  return family;
}

}  // namespace formwork::feel
