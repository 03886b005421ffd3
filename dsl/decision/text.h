// Texts of FEEL inside a document, and what is wrong with them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"
#include "dsl/feel/parse.h"

namespace formwork::decision {

// FEEL as an author wrote it, with the place of its characters. In XML and YAML the place may hold
// escapes (`&lt;`), so bytes of the text are not bytes of the place; who read it knows the way.
struct Text {
  std::string text;
  Span where;

  bool empty() const { return text.find_first_not_of(" \t\r\n") == std::string::npos; }
};

// A mistake in a text, or in what it belongs to (then `begin` and `end` are 0). `home` says in a
// few words where it stands: "decision Routing, rule 3, input Age".
struct Finding {
  std::string_view code;  // of codes.h
  bool is_warning = false;
  Text text;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string remedy;
  std::string home;
};

using Findings = std::vector<Finding>;

// Adds what the compiler of FEEL has to say about a text.
void add_problems(Findings& findings, const std::vector<feel::Problem>& problems, const Text& text,
                  std::string_view home);

}  // namespace formwork::decision
