#include "dsl/feel/tree_builder.h"

#include <algorithm>
#include <utility>

#include "dsl/feel/fault.h"

namespace formwork::feel {

void TreeBuilder::add_leaf(syntax::Kind kind, std::size_t begin, std::size_t end,
                           std::string text) {
  syntax::Node node{.kind = kind,
                    .begin = static_cast<std::uint32_t>(begin),
                    .end = static_cast<std::uint32_t>(end),
                    .text = std::move(text)};
  add_node(std::move(node), operands_.size());
}

void TreeBuilder::open(Frame::Form form, syntax::Kind kind, std::size_t begin) {
  Frame frame;
  frame.form = form;
  frame.kind = kind;
  frame.begin = begin;
  frame.bracket = begin;
  frame.operands_ = operands_.size();
  frame.nodes_ = tree_.nodes.size();
  frame.names_ = bound_names_.size();
  frames_.push_back(std::move(frame));
}

void TreeBuilder::open_after(syntax::Kind kind) {
  open(Frame::Form::Node, kind, operands_.back().begin);
  --frames_.back().operands_;
}

void TreeBuilder::close(std::size_t end) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  unbind(frame.names_);
  if (frame.form == Frame::Form::Splice) return;
  if (frame.form == Frame::Form::Group) {
    operands_.back().begin = frame.begin;
    operands_.back().end = end;
    return;
  }
  syntax::Node node{.kind = frame.kind,
                    .open_start = frame.open_start,
                    .open_end = frame.open_end,
                    .is_external = frame.is_external,
                    .begin = static_cast<std::uint32_t>(frame.begin),
                    .end = static_cast<std::uint32_t>(end),
                    .text = std::move(frame.text)};
  add_node(std::move(node), frame.operands_);
}

void TreeBuilder::undo() {
  const Frame& frame = frames_.back();
  unbind(frame.names_);
  // A frame that began with an operand leaves it where it was.
  const auto is_older = [&](const Operand& operand) { return operand.node < frame.nodes_; };
  while (!operands_.empty() && !is_older(operands_.back())) operands_.pop_back();
  tree_.nodes.resize(frame.nodes_);
  heights_.resize(frame.nodes_);
  frames_.pop_back();
}

void TreeBuilder::bind() {
  const syntax::Node& node = tree_.nodes[operands_.back().node];
  const std::string& name = node.text;
  if (name.size() > kMaxBoundNameBytes) return;
  bound_.add(name);
  if (node.kind == syntax::Kind::ContextEntry) members_.add(name);
  bound_names_.push_back(name);
}

void TreeBuilder::unbind(std::size_t count) {
  while (bound_names_.size() > count) {
    bound_.remove(bound_names_.back());
    bound_names_.pop_back();
  }
}

NameSet::Match TreeBuilder::find_name(std::string_view text, bool may_be_member) const {
  NameSet::Match longest = bound_.find(text);
  if (may_be_member || in_filter) {
    if (const auto member = members_.find(text); member.length > longest.length) longest = member;
  }
  if (const auto known = names_.find(text); known.length > longest.length) longest = known;
  return longest;
}

syntax::Tree TreeBuilder::take() {
  tree_.root = operands_.back().node;
  return std::move(tree_);
}

void TreeBuilder::add_node(syntax::Node node, std::size_t first_operand) {
  if (tree_.nodes.size() >= kMaxNodes) {
    throw limit(node.begin, node.end, "the expression has too many parts",
                "divide it; an expression has at most 100,000 parts");
  }
  std::uint32_t height = 0;
  for (std::size_t i = first_operand; i < operands_.size(); ++i) {
    node.children.push_back(operands_[i].node);
    height = std::max(height, heights_[operands_[i].node]);
  }
  if (++height > kMaxHeight) {
    throw limit(node.begin, node.end, "the expression is a chain of more than 1,000 operators",
                "divide it, or use a list and a function such as sum() or any()");
  }
  const Operand operand{static_cast<syntax::NodeId>(tree_.nodes.size()), node.begin, node.end};
  operands_.resize(first_operand);
  operands_.push_back(operand);
  heights_.push_back(height);
  tree_.nodes.push_back(std::move(node));
}

}  // namespace formwork::feel
