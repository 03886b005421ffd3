// Constants and names: where values come from.
#include "dsl/feel/code.h"

namespace formwork::feel::code {

Truth Node::test(Frame& frame) const {
  const Operand value(*this, frame);
  const bool* truth = value->if_boolean();
  return truth != nullptr ? Truth(*truth) : std::nullopt;
}

bool Node::number(Frame& frame, Number& out) const {
  const Operand value(*this, frame);
  const Number* found = value->if_number();
  if (found != nullptr) out = *found;
  return found != nullptr;
}

void Node::explain(Frame& frame, std::vector<Explained>& out) const {
  out.push_back({place_.begin, place_.end, evaluate(frame)});
}

std::string type_name(const Value& value) {
  constexpr std::uint64_t kFew = 100;
  if (value.extent().parts <= kFew) return type_of(value).to_string();
  if (value.kind() == Value::Kind::List) return "list";
  return value.kind() == Value::Kind::Context ? "context" : "function";
}

namespace {

class Constant final : public Node {
 public:
  Constant(Place place, Value value) : Node(place), value_(std::move(value)) {}

  Value evaluate(Frame& /*frame*/) const override { return value_; }

  const Value* peek(Frame& /*frame*/) const override { return &value_; }

  bool number(Frame& /*frame*/, Number& out) const override {
    const Number* found = value_.if_number();
    if (found != nullptr) out = *found;
    return found != nullptr;
  }

  void explain(Frame& /*frame*/, std::vector<Explained>& /*out*/) const override {}

 private:
  Value value_;
};

class Null final : public Node {
 public:
  Null(Place place, std::string reason) : Node(place), reason_(std::move(reason)) {}

  Value evaluate(Frame& frame) const override { return null(frame, reason_); }

 private:
  std::string reason_;
};

class Slot final : public Node {
 public:
  Slot(Place place, std::size_t slot) : Node(place), slot_(slot) {}

  Value evaluate(Frame& frame) const override { return frame.evaluation.variable(slot_); }

  const Value* peek(Frame& frame) const override { return &frame.evaluation.variable(slot_); }

  bool number(Frame& frame, Number& out) const override {
    const Number* found = frame.evaluation.variable(slot_).if_number();
    if (found != nullptr) out = *found;
    return found != nullptr;
  }

 private:
  std::size_t slot_;
};

class Local final : public Node {
 public:
  Local(Place place, std::size_t local) : Node(place), local_(local) {}

  Value evaluate(Frame& frame) const override { return frame.locals[local_]; }

  const Value* peek(Frame& frame) const override { return &frame.locals[local_]; }

 private:
  std::size_t local_;
};

class Captured final : public Node {
 public:
  Captured(Place place, std::size_t index) : Node(place), index_(index) {}

  Value evaluate(Frame& frame) const override { return frame.captured[index_]; }

  const Value* peek(Frame& frame) const override { return &frame.captured[index_]; }

 private:
  std::size_t index_;
};

class FilterName final : public Node {
 public:
  FilterName(Place place, ItemName name) : Node(place), name_(std::move(name)) {}

  Value evaluate(Frame& frame) const override {
    for (const NodePtr& item : name_.items) {
      const Operand value(*item, frame);
      if (value->kind() != Value::Kind::Context) continue;
      if (const Value* member = value->context().find(name_.name)) return *member;
    }
    if (name_.outside != nullptr) return name_.outside->evaluate(frame);
    return null(frame, "there is no `" + name_.name + "`");
  }

 private:
  ItemName name_;
};

}  // namespace

NodePtr make_constant(Place place, Value value) {
  return std::make_unique<Constant>(place, std::move(value));
}

NodePtr make_null(Place place, std::string reason) {
  return std::make_unique<Null>(place, std::move(reason));
}

NodePtr make_slot(Place place, std::size_t slot) { return std::make_unique<Slot>(place, slot); }

NodePtr make_local(Place place, std::size_t local) { return std::make_unique<Local>(place, local); }

NodePtr make_captured(Place place, std::size_t index) {
  return std::make_unique<Captured>(place, index);
}

NodePtr make_item_name(Place place, ItemName name) {
  return std::make_unique<FilterName>(place, std::move(name));
}

}  // namespace formwork::feel::code
