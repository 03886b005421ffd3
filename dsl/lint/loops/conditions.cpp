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
constexpr std::size_t kMostOlds = 64;

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

Answer Conditions::ask(const feel::Expression& condition, const feel::Scope& scope,
                       const Facts& facts, const Before& before) {
  if (const Value* constant = condition.constant()) {
    return is_true(*constant) ? Answer::Yes : Answer::No;
  }
  const Tree& tree = condition.tree();
  return ask(Asked{tree, scope, facts, before}, tree.root);
}

Answer Conditions::ask(const Asked& asked, NodeId id) {
  const Node& node = asked.tree[id];
  if (node.kind == Kind::And || node.kind == Kind::Or) {
    const bool is_and = node.kind == Kind::And;
    Answer answer = is_and ? Answer::Yes : Answer::No;
    for (const NodeId child : node.children) {
      const Answer one = ask(asked, child);
      answer = is_and ? std::min(answer, one) : std::max(answer, one);
    }
    return answer;
  }
  if (const auto other = compared_with_null(asked.tree, node)) {
    const Answer answer = ask_null(asked, *other, node.kind == Kind::Equal);
    if (answer != Answer::Maybe) return answer;
  }
  const feel::Expression* expression = part(asked, id);
  if (expression == nullptr) return Answer::Maybe;
  Choices more;
  if (auto old = old_of(asked, *expression)) {
    more.emplace(model::old_slot(asked.facts.entity()), std::move(*old));
  }
  const auto values = outcomes(*expression, asked.facts, ground_.zone, more);
  if (!values) return Answer::Maybe;
  if (std::all_of(values->begin(), values->end(), is_true)) return Answer::Yes;
  return std::any_of(values->begin(), values->end(), is_true) ? Answer::Maybe : Answer::No;
}

Answer Conditions::ask_null(const Asked& asked, NodeId node, bool is_null) {
  const Fact* fact = fact_of(asked, node);
  if (fact == nullptr) return Answer::Maybe;
  if (fact->not_null) return is_null ? Answer::No : Answer::Yes;
  if (fact->is_null()) return is_null ? Answer::Yes : Answer::No;
  return Answer::Maybe;
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

// All that `old` may be, as far as the part reads it; nothing when that is not known.
std::optional<std::vector<Value>> Conditions::old_of(const Asked& asked,
                                                     const feel::Expression& part) {
  const model::Entity& entity = asked.facts.entity();
  const std::size_t slot = model::old_slot(entity);
  const auto reads = part.reads();
  const bool is_read = std::find(reads.begin(), reads.end(), slot) != reads.end() &&
                       asked.scope.variables()[slot].name == kOld;
  if (!is_read) return std::nullopt;
  if (asked.before.is_null) return std::vector{Value()};
  auto members = members_of_old(part.tree());
  if (!members || asked.before.facts == nullptr) return std::nullopt;
  std::sort(members->begin(), members->end());
  members->erase(std::unique(members->begin(), members->end()), members->end());
  std::vector<std::vector<std::pair<std::string, Value>>> olds(1);
  for (const std::string& member : *members) {
    const auto field = model::field_index(entity, member);
    if (!field || asked.before.facts->of(*field).values.empty()) return std::nullopt;
    std::vector<std::vector<std::pair<std::string, Value>>> longer;
    for (const auto& entries : olds) {
      for (const Value& value : asked.before.facts->of(*field).values) {
        longer.push_back(entries);
        longer.back().emplace_back(member, value);
      }
    }
    olds = std::move(longer);
    if (olds.size() > kMostOlds) return std::nullopt;
  }
  std::vector<Value> values;
  for (auto& entries : olds) values.emplace_back(feel::Context::of(std::move(entries)));
  return values;
}

void Conditions::assume(const feel::Expression& condition, const feel::Scope& scope,
                        std::optional<std::size_t> changed, Facts& facts) {
  const Before nothing;
  const Facts unknown(facts.entity());
  assume(Asked{condition.tree(), scope, unknown, nothing}, condition.tree().root, changed, facts);
}

namespace {

// The field that stands there.
std::optional<std::size_t> field_at(const Tree& tree, NodeId node, const Facts& facts) {
  if (tree[node].kind != Kind::Name) return std::nullopt;
  return model::field_index(facts.entity(), tree[node].text);
}

void learn(const Tree& tree, NodeId node, const Fact& fact, Facts& facts) {
  const auto field = field_at(tree, node, facts);
  if (field) facts.learn(*field, as_kept(facts.entity().fields[*field], fact));
}

}  // namespace

void Conditions::assume(const Asked& asked, NodeId id, std::optional<std::size_t> changed,
                        Facts& facts) {
  const Node& node = asked.tree[id];
  if (node.kind == Kind::And) {
    for (const NodeId child : node.children) assume(asked, child, changed, facts);
    return;
  }
  switch (node.kind) {
    case Kind::Name:
      learn(asked.tree, id, Fact::of(Value(true)), facts);
      break;
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
      for (const NodeId side : node.children) learn(asked.tree, side, Fact::something(), facts);
      break;
    case Kind::NotEqual:
      if (const auto other = compared_with_null(asked.tree, node)) {
        learn(asked.tree, *other, Fact::something(), facts);
      }
      break;
    case Kind::Equal:
      assume_equal(asked, node, changed, facts);
      break;
    default:
      break;
  }
  if (const feel::Expression* expression = part(asked, id)) keep_those(*expression, facts);
}

void Conditions::assume_equal(const Asked& asked, const Node& node,
                              std::optional<std::size_t> changed, Facts& facts) {
  for (std::size_t i = 0; i < 2; ++i) {
    const feel::Expression* other = part(asked, node.children[1 - i]);
    if (other == nullptr || other->constant() == nullptr) continue;
    learn(asked.tree, node.children[i], Fact::of(*other->constant()), facts);
    const Node& side = asked.tree[node.children[i]];
    const bool was_null = other->constant()->is_null() && side.kind == Kind::Path &&
                          is_name(asked.tree, side.children.front(), kOld);
    if (was_null && changed && side.text == facts.entity().fields[*changed].name) {
      facts.learn(*changed, Fact::something());
    }
  }
}

// Of the values that one field may have those for which the part holds.
void Conditions::keep_those(const feel::Expression& part, Facts& facts) {
  const auto reads = part.reads();
  if (reads.size() != 1 || reads.front() >= facts.entity().fields.size()) return;
  const Fact known = facts.of(reads.front());
  std::vector<Value> kept;
  for (const Value& value : known.values) {
    const auto answers = outcomes(part, facts, ground_.zone, {{reads.front(), std::vector{value}}});
    if (!answers || is_true(answers->front())) kept.push_back(value);
  }
  if (!kept.empty()) facts.learn(reads.front(), Fact::one_of(std::move(kept)));
}

const feel::Expression* Conditions::part(const Asked& asked, NodeId node) {
  const auto [found, is_new] = parts_.try_emplace({&asked.tree, node});
  if (is_new) {
    Tree tree = asked.tree;
    tree.root = node;
    found->second = feel::compile_expression(
                        feel::syntax::print(tree), asked.scope,
                        {.mode = feel::Options::Mode::Lenient, .expected = feel::TypeKind::Any})
                        .expression;
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace formwork::lint
