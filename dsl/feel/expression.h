// Expression: a FEEL text, checked and compiled once, evaluated any number of times by any number
// of threads.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/evaluation.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/parse.h"
#include "dsl/feel/type.h"

namespace formwork::feel {

// The variables that an expression may read; a variable's place here is its slot in an Evaluation.
// Names are normalised; a later variable of the same name hides an earlier one.
class Scope {
 public:
  // Knows the built-in functions.
  Scope();

  std::size_t add(std::string name, Type type);

  // Named types for `instance of` and parameters: item definitions of DMN.
  void add_type(std::string name, Type type);

  const std::vector<Member>& variables() const { return variables_; }

  std::optional<std::size_t> find(std::string_view name) const;
  const Type* find_type(std::string_view name) const;

  // All names that a parser has to know: variables, members of their types, built-ins.
  const NameSet& names() const { return names_; }

 private:
  void add_names(const Type& type, int depth);

  std::vector<Member> variables_;
  std::vector<Member> types_;
  std::vector<const RecordType*> known_records_;  // whose members' names are known
  NameSet names_;
};

struct Options {
  // Documents of ours are Strict: what cannot have an answer is an error. DMN files and the command
  // line are Lenient: it is null at run time, and only what cannot be read is an error.
  enum class Mode : unsigned char { Strict, Lenient } mode = Mode::Strict;
  // What the value must be; Any: whatever it is. Lenient expressions are coerced to it.
  Type expected = TypeKind::Any;
};

// A part of an expression and the value it had: `amount` was 2500.
struct Explained {
  std::size_t begin = 0;
  std::size_t end = 0;
  Value value;
};

namespace code {
struct Program;
}

class Expression {
 public:
  // A constant null.
  Expression();

  Value evaluate(Evaluation& evaluation) const;

  // A condition's answer: null for null and for what is no boolean.
  Truth test(Evaluation& evaluation) const;

  // The parts that the answer hangs on, in the order of the text: of `and` and `or` each operand,
  // of a comparison its sides.
  std::vector<Explained> explain(Evaluation& evaluation) const;

  const Type& type() const;

  // Slots of the scope that are read, in order, each once; and whether the clock is.
  std::span<const std::size_t> reads() const;
  bool reads_clock() const;

  // The text and tree it was made from.
  const std::string& text() const;
  const syntax::Tree& tree() const;

  // The value if it is the same in every evaluation.
  const Value* constant() const;

  explicit Expression(std::shared_ptr<const code::Program> program);

  // What it was compiled to, for those who make code of their own.
  const code::Program& program() const { return *program_; }

 private:
  std::shared_ptr<const code::Program> program_;
};

struct CompiledExpression {
  std::optional<Expression> expression;  // nothing when a problem is an error
  std::vector<Problem> problems;         // errors and warnings, in the order of the text
};

CompiledExpression compile_expression(std::string_view text, const Scope& scope,
                                      const Options& options = {});

// Unary tests over an input of that type; the value of `?` is the last variable of the evaluation,
// in the slot behind those of the scope. The answer is a boolean or null.
CompiledExpression compile_unary_tests(std::string_view text, const Type& input, const Scope& scope,
                                       const Options& options = {});

}  // namespace formwork::feel
