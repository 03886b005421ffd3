#include "tests/support/feel/random_expression.h"

#include <map>
#include <string_view>

#include "tests/support/feel/example_scope.h"

namespace formwork::feel {
namespace {

// What an expression can be made of, by the letter of its type. `%N` stands for any expression of
// type N, `$name` (up to the next `$`) for a variable of the example scope.
using Templates = std::map<char, std::vector<std::string_view>>;

const Templates& leaves() {
  static const Templates kLeaves{
      // numbers
      {'N',
       {"0", "1", "2", "10", "0.5", "1.10", "-3", "$count$", "$factor$", "$amount$", "$paid$",
        "$discount$", "$person$.age", "$boss$.age", "$numbers$[1]", "$prices$[-1]", "$span$.start",
        "$items$[1].qty", "$account$.annual revenue"}},
      // booleans
      {'B', {"true", "false", "$closed$", "$active$", "$span$.start included"}},
      // texts
      {'S',
       {"\"\"", "\"abc\"", "\"2026-03-02\"", "\"12.5\"", "$name$", "$note$", "$stage$",
        "$person$.name", "$boss$.name", "$tags$[1]", "$account$.industry", "$account$.owner.name",
        "$items$[1].item"}},
      {'D',
       {"@\"2026-03-02\"", "@\"2024-02-29\"", "$due$", "$born$", "$boss$.born on", "$days off$[1]",
        "$account$.since", "today()"}},
      {'M', {"@\"2026-03-02T09:30:00\"", "@\"2026-03-02T09:30:00Z\"", "$created at$", "now()"}},
      {'T', {"@\"09:30:00\"", "@\"09:30:00+01:00\"", "$opens$"}},
      // periods of days, of months
      {'P', {"@\"P1D\"", "@\"-PT36H\"", "@\"PT0S\"", "$waiting$"}},
      {'Y', {"@\"P1Y\"", "@\"P14M\"", "$term$"}},
      // lists of numbers, of texts, of lists, of contexts
      {'L',
       {"[]", "[1, 2, 3]", "$numbers$", "$prices$", "$boss$.scores", "$items$.qty",
        "$accounts$.annual revenue"}},
      {'X', {"[\"a\", \"b\"]", "$tags$", "$accounts$.industry", "$items$.item"}},
      {'Z', {"[[1], [2, 3]]", "$matrix$"}},
      {'I', {"$items$", "[{qty: 1, unit price: 2, item: \"x\"}]"}},
      // contexts
      {'C', {"$person$", "$boss$", "{}", "{a: 1}", "$data$"}},
      // ranges of numbers, of dates
      {'R', {"[1..10]", "(0..5)", "$span$", "(< 10)", "(>= 2)"}},
      {'Q', {"[@\"2026-01-01\"..@\"2026-12-31\"]", "$holidays$"}},
      {'F', {"$tax of$", "(function(x: number) x + 1)", "abs"}},
      {'A', {"null", "$anything$", "$data$.a", "$account$", "$accounts$"}},
  };
  return kLeaves;
}

const Templates& branches() {
  static const Templates kBranches{
      {'N',
       {"(%N + %N)",
        "(%N - %N)",
        "(%N * %N)",
        "(%N / %N)",
        "(%N ** 2)",
        "-(%N)",
        "(%P / %P)",
        "(%Y / %Y)",
        "(if %B then %N else %N)",
        "abs(%N)",
        "floor(%N)",
        "ceiling(%N, 1)",
        "decimal(%N, 2)",
        "round half up(%N, 2)",
        "modulo(%N, %N)",
        "sqrt(%N)",
        "exp(%N)",
        "count(%L)",
        "count(%I)",
        "sum(%L)",
        "sum(%N, %N)",
        "min(%L)",
        "max(%N, %N)",
        "mean(%L)",
        "median(%L)",
        "product(%L)",
        "stddev(%L)",
        "mode(%L)[1]",
        "string length(%S)",
        "number(%S)",
        "number(\"1,000\", \",\", \".\")",
        "%L[%N]",
        "%L[1]",
        "%L[item > %N][1]",
        "%I[qty > %N][1].qty",
        "sum(%I.unit price)",
        "(%D).year",
        "(%M).hour",
        "(%T).minute",
        "(%P).days",
        "(%Y).months",
        "(%R).end",
        "{a: %N, b: a + %N}.b",
        "{a: %N}.a",
        "(for i in %L return i)[1]",
        "(%F)(%N)",
        "$tax of$(base: %N)",
        "flatten(%Z)[1]",
        "index of(%L, %N)[1]",
        "day of year(%D)",
        "week of year(%D)",
        "get value(%C, \"age\")",
        "(%N).a",
        "sort(%L, function(x, y) x < y)[1]",
        "(for i in 1..3 return i * %N)[2]"}},
      {'B',
       {"(%N < %N)",
        "(%N >= %N)",
        "(%S = %S)",
        "(%N != %N)",
        "(%D < %D)",
        "(%M > %M)",
        "(%T <= %T)",
        "(%P = %P)",
        "(%Y < %Y)",
        "(%B and %B)",
        "(%B or %B)",
        "not(%B)",
        "(%A = null)",
        "(%N != null)",
        "(%C = %C)",
        "(%L = %L)",
        "(%R = %R)",
        "(%N between %N and %N)",
        "(%N in [%N..(%N)])",
        "(%N in %R)",
        "(%N in (1, > %N, %R))",
        "(%S in (\"a\", \"b\"))",
        "(%S in %X)",
        "(%D in %Q)",
        "(%N in %L)",
        "(some x in %L satisfies x > %N)",
        "(every x in %X satisfies x = %S)",
        "(some a in %L, b in %L satisfies a = b)",
        "(%A instance of number)",
        "(%A instance of list<number>)",
        "(%C instance of tPerson)",
        "(%N instance of tAmount)",
        "contains(%S, %S)",
        "starts with(%S, %S)",
        "ends with(%S, %S)",
        "matches(%S, \"^a.c$\")",
        "list contains(%L, %N)",
        "list contains(%X, null)",
        "all([%B, %B])",
        "any(%B, %B)",
        "even(%N)",
        "odd(%N)",
        "is(%N, %N)",
        "is(%M, %M)",
        "before(%N, %N)",
        "before(%R, %R)",
        "includes(%R, %N)",
        "during(%N, %R)",
        "overlaps(%R, %R)",
        "meets(%R, %R)",
        "(if %B then %B else %B)",
        "$stage$ = \"won\"",
        "%I[qty > 1] = []",
        "(%B)[1]"}},
      {'S',
       {"(%S + %S)",
        "string(%N)",
        "string(%D)",
        "string(%A)",
        "string(%L)",
        "upper case(%S)",
        "lower case(%S)",
        "substring(%S, 1, 2)",
        "substring(%S, %N)",
        "substring before(%S, %S)",
        "substring after(%S, %S)",
        "replace(%S, \"a\", \"b\")",
        "string join(%X, \", \")",
        "(if %B then %S else %S)",
        "%X[1]",
        "split(%S, \",\")[1]",
        "day of week(%D)",
        "month of year(%D)",
        "(%M).timezone",
        "min(%S, %S)",
        "{a: %S}.a",
        "get entries(%C)[1].key"}},
      {'D',
       {"(%D + %P)", "(%D - %Y)", "date(%M)", "date(%S)", "date(%N, %N, %N)", "(%Q).start",
        "(if %B then %D else %D)", "max(%D, %D)"}},
      {'M',
       {"(%M + %P)", "(%M - %Y)", "date and time(%D, %T)", "date and time(%S)",
        "(if %B then %M else %M)"}},
      {'T', {"time(%M)", "time(%S)", "(%T + %P)", "time(%N, %N, %N)"}},
      {'P',
       {"(%P + %P)", "(%P * %N)", "(%D - %D)", "(%M - %M)", "(%T - %T)", "-(%P)", "duration(%S)",
        "abs(%P)", "(%P / %N)", "(%M).time offset"}},
      {'Y', {"(%Y + %Y)", "(%N * %Y)", "years and months duration(%D, %D)", "-(%Y)", "(%Y / %N)"}},
      {'L',
       {"[%N, %N]",
        "[%N]",
        "%L[item > %N]",
        "%L[%B]",
        "append(%L, %N)",
        "concatenate(%L, %L)",
        "union(%L, %L)",
        "distinct values(%L)",
        "reverse(%L)",
        "sublist(%L, %N)",
        "insert before(%L, 1, %N)",
        "remove(%L, 1)",
        "flatten(%Z)",
        "index of(%L, %N)",
        "mode(%L)",
        "list replace(%L, 1, %N)",
        "list replace(%L, function(a, b) a > b, %N)",
        "sort(%L, function(a, b) a < b)",
        "(for i in %L return i + %N)",
        "(for i in %R return i)",
        "(for i in 1..%N return i)",
        "(for i in 1..3 return count(partial) + %N)",
        "(for a in %L, b in %L return a * b)",
        "%I.qty",
        "%I[item = %S].unit price",
        "(if %B then %L else %L)",
        "%Z[1]",
        "(for p in %I return p.qty)",
        "%L[1]",
        "[{a: %N}].a"}},
      {'X',
       {"[%S, %S]", "split(%S, %S)", "append(%X, %S)", "(for i in %L return string(i))", "%I.item",
        "get entries(%C).key", "distinct values(%X)"}},
      {'Z', {"[%L, %L]", "append(%Z, %L)", "(for i in %L return [i])", "reverse(%Z)"}},
      {'I',
       {"[{qty: %N, unit price: %N, item: %S}]", "%I[qty > %N]", "reverse(%I)", "append(%I, %I[1])",
        "concatenate(%I, %I)", "(if %B then %I else [])"}},
      {'C',
       {"{a: %N, b: %S}", "{a: %A}", "context put(%C, \"a\", %A)", "context merge([%C, %C])",
        "context([{key: \"a\", value: %A}])", "%I[1]", "(if %B then %C else %C)"}},
      {'R',
       {"[%N..(%N)]", "(%N..(%N)]", "(< %N)", "(>= %N)", "(if %B then %R else %R)",
        "range(\"[1..3]\")"}},
      {'Q', {"[%D..(%D)]", "(> %D)"}},
      {'F', {"(function(x: number) x * %N)", "(if %B then %F else %F)", "(function(x) %N)"}},
      {'A',
       {"%N",
        "%S",
        "%B",
        "%D",
        "%M",
        "%T",
        "%P",
        "%Y",
        "%L",
        "%X",
        "%Z",
        "%I",
        "%C",
        "%R",
        "%Q",
        "(if %B then %A else %A)",
        "[%A, %A]",
        "{x: %A, y: %A}",
        "[%A][1]",
        "%Z[1]",
        "get value(%C, %S)",
        "%C.a",
        "min(%L)",
        "flatten([%A, %A])",
        "concatenate(%L, %X)",
        "[%A][item != null]",
        "(for i in [%A, %A] return i)",
        "(%F)(%N)"}},
  };
  return kBranches;
}

// Names with a letter in front of what they may hide.
constexpr std::string_view kKinds = "NBSDMTPYLXZICRQFA";

class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  ExpressionText run(char kind) {
    constexpr unsigned kDepth = 4;
    write(kind, kDepth);
    flush();
    return std::move(text_);
  }

 private:
  void write(char kind, unsigned depth) {
    // Now and then something of another type, for the checker to refuse.
    if (random_.one_in(60)) kind = random_.one_of(kKinds);
    const bool is_leaf = depth == 0 || random_.one_in(4);
    const auto& templates = (is_leaf ? leaves() : branches()).at(kind);
    fill(random_.one_of(templates), is_leaf ? 0 : depth - 1);
  }

  void fill(std::string_view pattern, unsigned depth) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == '%') {
        write(pattern[++i], depth);
      } else if (pattern[i] == '$' && pattern.find('$', i + 1) != pattern.npos) {
        const std::size_t end = pattern.find('$', i + 1);
        variable(pattern.substr(i + 1, end - i - 1));
        i = end;
      } else {
        pending_ += pattern[i];
      }
    }
  }

  void variable(std::string_view name) {
    flush();
    text_.pieces.push_back({std::string(name), example_scope().find(name).value()});
  }

  void flush() {
    if (!pending_.empty()) text_.pieces.push_back({std::move(pending_)});
    pending_.clear();
  }

  Random& random_;
  ExpressionText text_;
  std::string pending_;
};

}  // namespace

std::string ExpressionText::with_names() const { return with_texts({}); }

std::string ExpressionText::with_texts(const std::vector<std::string>& texts) const {
  std::string all;
  for (const Piece& piece : pieces) {
    const bool is_replaced = piece.slot < texts.size() && !texts[piece.slot].empty();
    all += is_replaced ? texts[piece.slot] : piece.text;
  }
  return all;
}

ExpressionText random_expression(Random& random) {
  return Writer(random).run(random.one_of(kKinds));
}

ExpressionText random_condition(Random& random) { return Writer(random).run('B'); }

}  // namespace formwork::feel
