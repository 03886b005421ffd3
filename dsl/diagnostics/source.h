// Source texts and places in them.
//
// A Span counts bytes; lines and columns are computed only when something is shown. Columns count
// characters from 1, as an editor shows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace formwork {

// One file's name and text. Shared by everything that points into it, so that a refusal at run time
// can still quote the rule behind it.
class Source {
 public:
  Source(std::string name, std::string text);

  // As messages show it: the path that the author gave, with `/`.
  const std::string& name() const { return name_; }

  std::string_view text() const { return text_; }

  struct Position {
    std::size_t line;    // from 1
    std::size_t column;  // from 1, in characters
  };

  Position position(std::size_t offset) const;

  // The line (from 1) without its line end.
  std::string_view line(std::size_t number) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::size_t> line_starts_;  // byte offsets, first is 0
};

using SourcePtr = std::shared_ptr<const Source>;

// Bytes [begin, end) of a source. A span without a source belongs to no file (the command line,
// say).
struct Span {
  SourcePtr source;
  std::size_t begin = 0;
  std::size_t end = 0;

  explicit operator bool() const { return source != nullptr; }

  std::string_view text() const;
};

}  // namespace formwork
