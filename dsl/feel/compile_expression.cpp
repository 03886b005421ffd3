// Entry, dispatch over kinds of nodes, constants, problems.
#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/compiler.h"
#include "dsl/feel/temporal.h"

namespace formwork::feel {

using syntax::Kind;

Compiler::Compiler(syntax::Tree& tree, std::string_view text, const Scope& scope,
                   const Options& options, std::vector<Problem>& problems)
    : tree_(tree), text_(text), scope_(scope), options_(options), problems_(problems), bodies_(1) {}

std::shared_ptr<code::Program> Compiler::compile_expression() {
  return finish(expect(compile(tree_.root), tree_.root));
}

std::shared_ptr<code::Program> Compiler::compile_unary_tests(const Type& input) {
  input_ = input;
  return finish(compile_tests(at(tree_.root).children));
}

std::shared_ptr<code::Program> Compiler::finish(Compiled root) {
  auto program = std::make_shared<code::Program>();
  program->root = std::move(root.node);
  program->type = std::move(root.type);
  program->constant = std::move(root.constant);
  std::sort(reads_.begin(), reads_.end());
  reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
  program->reads = std::move(reads_);
  program->reads_clock = reads_clock_;
  program->local_count = body().local_count;
  return program;
}

namespace {

// Kinds whose first child is the left of a chain, which may be long: `a + b + …`, `a.b.c`.
bool is_step(Kind kind) {
  switch (kind) {
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Multiply:
    case Kind::Divide:
    case Kind::Power:
    case Kind::Equal:
    case Kind::NotEqual:
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
    case Kind::Between:
    case Kind::In:
    case Kind::InstanceOf:
    case Kind::Path:
    case Kind::Filter:
      return true;
    default:
      return false;
  }
}

}  // namespace

// The left ends of chains are walked, not called, so that a long chain takes no stack.
Compiled Compiler::compile(NodeId id) {
  std::vector<NodeId> steps;
  while (is_step(at(id).kind)) {
    steps.push_back(id);
    id = at(id).children.front();
  }
  Compiled value = compile_leaf(id);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    value = compile_step(*step, std::move(value));
  }
  return value;
}

Compiled Compiler::compile_step(NodeId id, Compiled left) {
  switch (at(id).kind) {
    case Kind::Equal:
    case Kind::NotEqual:
      return compile_equality(id, std::move(left));
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
      return compile_relation(id, std::move(left));
    case Kind::Between:
      return compile_between(id, std::move(left));
    case Kind::In:
      return compile_in(id, std::move(left));
    case Kind::InstanceOf:
      return compile_instance_of(id, std::move(left));
    case Kind::Path:
      return compile_path(id, std::move(left));
    case Kind::Filter:
      return compile_filter(id, std::move(left));
    default:
      return compile_arithmetic(id, std::move(left));
  }
}

namespace {

Type type_of_literal(const Value& value) { return type_of(value).never_null(); }

}  // namespace

Compiled Compiler::compile_leaf(NodeId id) {
  const Node& node = at(id);
  const code::Place place = place_of(id);
  switch (node.kind) {
    case Kind::Null:
      return constant(place, Value(), TypeKind::Null);
    case Kind::True:
    case Kind::False:
      return constant(place, Value(node.kind == Kind::True), Type(TypeKind::Boolean).never_null());
    case Kind::Number: {
      const std::optional<Number> number = Number::parse(node.text);
      if (number) return constant(place, Value(*number), Type(TypeKind::Number).never_null());
      error(codes::kFeelLimit, id, "this number is too large", "numbers have 34 digits");
      return unknown(id, "the number is too large");
    }
    case Kind::String:
      return constant(place, Value(node.text), Type(TypeKind::String).never_null());
    case Kind::Temporal: {
      Value value = parse_temporal(node.text);
      const Type type = type_of_literal(value);
      if (!value.is_null()) return constant(place, std::move(value), type);
      error(codes::kFeelArguments, id,
            "\"" + node.text + "\" is no date, time, date and time or duration",
            "write @\"2026-03-02\", @\"09:30:00\", @\"2026-03-02T09:30:00\" or @\"P3D\"");
      return unknown(id, "the text is no date, time or duration");
    }
    case Kind::Name:
      return compile_name(id);
    case Kind::Question:
      return compile_question(id);
    case Kind::Negate:
      return compile_negate(id);
    case Kind::And:
    case Kind::Or:
      return compile_junction(id);
    case Kind::Call:
      return compile_call(id);
    case Kind::List:
      return compile_list(id);
    case Kind::Context:
      return compile_context(id);
    case Kind::Interval:
      return compile_interval(id);
    case Kind::Comparison:
      return compile_comparison_value(id);
    case Kind::If:
      return compile_if(id);
    case Kind::For:
      return compile_for(id);
    case Kind::Some:
    case Kind::Every:
      return compile_quantified(id);
    case Kind::Function:
      return compile_function(id);
    default:
      return unknown(id, "this cannot be evaluated");
  }
}

Compiled Compiler::constant(code::Place place, Value value, Type type) {
  Compiled compiled;
  compiled.node = code::make_constant(place, value);
  compiled.type = std::move(type);
  compiled.constant = std::move(value);
  return compiled;
}

Compiled Compiler::unknown(NodeId id, std::string reason) {
  return {code::make_null(place_of(id), std::move(reason)), TypeKind::Unknown, std::nullopt};
}

Compiled Compiler::folded(code::NodePtr node, Type type, bool are_constants) {
  Compiled compiled{std::move(node), std::move(type), std::nullopt};
  if (!are_constants) return compiled;
  static const Environment kNowhere{};
  std::vector<Warning> warnings;
  // Enough for what authors write; what takes more is left to the evaluation.
  Evaluation evaluation(
      kNowhere, {}, &warnings,
      {.steps = 1'000, .list_elements = 1'000, .string_bytes = 10'000, .value_parts = 10'000});
  std::vector<Value> locals(body().local_count);
  code::Frame frame{evaluation, locals.data()};
  Value value = compiled.node->evaluate(frame);
  // Without an answer it stays code, which gives the reason each time.
  if (value.is_null() || !warnings.empty()) return compiled;
  compiled.type = compiled.type.never_null();
  compiled.node = code::make_constant(compiled.node->place(), value);
  compiled.constant = std::move(value);
  return compiled;
}

namespace {

// What fits a place that asks for a kind of number; `why` is empty then.
bool units_fit(const Type& from, const Type& to) {
  if (from.is_money() && to.is_percent()) return false;
  if (from.is_percent() && to.is_money()) return false;
  return !from.is_money() || !to.is_money() || from.currency() == to.currency() ||
         from.currency().empty() || to.currency().empty();
}

}  // namespace

Compiled Compiler::expect(Compiled value, NodeId id) {
  const Type& expected = options_.expected;
  if (expected.is_open()) return value;
  if (!is_strict()) {
    value.node = code::make_coerce(place_of(id), std::move(value.node), expected);
    value.constant.reset();
    value.type = expected;
    return value;
  }
  if (value.type.is_open() && !value.type.is(TypeKind::Unknown)) {
    value.node = code::make_coerce(place_of(id), std::move(value.node), expected);
    value.type = expected;
    return value;
  }
  if (!conforms(value.type, expected) || !units_fit(value.type, expected)) {
    error(codes::kFeelTypeMismatch, id,
          fmt::format("{} is needed here, and {}",
                      expected.is(TypeKind::Boolean) ? "a condition" : in_words(expected),
                      describe(id, value.type)));
  }
  if (value.constant && !value.constant->is_null()) {
    check_option(id, {nullptr, expected, std::nullopt}, value);
  }
  const bool is_condition =
      expected.is(TypeKind::Boolean) && value.constant && value.constant->if_boolean() != nullptr;
  const bool is_written = at(id).kind == Kind::True || at(id).kind == Kind::False;
  if (is_condition && !is_written) {
    warning(
        codes::kFeelConstant, id,
        fmt::format("this condition is always {}", value.constant->boolean() ? "true" : "false"));
  }
  return value;
}

void Compiler::error(std::string_view code, NodeId id, std::string message, std::string remedy) {
  if (!is_strict()) return;
  problems_.push_back(
      {code, false, at(id).begin, at(id).end, std::move(message), std::move(remedy)});
}

void Compiler::warning(std::string_view code, NodeId id, std::string message, std::string remedy) {
  if (!is_strict()) return;
  problems_.push_back(
      {code, true, at(id).begin, at(id).end, std::move(message), std::move(remedy)});
}

code::Place Compiler::place_of(NodeId id) const { return {at(id).begin, at(id).end}; }

std::string_view Compiler::text_of(NodeId id) const {
  return text_.substr(at(id).begin, at(id).end - at(id).begin);
}

std::string in_words(const Type& type) {
  switch (type.kind()) {
    case TypeKind::Null:
      return "null";
    case TypeKind::Boolean:
      return "true or false";
    case TypeKind::Number:
      return type.is_money() ? "money" : type.is_percent() ? "a percent" : "a number";
    case TypeKind::String:
      return type.options() != nullptr ? "a choice" : "text";
    case TypeKind::Date:
      return "a date";
    case TypeKind::Time:
      return "a time";
    case TypeKind::DateTime:
      return "a date and time";
    case TypeKind::DaysDuration:
      return "a duration of days and time";
    case TypeKind::MonthsDuration:
      return "a duration of years and months";
    case TypeKind::Record:
      return type.record_type() != nullptr ? "a record of " + type.record_type()->name : "a record";
    case TypeKind::List:
      return "a list";
    case TypeKind::Range:
      return "a range";
    case TypeKind::Context:
      return "a context";
    case TypeKind::Function:
      return "a function";
    default:
      return "anything";
  }
}

std::string Compiler::describe(NodeId id, const Type& type) const {
  constexpr std::size_t kLongest = 40;
  std::string_view text = text_of(id);
  if (text.size() > kLongest || text.find('\n') != std::string_view::npos) {
    return "this is " + in_words(type);
  }
  if (at(id).kind == Kind::String) return fmt::format("{} is {}", text, in_words(type));
  return fmt::format("`{}` is {}", text, in_words(type));
}

bool Compiler::are_same(NodeId a, NodeId b) const {
  const Node& x = at(a);
  const Node& y = at(b);
  if (x.kind != y.kind || x.text != y.text || x.children.size() != y.children.size()) return false;
  if (x.open_start != y.open_start || x.open_end != y.open_end) return false;
  for (std::size_t i = 0; i < x.children.size(); ++i) {
    if (!are_same(x.children[i], y.children[i])) return false;
  }
  return true;
}

bool Compiler::reads_question(NodeId id) const {
  // Each part of a text with many tests is looked at once: only its own nodes are.
  std::vector<NodeId> open{id};
  while (!open.empty()) {
    const Node& node = at(open.back());
    open.pop_back();
    if (node.kind == Kind::Question) return true;
    open.insert(open.end(), node.children.begin(), node.children.end());
  }
  return false;
}

std::uint64_t Compiler::cost_of(NodeId id) const {
  constexpr std::uint64_t kNodesPerStep = 4;
  std::uint64_t nodes = 0;
  std::vector<NodeId> open{id};
  while (!open.empty()) {
    const Node& node = at(open.back());
    open.pop_back();
    ++nodes;
    open.insert(open.end(), node.children.begin(), node.children.end());
  }
  return 1 + nodes / kNodesPerStep;
}

// ---- Scope

std::size_t Scope::add(std::string name, Type type) {
  std::string normalized = NameSet::normalize(name);
  names_.add(normalized);
  constexpr int kDepth = 8;
  add_names(type, kDepth);
  variables_.push_back({std::move(normalized), std::move(type)});
  return variables_.size() - 1;
}

void Scope::add_type(std::string name, Type type) {
  names_.add(name);
  constexpr int kDepth = 8;
  add_names(type, kDepth);
  types_.push_back({std::move(name), std::move(type)});
}

// Names of members need to be known too; entities refer to each other in circles, so only so deep.
void Scope::add_names(const Type& type, int depth) {
  if (depth == 0) return;
  const bool has_element = type.is(TypeKind::List) || type.is(TypeKind::Range);
  if (has_element || type.is(TypeKind::Function)) add_names(type.element(), depth - 1);
  for (const Member& member : type.members()) {
    names_.add(member.name);
    add_names(member.type, depth - 1);
  }
  if (type.record_type() == nullptr) return;
  const auto known = std::find(known_records_.begin(), known_records_.end(), type.record_type());
  if (known != known_records_.end()) return;
  known_records_.push_back(type.record_type());
  for (const Member& member : type.record_type()->members) {
    names_.add(member.name);
    add_names(member.type, depth - 1);
  }
}

namespace {

template <class Members>
auto find_last(const Members& members, std::string_view name) {
  return std::find_if(members.rbegin(), members.rend(),
                      [name](const Member& member) { return member.name == name; });
}

}  // namespace

std::optional<std::size_t> Scope::find(std::string_view name) const {
  const auto found = find_last(variables_, name);
  if (found == variables_.rend()) return std::nullopt;
  return static_cast<std::size_t>(variables_.rend() - found) - 1;
}

const Type* Scope::find_type(std::string_view name) const {
  const auto found = find_last(types_, name);
  return found != types_.rend() ? &found->type : nullptr;
}

Scope::Scope() {
  for (const Builtin& builtin : all_builtins()) {
    names_.add(builtin.name);
    for (const Parameter& parameter : builtin.parameters) names_.add(parameter.name);
  }
  for (const std::string_view name :
       {"time offset", "start included", "end included", "date and time", "days and time duration",
        "years and months duration"}) {
    names_.add(name);
  }
}

// ---- Expression

namespace {

CompiledExpression finish(Parsed parsed, std::string_view text, std::vector<Problem> problems,
                          std::shared_ptr<code::Program> program) {
  CompiledExpression compiled;
  compiled.problems = std::move(problems);
  std::stable_sort(compiled.problems.begin(), compiled.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.begin < b.begin; });
  const bool has_errors = std::any_of(compiled.problems.begin(), compiled.problems.end(),
                                      [](const Problem& problem) { return !problem.is_warning; });
  if (has_errors || program == nullptr) return compiled;
  program->text = text;
  program->tree = std::move(parsed.tree);
  compiled.expression.emplace(Expression(std::move(program)));
  return compiled;
}

}  // namespace

CompiledExpression compile_expression(std::string_view text, const Scope& scope,
                                      const Options& options) {
  Parsed parsed = parse_expression(text, scope.names());
  std::vector<Problem> problems = std::move(parsed.problems);
  std::shared_ptr<code::Program> program;
  if (parsed.tree.root != syntax::kNoNode) {
    program = Compiler(parsed.tree, text, scope, options, problems).compile_expression();
  }
  return finish(std::move(parsed), text, std::move(problems), std::move(program));
}

CompiledExpression compile_unary_tests(std::string_view text, const Type& input, const Scope& scope,
                                       const Options& options) {
  Parsed parsed = parse_unary_tests(text, scope.names());
  std::vector<Problem> problems = std::move(parsed.problems);
  std::shared_ptr<code::Program> program;
  if (parsed.tree.root != syntax::kNoNode) {
    program = Compiler(parsed.tree, text, scope, options, problems).compile_unary_tests(input);
  }
  return finish(std::move(parsed), text, std::move(problems), std::move(program));
}

Expression::Expression()
    : Expression([] {
        auto program = std::make_shared<code::Program>();
        program->text = "null";
        program->root = code::make_constant({}, Value());
        program->type = TypeKind::Null;
        program->constant = Value();
        return program;
      }()) {}

Expression::Expression(std::shared_ptr<const code::Program> program)
    : program_(std::move(program)) {}

namespace {

// Runs with the locals that a program needs, on the stack when they are few.
template <class Run>
auto with_frame(const code::Program& program, Evaluation& evaluation, const Run& run) {
  constexpr std::size_t kFew = 4;
  if (program.local_count == 0) {
    code::Frame frame{evaluation, nullptr};
    return run(frame);
  }
  if (program.local_count <= kFew) {
    std::array<Value, kFew> locals;
    code::Frame frame{evaluation, locals.data()};
    return run(frame);
  }
  std::vector<Value> locals(program.local_count);
  code::Frame frame{evaluation, locals.data()};
  return run(frame);
}

}  // namespace

Value Expression::evaluate(Evaluation& evaluation) const {
  Value value = with_frame(*program_, evaluation,
                           [this](code::Frame& frame) { return program_->root->evaluate(frame); });
  return evaluation.is_exhausted() ? Value() : value;
}

Truth Expression::test(Evaluation& evaluation) const {
  const Truth truth = with_frame(
      *program_, evaluation, [this](code::Frame& frame) { return program_->root->test(frame); });
  return evaluation.is_exhausted() ? Truth() : truth;
}

std::vector<Explained> Expression::explain(Evaluation& evaluation) const {
  std::vector<Explained> parts;
  with_frame(*program_, evaluation, [&](code::Frame& frame) {
    program_->root->explain(frame, parts);
    return 0;
  });
  return parts;
}

const Type& Expression::type() const { return program_->type; }

std::span<const std::size_t> Expression::reads() const { return program_->reads; }

bool Expression::reads_clock() const { return program_->reads_clock; }

const std::string& Expression::text() const { return program_->text; }

const syntax::Tree& Expression::tree() const { return program_->tree; }

const Value* Expression::constant() const {
  return program_->constant ? &*program_->constant : nullptr;
}

}  // namespace formwork::feel
