// Conditions are taken apart at `and` and `or`. What is left is evaluated where all that it reads
// is constant; of comparisons with null it is enough to know that there is a value.
#include "dsl/lint/loops/conditions.h"

#include <algorithm>

#include "dsl/model/scope.h"

namespace formwork::lint {

using feel::Value;
using feel::syntax::Kind;
using feel::syntax::kNoNode;
using feel::syntax::Node;
using feel::syntax::NodeId;
using feel::syntax::Tree;

struct Conditions::Asked {
  const Tree& tree;
  const feel::Scope& scope;
  const Facts& facts;
  const Before& before;
};

namespace {

constexpr std::string_view kOld = "old";

bool is_name(const Tree& tree, NodeId node, std::string_view name) {
  return tree[node].kind == Kind::Name && tree[node].text == name;
}

bool is_true(const Value& value) {
  const bool* answer = value.if_boolean();
  return answer != nullptr && *answer;
}

// Of an equality with null the other side.
std::optional<NodeId> compared_with_null(const Tree& tree, const Node& node) {
  if (node.kind != Kind::Equal && node.kind != Kind::NotEqual) return std::nullopt;
  if (tree[node.children[1]].kind == Kind::Null) return node.children[0];
  if (tree[node.children[0]].kind == Kind::Null) return node.children[1];
  return std::nullopt;
}

// The members of `old` that a part reads; nothing when it reads `old` in another way.
std::optional<std::vector<std::string>> members_of_old(const Tree& tree) {
  std::vector<std::string> members;
  std::size_t mentions = 0;
  for (const Node& node : tree.nodes) {
    if (node.kind == Kind::Name && node.text == kOld) ++mentions;
    if (node.kind == Kind::Path && is_name(tree, node.children.front(), kOld)) {
      members.push_back(node.text);
    }
  }
  if (mentions != members.size()) return std::nullopt;
  return members;
}

}  // namespace

bool Conditions::may_hold(const feel::Expression& condition, const feel::Scope& scope,
                          const Facts& facts, const Before& before) {
  const Tree& tree = condition.tree();
  if (const Value* constant = condition.constant()) return is_true(*constant);
  return may_hold(Asked{tree, scope, facts, before}, tree.root);
}

bool Conditions::may_hold(const Asked& asked, NodeId id) {
  const Node& node = asked.tree[id];
  const auto may = [&](NodeId child) { return may_hold(asked, child); };
  if (node.kind == Kind::And) {
    return std::all_of(node.children.begin(), node.children.end(), may);
  }
  if (node.kind == Kind::Or) {
    return std::any_of(node.children.begin(), node.children.end(), may);
  }
  if (const auto other = compared_with_null(asked.tree, node)) {
    if (!may_be_equal_to_null(asked, *other, node.kind == Kind::Equal)) return false;
  }
  const feel::Expression* expression = part(asked, id);
  if (expression == nullptr) return true;
  std::map<std::size_t, Value> more;
  if (auto old = old_of(asked, *expression)) {
    more.emplace(model::old_slot(asked.facts.entity()), std::move(*old));
  }
  const auto value = evaluate(*expression, asked.facts, ground_.zone, more);
  return !value || is_true(*value);
}

bool Conditions::may_be_equal_to_null(const Asked& asked, NodeId node, bool is_null) {
  const Fact* fact = fact_of(asked, node);
  if (fact == nullptr) return true;
  return is_null ? !fact->not_null : !fact->is_null();
}

// Of a field, or of one that it was before.
const Fact* Conditions::fact_of(const Asked& asked, NodeId id) {
  const Node& node = asked.tree[id];
  const model::Entity& entity = asked.facts.entity();
  const auto field = model::field_index(entity, node.text);
  if (!field) return nullptr;
  if (node.kind == Kind::Name) return &asked.facts.of(*field);
  const bool is_old = node.kind == Kind::Path && is_name(asked.tree, node.children.front(), kOld);
  if (!is_old || asked.before.facts == nullptr) return nullptr;
  return &asked.before.facts->of(*field);
}

// `old` as far as the part reads it, when all of that is known.
std::optional<Value> Conditions::old_of(const Asked& asked, const feel::Expression& part) {
  const model::Entity& entity = asked.facts.entity();
  const auto reads = part.reads();
  if (std::find(reads.begin(), reads.end(), model::old_slot(entity)) == reads.end()) {
    return std::nullopt;
  }
  if (asked.scope.variables()[model::old_slot(entity)].name != kOld) return std::nullopt;
  if (asked.before.is_null) return Value();
  const auto members = members_of_old(part.tree());
  if (!members || asked.before.facts == nullptr) return std::nullopt;
  std::vector<std::pair<std::string, Value>> entries;
  for (const std::string& member : *members) {
    const auto field = model::field_index(entity, member);
    const Fact* fact = field ? &asked.before.facts->of(*field) : nullptr;
    if (fact == nullptr || !fact->constant) return std::nullopt;
    const bool is_there = std::any_of(entries.begin(), entries.end(),
                                      [&](const auto& entry) { return entry.first == member; });
    if (!is_there) entries.emplace_back(member, *fact->constant);
  }
  return Value(feel::Context::of(std::move(entries)));
}

void Conditions::assume(const feel::Expression& condition, const feel::Scope& scope,
                        std::optional<std::size_t> changed, Facts& facts) {
  const Before nothing;
  const Facts unknown(facts.entity());
  assume(Asked{condition.tree(), scope, unknown, nothing}, condition.tree().root, changed, facts);
}

void Conditions::assume(const Asked& asked, NodeId id, std::optional<std::size_t> changed,
                        Facts& facts) {
  const Node& node = asked.tree[id];
  if (node.kind == Kind::And) {
    for (const NodeId child : node.children) assume(asked, child, changed, facts);
    return;
  }
  const auto learn = [&](NodeId side, const Fact& fact) {
    if (asked.tree[side].kind != Kind::Name) return;
    const auto field = model::field_index(facts.entity(), asked.tree[side].text);
    if (field) facts.learn(*field, as_kept(facts.entity().fields[*field], fact));
  };
  switch (node.kind) {
    case Kind::Name:
      return learn(id, Fact::of(Value(true)));
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
      for (const NodeId side : node.children) learn(side, Fact::something());
      return;
    case Kind::NotEqual:
      if (const auto other = compared_with_null(asked.tree, node)) {
        learn(*other, Fact::something());
      }
      return;
    case Kind::Equal:
      for (std::size_t i = 0; i < 2; ++i) {
        const feel::Expression* other = part(asked, node.children[1 - i]);
        if (other == nullptr || other->constant() == nullptr) continue;
        learn(node.children[i], Fact::of(*other->constant()));
        const Node& side = asked.tree[node.children[i]];
        const bool was_null = other->constant()->is_null() && side.kind == Kind::Path &&
                              is_name(asked.tree, side.children.front(), kOld);
        if (was_null && changed && side.text == facts.entity().fields[*changed].name) {
          facts.learn(*changed, Fact::something());
        }
      }
      return;
    default:
      return;
  }
}

const feel::Expression* Conditions::part(const Asked& asked, NodeId node) {
  Tree tree = asked.tree;
  tree.root = node;
  const std::string text = feel::syntax::print(tree);
  const auto key = std::pair(&asked.scope, text);
  auto found = parts_.find(key);
  if (found == parts_.end()) {
    auto compiled = feel::compile_expression(
        text, asked.scope, {.mode = feel::Options::Mode::Lenient, .expected = feel::TypeKind::Any});
    found = parts_.emplace(key, std::move(compiled.expression)).first;
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace formwork::lint
