// Calls: of built-ins, of functions that are values, and the making of such.
#include <algorithm>

#include <fmt/core.h>

#include "dsl/feel/code.h"
#include "dsl/feel/function.h"

namespace formwork::feel::code {
namespace {

class BuiltinCall final : public Node {
 public:
  BuiltinCall(Place place, std::vector<Candidate> candidates, std::vector<NodePtr> arguments)
      : Node(place), candidates_(std::move(candidates)), arguments_(std::move(arguments)) {}

  Value evaluate(Frame& frame) const override {
    constexpr std::size_t kFew = 4;
    if (arguments_.size() <= kFew) {
      std::array<Value, kFew> made;
      std::array<const Value*, kFew> values{};
      return evaluate_with(frame, made.data(), values.data());
    }
    std::vector<Value> made(arguments_.size());
    std::vector<const Value*> values(arguments_.size());
    return evaluate_with(frame, made.data(), values.data());
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    for (const NodePtr& argument : arguments_) argument->explain(frame, out);
  }

 private:
  Value evaluate_with(Frame& frame, Value* made, const Value** values) const {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      values[i] = arguments_[i]->peek(frame);
      if (values[i] != nullptr) continue;
      made[i] = arguments_[i]->evaluate(frame);
      values[i] = &made[i];
    }
    const std::span<const Value* const> given(values, arguments_.size());
    return run(frame, choose(given), given);
  }

  // The first candidate whose parameters take these arguments; with none, the first of all, which
  // then says what is wrong.
  const Candidate& choose(std::span<const Value* const> given) const {
    if (candidates_.size() == 1) return candidates_.front();
    for (const Candidate& candidate : candidates_) {
      if (takes(candidate, given)) return candidate;
    }
    return candidates_.front();
  }

  static bool takes(const Candidate& candidate, std::span<const Value* const> given) {
    const auto& parameters = candidate.builtin->parameters;
    if (!parameters.empty() && parameters.back().is_variadic) return true;
    for (std::size_t i = 0; i < candidate.order.size(); ++i) {
      const std::size_t argument = candidate.order[i];
      if (argument == Candidate::kNoArgument) continue;
      if (!coerce(*given[argument], parameter_type(parameters[i]))) return false;
    }
    return true;
  }

  Value run(Frame& frame, const Candidate& candidate, std::span<const Value* const> given) const {
    frame.evaluation.place = place();
    if (!frame.evaluation.spend()) return {};
    const bool as_written = std::is_sorted(candidate.order.begin(), candidate.order.end()) &&
                            candidate.order.size() == given.size();
    if (as_written || candidate.order.empty()) {
      return made(frame, feel::call(*candidate.builtin, given, frame.evaluation));
    }
    std::vector<const Value*> ordered;
    for (const std::size_t argument : candidate.order) {
      ordered.push_back(argument == Candidate::kNoArgument ? nullptr : given[argument]);
    }
    return made(frame, feel::call(*candidate.builtin, ordered, frame.evaluation));
  }

  std::vector<Candidate> candidates_;
  std::vector<NodePtr> arguments_;
};

class Call final : public Node {
 public:
  Call(Place place, NodePtr callee, std::vector<NodePtr> arguments, std::vector<std::string> names)
      : Node(place),
        callee_(std::move(callee)),
        arguments_(std::move(arguments)),
        names_(std::move(names)) {}

  Value evaluate(Frame& frame) const override {
    const Value callee = callee_->evaluate(frame);
    if (callee.kind() != Value::Kind::Function) {
      return null(frame, "this is no function, so it cannot be called");
    }
    const Function& function = *callee.function();
    std::vector<Value> values;
    values.reserve(arguments_.size());
    for (const NodePtr& argument : arguments_) values.push_back(argument->evaluate(frame));
    if (!names_.empty() && !sort_by_name(function, values)) {
      return null(frame, "the function has no parameters of these names");
    }
    frame.evaluation.place = place();
    return feel::call(function, values, frame.evaluation);
  }

 private:
  // Brings named arguments into the order of the parameters; what is left out is null.
  bool sort_by_name(const Function& function, std::vector<Value>& values) const {
    std::vector<Value> sorted(function.parameters.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto found =
          std::find_if(function.parameters.begin(), function.parameters.end(),
                       [&](const Member& parameter) { return parameter.name == names_[i]; });
      if (found == function.parameters.end()) return false;
      sorted[static_cast<std::size_t>(found - function.parameters.begin())] = std::move(values[i]);
    }
    values = std::move(sorted);
    return true;
  }

  NodePtr callee_;
  std::vector<NodePtr> arguments_;
  std::vector<std::string> names_;
};

class LambdaNode final : public Node {
 public:
  LambdaNode(Place place, Lambda lambda)
      : Node(place), lambda_(std::make_shared<const Lambda>(std::move(lambda))) {}

  Value evaluate(Frame& frame) const override {
    std::vector<Value> captured;
    captured.reserve(lambda_->captures.size());
    for (const NodePtr& source : lambda_->captures) captured.push_back(source->evaluate(frame));
    auto function = std::make_shared<Function>();
    function->parameters = lambda_->parameters;
    function->result = lambda_->result;
    function->extent = extent_around(captured.data(), captured.size());
    function->body = [lambda = lambda_, captured = std::move(captured)](
                         std::span<const Value> arguments, Evaluation& evaluation) {
      if (!evaluation.spend(lambda->cost)) return Value();
      std::vector<Value> locals(lambda->local_count);
      std::copy(arguments.begin(), arguments.end(), locals.begin());
      Frame inner{evaluation, locals.data(), captured.data()};
      return lambda->body->evaluate(inner);
    };
    return made(frame, Value(std::shared_ptr<const Function>(std::move(function))));
  }

 private:
  std::shared_ptr<const Lambda> lambda_;
};

class Coerce final : public Node {
 public:
  Coerce(Place place, NodePtr value, Type type)
      : Node(place), value_(std::move(value)), type_(std::move(type)) {}

  Value evaluate(Frame& frame) const override {
    Value value = value_->evaluate(frame);
    std::optional<Value> fitting = coerce(value, type_);
    if (fitting) return std::move(*fitting);
    if (!frame.evaluation.wants_reasons()) return {};
    return null(
        frame, fmt::format("{} is asked for, and this is {}", type_.to_string(), type_name(value)));
  }

 private:
  NodePtr value_;
  Type type_;
};

}  // namespace

NodePtr make_builtin_call(Place place, std::vector<Candidate> candidates,
                          std::vector<NodePtr> arguments) {
  return std::make_unique<BuiltinCall>(place, std::move(candidates), std::move(arguments));
}

NodePtr make_call(Place place, NodePtr callee, std::vector<NodePtr> arguments,
                  std::vector<std::string> names) {
  return std::make_unique<Call>(place, std::move(callee), std::move(arguments), std::move(names));
}

NodePtr make_lambda(Place place, Lambda lambda) {
  return std::make_unique<LambdaNode>(place, std::move(lambda));
}

NodePtr make_coerce(Place place, NodePtr value, Type type) {
  return std::make_unique<Coerce>(place, std::move(value), std::move(type));
}

}  // namespace formwork::feel::code
