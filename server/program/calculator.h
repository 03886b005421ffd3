// Calculator: what `formwork eval` does with texts, apart from terminals and files.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/expected.h"
#include "dsl/diagnostics/diagnostic.h"
#include "dsl/feel/expression.h"

namespace formwork::program {

class Calculator {
 public:
  Calculator(Instant now, const TimeZone& zone) : now_(now), zone_(zone) {}

  // The members of a JSON object become variables. The error says what is wrong with the text.
  Expected<void, std::string> read_context(std::string_view json);

  void set(std::string name, feel::Value value);

  struct Answer {
    bool is_readable = false;  // else the findings say why there is no value
    feel::Value value;
    std::vector<std::string> parts;  // what it hangs on: "`amount` is 2500"
    Diagnostics findings;            // errors, or the reasons of nulls as warnings
  };

  // `name` is the text's name in findings. Types are those of the variables' values.
  Answer evaluate(const std::string& text, std::string_view name) const;

  // The static type of an expression, in the notation of DMN; empty when it cannot be read.
  std::string type_of(const std::string& text) const;

  std::string show(const feel::Value& value) const { return feel::to_literal(value, zone_); }

  const TimeZone& zone() const { return zone_; }

 private:
  feel::Scope scope() const;

  Instant now_;
  const TimeZone& zone_;
  std::vector<std::pair<std::string, feel::Value>> variables_;
};

// One turn of the interactive form: an expression, or a command such as `:let rate 0.06`. Returns
// what to print; `ends` is set by `:quit`.
std::string run_line(Calculator& calculator, const std::string& line, bool& ends);

}  // namespace formwork::program
