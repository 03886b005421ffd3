// Lists, contexts, ranges, and the steps into them: paths and filters.
#include <fmt/core.h>

#include "dsl/feel/code.h"

namespace formwork::feel::code {
namespace {

class ListNode final : public Node {
 public:
  ListNode(Place place, std::vector<NodePtr> elements)
      : Node(place), elements_(std::move(elements)) {}

  Value evaluate(Frame& frame) const override {
    List list;
    list.reserve(elements_.size());
    std::uint64_t parts = 1;
    for (const NodePtr& element : elements_) {
      list.push_back(element->evaluate(frame));
      if (!may_take(frame, list.back(), parts)) return {};
    }
    return made(frame, Value(std::move(list)));
  }

  void explain(Frame& frame, std::vector<Explained>& out) const override {
    for (const NodePtr& element : elements_) element->explain(frame, out);
  }

 private:
  std::vector<NodePtr> elements_;
};

class ContextNode final : public Node {
 public:
  ContextNode(Place place, std::shared_ptr<const Shape> shape, std::vector<NodePtr> values,
              std::size_t first_local)
      : Node(place),
        shape_(std::move(shape)),
        values_(std::move(values)),
        first_local_(first_local) {}

  Value evaluate(Frame& frame) const override {
    Context context;
    context.shape = shape_;
    context.values.reserve(values_.size());
    std::uint64_t parts = 1;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      Value value = values_[i]->evaluate(frame);
      if (!may_take(frame, value, parts)) return {};
      frame.locals[first_local_ + i] = value;
      context.values.push_back(std::move(value));
    }
    return made(frame, Value(std::move(context)));
  }

 private:
  std::shared_ptr<const Shape> shape_;
  std::vector<NodePtr> values_;
  std::size_t first_local_;
};

class RangeNode final : public Node {
 public:
  RangeNode(Place place, Range::Form form, bool start_included, bool end_included, NodePtr start,
            NodePtr end)
      : Node(place),
        form_(form),
        start_included_(start_included),
        end_included_(end_included),
        start_(std::move(start)),
        end_(std::move(end)) {}

  Value evaluate(Frame& frame) const override {
    Range range{.form = form_,
                .start = {},
                .end = {},
                .start_included = start_included_,
                .end_included = end_included_};
    if (start_ != nullptr) range.start = start_->evaluate(frame);
    if (end_ != nullptr) range.end = end_->evaluate(frame);
    if (form_ != Range::Form::Interval) return check_comparison(frame, std::move(range));
    return check_interval(frame, std::move(range));
  }

 private:
  // Bounds of different kinds, or without an order, make no range; null leaves an end open.
  Value check_interval(Frame& frame, Range range) const {
    const bool open = range.start.is_null() || range.end.is_null();
    if (range.start.is_null() && range.end.is_null()) {
      return null(frame, "a range needs at least one end");
    }
    const Value& some = range.start.is_null() ? range.end : range.start;
    if (!order(some, some, frame.zone())) {
      return null(frame, "values of this kind have no order, so there is no range of them");
    }
    const std::optional<int> sign =
        open ? std::optional<int>(0) : order(range.start, range.end, frame.zone());
    if (!sign) return null(frame, "the two ends of the range have no order");
    if (*sign > 0) return null(frame, "the range starts above its end");
    return Value(std::move(range));
  }

  Value check_comparison(Frame& frame, Range range) const {
    const bool is_equality = form_ == Range::Form::Equal || form_ == Range::Form::NotEqual;
    const Value& bound = range.start.is_null() ? range.end : range.start;
    if (is_equality || order(bound, bound, frame.zone())) return Value(std::move(range));
    return null(frame, "values of this kind have no order, so there is no range of them");
  }

  Range::Form form_;
  bool start_included_;
  bool end_included_;
  NodePtr start_;
  NodePtr end_;
};

class Path final : public Node {
 public:
  Path(Place place, NodePtr value, std::string name)
      : Node(place), value_(std::move(value)), name_(std::move(name)) {}

  Value evaluate(Frame& frame) const override {
    const Operand value(*value_, frame);
    return step(frame, *value);
  }

  const Value* peek(Frame& frame) const override {
    const Value* value = value_->peek(frame);
    if (value == nullptr || value->kind() != Value::Kind::Context) return nullptr;
    return value->context().find(name_);
  }

 private:
  Value step(Frame& frame, const Value& value) const {
    if (value.kind() == Value::Kind::List) {
      List results;
      for (const Value& element : value.list()) {
        if (!frame.evaluation.spend()) return {};
        results.push_back(property(element, name_, frame.zone()));
      }
      return Value(std::move(results));
    }
    Value result = property(value, name_, frame.zone());
    if (!result.is_null() || !frame.evaluation.wants_reasons()) return result;
    if (value.kind() == Value::Kind::Context && value.context().find(name_) != nullptr) return {};
    return null(frame,
                fmt::format("{} has no `{}`", value.is_null() ? "null" : type_name(value), name_));
  }

  NodePtr value_;
  std::string name_;
};

class RecordPath final : public Node {
 public:
  RecordPath(Place place, NodePtr value, const RecordType& type, std::size_t member)
      : Node(place), value_(std::move(value)), type_(type), member_(member) {}

  Value evaluate(Frame& frame) const override {
    const Operand value(*value_, frame);
    if (value->kind() != Value::Kind::List) return step(frame, *value);
    List results;
    for (const Value& element : value->list()) results.push_back(step(frame, element));
    return Value(std::move(results));
  }

 private:
  Value step(Frame& frame, const Value& value) const {
    const Records* records = frame.evaluation.environment().records;
    if (value.kind() != Value::Kind::Record || records == nullptr) return {};
    if (!frame.evaluation.spend()) return {};
    return records->member(value.record(), type_, member_);
  }

  NodePtr value_;
  const RecordType& type_;
  std::size_t member_;
};

class Filter final : public Node {
 public:
  Filter(Place place, NodePtr list, NodePtr condition, FilterKind kind, std::size_t item,
         std::uint64_t cost)
      : Node(place),
        list_(std::move(list)),
        condition_(std::move(condition)),
        kind_(kind),
        item_(item),
        cost_(cost) {}

  Value evaluate(Frame& frame) const override {
    const Operand value(*list_, frame);
    if (value->is_null()) return null(frame, "there is no list to filter, but null");
    if (value->kind() == Value::Kind::List) return step(frame, value->list());
    return step(frame, {*value});
  }

 private:
  Value step(Frame& frame, const List& list) const {
    if (kind_ == FilterKind::Index) return element(frame, list, condition_->evaluate(frame));
    if (kind_ == FilterKind::Open) {
      frame.locals[item_] = list.empty() ? Value() : list.front();
      const Value first = condition_->evaluate(frame);
      if (first.if_number() != nullptr) return element(frame, list, first);
      if (!first.is_null() && first.if_boolean() == nullptr) {
        return null(frame, "a filter needs a condition or a position");
      }
    }
    List results;
    for (const Value& element : list) {
      if (!frame.evaluation.spend(cost_)) return {};
      frame.locals[item_] = element;
      if (condition_->test(frame) == Truth(true)) results.push_back(element);
    }
    return Value(std::move(results));
  }

  // Positions count from 1, negative ones from the end.
  Value element(Frame& frame, const List& list, const Value& position) const {
    const Number* number = position.if_number();
    const std::optional<std::int64_t> index = number != nullptr ? number->to_int64() : std::nullopt;
    if (!index) return null(frame, "a position must be a whole number");
    const auto size = static_cast<std::int64_t>(list.size());
    const std::int64_t at = *index < 0 ? size + *index : *index - 1;
    if (*index != 0 && at >= 0 && at < size) return list[static_cast<std::size_t>(at)];
    return null(frame, fmt::format("there is no element {} in a list of {}", *index, size));
  }

  NodePtr list_;
  NodePtr condition_;
  FilterKind kind_;
  std::size_t item_;
  std::uint64_t cost_;
};

}  // namespace

NodePtr make_list(Place place, std::vector<NodePtr> elements) {
  return std::make_unique<ListNode>(place, std::move(elements));
}

NodePtr make_context(Place place, std::shared_ptr<const Shape> shape, std::vector<NodePtr> values,
                     std::size_t first_local) {
  return std::make_unique<ContextNode>(place, std::move(shape), std::move(values), first_local);
}

NodePtr make_range(Place place, Range::Form form, bool start_included, bool end_included,
                   NodePtr start, NodePtr end) {
  return std::make_unique<RangeNode>(place, form, start_included, end_included, std::move(start),
                                     std::move(end));
}

NodePtr make_path(Place place, NodePtr value, std::string name) {
  return std::make_unique<Path>(place, std::move(value), std::move(name));
}

NodePtr make_record_path(Place place, NodePtr value, const RecordType& type, std::size_t member) {
  return std::make_unique<RecordPath>(place, std::move(value), type, member);
}

NodePtr make_filter(Place place, NodePtr list, NodePtr condition, FilterKind kind, std::size_t item,
                    std::uint64_t cost) {
  return std::make_unique<Filter>(place, std::move(list), std::move(condition), kind, item, cost);
}

}  // namespace formwork::feel::code
