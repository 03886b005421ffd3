#include "server/program/calculator.h"

#include <algorithm>

#include <fmt/core.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/feel/json.h"

namespace formwork::program {

using feel::Value;

Expected<void, std::string> Calculator::read_context(std::string_view text) {
  const auto parsed = json::parse(text);
  if (!parsed)
    return Unexpected{fmt::format("byte {}: {}", parsed.error().offset, parsed.error().message)};
  if (!parsed->is_object()) return Unexpected{std::string("a JSON object is needed")};
  for (const auto& [name, member] : parsed->members) {
    Expected<Value, std::string> value = feel::from_json(member);
    if (!value) return Unexpected{"`" + name + "`: " + value.error()};
    set(name, std::move(*value));
  }
  return {};
}

void Calculator::set(std::string name, Value value) {
  const auto known = std::find_if(variables_.begin(), variables_.end(),
                                  [&](const auto& variable) { return variable.first == name; });
  if (known != variables_.end()) {
    known->second = std::move(value);
  } else {
    variables_.emplace_back(std::move(name), std::move(value));
  }
}

feel::Scope Calculator::scope() const {
  feel::Scope scope;
  for (const auto& [name, value] : variables_) scope.add(name, feel::type_of(value));
  return scope;
}

namespace {

void add_problems(const std::vector<feel::Problem>& problems, const SourcePtr& source,
                  Diagnostics& findings) {
  for (const feel::Problem& problem : problems) {
    const Span where{source, problem.begin, problem.end};
    if (problem.is_warning) {
      findings.warning(problem.code, where, problem.message, problem.remedy);
    } else {
      findings.error(problem.code, where, problem.message, problem.remedy);
    }
  }
}

}  // namespace

Calculator::Answer Calculator::evaluate(const std::string& text, std::string_view name) const {
  Answer answer;
  const auto source = std::make_shared<const Source>(std::string(name), text);
  // Lenient: what has no answer is null, and the reason tells more than a refusal would.
  const feel::CompiledExpression compiled = feel::compile_expression(
      text, scope(), {.mode = feel::Options::Mode::Lenient, .expected = feel::TypeKind::Any});
  add_problems(compiled.problems, source, answer.findings);
  if (!compiled.expression) return answer;
  answer.is_readable = true;

  std::vector<const Value*> values;
  for (const auto& variable : variables_) values.push_back(&variable.second);
  const feel::Environment environment{.now = now_, .zone = &zone_};
  std::vector<feel::Warning> warnings;
  feel::Evaluation evaluation(environment, values, &warnings);
  answer.value = compiled.expression->evaluate(evaluation);
  for (const feel::Warning& warning : warnings) {
    answer.findings.warning(codes::kFeelNull, {source, warning.begin, warning.end},
                            warning.message);
  }
  feel::Evaluation again(environment, values);
  for (const feel::Explained& part : compiled.expression->explain(again)) {
    if (part.begin == 0 && part.end == text.size()) continue;  // the whole is no part of itself
    answer.parts.push_back(
        fmt::format("`{}` is {}", std::string_view(text).substr(part.begin, part.end - part.begin),
                    show(part.value)));
  }
  answer.parts.erase(std::unique(answer.parts.begin(), answer.parts.end()), answer.parts.end());
  return answer;
}

std::string Calculator::type_of(const std::string& text) const {
  const feel::CompiledExpression compiled = feel::compile_expression(text, scope(), {});
  return compiled.expression ? compiled.expression->type().to_string() : "";
}

namespace {

std::string all_texts(const Diagnostics& findings) {
  std::string out;
  for (const Diagnostic& finding : findings.all()) out += to_text(finding);
  return out;
}

std::string show_answer(const Calculator& calculator, const std::string& text, bool explain) {
  const Calculator::Answer answer = calculator.evaluate(text, "expression");
  std::string out;
  if (answer.is_readable) out = calculator.show(answer.value) + "\n";
  if (explain) {
    for (const std::string& part : answer.parts) out += "  " + part + "\n";
  }
  return out + all_texts(answer.findings);
}

constexpr std::string_view kHelp =
    "An expression gives its value. Besides:\n"
    "  :let NAME EXPRESSION   keep a value under a name\n"
    "  :context JSON          keep the members of an object under their names\n"
    "  :explain EXPRESSION    the value, and what it hangs on\n"
    "  :type EXPRESSION       the type that the checker finds\n"
    "  :help, :quit\n";

std::string let(Calculator& calculator, const std::string& rest) {
  const std::size_t blank = rest.find(' ');
  if (blank == std::string::npos) return "write :let NAME EXPRESSION\n";
  const std::string name = rest.substr(0, blank);
  Calculator::Answer answer = calculator.evaluate(rest.substr(blank + 1), "expression");
  if (answer.is_readable) calculator.set(name, std::move(answer.value));
  return all_texts(answer.findings);
}

}  // namespace

std::string run_line(Calculator& calculator, const std::string& line, bool& ends) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  const std::string text = line.substr(first);
  if (text[0] != ':') return show_answer(calculator, text, false);
  const std::size_t blank = text.find(' ');
  const std::string command = text.substr(0, blank);
  const std::string rest = blank == std::string::npos ? "" : text.substr(blank + 1);
  if (command == ":quit" || command == ":q") {
    ends = true;
    return "";
  }
  if (command == ":let") return let(calculator, rest);
  if (command == ":explain") return show_answer(calculator, rest, true);
  if (command == ":type") {
    const std::string type = calculator.type_of(rest);
    return type.empty() ? show_answer(calculator, rest, false) : type + "\n";
  }
  if (command == ":context") {
    const auto read = calculator.read_context(rest);
    return read ? "" : read.error() + "\n";
  }
  return std::string(command == ":help" ? "" : "there is no `" + command + "`\n") +
         std::string(kHelp);
}

}  // namespace formwork::program
