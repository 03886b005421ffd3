// Pages of the documentation whose examples tests run: reading them, and the fields that their
// examples use.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "dsl/feel/expression.h"
#include "dsl/feel/operators.h"

namespace formwork::feel {

// Tests run in the root of the sources.
inline std::string read_page(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline bool updates_golden() { return std::getenv("UPDATE_GOLDEN") != nullptr; }

inline void write_page(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// A fenced block: what stands behind its opening fence, its text, and where that lies in the page.
struct Block {
  std::string kind;
  std::string text;
  std::size_t begin = 0;
};

inline std::vector<Block> blocks_of(std::string_view page) {
  constexpr std::string_view kFence = "\n```";
  std::vector<Block> blocks;
  for (std::size_t at = page.find(kFence); at != std::string_view::npos;) {
    const std::size_t kind = at + kFence.size();
    const std::size_t begin = page.find('\n', kind) + 1;
    const std::size_t end = page.find(kFence, begin - 1);
    REQUIRE_MESSAGE(end != std::string_view::npos, "a block is not closed");
    blocks.push_back({std::string(page.substr(kind, begin - 1 - kind)),
                      std::string(page.substr(begin, end + 1 - begin)), begin});
    at = page.find(kFence, end + kFence.size());
  }
  return blocks;
}

// The records that paths of examples lead to: account 7, owned by user 3.
class ExampleRecords final : public Records {
 public:
  Value member(RecordRef record, const RecordType& type, std::size_t member) const override {
    const std::string& name = type.members[member].name;
    if (record.id == 7 && name == "industry") return Value("finance");
    if (record.id == 7 && name == "owner") return Value(RecordRef{3});
    if (record.id == 3 && name == "name") return Value("Li Lei");
    return {};
  }
};

// One field of the deal that examples are about, as docs/reference/feel.md lists it.
struct ExampleField {
  std::string name;
  std::string words;    // its type for people
  std::string literal;  // its value; a record's is not FEEL
  Type type;
  Value value;
};

// The deal, at 10:00 on 2 March 2026 in Shanghai.
class Example {
 public:
  Example()
      : environment_{.now = *parse_instant("2026-03-02T02:00:00Z"),
                     .zone = TimeZone::find("Asia/Shanghai"),
                     .records = &records_} {
    add("name", "text", R"("Acme")", TypeKind::String);
    add("stage", "choice of `open`, `won`, `lost`", R"("open")",
        Type::choice({"open", "won", "lost"}, "the options of stage"));
    add("tags", "multi-choice of `vip`, `new`", R"(["vip"])",
        Type::list(Type::choice({"vip", "new"}, "the options of tags")));
    add("amount", "money in CNY", "250000", Type::money("CNY"));
    add("price", "money in USD", "36000", Type::money("USD"));
    add("discount", "percent, shown as 15 %", "0.15", Type::percent());
    add("score", "number", "72", TypeKind::Number);
    add("closed", "boolean", "false", TypeKind::Boolean);
    add("lost_reason", "text, empty", "null", TypeKind::String);
    add("expected_close", "date", R"(@"2026-03-31")", TypeKind::Date);
    add("waiting", "duration", R"(@"P2DT4H")", TypeKind::DaysDuration);
    add("items", "table of `qty` (number) and `unit price` (money)",
        "[{qty: 2, unit price: 90000}, {qty: 5, unit price: 14000}]",
        Type::list(Type::context({{"qty", TypeKind::Number}, {"unit price", Type::money("CNY")}})));
    fields_.push_back({"created_at", "date and time, set by the engine",
                       R"(@"2026-03-02T09:30:00@Asia/Shanghai")",
                       Type(TypeKind::DateTime).never_null(),
                       Value(*parse_instant("2026-03-02T01:30:00Z"))});
    fields_.push_back(
        {"account", "reference to account", "#7", Type::record(account()), Value(RecordRef{7})});
  }

  const std::vector<ExampleField>& fields() const { return fields_; }

  const Environment& environment() const { return environment_; }

  Scope scope() const {
    Scope scope;
    for (const ExampleField& field : fields_) scope.add(field.name, field.type);
    return scope;
  }

  // In the slots of that scope, and the input of unary tests behind them.
  std::vector<const Value*> values(const Value* input = nullptr) const {
    std::vector<const Value*> values;
    for (const ExampleField& field : fields_) values.push_back(&field.value);
    if (input != nullptr) values.push_back(input);
    return values;
  }

  std::string show(const Value& value) const { return to_literal(value, *environment_.zone); }

 private:
  static const RecordType& account() {
    static const RecordType kUser{"user", {{"name", TypeKind::String}}};
    static const RecordType kAccount{
        "account",
        {{"industry", Type::choice({"finance", "health"}, "the options of industry")},
         {"owner", Type::record(kUser)}}};
    return kAccount;
  }

  void add(std::string name, std::string words, std::string literal, Type type) {
    const CompiledExpression compiled = compile_expression(literal, scope());
    REQUIRE_MESSAGE(compiled.expression.has_value(), literal);
    Evaluation evaluation(environment_, {});
    Value value = compiled.expression->evaluate(evaluation);
    fields_.push_back(
        {std::move(name), std::move(words), std::move(literal), std::move(type), std::move(value)});
  }

  ExampleRecords records_;
  Environment environment_;
  std::vector<ExampleField> fields_;
};

}  // namespace formwork::feel
