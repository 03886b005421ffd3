// Calls: which function is meant, and whether the arguments fit.
#include <algorithm>

#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/compiler.h"
#include "dsl/feel/function.h"

namespace formwork::feel {

using syntax::Kind;

Compiled Compiler::compile_call(NodeId id) {
  const Node& node = at(id);
  const NodeId callee_id = node.children.front();
  const Node& callee = at(callee_id);
  if (callee.kind != Kind::Name) return compile_function_call(id, compile(callee_id));
  const std::span<const Builtin> entries = find_builtins(callee.text);
  // What the text or the scope names so hides a built-in, if it can be called: a field `count`
  // leaves count() in its place.
  std::optional<Compiled> found = resolve(callee_id, callee.text);
  if (found && found->type.is(TypeKind::Function)) {
    return compile_function_call(id, std::move(*found));
  }
  if (!entries.empty()) return compile_builtin_call(id, entries);
  std::vector<std::string_view> names;
  if (std::optional<Compiled> member = compile_member_call(id, names)) return std::move(*member);
  if (found) return compile_function_call(id, std::move(*found));
  for (const Builtin& builtin : all_builtins()) names.push_back(builtin.name);
  for (const Member& variable : scope_.variables()) {
    if (variable.type.is(TypeKind::Function)) names.push_back(variable.name);
  }
  error(codes::kFeelUnknownFunction, callee_id, "there is no function `" + callee.text + "`",
        suggest(callee.text, names));
  return unknown(id, "there is no function `" + callee.text + "`");
}

// `subordinates(user)` is another way to write `user.subordinates`, for what belongs to a record;
// the tree says the same of both from here on. Nothing if it is not that; `names` gets what it
// could be.
std::optional<Compiled> Compiler::compile_member_call(NodeId id,
                                                      std::vector<std::string_view>& names) {
  const Node& call = at(id);
  if (call.children.size() != 2) return std::nullopt;
  const NodeId argument_id = call.children[1];
  if (at(argument_id).kind == Kind::NamedArgument) return std::nullopt;
  const auto problems = static_cast<std::ptrdiff_t>(problems_.size());
  Compiled argument = compile(argument_id);
  const RecordType* type = argument.type.record_type();
  const std::string& name = at(call.children[0]).text;
  const bool is_member =
      type != nullptr && std::any_of(type->members.begin(), type->members.end(),
                                     [&](const Member& member) { return member.name == name; });
  if (is_member) {
    Node& path = tree_.nodes[id];
    path.text = name;
    path.kind = Kind::Path;
    path.children = {argument_id};
    return compile_path(id, std::move(argument));
  }
  // That there is no such function is the one thing to say.
  problems_.erase(problems_.begin() + problems, problems_.end());
  if (type != nullptr) {
    for (const Member& member : type->members) names.push_back(member.name);
  }
  return std::nullopt;
}

namespace {

std::size_t required_count(const Builtin& builtin) {
  return static_cast<std::size_t>(
      std::count_if(builtin.parameters.begin(), builtin.parameters.end(),
                    [](const Parameter& parameter) { return !parameter.is_optional; }));
}

bool is_variadic(const Builtin& builtin) {
  return !builtin.parameters.empty() && builtin.parameters.back().is_variadic;
}

// "substring(string, start position, [length])"
std::string signature(const Builtin& builtin) {
  std::string text = std::string(builtin.name) + "(";
  for (const Parameter& parameter : builtin.parameters) {
    if (text.back() != '(') text += ", ";
    text +=
        parameter.is_optional ? fmt::format("[{}]", parameter.name) : std::string(parameter.name);
    if (parameter.is_variadic) text += "…";
  }
  return text + ")";
}

}  // namespace

// Which parameter takes which argument; nothing when they do not fit the entry.
std::optional<code::Candidate> Compiler::match(const Builtin& builtin, const Node& call) const {
  const std::size_t count = call.children.size() - 1;
  const std::size_t most = builtin.parameters.size();
  code::Candidate candidate{&builtin, {}};
  const bool is_named = count > 0 && at(call.children[1]).kind == Kind::NamedArgument;
  if (!is_named) {
    if (count < required_count(builtin)) return std::nullopt;
    if (is_variadic(builtin)) return candidate;
    if (count > most) return std::nullopt;
    for (std::size_t i = 0; i < count; ++i) candidate.order.push_back(i);
    return candidate;
  }
  candidate.order.assign(most, code::Candidate::kNoArgument);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& name = at(call.children[i + 1]).text;
    const auto found = std::find_if(builtin.parameters.begin(), builtin.parameters.end(),
                                    [&](const Parameter& p) { return p.name == name; });
    if (found == builtin.parameters.end()) return std::nullopt;
    std::size_t& place =
        candidate.order[static_cast<std::size_t>(found - builtin.parameters.begin())];
    if (place != code::Candidate::kNoArgument) return std::nullopt;
    place = i;
  }
  for (std::size_t i = 0; i < most; ++i) {
    const bool is_missing = candidate.order[i] == code::Candidate::kNoArgument;
    if (is_missing && !builtin.parameters[i].is_optional) return std::nullopt;
  }
  return candidate;
}

namespace {

// Whether an argument of that type can be what the parameter asks for, after DMN's conversions.
bool may_fit(const Type& given, const Parameter& parameter) {
  const Type& asked = parameter_type(parameter);
  if (given.is(TypeKind::Null)) return true;
  if (conforms(given, asked)) return true;
  if (given.is(TypeKind::List) && conforms(given.element(), asked)) return true;
  if (asked.is(TypeKind::List) && conforms(given, asked.element())) return true;
  return asked.is(TypeKind::DateTime) && given.is(TypeKind::Date);
}

}  // namespace

void Compiler::check_arguments(NodeId id, const Builtin& builtin, const code::Candidate& candidate,
                               const std::vector<Compiled>& arguments) {
  if (is_variadic(builtin)) return;
  for (std::size_t i = 0; i < candidate.order.size(); ++i) {
    const std::size_t argument = candidate.order[i];
    if (argument == code::Candidate::kNoArgument) continue;
    const Parameter& parameter = builtin.parameters[i];
    const Type& given = arguments[argument].type;
    NodeId where = at(id).children[argument + 1];
    if (at(where).kind == Kind::NamedArgument) where = at(where).children.front();
    if (given.is(TypeKind::Null) && !parameter.takes_null && !parameter.is_optional) {
      error(codes::kFeelTypeMismatch, where,
            fmt::format("`{}` of {}() is null here, so the answer is null", parameter.name,
                        builtin.name));
      return;
    }
    if (may_fit(given, parameter)) continue;
    error(codes::kFeelTypeMismatch, where,
          fmt::format("`{}` of {}() is {}, and {}", parameter.name, builtin.name,
                      in_words(parameter_type(parameter)), describe(where, given)),
          signature(builtin));
    return;
  }
}

Compiled Compiler::compile_builtin_call(NodeId id, std::span<const Builtin> entries) {
  const Node& node = at(id);
  std::vector<Compiled> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Node& child = at(node.children[i]);
    arguments.push_back(
        compile(child.kind == Kind::NamedArgument ? child.children.front() : node.children[i]));
  }
  std::vector<code::Candidate> candidates;
  for (const Builtin& entry : entries) {
    if (auto candidate = match(entry, node)) candidates.push_back(std::move(*candidate));
  }
  if (candidates.empty()) {
    std::string remedy = "write " + signature(entries.front());
    for (std::size_t i = 1; i < entries.size(); ++i) remedy += " or " + signature(entries[i]);
    error(codes::kFeelArguments, id,
          fmt::format("these are not the arguments of {}()", entries.front().name),
          std::move(remedy));
    return unknown(id, fmt::format("these are not the arguments of {}()", entries.front().name));
  }
  // With names `before(range: …, point: …)` fits two entries; the one in the order as written is
  // meant.
  std::stable_partition(candidates.begin(), candidates.end(), [](const code::Candidate& candidate) {
    return std::is_sorted(candidate.order.begin(), candidate.order.end());
  });
  // Types tell some entries of one name apart before any value is there.
  std::vector<code::Candidate> fitting;
  for (const code::Candidate& candidate : candidates) {
    bool fits = true;
    for (std::size_t i = 0; i < candidate.order.size(); ++i) {
      const std::size_t argument = candidate.order[i];
      if (argument == code::Candidate::kNoArgument) continue;
      fits = fits && may_fit(arguments[argument].type, candidate.builtin->parameters[i]);
    }
    if (fits) fitting.push_back(candidate);
  }
  if (fitting.empty()) {
    check_arguments(id, *candidates.front().builtin, candidates.front(), arguments);
    fitting.push_back(candidates.front());
  } else if (fitting.size() == 1) {
    check_arguments(id, *fitting.front().builtin, fitting.front(), arguments);
  }
  const Builtin& chosen = *fitting.front().builtin;
  if (chosen.name == "not" && arguments.size() == 1) {
    const NodeId operand_id = node.children[1];
    const Type& type = arguments.front().type;
    const bool fits = type.is(TypeKind::Boolean) || type.is_open() || type.is(TypeKind::Null);
    if (fits && at(operand_id).kind != Kind::NamedArgument) {
      const bool is_constant = arguments.front().constant.has_value();
      return folded(code::make_not(place_of(id), std::move(arguments.front().node)),
                    TypeKind::Boolean, is_constant);
    }
  }
  Type type = result_type(chosen);
  if (fitting.size() > 1) {
    for (const code::Candidate& candidate : fitting) {
      type = join(type, result_type(*candidate.builtin));
    }
  } else if (chosen.result_of != nullptr) {
    std::vector<Type> types;
    if (is_variadic(chosen)) {
      for (const Compiled& argument : arguments) types.push_back(argument.type);
    } else {
      types.assign(chosen.parameters.size(), TypeKind::Null);
      for (std::size_t i = 0; i < fitting.front().order.size(); ++i) {
        const std::size_t argument = fitting.front().order[i];
        if (argument != code::Candidate::kNoArgument) types[i] = arguments[argument].type;
      }
    }
    type = chosen.result_of(types);
  }
  bool are_constants = true;
  bool reads_clock = false;
  for (const Compiled& argument : arguments) are_constants = are_constants && argument.constant;
  for (const code::Candidate& candidate : fitting) {
    reads_clock = reads_clock || candidate.builtin->reads_clock;
  }
  reads_clock_ = reads_clock_ || reads_clock;
  std::vector<code::NodePtr> nodes;
  for (Compiled& argument : arguments) nodes.push_back(std::move(argument.node));
  return folded(code::make_builtin_call(place_of(id), std::move(fitting), std::move(nodes)),
                std::move(type), are_constants && !reads_clock);
}

Compiled Compiler::compile_function_call(NodeId id, Compiled callee) {
  const Node& node = at(id);
  const NodeId callee_id = node.children.front();
  const Type function = callee.type;
  const bool is_known = function.is(TypeKind::Function) && function != Type(TypeKind::Function);
  if (!function.is(TypeKind::Function) && !function.is_open()) {
    error(codes::kFeelUnknownFunction, callee_id,
          fmt::format("{}, so it cannot be called", describe(callee_id, function)));
  }
  std::vector<code::NodePtr> arguments;
  std::vector<std::string> names;
  const std::vector<Member>& parameters = function.members();
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    NodeId argument_id = node.children[i];
    const Type* asked = is_known && i <= parameters.size() ? &parameters[i - 1].type : nullptr;
    if (at(argument_id).kind == Kind::NamedArgument) {
      names.push_back(at(argument_id).text);
      const auto named = std::find_if(parameters.begin(), parameters.end(),
                                      [&](const Member& p) { return p.name == names.back(); });
      asked = named != parameters.end() ? &named->type : nullptr;
      argument_id = at(argument_id).children.front();
    }
    Compiled argument = compile(argument_id);
    const bool fits =
        asked == nullptr || conforms(argument.type, *asked) ||
        (argument.type.is(TypeKind::List) && conforms(argument.type.element(), *asked));
    if (!fits) {
      error(codes::kFeelTypeMismatch, argument_id,
            fmt::format("{} is needed here, and {}", in_words(*asked),
                        describe(argument_id, argument.type)));
    }
    arguments.push_back(std::move(argument.node));
  }
  if (is_known && arguments.size() != parameters.size()) {
    error(codes::kFeelArguments, id,
          fmt::format("the function takes {} arguments, and {} are given", parameters.size(),
                      arguments.size()));
  }
  Type type = is_known ? function.element().or_null() : Type(TypeKind::Any);
  return {
      code::make_call(place_of(id), std::move(callee.node), std::move(arguments), std::move(names)),
      std::move(type), std::nullopt};
}

// `sort(list, before)`: a built-in named without a call is a function like others.
Compiled Compiler::builtin_as_value(NodeId id, const Builtin& builtin) {
  auto function = std::make_shared<Function>();
  for (const Parameter& parameter : builtin.parameters) {
    if (parameter.is_optional) continue;
    function->parameters.push_back({std::string(parameter.name), parameter.is_variadic
                                                                     ? Type(TypeKind::Any)
                                                                     : parameter_type(parameter)});
  }
  function->result = result_type(builtin);
  function->body = [&builtin](std::span<const Value> arguments, Evaluation& evaluation) {
    std::vector<const Value*> given;
    for (const Value& argument : arguments) given.push_back(&argument);
    return call(builtin, given, evaluation);
  };
  Type type = Type::function(function->parameters, function->result).never_null();
  Value value(std::shared_ptr<const Function>(std::move(function)));
  return {code::make_constant(place_of(id), std::move(value)), std::move(type), std::nullopt};
}

}  // namespace formwork::feel
