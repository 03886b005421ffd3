// What FEEL may name in an entity's documents, with which types, and the values behind the names.
#include "dsl/model/scope.h"

#include <doctest/doctest.h>

#include "dsl/compile/compile.h"

namespace formwork::model {
namespace {

constexpr std::string_view kApp = R"(
app: shop
currency: CNY
---
entity: order
number: "O-{seq:3}"
title: subject
fields:
  subject: { type: text, required: true }
  amount: { type: money, currency: USD }
  share: { type: percent }
  stage: { type: choice, options: [open, won] }
  tags: { type: multi_choice, options: [red] }
  due: { type: date }
  at: { type: time }
  met: { type: date_time }
  lasts: { type: duration }
  term: { type: duration, kind: months }
  done: { type: boolean }
  owner: { type: user }
  parent: { type: reference, to: order }
  files: { type: attachment }
  lines:
    type: table
    fields: { what: { type: text }, qty: { type: number }, amount: { type: money } }
)";

std::shared_ptr<const Model> compiled() {
  std::vector<SourcePtr> sources{std::make_shared<const Source>("app.yaml", std::string(kApp))};
  Diagnostics diagnostics;
  auto model = compile::compile({std::move(sources), ""}, diagnostics);
  REQUIRE(model != nullptr);
  return model;
}

TEST_CASE("every field has its type in expressions, and so has what every record has") {
  const auto model = compiled();
  const Entity& order = model->entities[0];
  const feel::Scope& scope = model->scopes->of(order);
  const auto type_of = [&](std::string_view name) {
    const auto slot = scope.find(name);
    REQUIRE_MESSAGE(slot.has_value(), name);
    return scope.variables()[*slot].type;
  };

  struct Row {
    std::string_view name;
    std::string_view type;
  };

  for (const Row& row :
       {Row{"number", "string"}, Row{"subject", "string"}, Row{"amount", "money"},
        Row{"share", "percent"}, Row{"due", "date"}, Row{"at", "time"}, Row{"met", "date and time"},
        Row{"lasts", "days and time duration"}, Row{"term", "years and months duration"},
        Row{"done", "boolean"}, Row{"owner", "user"}, Row{"parent", "order"},
        Row{"files", "list<Any>"}, Row{"id", "number"}, Row{"created_at", "date and time"},
        Row{"created_by", "user"}, Row{"user", "user"}}) {
    CAPTURE(row.name);
    CHECK(type_of(row.name).to_string() == row.type);
  }
  CHECK(type_of("amount").currency() == "USD");
  REQUIRE(type_of("stage").options() != nullptr);
  CHECK(*type_of("stage").options() == std::vector<std::string>{"open", "won"});
  CHECK(type_of("stage").options_where() == "the options of stage");
  CHECK(type_of("tags").element().options() != nullptr);
  CHECK(type_of("parent").record_type() == &model->scopes->record_type(order));
  CHECK(type_of("lines").element().members().size() == 3);
}

TEST_CASE("any field may be null, however required, but not what the engine sets") {
  const auto model = compiled();
  const Entity& order = model->entities[0];
  const auto& variables = model->scopes->of(order).variables();
  CHECK(variables[*field_index(order, "subject")].type.may_be_null());
  CHECK_FALSE(variables[slot_of(order, SystemColumn::CreatedAt)].type.may_be_null());
  CHECK(variables[slot_of(order, SystemColumn::Id)].type.may_be_null());
  CHECK_FALSE(variables[*field_index(order, "lines")].type.may_be_null());
}

TEST_CASE("slots follow the fields, then come the system columns and who acts") {
  const auto model = compiled();
  const Entity& order = model->entities[0];
  const feel::Scope& scope = model->scopes->of(order);
  REQUIRE(scope.variables().size() == slot_count(order));
  for (std::size_t i = 0; i < order.fields.size(); ++i) {
    CHECK(scope.find(order.fields[i].name) == i);
  }
  CHECK(scope.find("updated_by") == slot_of(order, SystemColumn::UpdatedBy));
  CHECK(scope.find("user") == user_slot(order));
}

TEST_CASE("in a line its columns hide the fields of the same name") {
  const auto model = compiled();
  const Entity& order = model->entities[0];
  const std::size_t lines = *field_index(order, "lines");
  const feel::Scope& line = model->scopes->of_line(order, lines);
  CHECK(line.find("amount") == slot_count(order) + 2);
  CHECK(line.find("stage") == field_index(order, "stage"));
}

feel::Value evaluated(const feel::Scope& scope, std::string_view text, Variables& variables,
                      const feel::List* row = nullptr) {
  const auto compiled = feel::compile_expression(text, scope);
  REQUIRE(compiled.expression.has_value());
  const feel::Environment environment;
  feel::Evaluation evaluation(environment, row == nullptr
                                               ? variables.for_record(*compiled.expression)
                                               : variables.for_line(*compiled.expression, *row));
  return compiled.expression->evaluate(evaluation);
}

TEST_CASE("a record's values serve an evaluation, its lines as contexts") {
  const auto model = compiled();
  const Entity& order = model->entities[0];
  const std::size_t lines = *field_index(order, "lines");
  const auto number = [](int n) { return feel::Value(feel::Number(n)); };
  std::vector<feel::Value> values(order.fields.size());
  Variables variables(*model->scopes, order, values);
  const feel::Scope& scope = model->scopes->of(order);
  CHECK(evaluated(scope, "count(lines)", variables) == number(0));
  values[lines] =
      feel::Value(feel::List{feel::Value(feel::List{feel::Value("a"), number(2), number(10)}),
                             feel::Value(feel::List{feel::Value("b"), number(3), feel::Value()})});
  variables.forget_lines(lines);
  CHECK(evaluated(scope, "sum(lines.qty)", variables) == number(5));
  CHECK(evaluated(scope, "lines[qty > 2].what[1]", variables) == feel::Value("b"));
  values[*field_index(order, "amount")] = number(7);
  const feel::List& row = values[lines].list()[0].list();
  const feel::Scope& line = model->scopes->of_line(order, lines);
  CHECK(evaluated(line, "amount * qty", variables, &row) == number(20));
  CHECK(evaluated(line, "qty + count(lines)", variables, &row) == number(4));
  CHECK(evaluated(scope, "amount + 1", variables) == number(8));
  variables.set_user(feel::Value(feel::RecordRef{4}));
  CHECK(evaluated(scope, "user", variables) == feel::Value(feel::RecordRef{4}));
}

}  // namespace
}  // namespace formwork::model
