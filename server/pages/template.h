// template: a page's fixed bytes with holes in them, compiled once, rendered often.
#pragma once

#include <cstdint>
#include <vector>

#include "server/pages/html.h"

namespace formwork::pages {

// What is put between two runs of fixed bytes. `index` of a hole says which one, where there are
// several.
enum class Hole : unsigned char {
  None,
  ErrorClass,   // ` field--error`
  Now,          // what somebody else saved meanwhile
  Error,        // the field's sentence
  Value,        // ` value="…"`
  DateType,     // `date`, or `text` where a date picker would drop what was typed
  Content,      // of a textarea
  Count,        // of the characters left
  Described,    // aria-invalid and aria-describedby
  Checked,      // ` checked`, when option `index` is chosen
  Selected,     // ` selected`, likewise
  OtherOption,  // an option for a value that is none of the field's
  Candidates,   // options for a person or a record
  Files,        // those that are kept
  Shown,        // the value as people read it
  Row,          // the number of the row
  RowError,     // the row's sentences
  Hidden,       // ` hidden`, while the field is not to be seen
  Required,     // ` required`, while it is
  Unrequired,   // ` hidden` at the star, while it is not
};

// The parts that a compiler of templates writes and a renderer walks.
class Template {
 public:
  struct Part {
    std::size_t end;  // of the fixed bytes before the hole
    Hole hole;
    std::uint16_t index;
  };

  Template() = default;

  Template(Fragment bytes, std::vector<Part> parts)
      : bytes_(std::move(bytes)), parts_(std::move(parts)) {}

  bool empty() const { return parts_.empty() && bytes_.size() == 0; }

  // Calls fill(hole, index) for each hole, in order.
  template <class Fill>
  void render(Html& html, Fill&& fill) const {
    std::size_t begin = 0;
    for (const Part& part : parts_) {
      html.part(bytes_, begin, part.end);
      fill(part.hole, part.index);
      begin = part.end;
    }
    html.part(bytes_, begin, bytes_.size());
  }

 private:
  Fragment bytes_;
  std::vector<Part> parts_;
};

class TemplateBuilder {
 public:
  Html html;

  TemplateBuilder& hole(Hole hole, std::size_t index = 0) {
    parts_.push_back({html.size(), hole, static_cast<std::uint16_t>(index)});
    return *this;
  }

  Template take() { return {html.take(), std::exchange(parts_, {})}; }

 private:
  std::vector<Template::Part> parts_;
};

}  // namespace formwork::pages
