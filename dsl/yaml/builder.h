// Builds the tree of one document from events, and refuses what a form has no use for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dsl/yaml/parse.h"

namespace formwork::yaml {

// What is left for a file, shared by its documents.
struct Budget {
  std::size_t nodes;
  std::size_t findings;  // the length of the list of findings at which reading stops
};

// Thrown through the event parser when a limit is reached, after reporting it.
struct Stop {};

class Builder {
 public:
  // Reads bytes [begin, end) of the source; marks are offsets into the source.
  Builder(const SourcePtr& source, std::size_t begin, std::size_t end, Diagnostics& diagnostics,
          const Limits& limits, Budget& budget);

  void on_null(std::size_t mark);
  void on_alias(std::size_t mark);
  void on_anchor(std::size_t mark);
  void on_scalar(std::size_t mark, std::string_view tag, const std::string& text);
  void on_begin(Node::Kind kind, std::size_t mark, std::string_view tag, bool flow);
  void on_end();

  // The tree so far: what is still open is closed where reading stopped.
  Node finish();

  // Behind the last scalar or collection that was read.
  std::size_t last_end() const { return last_end_; }

  // The flow collection that is open innermost, as the span of its bracket.
  std::optional<Span> open_bracket() const;

 private:
  // A collection whose end has not come yet.
  struct Open {
    Node node;
    bool flow = false;
    bool awaits_value = false;  // of a mapping: its key is in `key`
    bool keep = true;           // whether `key` will become an entry
    Entry key;
    std::unordered_map<std::string, std::size_t> index;  // keys to entries, once there are many
  };

  Span span(std::size_t begin, std::size_t end) const;
  void count(std::size_t mark);
  [[noreturn]] void stop(Span where, std::string message, std::string remedy);
  void check_tag(std::size_t mark, std::string_view tag);
  bool is_key() const;
  Node scalar_at(std::size_t mark, std::string_view tag, std::string text);
  Node null_at(std::size_t mark);
  Span implicit_null_span();
  Span missing_item();
  void take(Node node);
  void take_key(Node node);
  bool accept_key(const Node& node);
  std::optional<std::size_t> find_key(Open& mapping, const std::string& key) const;
  void close_span(Open& open);

  SourcePtr source_;
  std::string_view
      text_;  // up to the end of the document, so that no quote is looked for behind it
  Diagnostics& diagnostics_;
  Limits limits_;
  Budget& budget_;
  std::size_t last_end_;
  std::vector<Open> open_;
  Node root_;
};

}  // namespace formwork::yaml
