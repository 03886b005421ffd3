// C++ code cut into statements, by brackets alone. Good enough for rules about one full expression,
// as long as clang-format decides where blanks stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/cpp_text.h"

namespace formwork::tidy {

struct Statement {
  std::size_t offset;  // of its first character
  std::string code;    // blocks of lambdas inside are left out and stand as statements of their own
};

// Whether the brace at `at` initialises something; otherwise it opens a block or a body. A name
// stands directly before the one and never before the other.
inline bool is_initialiser(std::string_view code, std::size_t at) {
  if (at == 0) return false;
  if (is_word_char(code[at - 1]) || code[at - 1] == '>') return true;
  std::size_t before = code.find_last_not_of(" \n", at - 1);
  if (before == code.npos) return false;
  if (code[before] == '{') return is_initialiser(code, before);
  if (code[before] == '(' || code[before] == ',' || code[before] == '=') return true;
  const std::string_view text = code.substr(0, before + 1);
  return text.ends_with("return");
}

class StatementCutter {
 public:
  explicit StatementCutter(std::string_view code) : code_(code) {}

  std::vector<Statement> cut() {
    while (at_ < code_.size()) {
      cut_block();
      ++at_;  // a closing brace too many; the compiler says so elsewhere
    }
    return std::move(statements_);
  }

 private:
  // What has been read of a statement that is not yet complete.
  struct Part {
    Statement statement;
    std::string open;  // its brackets that are not yet closed

    void add(char c) {
      if (c == '(' || c == '[' || c == '{') open += c;
      if ((c == ')' || c == ']' || c == '}') && !open.empty()) open.pop_back();
      statement.code += c;
    }
  };

  // Up to the brace that closes this block, or the end.
  void cut_block() {
    Part part{{at_, {}}, {}};
    for (; at_ < code_.size(); ++at_) {
      const char c = code_[at_];
      if (c == '{' && !is_initialiser(code_, at_)) {
        cut_inner_block(part);
      } else if (c == ';') {
        finish(part);
      } else if (c == '}' && part.open.empty()) {
        break;
      } else {
        part.add(c);
      }
    }
    finish(part);
  }

  // The body of a lambda leaves the statement around it open; any other block ends what stands
  // before.
  void cut_inner_block(Part& around) {
    if (around.open.empty()) finish(around);
    ++at_;
    cut_block();
    if (around.open.empty()) around.statement.offset = at_ + 1;
  }

  void finish(Part& part) {
    const bool blank = part.statement.code.find_first_not_of(" \n") == std::string::npos;
    if (!blank) statements_.push_back(part.statement);
    part = {{at_ + 1, {}}, {}};
  }

  std::string_view code_;
  std::size_t at_ = 0;
  std::vector<Statement> statements_;
};

inline std::vector<Statement> statements_of(std::string_view code) {
  return StatementCutter{code}.cut();
}

}  // namespace formwork::tidy
