#include "dsl/decision/type_table.h"

#include <array>

#include "dsl/diagnostics/codes.h"

namespace formwork::decision {
namespace {

// A type inside a type inside a type; beyond, nothing is checked.
constexpr int kMaxDepth = 32;

constexpr std::array kOldSpellings = {
    std::pair<std::string_view, std::string_view>{"dateTime", "date and time"},
    std::pair<std::string_view, std::string_view>{"dayTimeDuration", "days and time duration"},
    std::pair<std::string_view, std::string_view>{"yearMonthDuration", "years and months duration"},
    std::pair<std::string_view, std::string_view>{"any", "Any"},
};

const ItemDefinition* find_in(const Definitions& model, std::string_view name) {
  for (const ItemDefinition& definition : model.types) {
    if (definition.name == name) return &definition;
  }
  return nullptr;
}

bool is_empty(const Constraint& constraint) {
  return !constraint.allowed && constraint.members.empty() && constraint.element == nullptr;
}

std::shared_ptr<const Constraint> shared_or_none(Constraint constraint) {
  if (is_empty(constraint)) return nullptr;
  return std::make_shared<const Constraint>(std::move(constraint));
}

}  // namespace

std::optional<feel::Type> find_builtin_type(std::string_view name) {
  for (const std::string_view prefix : {"feel:", "feel."}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  for (const auto& [old, present] : kOldSpellings) {
    if (name == old) name = present;
  }
  return feel::Type::parse(name);
}

std::optional<std::size_t> TypeTable::find_model(std::string_view name_space) const {
  for (std::size_t i = 0; i < models_.size(); ++i) {
    if (models_[i].name_space == name_space) return i;
  }
  return std::nullopt;
}

std::optional<ItemType> TypeTable::find(std::size_t model, std::string_view name) {
  if (const ItemDefinition* own = find_in(models_[model], name)) return resolve(model, *own);
  for (const Import& import : models_[model].imports) {
    const std::optional<std::size_t> other = find_model(import.name_space);
    if (!other || *other == model) continue;
    std::string_view rest = name;
    if (!import.name.empty()) {
      if (!rest.starts_with(import.name + ".")) continue;
      rest.remove_prefix(import.name.size() + 1);
    }
    if (const ItemDefinition* found = find_in(models_[*other], rest))
      return resolve(*other, *found);
  }
  if (std::optional<feel::Type> builtin = find_builtin_type(name)) return ItemType{*builtin};
  return std::nullopt;
}

std::vector<std::pair<std::string, feel::Type>> TypeTable::visible(std::size_t model) {
  std::vector<std::pair<std::string, feel::Type>> result;
  for (const ItemDefinition& definition : models_[model].types) {
    result.emplace_back(definition.name, resolve(model, definition).type);
  }
  for (const Import& import : models_[model].imports) {
    const std::optional<std::size_t> other = find_model(import.name_space);
    if (!other || *other == model) continue;
    const std::string prefix = import.name.empty() ? "" : import.name + ".";
    for (const ItemDefinition& definition : models_[*other].types) {
      result.emplace_back(prefix + definition.name, resolve(*other, definition).type);
    }
  }
  return result;
}

// A definition that contains itself is Any where it does.
ItemType TypeTable::resolve(std::size_t model, const ItemDefinition& definition) {
  const auto [at, is_new] = resolved_.try_emplace(&definition);
  if (!is_new) return at->second.value_or(ItemType{});
  if (depth_ >= kMaxDepth) return {};
  ++depth_;
  ItemType type = make(model, definition);
  --depth_;
  resolved_[&definition] = type;
  return type;
}

feel::Type TypeTable::base_type(std::size_t model, const ItemDefinition& definition,
                                Constraint& constraint) {
  if (definition.is_function) {
    std::vector<feel::Member> parameters;
    for (const Variable& parameter : definition.parameters) {
      const auto type = find(model, parameter.type);
      parameters.push_back({parameter.name, type ? type->type : feel::Type()});
    }
    const auto result = find(model, definition.type);
    return feel::Type::function(std::move(parameters), result ? result->type : feel::Type());
  }
  if (!definition.components.empty()) {
    std::vector<feel::Member> members;
    for (const ItemDefinition& component : definition.components) {
      const ItemType type = resolve(model, component);
      members.push_back({feel::NameSet::normalize(component.name), type.type});
      if (type.constraint) constraint.members.emplace_back(members.back().name, type.constraint);
    }
    return feel::Type::context(std::move(members));
  }
  if (definition.type.empty()) return {};
  if (const std::optional<ItemType> type = find(model, definition.type)) {
    if (type->constraint) constraint = *type->constraint;
    return type->type;
  }
  findings_.push_back({.code = codes::kDecisionType,
                       .text = {{}, definition.where},
                       .message = "there is no type `" + definition.type + "`",
                       .remedy = suggest_type(definition.type),
                       .home = "type " + definition.name});
  return {};
}

std::optional<feel::Expression> TypeTable::tests(const Text& text, const feel::Type& type,
                                                 std::string_view home) {
  if (text.empty()) return std::nullopt;
  feel::CompiledExpression compiled = feel::compile_unary_tests(
      text.text, type, feel::Scope(), {.mode = feel::Options::Mode::Lenient});
  add_problems(findings_, compiled.problems, text, home);
  return std::move(compiled.expression);
}

// Allowed values of an alias take the place of those of what it names.
ItemType TypeTable::make(std::size_t model, const ItemDefinition& definition) {
  const std::string home = "type " + definition.name;
  Constraint inner;
  feel::Type type = base_type(model, definition, inner);
  const auto narrow = [&](Constraint& constraint, const Text& text) {
    std::optional<feel::Expression> allowed = tests(text, type, home);
    if (!allowed) return;
    constraint.allowed = std::move(allowed);
    constraint.allowed_text = text.text;
  };
  narrow(inner, definition.allowed_values);
  if (definition.is_collection) {
    Constraint outer;
    outer.element = shared_or_none(std::move(inner));
    type = feel::Type::list(std::move(type));
    narrow(outer, definition.type_constraint);
    return {std::move(type), shared_or_none(std::move(outer))};
  }
  narrow(inner, definition.type_constraint);
  return {std::move(type), shared_or_none(std::move(inner))};
}

}  // namespace formwork::decision
