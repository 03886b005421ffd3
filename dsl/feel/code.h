// Code: what expressions are compiled into, a tree of nodes that evaluate. Only the compiler and
// Expression see it.
//
// Nodes are immutable and know no names: variables are slots of the Evaluation, what a text binds
// itself (loop variables, parameters, entries) are locals of the Frame. Besides its value a node
// can give its truth, its number, or a pointer to where its value lies, so that a typical criterion
// is evaluated without making a Value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/feel/builtin.h"
#include "dsl/feel/evaluation.h"
#include "dsl/feel/expression.h"
#include "dsl/feel/operators.h"
#include "dsl/feel/syntax.h"
#include "dsl/feel/type.h"

namespace formwork::feel::code {

struct Frame {
  Evaluation& evaluation;
  Value* locals;
  const Value* captured = nullptr;  // what a function took of its surroundings

  const TimeZone& zone() const { return *evaluation.environment().zone; }
};

class Node {
 public:
  explicit Node(Evaluation::Place place) : place_(place) {}

  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  virtual ~Node() = default;

  virtual Value evaluate(Frame& frame) const = 0;

  // Where the value lies, or null when it has to be made.
  virtual const Value* peek(Frame& /*frame*/) const { return nullptr; }

  virtual Truth test(Frame& frame) const;

  // False when the value is not a number.
  virtual bool number(Frame& frame, Number& out) const;

  // Adds what explains the value: those parts that it depends on and that are not constants.
  virtual void explain(Frame& frame, std::vector<Explained>& out) const;

  Evaluation::Place place() const { return place_; }

 protected:
  Value null(Frame& frame, std::string_view reason) const {
    frame.evaluation.place = place_;
    return frame.evaluation.null(reason);
  }

  // A value made of values, or null when it is beyond the limits.
  Value made(Frame& frame, Value value) const {
    frame.evaluation.place = place_;
    return frame.evaluation.within_limits(std::move(value));
  }

  // Whether one more value still fits among those of one value being made. What does not would
  // otherwise have taken all its memory before anybody looked.
  bool may_take(Frame& frame, const Value& value, std::uint64_t& parts) const {
    parts += value.extent().parts;
    if (parts <= frame.evaluation.limits().value_parts) return true;
    frame.evaluation.place = place_;
    frame.evaluation.give_up("the value has too many parts");
    return false;
  }

 private:
  Evaluation::Place place_;
};

using NodePtr = std::unique_ptr<const Node>;

// A node's value for the length of a scope, without a copy where it lies somewhere.
class Operand {
 public:
  Operand(const Node& node, Frame& frame) : value_(node.peek(frame)) {
    if (value_ == nullptr) {
      made_ = node.evaluate(frame);
      value_ = &made_;
    }
  }

  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;

  const Value& operator*() const { return *value_; }

  const Value* operator->() const { return value_; }

 private:
  Value made_;
  const Value* value_;
};

enum class Operator : std::uint8_t { Add, Subtract, Multiply, Divide, Power };
enum class Relation : std::uint8_t { Less, AtMost, Greater, AtLeast };

// What a reason calls a value: its type, of large values only the kind.
std::string type_name(const Value& value);

// A candidate of a call of a built-in: the entry, and which written argument each of its parameters
// takes (kNoArgument: none). Variadic entries take the arguments as written.
struct Candidate {
  static constexpr std::size_t kNoArgument = static_cast<std::size_t>(-1);

  const Builtin* builtin;
  std::vector<std::size_t> order;
};

// A name inside of a filter over values of which nothing is known: a member of one of the items,
// the innermost first, if it has one of that name, else what the name means outside.
struct ItemName {
  std::string name;
  std::vector<NodePtr> items;
  NodePtr outside;  // null: nothing
};

// A function's body takes copies of what it reads of its surroundings, so that it can outlive them.
struct Lambda {
  std::vector<Member> parameters;  // in the locals 0, 1, …
  Type result;
  std::vector<NodePtr> captures;
  std::shared_ptr<const Node> body;
  std::size_t local_count = 0;
  std::uint64_t cost = 1;
};

struct Binding {
  std::size_t local;
  NodePtr list;  // or a span, when `to` is there
  NodePtr to;
};

// What kind of step a filter's condition makes: known, or seen at run time.
enum class FilterKind : std::uint8_t { Condition, Index, Open };

using Place = Evaluation::Place;

NodePtr make_constant(Place place, Value value);
NodePtr make_null(Place place, std::string reason);
NodePtr make_slot(Place place, std::size_t slot);
NodePtr make_local(Place place, std::size_t local);
NodePtr make_captured(Place place, std::size_t index);
NodePtr make_item_name(Place place, ItemName name);

NodePtr make_arithmetic(Place place, Operator op, bool are_numbers, NodePtr left, NodePtr right);
NodePtr make_negate(Place place, NodePtr operand);
NodePtr make_relation(Place place, Relation relation, NodePtr left, NodePtr right);
NodePtr make_equal(Place place, bool negated, NodePtr left, NodePtr right);
// `and` when `deciding` is false, `or` when it is true.
NodePtr make_junction(Place place, bool deciding, std::vector<NodePtr> operands);
NodePtr make_not(Place place, NodePtr operand);
NodePtr make_between(Place place, NodePtr value, NodePtr low, NodePtr high);
// Whether the value is in what the other gives: a range, a list of tests, or an equal value.
NodePtr make_in(Place place, NodePtr value, NodePtr test);
// A cell of a decision table that is no comparison: a boolean that it gives is the answer when it
// reads `?`, otherwise it is a test as in make_in.
NodePtr make_cell(Place place, NodePtr value, NodePtr test, bool reads_input);
NodePtr make_instance_of(Place place, NodePtr value, Type type);

NodePtr make_if(Place place, NodePtr condition, NodePtr then, NodePtr otherwise);
// What is evaluated again and again costs steps by its size: `cost`.
NodePtr make_for(Place place, std::vector<Binding> bindings, NodePtr result,
                 std::optional<std::size_t> partial, std::uint64_t cost);
NodePtr make_quantified(Place place, bool deciding, std::vector<Binding> bindings,
                        NodePtr condition, std::uint64_t cost);

NodePtr make_list(Place place, std::vector<NodePtr> elements);
// Each entry's value is also kept in the local of that number, for the entries behind it.
NodePtr make_context(Place place, std::shared_ptr<const Shape> shape, std::vector<NodePtr> values,
                     std::size_t first_local);
NodePtr make_range(Place place, Range::Form form, bool start_included, bool end_included,
                   NodePtr start, NodePtr end);
NodePtr make_path(Place place, NodePtr value, std::string name);
NodePtr make_record_path(Place place, NodePtr value, const RecordType& type, std::size_t member);
NodePtr make_filter(Place place, NodePtr list, NodePtr condition, FilterKind kind, std::size_t item,
                    std::uint64_t cost);

NodePtr make_builtin_call(Place place, std::vector<Candidate> candidates,
                          std::vector<NodePtr> arguments);
// Names are those of named arguments, or empty.
NodePtr make_call(Place place, NodePtr callee, std::vector<NodePtr> arguments,
                  std::vector<std::string> names);
NodePtr make_lambda(Place place, Lambda lambda);
NodePtr make_coerce(Place place, NodePtr value, Type type);

struct Program {
  std::string text;
  syntax::Tree tree;
  NodePtr root;
  Type type;
  std::vector<std::size_t> reads;
  bool reads_clock = false;
  std::size_t local_count = 0;
  std::optional<Value> constant;
};

}  // namespace formwork::feel::code
