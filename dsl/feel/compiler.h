// The compiler: from a syntax tree to code, checking types on the way.
//
// One pass: each node of the tree gives code, a type and, when it is the same in every evaluation,
// its value. A mistake is reported where it stands and yields a null of type Unknown, so that what
// lies above stays silent. Lenient compilation reports nothing but what cannot be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/feel/code.h"
#include "dsl/feel/expression.h"
#include "dsl/feel/syntax.h"

namespace formwork::feel {

// What a piece of the tree became.
struct Compiled {
  code::NodePtr node;
  Type type;
  std::optional<Value> constant;
};

class Compiler {
 public:
  Compiler(syntax::Tree& tree, std::string_view text, const Scope& scope, const Options& options,
           std::vector<Problem>& problems);

  // The code of the root, of the type that is expected.
  std::shared_ptr<code::Program> compile_expression();

  // The code of unary tests over `?` of that type.
  std::shared_ptr<code::Program> compile_unary_tests(const Type& input);

 private:
  using NodeId = syntax::NodeId;
  using Node = syntax::Node;

  // Where a value that the text binds lies: in a local of its body, or, seen from the body of a
  // function, among what that took with it.
  struct Location {
    bool is_captured;
    std::size_t index;

    bool operator==(const Location&) const = default;
  };

  // A name that the text itself binds. An Item is what a filter looks at: its members are names.
  struct LocalName {
    std::string name;
    std::size_t local;
    Type type;
    bool is_item = false;
    bool is_used = false;
  };

  // The expression itself or the body of a function: each has locals of its own.
  struct Body {
    std::vector<LocalName> names;
    std::vector<code::NodePtr> captures;  // evaluated in the body outside
    std::vector<std::pair<std::size_t, std::size_t>> captured_slots;   // slot, place in captures
    std::vector<std::pair<Location, std::size_t>> captured_locations;  // outside, place in captures
    std::size_t next_local = 0;
    std::size_t local_count = 0;
  };

  // Names bound until the end of a scope.
  class Bound {
   public:
    explicit Bound(Body& body)
        : body_(body), names_(body.names.size()), next_local_(body.next_local) {}

    Bound(const Bound&) = delete;
    Bound& operator=(const Bound&) = delete;

    ~Bound() {
      body_.names.resize(names_);
      body_.next_local = next_local_;
    }

   private:
    Body& body_;
    std::size_t names_;
    std::size_t next_local_;
  };

  // compile_expression.cpp
  std::shared_ptr<code::Program> finish(Compiled root);
  Compiled compile(NodeId id);
  Compiled compile_leaf(NodeId id);
  Compiled compile_step(NodeId id, Compiled left);
  Compiled expect(Compiled value, NodeId id);
  // The node's value if all that it is made of are constants; as it is, otherwise.
  Compiled folded(code::NodePtr node, Type type, bool are_constants);
  static Compiled constant(code::Place place, Value value, Type type);
  Compiled unknown(NodeId id, std::string reason);

  // compile_names.cpp
  Compiled compile_name(NodeId id);
  Compiled compile_question(NodeId id);
  std::optional<Compiled> resolve(NodeId id, const std::string& name);
  std::optional<Compiled> resolve_variable(code::Place place, std::string_view name);
  Compiled member_of_item(code::Place place, std::size_t body, const LocalName& item,
                          std::string_view name);
  std::size_t add_local(Body& body);
  std::size_t bind(std::string name, Type type, bool is_item = false);
  Location import(std::size_t body, Location location);
  static code::NodePtr read(code::Place place, Location location);
  code::NodePtr read_slot(code::Place place, std::size_t slot);
  std::vector<std::string_view> visible_names() const;
  Type compile_type(NodeId id);

  // compile_operators.cpp
  Compiled compile_arithmetic(NodeId id, Compiled left);
  Type type_of_arithmetic(NodeId id, const Compiled& left, const Compiled& right);
  Compiled compile_negate(NodeId id);
  Compiled compile_relation(NodeId id, Compiled left);
  Compiled compile_equality(NodeId id, Compiled left);
  Compiled compile_junction(NodeId id);
  Compiled compile_condition(NodeId id);
  Compiled compile_between(NodeId id, Compiled value);
  Compiled compile_in(NodeId id, Compiled value);
  Compiled compile_instance_of(NodeId id, Compiled value);
  bool check_comparable(NodeId id, NodeId left_id, const Compiled& left, NodeId right_id,
                        const Compiled& right, bool needs_order);
  void check_option(NodeId id, const Compiled& choice, const Compiled& text);
  void check_test(NodeId value_id, const Compiled& value, NodeId test_id, const Compiled& test);
  void check_repeats(NodeId id, const std::vector<NodeId>& operands);

  // compile_compound.cpp
  Compiled compile_list(NodeId id);
  Compiled compile_context(NodeId id);
  Compiled compile_interval(NodeId id);
  Compiled compile_comparison_value(NodeId id);
  Compiled compile_path(NodeId id, Compiled value);
  Compiled path_of(NodeId id, Compiled value, const Type& type);
  Compiled compile_filter(NodeId id, Compiled list);

  // compile_control.cpp
  Compiled compile_if(NodeId id);
  Compiled compile_for(NodeId id);
  Compiled compile_quantified(NodeId id);
  code::Binding compile_binding(NodeId id);
  Compiled compile_function(NodeId id);

  // compile_calls.cpp
  Compiled compile_call(NodeId id);
  std::optional<Compiled> compile_member_call(NodeId id, std::vector<std::string_view>& names);
  Compiled compile_builtin_call(NodeId id, std::span<const Builtin> entries);
  Compiled compile_function_call(NodeId id, Compiled callee);
  std::optional<code::Candidate> match(const Builtin& builtin, const Node& call) const;
  void check_arguments(NodeId id, const Builtin& builtin, const code::Candidate& candidate,
                       const std::vector<Compiled>& arguments);
  Compiled builtin_as_value(NodeId id, const Builtin& builtin);

  // compile_tests.cpp
  Compiled compile_tests(const std::vector<NodeId>& tests);
  Compiled compile_test(NodeId id);
  Compiled compile_cell(NodeId id);
  Compiled question(code::Place place);

  bool is_strict() const { return options_.mode == Options::Mode::Strict; }

  // Problems of meaning; a lenient compilation keeps them to itself.
  void error(std::string_view code, NodeId id, std::string message, std::string remedy = {});
  void warning(std::string_view code, NodeId id, std::string message, std::string remedy = {});

  code::Place place_of(NodeId id) const;
  std::string_view text_of(NodeId id) const;
  // "`amount` is a number", "the text "20 %"": a piece of the text in a sentence about types.
  std::string describe(NodeId id, const Type& type) const;
  bool are_same(NodeId a, NodeId b) const;
  bool reads_question(NodeId id) const;
  // What evaluating the node once costs where it is done many times.
  std::uint64_t cost_of(NodeId id) const;

  const Node& at(NodeId id) const { return tree_[id]; }

  Body& body() { return bodies_.back(); }

  syntax::Tree& tree_;  // other spellings of one thing become the same
  std::string_view text_;
  const Scope& scope_;
  Options options_;
  std::vector<Problem>& problems_;
  // The innermost function last. A deque: `Bound` points to a body while others come and go.
  std::deque<Body> bodies_;
  std::vector<std::size_t> reads_;
  bool reads_clock_ = false;
  std::optional<Type> input_;  // of `?`, in unary tests
};

// A type in a sentence: "a number", "text", "a list", "money".
std::string in_words(const Type& type);

}  // namespace formwork::feel
