// What an author wrote wrong: where, what, and what to do.
//
// Finding is apart from wording and showing: compile steps add Diagnostics to a list and go on; one
// struct has three renderings (text, JSON, page), so they cannot disagree.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/diagnostics/source.h"

namespace formwork {

enum class Severity : unsigned char { Error, Warning };

// A place that belongs to a diagnostic too, with a few words: "`discount` is defined here".
struct Related {
  Span where;
  std::string message;
};

struct Diagnostic {
  std::string_view code;  // a literal from codes.h, explained in docs/diagnostics/<code>.md
  Severity severity;      // Error stops publishing, Warning does not
  Span where;
  std::string message;  // one sentence in the author's terms, without full stop
  std::string remedy;   // what to type or do; may be empty
  std::vector<Related> related;
};

// Collects the findings of a run. One cause, one diagnostic: a finding at a place that already has
// one with the same code is dropped.
class Diagnostics {
 public:
  // The reference stays good until the next finding, so that related places can be added to it.
  Diagnostic& error(std::string_view code, Span where, std::string message,
                    std::string remedy = {});
  Diagnostic& warning(std::string_view code, Span where, std::string message,
                      std::string remedy = {});

  bool has_errors() const { return errors_ > 0; }

  bool empty() const { return all_.empty(); }

  std::size_t error_count() const { return errors_; }

  // In the order of files and places once sorted; until then in the order of finding.
  std::span<const Diagnostic> all() const { return all_; }

  void sort();

 private:
  struct Key {
    const Source* source;
    std::size_t begin;
    std::size_t end;
    std::string_view code;
    std::string message;  // only of a finding without a place

    bool operator<(const Key& other) const;
  };

  Diagnostic& add(Diagnostic diagnostic);

  std::vector<Diagnostic> all_;
  std::set<Key> seen_;
  Diagnostic dropped_{};  // takes what callers add to a finding that was there already
  std::size_t errors_ = 0;
};

// The text form, as a compiler prints it, with the line and a caret; ends with a line end.
std::string to_text(const Diagnostic& diagnostic);

// {"code","severity","file","line","column","end_line","end_column","message","remedy","related":[…]}
void append_json(std::string& out, const Diagnostic& diagnostic);

}  // namespace formwork
