// if, for, some, every.
#include <limits>

#include <fmt/core.h>

#include "dsl/feel/code.h"

namespace formwork::feel::code {
namespace {

class If final : public Node {
 public:
  If(Place place, NodePtr condition, NodePtr then, NodePtr otherwise)
      : Node(place),
        condition_(std::move(condition)),
        then_(std::move(then)),
        otherwise_(std::move(otherwise)) {}

  Value evaluate(Frame& frame) const override { return branch(frame).evaluate(frame); }

  Truth test(Frame& frame) const override { return branch(frame).test(frame); }

  bool number(Frame& frame, Number& out) const override { return branch(frame).number(frame, out); }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    condition_->explain(frame, out);
    branch(frame).explain(frame, out);
  }

 private:
  const Node& branch(Frame& frame) const {
    return condition_->test(frame) == Truth(true) ? *then_ : *otherwise_;
  }

  NodePtr condition_;
  NodePtr then_;
  NodePtr otherwise_;
};

// The values that one binding goes through, made one by one so that a large range costs only the
// turns that are taken.
class Course {
 public:
  // False: the binding has nothing to go through, which is said.
  static std::optional<Course> of(const Binding& binding, Frame& frame, std::string& reason) {
    Course course;
    const Operand list(*binding.list, frame);
    if (binding.to != nullptr) {
      const Operand to(*binding.to, frame);
      return course.take_span(*list, *to, reason) ? std::optional(course) : std::nullopt;
    }
    if (list->is_null()) {
      reason = "there is no list to go through, but null";
      return std::nullopt;
    }
    if (list->kind() == Value::Kind::Range) {
      return course.take_range(list->range(), reason) ? std::optional(course) : std::nullopt;
    }
    if (list->kind() == Value::Kind::List) {
      course.list_ = *list;
    } else {
      course.list_ = Value(List{*list});
    }
    return course;
  }

  // False when there is no further value.
  bool next(Value& value) {
    if (list_.kind() == Value::Kind::List) {
      if (index_ >= list_.list().size()) return false;
      value = list_.list()[index_++];
      return true;
    }
    if (left_ == 0) return false;
    --left_;
    value = is_date_ ? Value(from_days(at_)) : Value(Number(at_));
    // Behind the last there may be no number any more.
    if (left_ > 0) at_ += step_;
    return true;
  }

 private:
  bool take_range(const Range& range, std::string& reason) {
    if (range.form != Range::Form::Interval) {
      reason = "this range has no two ends to go through";
      return false;
    }
    if (!take_span(range.start, range.end, reason)) return false;
    if (!range.start_included && left_ > 0) {
      --left_;
      if (left_ > 0) at_ += step_;
    }
    if (!range.end_included && left_ > 0) --left_;
    return true;
  }

  bool take_span(const Value& from, const Value& to, std::string& reason) {
    std::optional<std::int64_t> first = position(from);
    std::optional<std::int64_t> last = position(to);
    is_date_ = from.kind() == Value::Kind::Date;
    if (!first || !last || from.kind() != to.kind()) {
      reason = "a span to go through needs two whole numbers, or two dates";
      return false;
    }
    at_ = *first;
    step_ = *last >= *first ? 1 : -1;
    const auto a = static_cast<std::uint64_t>(*first);
    const auto b = static_cast<std::uint64_t>(*last);
    left_ = step_ > 0 ? b - a : a - b;
    if (left_ < std::numeric_limits<std::uint64_t>::max()) ++left_;
    return true;
  }

  static std::optional<std::int64_t> position(const Value& value) {
    if (value.kind() == Value::Kind::Date) return to_days(value.date());
    const Number* number = value.if_number();
    return number != nullptr ? number->to_int64() : std::nullopt;
  }

  Value list_;
  std::size_t index_ = 0;
  std::uint64_t left_ = 0;
  std::int64_t at_ = 0;
  std::int64_t step_ = 1;
  bool is_date_ = false;
};

// Runs `turn` for each combination of the bindings' values, the last binding fastest, until it
// returns false. False when a binding has nothing to go through or the budget ran out.
template <class Turn>
bool walk(std::span<const Binding> bindings, Frame& frame, std::string& reason, const Turn& turn,
          bool& going, std::uint64_t cost) {
  if (bindings.empty()) {
    if (cost > 1 && !frame.evaluation.spend(cost - 1)) return false;
    going = turn();
    return true;
  }
  std::optional<Course> course = Course::of(bindings.front(), frame, reason);
  if (!course) return false;
  Value& variable = frame.locals[bindings.front().local];
  while (going && course->next(variable)) {
    if (!frame.evaluation.spend()) return false;
    if (!walk(bindings.subspan(1), frame, reason, turn, going, cost)) return false;
  }
  return true;
}

class For final : public Node {
 public:
  For(Place place, std::vector<Binding> bindings, NodePtr result,
      std::optional<std::size_t> partial, std::uint64_t cost)
      : Node(place),
        bindings_(std::move(bindings)),
        result_(std::move(result)),
        partial_(partial),
        cost_(cost) {}

  Value evaluate(Frame& frame) const override {
    List results;
    std::string reason;
    bool going = true;
    std::uint64_t parts = 1;
    const std::size_t limit = frame.evaluation.limits().list_elements;
    const auto turn = [&] {
      // `partial` is a list of its own in each turn; copying it is paid for.
      if (partial_ && !frame.evaluation.spend(results.size())) return false;
      if (partial_) frame.locals[*partial_] = made(frame, Value(results));
      results.push_back(result_->evaluate(frame));
      return results.size() <= limit && may_take(frame, results.back(), parts);
    };
    const bool done = walk(bindings_, frame, reason, turn, going, cost_);
    if (frame.evaluation.is_exhausted()) return {};
    if (!going) return null(frame, "the list becomes too long");
    if (!done) return null(frame, reason);
    return made(frame, Value(std::move(results)));
  }

 private:
  std::vector<Binding> bindings_;
  NodePtr result_;
  std::optional<std::size_t> partial_;
  std::uint64_t cost_;
};

class Quantified final : public Node {
 public:
  Quantified(Place place, bool deciding, std::vector<Binding> bindings, NodePtr condition,
             std::uint64_t cost)
      : Node(place),
        deciding_(deciding),
        bindings_(std::move(bindings)),
        condition_(std::move(condition)),
        cost_(cost) {}

  Value evaluate(Frame& frame) const override {
    const Truth truth = test(frame);
    return truth ? Value(*truth) : Value();
  }

  Truth test(Frame& frame) const override {
    bool has_null = false;
    bool is_decided = false;
    std::string reason;
    bool going = true;
    const auto turn = [&] {
      const Truth truth = condition_->test(frame);
      is_decided = truth == Truth(deciding_);
      if (!truth) has_null = true;
      return !is_decided;
    };
    const bool done = walk(bindings_, frame, reason, turn, going, cost_);
    if (is_decided) return deciding_;
    if (!done && !frame.evaluation.is_exhausted()) null(frame, reason);
    if (!done || has_null) return std::nullopt;
    return !deciding_;
  }

 private:
  bool deciding_;
  std::vector<Binding> bindings_;
  NodePtr condition_;
  std::uint64_t cost_;
};

}  // namespace

NodePtr make_if(Place place, NodePtr condition, NodePtr then, NodePtr otherwise) {
  return std::make_unique<If>(place, std::move(condition), std::move(then), std::move(otherwise));
}

NodePtr make_for(Place place, std::vector<Binding> bindings, NodePtr result,
                 std::optional<std::size_t> partial, std::uint64_t cost) {
  return std::make_unique<For>(place, std::move(bindings), std::move(result), partial, cost);
}

NodePtr make_quantified(Place place, bool deciding, std::vector<Binding> bindings,
                        NodePtr condition, std::uint64_t cost) {
  return std::make_unique<Quantified>(place, deciding, std::move(bindings), std::move(condition),
                                      cost);
}

}  // namespace formwork::feel::code
