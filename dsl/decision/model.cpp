#include "dsl/decision/model.h"

#include <algorithm>
#include <utility>

#include "dsl/decision/boxed.h"
#include "dsl/decision/frame.h"
#include "dsl/decision/program.h"
#include "dsl/feel/function.h"

namespace formwork::decision {

using feel::Evaluation;
using feel::Value;
using feel::ValueKind;
using Kind = Element::Kind;

namespace {

using Program = Model::Program;

// One run over a model: what is given, and what has been computed.
class Session {
 public:
  Session(const Program& program, Evaluation& evaluation, Trace* trace = nullptr,
          const std::vector<feel::Warning>* reasons = nullptr)
      : program_(program),
        evaluation_(evaluation),
        trace_(trace),
        reasons_(reasons),
        known_(program.items.size()) {}

  void give(std::size_t item, const Value& value) {
    const Item& target = program_.items[item];
    known_[item] = conform(value, target.type, target.name, evaluation_);
  }

  const Value& value_of(std::size_t index) {
    if (known_[index]) return *known_[index];
    const Item& item = program_.items[index];
    switch (item.kind) {
      case Kind::Input:
        known_[index] = Value();
        break;
      case Kind::Decision:
        known_[index] = decide(item);
        break;
      case Kind::Knowledge:
      case Kind::Service:
        return item.function;
    }
    return *known_[index];
  }

 private:
  Value decide(const Item& item) {
    if (!evaluation_.spend()) return {};
    if (evaluation_.is_too_deep()) {
      return evaluation_.null(item.name + ": decisions require each other too deeply");
    }
    const std::vector<Value> values = requirements(item);
    Slots slots(item.slots, nullptr);
    for (std::size_t i = 0; i < values.size(); ++i) slots[i] = &values[i];
    const std::size_t reasons_before = reasons_ != nullptr ? reasons_->size() : 0;
    std::vector<TracedTable> tables;
    Value value = with_variables(evaluation_, slots, [&](Evaluation& inner) {
      const Value result = evaluate(item.node, slots, inner, trace_ != nullptr ? &tables : nullptr);
      return conform(result, item.type, item.name, inner);
    });
    if (trace_ != nullptr) {
      DecisionTrace& entry =
          trace_->decisions.emplace_back(DecisionTrace{item.name, value, std::move(tables), {}});
      if (reasons_ != nullptr) {
        entry.reasons.assign(reasons_->begin() + static_cast<std::ptrdiff_t>(reasons_before),
                             reasons_->end());
      }
    }
    return value;
  }

  // By slot: a value, or a context of what comes from one imported model.
  std::vector<Value> requirements(const Item& item) {
    std::vector<Value> values;
    values.reserve(item.bindings.size());
    for (const Binding& binding : item.bindings) {
      if (binding.shape == nullptr) {
        values.push_back(value_of(binding.items.front()));
        continue;
      }
      feel::Context context{binding.shape, {}};
      for (const std::size_t index : binding.items) context.values.push_back(value_of(index));
      values.emplace_back(std::move(context));
    }
    return values;
  }

  const Program& program_;
  Evaluation& evaluation_;
  Trace* trace_;
  const std::vector<feel::Warning>* reasons_;
  std::vector<std::optional<Value>> known_;
};

// A knowledge model sees functions and its parameters, and nothing of who calls it.
Value call_knowledge(const Program& program, const Item& item, std::span<const Value> arguments,
                     Evaluation& evaluation) {
  std::vector<Value> values;
  values.reserve(item.bindings.size() + item.parameters.size());
  for (const Binding& binding : item.bindings) {
    if (binding.shape == nullptr) {
      values.push_back(program.items[binding.items.front()].function);
      continue;
    }
    feel::Context context{binding.shape, {}};
    for (const std::size_t each : binding.items) {
      context.values.push_back(program.items[each].function);
    }
    values.emplace_back(std::move(context));
  }
  for (std::size_t i = 0; i < item.parameters.size(); ++i) {
    const Value argument = i < arguments.size() ? arguments[i] : Value();
    values.push_back(
        conform(argument, item.parameters[i].second, item.parameters[i].first, evaluation));
  }
  Slots slots(item.slots, nullptr);
  for (std::size_t i = 0; i < values.size(); ++i) slots[i] = &values[i];
  return with_variables(evaluation, slots, [&](Evaluation& inner) {
    return conform(evaluate(item.node, slots, inner, nullptr), item.result, item.name, inner);
  });
}

// A service decides its outputs from its arguments alone.
Value call_service(const Program& program, const Item& item, std::span<const Value> arguments,
                   Evaluation& evaluation) {
  Session session(program, evaluation);
  for (std::size_t i = 0; i < item.inputs.size(); ++i) {
    session.give(item.inputs[i], i < arguments.size() ? arguments[i] : Value());
  }
  if (item.outputs.size() == 1) {
    return conform(session.value_of(item.outputs.front()), item.result, item.name, evaluation);
  }
  feel::Context context{item.output_shape, {}};
  for (const std::size_t output : item.outputs) context.values.push_back(session.value_of(output));
  return conform(Value(std::move(context)), item.result, item.name, evaluation);
}

std::vector<Model::Named> named(const Program& program, Kind kind) {
  std::vector<Model::Named> result;
  for (const Item& item : program.items) {
    if (item.model == 0 && item.kind == kind) result.push_back({item.label, item.type.type});
  }
  return result;
}

void collect_tables(const Node& node, std::vector<std::shared_ptr<const Table>>& tables) {
  if (node.table != nullptr) tables.push_back(node.table);
  for (const Node& child : node.children) collect_tables(child, tables);
}

// Gives what the caller says; a context under the name of an import gives its entries.
void give(Session& session, const Program& program, const Given& given, std::size_t model,
          std::vector<feel::Warning>* reasons) {
  if (const auto item = program.find(given.name, given.name_space)) {
    session.give(*item, given.value);
    return;
  }
  for (const auto& [prefix, target] : program.imports[model]) {
    if (prefix != given.name || given.value.kind() != ValueKind::Context) continue;
    const feel::Context& context = given.value.context();
    for (std::size_t i = 0; i < context.values.size(); ++i) {
      give(session, program,
           {context.shape->names[i], program.name_spaces[target], context.values[i]}, target,
           reasons);
    }
    return;
  }
  if (reasons != nullptr) {
    reasons->push_back({0, 0, "the model has no input `" + given.name + "`"});
  }
}

}  // namespace

void Program::make_functions() {
  for (Item& item : items) {
    if (item.kind != Kind::Knowledge && item.kind != Kind::Service) continue;
    auto function = std::make_shared<feel::Function>();
    for (const auto& [name, type] : item.parameters) {
      function->parameters.push_back({name, type.type});
    }
    const auto run = item.kind == Kind::Knowledge ? call_knowledge : call_service;
    function->body = [this, &item, run](std::span<const Value> arguments, Evaluation& evaluation) {
      return run(*this, item, arguments, evaluation);
    };
    item.function = Value(std::shared_ptr<const feel::Function>(std::move(function)));
  }
}

Model::Model(std::unique_ptr<Program> program) : program_(std::move(program)) {}

Model::~Model() = default;

std::vector<Model::Named> Model::decisions() const { return named(*program_, Kind::Decision); }

std::vector<Model::Named> Model::inputs() const { return named(*program_, Kind::Input); }

std::vector<Model::Named> Model::services() const { return named(*program_, Kind::Service); }

Value Model::evaluate(std::string_view decision, std::span<const Given> given,
                      const feel::Environment& environment, std::vector<feel::Warning>* reasons,
                      Trace* trace, const feel::Budget& budget) const {
  Evaluation evaluation(environment, {}, reasons, budget);
  const std::optional<std::size_t> item = program_->find(decision, {});
  if (!item || program_->items[*item].kind != Kind::Decision) {
    return evaluation.null("the model has no decision `" + std::string(decision) + "`");
  }
  Session session(*program_, evaluation, trace, reasons);
  for (const Given& each : given) give(session, *program_, each, 0, reasons);
  return session.value_of(*item);
}

Value Model::invoke(std::string_view name, std::span<const Given> arguments,
                    const feel::Environment& environment, std::vector<feel::Warning>* reasons,
                    const feel::Budget& budget) const {
  Evaluation evaluation(environment, {}, reasons, budget);
  const std::optional<std::size_t> index = program_->find(name, {});
  if (!index || program_->items[*index].function.is_null()) {
    return evaluation.null("the model has no service `" + std::string(name) + "`");
  }
  const feel::Function& function = *program_->items[*index].function.function();
  std::vector<Value> values(function.parameters.size());
  for (const Given& argument : arguments) {
    const std::string wanted = feel::NameSet::normalize(argument.name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (function.parameters[i].name == wanted) values[i] = argument.value;
    }
  }
  return feel::call(function, values, evaluation);
}

std::vector<std::pair<std::string, std::shared_ptr<const Table>>> Model::tables() const {
  std::vector<std::pair<std::string, std::shared_ptr<const Table>>> result;
  for (const Item& item : program_->items) {
    if (item.model != 0) continue;
    std::vector<std::shared_ptr<const Table>> tables;
    collect_tables(item.node, tables);
    for (auto& table : tables) result.emplace_back(item.label, std::move(table));
  }
  return result;
}

}  // namespace formwork::decision
