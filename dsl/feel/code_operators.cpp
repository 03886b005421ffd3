// Operators: arithmetic, comparison, logic.
#include <fmt/core.h>

#include "dsl/feel/code.h"

namespace formwork::feel::code {
namespace {

Value as_value(Truth truth) { return truth ? Value(*truth) : Value(); }

std::string_view sign_of(Operator op) {
  switch (op) {
    case Operator::Add:
      return "+";
    case Operator::Subtract:
      return "-";
    case Operator::Multiply:
      return "*";
    case Operator::Divide:
      return "/";
    case Operator::Power:
      return "**";
  }
  return "";
}

std::optional<Number> compute(Operator op, const Number& a, const Number& b) {
  switch (op) {
    case Operator::Add:
      return add(a, b);
    case Operator::Subtract:
      return subtract(a, b);
    case Operator::Multiply:
      return multiply(a, b);
    case Operator::Divide:
      return divide(a, b);
    case Operator::Power:
      return power(a, b);
  }
  return std::nullopt;
}

class Arithmetic final : public Node {
 public:
  Arithmetic(Place place, Operator op, bool are_numbers, NodePtr left, NodePtr right)
      : Node(place),
        op_(op),
        are_numbers_(are_numbers),
        left_(std::move(left)),
        right_(std::move(right)) {}

  Value evaluate(Frame& frame) const override {
    if (are_numbers_ && !frame.evaluation.wants_reasons()) {
      Number result;
      return number(frame, result) ? Value(result) : Value();
    }
    const Operand left(*left_, frame);
    const Operand right(*right_, frame);
    return compute_values(frame, *left, *right);
  }

  bool number(Frame& frame, Number& out) const override {
    if (!are_numbers_ || frame.evaluation.wants_reasons()) return Node::number(frame, out);
    Number left;
    Number right;
    if (!left_->number(frame, left) || !right_->number(frame, right)) return false;
    const std::optional<Number> result = compute(op_, left, right);
    if (result) out = *result;
    return result.has_value();
  }

 private:
  Value compute_values(Frame& frame, const Value& left, const Value& right) const {
    Value result;
    switch (op_) {
      case Operator::Add:
        if (exceeds_limit(frame, left, right)) return null(frame, "the text becomes too long");
        result = made(frame, add(left, right, frame.zone()));
        break;
      case Operator::Subtract:
        result = subtract(left, right, frame.zone());
        break;
      case Operator::Multiply:
        result = multiply(left, right);
        break;
      case Operator::Divide:
        result = divide(left, right);
        break;
      case Operator::Power:
        result = power(left, right);
        break;
    }
    if (!result.is_null() || !frame.evaluation.wants_reasons()) return result;
    return null(frame, reason(left, right));
  }

  static bool exceeds_limit(const Frame& frame, const Value& left, const Value& right) {
    const std::string* a = left.if_string();
    const std::string* b = right.if_string();
    return a != nullptr && b != nullptr &&
           a->size() + b->size() > frame.evaluation.limits().string_bytes;
  }

  std::string reason(const Value& left, const Value& right) const {
    if (left.is_null() || right.is_null()) {
      return fmt::format("the {} operand of {} is null", left.is_null() ? "left" : "right",
                         sign_of(op_));
    }
    if (op_ == Operator::Divide && right.if_number() != nullptr && right.number().is_zero()) {
      return "a division by zero has no answer";
    }
    return fmt::format("{} {} {} has no answer", type_name(left), sign_of(op_), type_name(right));
  }

  Operator op_;
  bool are_numbers_;
  NodePtr left_;
  NodePtr right_;
};

class Negate final : public Node {
 public:
  Negate(Place place, NodePtr operand) : Node(place), operand_(std::move(operand)) {}

  Value evaluate(Frame& frame) const override {
    const Operand operand(*operand_, frame);
    Value result = negate(*operand);
    if (!result.is_null() || !frame.evaluation.wants_reasons()) return result;
    return null(frame, fmt::format("-{} has no answer", type_name(*operand)));
  }

  bool number(Frame& frame, Number& out) const override {
    if (!operand_->number(frame, out)) return false;
    out = -out;
    return true;
  }

 private:
  NodePtr operand_;
};

// What has a truth of its own: value and reasons follow from it.
class Condition : public Node {
 public:
  using Node::Node;

  Value evaluate(Frame& frame) const final { return as_value(test(frame)); }

  bool number(Frame& /*frame*/, Number& /*out*/) const final { return false; }
};

bool holds(Relation relation, int sign) {
  switch (relation) {
    case Relation::Less:
      return sign < 0;
    case Relation::AtMost:
      return sign <= 0;
    case Relation::Greater:
      return sign > 0;
    case Relation::AtLeast:
      return sign >= 0;
  }
  return false;
}

void explain_sides(const Node& left, const Node& right, Frame& frame, std::vector<Explained>& out) {
  left.explain(frame, out);
  right.explain(frame, out);
}

class Compare final : public Condition {
 public:
  Compare(Place place, Relation relation, NodePtr left, NodePtr right)
      : Condition(place), relation_(relation), left_(std::move(left)), right_(std::move(right)) {}

  Truth test(Frame& frame) const override {
    // Most comparisons are of numbers that lie somewhere or are computed.
    const Value* left = left_->peek(frame);
    const Value* right = right_->peek(frame);
    if (left != nullptr && right != nullptr) return decide(frame, *left, *right);
    const Number* bound = right != nullptr ? right->if_number() : nullptr;
    Number computed;
    if (bound != nullptr && !frame.evaluation.wants_reasons()) {
      if (left_->number(frame, computed)) return holds(relation_, order_of(computed, *bound));
      return std::nullopt;  // nothing else has an order with a number
    }
    const Operand made_left(*left_, frame);
    const Operand made_right(*right_, frame);
    return decide(frame, *made_left, *made_right);
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    explain_sides(*left_, *right_, frame, out);
  }

 private:
  static int order_of(const Number& a, const Number& b) {
    const std::weak_ordering order = a <=> b;
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }

  Truth decide(Frame& frame, const Value& left, const Value& right) const {
    const Number* a = left.if_number();
    const Number* b = right.if_number();
    if (a != nullptr && b != nullptr) return holds(relation_, order_of(*a, *b));
    const std::optional<int> sign = order(left, right, frame.zone());
    if (sign) return holds(relation_, *sign);
    if (frame.evaluation.wants_reasons()) {
      null(frame, left.is_null() || right.is_null()
                      ? fmt::format("the {} side of the comparison is null",
                                    left.is_null() ? "left" : "right")
                      : fmt::format("{} and {} have no order", type_name(left), type_name(right)));
    }
    return std::nullopt;
  }

  Relation relation_;
  NodePtr left_;
  NodePtr right_;
};

// Lists and contexts cost as many steps as they have parts to compare.
bool spend_on(const Value& a, const Value& b, Evaluation& evaluation) {
  const std::uint64_t parts = std::min(a.extent().parts, b.extent().parts);
  return parts == 1 || evaluation.spend(parts);
}

class Equal final : public Condition {
 public:
  Equal(Place place, bool negated, NodePtr left, NodePtr right)
      : Condition(place), negated_(negated), left_(std::move(left)), right_(std::move(right)) {}

  Truth test(Frame& frame) const override {
    const Operand left(*left_, frame);
    const Operand right(*right_, frame);
    if (!spend_on(*left, *right, frame.evaluation)) return std::nullopt;
    const Truth truth = equal(*left, *right, frame.zone());
    if (truth) return *truth != negated_;
    if (frame.evaluation.wants_reasons()) {
      null(frame, fmt::format("{} and {} cannot be compared", type_name(*left), type_name(*right)));
    }
    return std::nullopt;
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    explain_sides(*left_, *right_, frame, out);
  }

 private:
  bool negated_;
  NodePtr left_;
  NodePtr right_;
};

class Junction final : public Condition {
 public:
  Junction(Place place, bool deciding, std::vector<NodePtr> operands)
      : Condition(place), deciding_(deciding), operands_(std::move(operands)) {}

  Truth test(Frame& frame) const override {
    bool has_null = false;
    for (const NodePtr& operand : operands_) {
      const Truth truth = operand->test(frame);
      if (truth == Truth(deciding_)) return deciding_;
      if (!truth) has_null = true;
    }
    return has_null ? Truth() : Truth(!deciding_);
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    for (const NodePtr& operand : operands_) operand->explain(frame, out);
  }

 private:
  bool deciding_;
  std::vector<NodePtr> operands_;
};

class Not final : public Condition {
 public:
  Not(Place place, NodePtr operand) : Condition(place), operand_(std::move(operand)) {}

  Truth test(Frame& frame) const override {
    const Truth truth = operand_->test(frame);
    return truth ? Truth(!*truth) : truth;
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    operand_->explain(frame, out);
  }

 private:
  NodePtr operand_;
};

class Between final : public Condition {
 public:
  Between(Place place, NodePtr value, NodePtr low, NodePtr high)
      : Condition(place), value_(std::move(value)), low_(std::move(low)), high_(std::move(high)) {}

  Truth test(Frame& frame) const override {
    const Operand value(*value_, frame);
    const Operand low(*low_, frame);
    const Operand high(*high_, frame);
    const Truth above = at_least(frame, *value, *low);
    if (above == Truth(false)) return false;
    const Truth below = at_least(frame, *high, *value);
    if (below == Truth(false)) return false;
    return above && below ? Truth(true) : std::nullopt;
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    value_->explain(frame, out);
    explain_sides(*low_, *high_, frame, out);
  }

 private:
  Truth at_least(Frame& frame, const Value& a, const Value& b) const {
    const std::optional<int> sign = order(a, b, frame.zone());
    if (sign) return *sign >= 0;
    if (frame.evaluation.wants_reasons()) {
      null(frame, fmt::format("{} and {} have no order", type_name(a), type_name(b)));
    }
    return std::nullopt;
  }

  NodePtr value_;
  NodePtr low_;
  NodePtr high_;
};

// Each test of a list may be compared with all of the value.
bool spend_on_test(const Value& value, const Value& test, Evaluation& evaluation) {
  const std::uint64_t tests = test.extent().parts;
  return tests == 1 || evaluation.spend(tests * std::min(tests, value.extent().parts));
}

class In final : public Condition {
 public:
  In(Place place, NodePtr value, NodePtr test)
      : Condition(place), value_(std::move(value)), test_(std::move(test)) {}

  Truth test(Frame& frame) const override {
    const Operand value(*value_, frame);
    const Operand test(*test_, frame);
    if (!spend_on_test(*value, *test, frame.evaluation)) return std::nullopt;
    return in(*value, *test, frame.zone());
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    explain_sides(*value_, *test_, frame, out);
  }

 private:
  NodePtr value_;
  NodePtr test_;
};

class Cell final : public Condition {
 public:
  Cell(Place place, NodePtr value, NodePtr test, bool reads_input)
      : Condition(place),
        value_(std::move(value)),
        test_(std::move(test)),
        reads_input_(reads_input) {}

  Truth test(Frame& frame) const override {
    const Operand test(*test_, frame);
    if (reads_input_ && test->if_boolean() != nullptr) return test->boolean();
    const Operand value(*value_, frame);
    if (!spend_on_test(*value, *test, frame.evaluation)) return std::nullopt;
    const Truth truth = in(*value, *test, frame.zone());
    // A condition over other variables is an answer too, unless the input is a boolean itself.
    if (!truth && test->if_boolean() != nullptr && value->if_boolean() == nullptr) {
      return test->boolean();
    }
    return truth;
  }

 private:
  NodePtr value_;
  NodePtr test_;
  bool reads_input_;
};

class InstanceOf final : public Condition {
 public:
  InstanceOf(Place place, NodePtr value, Type type)
      : Condition(place), value_(std::move(value)), type_(std::move(type)) {}

  Truth test(Frame& frame) const override {
    const Operand value(*value_, frame);
    if (value->is_null()) return type_.is(TypeKind::Null);
    if (!spend_on(*value, *value, frame.evaluation)) return std::nullopt;
    return is_instance(*value, type_);
  }

 private:
  NodePtr value_;
  Type type_;
};

}  // namespace

NodePtr make_arithmetic(Place place, Operator op, bool are_numbers, NodePtr left, NodePtr right) {
  return std::make_unique<Arithmetic>(place, op, are_numbers, std::move(left), std::move(right));
}

NodePtr make_negate(Place place, NodePtr operand) {
  return std::make_unique<Negate>(place, std::move(operand));
}

NodePtr make_relation(Place place, Relation relation, NodePtr left, NodePtr right) {
  return std::make_unique<Compare>(place, relation, std::move(left), std::move(right));
}

NodePtr make_equal(Place place, bool negated, NodePtr left, NodePtr right) {
  return std::make_unique<Equal>(place, negated, std::move(left), std::move(right));
}

NodePtr make_junction(Place place, bool deciding, std::vector<NodePtr> operands) {
  return std::make_unique<Junction>(place, deciding, std::move(operands));
}

NodePtr make_not(Place place, NodePtr operand) {
  return std::make_unique<Not>(place, std::move(operand));
}

NodePtr make_between(Place place, NodePtr value, NodePtr low, NodePtr high) {
  return std::make_unique<Between>(place, std::move(value), std::move(low), std::move(high));
}

NodePtr make_in(Place place, NodePtr value, NodePtr test) {
  return std::make_unique<In>(place, std::move(value), std::move(test));
}

NodePtr make_cell(Place place, NodePtr value, NodePtr test, bool reads_input) {
  return std::make_unique<Cell>(place, std::move(value), std::move(test), reads_input);
}

NodePtr make_instance_of(Place place, NodePtr value, Type type) {
  return std::make_unique<InstanceOf>(place, std::move(value), std::move(type));
}

}  // namespace formwork::feel::code
