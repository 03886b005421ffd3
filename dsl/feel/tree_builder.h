// Builds a syntax tree from the left to the right, as a grammar recognises it.
//
// Finished operands wait on a stack. A frame is a node being built: whatever operands come to lie
// on the stack since it was opened become its children when it is closed. A frame may begin with
// the operand before it, which is how `a + b` becomes an Add after `a` is done. Undoing a frame
// takes back all that happened in it, so the grammar may try.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/parse.h"

namespace formwork::feel {

class TreeBuilder {
 public:
  struct Frame {
    enum class Form : unsigned char {
      Node,    // a node with the operands as children
      Group,   // the one operand itself: brackets around it
      Splice,  // the operands as they are: brackets around several tests
    };

    Form form = Form::Node;
    syntax::Kind kind = syntax::Kind::Null;
    bool open_start = false;
    bool open_end = false;
    bool is_external = false;
    std::size_t begin = 0;    // of the text that it covers
    std::size_t bracket = 0;  // where the bracket stands that is to be closed
    std::string text;

   private:
    friend class TreeBuilder;
    // What there was when it was opened.
    std::size_t operands_ = 0;
    std::size_t nodes_ = 0;
    std::size_t names_ = 0;
  };

  TreeBuilder(std::string_view text, const NameSet& names) : text_(text), names_(names) {}

  std::string_view text() const { return text_; }

  void add_leaf(syntax::Kind kind, std::size_t begin, std::size_t end, std::string text);

  void open(Frame::Form form, syntax::Kind kind, std::size_t begin);
  // Opens a frame whose first child is the last operand.
  void open_after(syntax::Kind kind);
  void close(std::size_t end);
  void undo();

  Frame& frame() { return frames_.back(); }

  // Operands in the innermost frame.
  std::size_t count() const { return operands_.size() - frames_.back().operands_; }

  // Binds the name that the last operand declares, until the innermost frame is closed.
  void bind();

  // The longest known name at the start of a text. Names of members of contexts that stand in this
  // text are known only behind a point and in filters.
  NameSet::Match find_name(std::string_view text, bool may_be_member) const;

  // Takes the tree once the root is the only operand.
  syntax::Tree take();

  // Kept for the grammar's directives.
  std::size_t nesting = 0;
  bool may_filter = true;
  bool in_filter = false;

 private:
  struct Operand {
    syntax::NodeId node = syntax::kNoNode;
    std::size_t begin = 0;  // with brackets around the node
    std::size_t end = 0;
  };

  void add_node(syntax::Node node, std::size_t first_operand);
  void unbind(std::size_t count);

  std::string_view text_;
  const NameSet& names_;
  syntax::Tree tree_;
  std::vector<std::uint32_t> heights_;  // one for each node
  std::vector<Operand> operands_;
  std::vector<Frame> frames_;
  std::vector<std::string> bound_names_;
  NameSet bound_;
  NameSet members_;
};

}  // namespace formwork::feel
