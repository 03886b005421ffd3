#include "dsl/lint/loops/facts.h"

#include <algorithm>

#include "dsl/model/scope.h"

namespace formwork::lint {
namespace {

using feel::Value;
using feel::syntax::Kind;
using model::Entity;
using model::SystemColumn;

const Fact kNothing;

// More values of one field, or more ways to put values together, than this help nobody.
constexpr std::size_t kMostValues = 8;
constexpr std::size_t kMostWays = 64;

// Entities that it reads by paths. A path may lead on from the first one to any other.
std::vector<std::size_t> entities_read(const feel::Expression& expression, const Entity& entity) {
  const auto& nodes = expression.tree().nodes;
  const bool has_path = std::any_of(nodes.begin(), nodes.end(),
                                    [](const auto& node) { return node.kind == Kind::Path; });
  std::vector<std::size_t> entities;
  if (!has_path) return entities;
  for (const std::size_t slot : expression.reads()) {
    if (slot >= entity.fields.size() || entity.fields[slot].type == nullptr) continue;
    const fields::Field& field = entity.fields[slot];
    if (field.type->column == fields::Column::Record) entities.push_back(field.target);
  }
  return entities;
}

bool leads_on(const feel::Expression& expression) {
  const auto& tree = expression.tree();
  return std::any_of(tree.nodes.begin(), tree.nodes.end(), [&](const auto& node) {
    return node.kind == Kind::Path && tree[node.children.front()].kind == Kind::Path;
  });
}

// Whether it gives the same again as long as the fields that it reads stay as they are. Columns
// that every change moves on are no such fields, and other records may change unseen.
bool is_stable(const feel::Expression& expression, const Entity& entity) {
  const auto reads = expression.reads();
  return entities_read(expression, entity).empty() &&
         std::all_of(reads.begin(), reads.end(), [&](std::size_t slot) {
           return slot < model::slot_count(entity) &&
                  slot != model::slot_of(entity, SystemColumn::Version) &&
                  slot != model::slot_of(entity, SystemColumn::UpdatedAt) &&
                  slot != model::slot_of(entity, SystemColumn::UpdatedBy);
         });
}

// The field whose value an expression is.
std::optional<std::size_t> field_named_by(const feel::Expression& expression,
                                          const Entity& entity) {
  const auto& tree = expression.tree();
  const auto reads = expression.reads();
  if (tree[tree.root].kind != Kind::Name || reads.size() != 1) return std::nullopt;
  if (reads.front() >= entity.fields.size()) return std::nullopt;
  return reads.front();
}

bool is_trimmed(const std::string& text) {
  constexpr std::string_view kBlank = " \t\r\n";
  return kBlank.find(text.front()) == std::string_view::npos &&
         kBlank.find(text.back()) == std::string_view::npos;
}

// A value as the field keeps it; nothing where that may be another one.
std::optional<Value> kept_by(const fields::Field& field, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
    case Value::Kind::Boolean:
    case Value::Kind::Date:
      break;
    case Value::Kind::String:
      if (value.string().empty()) return Value();
      if (!is_trimmed(value.string())) return std::nullopt;
      break;
    case Value::Kind::Number:
      if (!value.number().is_integer() && !value.number().to_scaled(field.scale)) {
        return std::nullopt;
      }
      break;
    case Value::Kind::List:
      if (value.list().empty()) return Value();
      break;
    default:
      return std::nullopt;
  }
  if (!value.is_null() && (field.type == nullptr || field.type->value != value.kind())) {
    return std::nullopt;
  }
  return value;
}

// A list of codes counts as a set.
bool are_equal_values(const Value& a, const Value& b) {
  if (a.kind() != Value::Kind::List || b.kind() != Value::Kind::List) return a == b;
  const auto holds = [](const feel::List& list, const Value& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  const auto is_part = [&](const feel::List& part, const feel::List& whole) {
    return std::all_of(part.begin(), part.end(),
                       [&](const Value& value) { return holds(whole, value); });
  };
  return is_part(a.list(), b.list()) && is_part(b.list(), a.list());
}

void add_value(std::vector<Value>& values, Value value) {
  const bool is_known = std::any_of(values.begin(), values.end(), [&](const Value& other) {
    return are_equal_values(other, value);
  });
  if (!is_known) values.push_back(std::move(value));
}

}  // namespace

Fact Fact::of(Value value) { return one_of({std::move(value)}); }

Fact Fact::one_of(std::vector<Value> values) {
  Fact fact;
  fact.not_null = std::none_of(values.begin(), values.end(),
                               [](const Value& value) { return value.is_null(); });
  if (values.size() <= kMostValues) fact.values = std::move(values);
  return fact;
}

bool Fact::may_be(const Value& value) const {
  if (value.is_null() && not_null) return false;
  return values.empty() || std::any_of(values.begin(), values.end(), [&](const Value& one) {
           return are_equal_values(one, value);
         });
}

Fact as_kept(const fields::Field& field, Fact fact) {
  std::vector<Value> kept;
  for (const Value& value : fact.values) {
    auto one = kept_by(field, value);
    if (!one) {
      fact.values.clear();
      fact.not_null = false;
      return fact;
    }
    add_value(kept, std::move(*one));
  }
  if (kept.empty()) return fact;
  const Fact known = Fact::one_of(std::move(kept));
  fact.values = known.values;
  fact.not_null = known.not_null;
  return fact;
}

bool are_equal(const Fact& a, const Fact& b) {
  if (a.constant() != nullptr && b.constant() != nullptr) {
    return are_equal_values(*a.constant(), *b.constant());
  }
  return !a.same.empty() && a.same == b.same;
}

Fact either(const Fact& a, const Fact& b) {
  Fact both;
  if (!a.same.empty() && a.same == b.same) both = a;
  both.values.clear();
  if (!a.values.empty() && !b.values.empty()) {
    std::vector<Value> values = a.values;
    for (const Value& value : b.values) add_value(values, value);
    both.values = Fact::one_of(std::move(values)).values;
  }
  both.not_null = a.not_null && b.not_null;
  return both;
}

const Fact& Facts::of(std::size_t field) const {
  const auto found = known_.find(field);
  return found == known_.end() ? kNothing : found->second;
}

std::vector<std::size_t> Facts::fields() const {
  std::vector<std::size_t> fields;
  for (const auto& [field, fact] : known_) fields.push_back(field);
  if (!tags_.empty()) fields.push_back(*entity_->tags);
  return fields;
}

void Facts::write(std::size_t field, Fact fact) {
  for (auto& [other, known] : known_) {
    if (std::find(known.reads.begin(), known.reads.end(), field) == known.reads.end()) continue;
    known.same.clear();
    known.reads.clear();
  }
  if (entity_->tags == field) tags_.clear();
  known_.erase(field);
  // A value that is made of the one before is another one by now.
  if (std::find(fact.reads.begin(), fact.reads.end(), field) != fact.reads.end()) {
    fact.same.clear();
    fact.reads.clear();
  }
  if (!fact.says_nothing()) known_.emplace(field, std::move(fact));
}

void Facts::learn(std::size_t field, const Fact& fact) {
  Fact& known = known_[field];
  if (!fact.values.empty()) known.values = fact.values;
  known.not_null = known.not_null || fact.not_null;
  if (known.not_null) {
    std::erase_if(known.values, [](const Value& value) { return value.is_null(); });
  }
}

void Facts::weaken(std::size_t field, const Fact& fact) {
  const Fact& known = of(field);
  // Of one and the same value it stays what it is, and so does what is made of it.
  const bool is_same = known.constant() != nullptr && fact.constant() != nullptr &&
                       are_equal_values(*known.constant(), *fact.constant());
  if (!is_same) write(field, either(known, fact));
}

void Facts::weaken_tag(const std::string& code, bool has) {
  if (has_tag(code) == has) return;
  std::map<std::string, bool> tags = std::move(tags_);
  tags.erase(code);
  forget(*entity_->tags);
  tags_ = std::move(tags);
}

void Facts::let_time_pass() {
  for (auto& [field, known] : known_) {
    if (known.reads_clock) known.same.clear();
  }
}

std::optional<bool> Facts::has_tag(const std::string& code) const {
  if (const auto found = tags_.find(code); found != tags_.end()) return found->second;
  const Value* all = of(*entity_->tags).constant();
  if (all == nullptr) return std::nullopt;
  if (all->is_null()) return false;
  const feel::List& codes = all->list();
  return std::find(codes.begin(), codes.end(), Value(code)) != codes.end();
}

void Facts::write_tag(const std::string& code, bool has) {
  std::map<std::string, bool> tags = std::move(tags_);
  forget(*entity_->tags);
  tags_ = std::move(tags);
  tags_[code] = has;
  const bool has_any =
      std::any_of(tags_.begin(), tags_.end(), [](auto& tag) { return tag.second; });
  if (has_any) learn(*entity_->tags, Fact::something());
}

Facts Facts::common(const Facts& a, const Facts& b) {
  Facts both(*a.entity_);
  for (const auto& [field, fact] : a.known_) {
    Fact kept = either(fact, b.of(field));
    if (!kept.says_nothing()) both.known_.emplace(field, std::move(kept));
  }
  for (const auto& [code, has] : a.tags_) {
    if (b.has_tag(code) == has) both.tags_.emplace(code, has);
  }
  return both;
}

Fact Facts::value_of(const feel::Expression& expression, const TimeZone& zone) const {
  if (const auto field = field_named_by(expression, *entity_)) {
    Fact fact = of(*field);
    if (fact.constant() == nullptr && fact.same.empty()) {
      fact.same = expression.text();
      fact.reads = {*field};
    }
    return fact;
  }
  Fact fact;
  if (auto values = outcomes(expression, *this, zone)) fact = Fact::one_of(std::move(*values));
  fact.not_null = fact.not_null || !expression.type().may_be_null();
  if (!is_stable(expression, *entity_)) return fact;
  fact.same = feel::syntax::print(expression.tree());
  fact.reads.assign(expression.reads().begin(), expression.reads().end());
  fact.reads_clock = expression.reads_clock();
  return fact;
}

namespace {

// What a slot may have; nothing: anything.
const std::vector<Value>* choices_of(std::size_t slot, const Facts& facts, const Choices& more) {
  if (const auto given = more.find(slot); given != more.end()) return &given->second;
  if (slot >= facts.entity().fields.size()) return nullptr;
  const std::vector<Value>& values = facts.of(slot).values;
  return values.empty() ? nullptr : &values;
}

}  // namespace

std::optional<std::vector<Value>> outcomes(const feel::Expression& expression, const Facts& facts,
                                           const TimeZone& zone, const Choices& more) {
  if (const Value* constant = expression.constant()) return std::vector{*constant};
  const auto reads = expression.reads();
  if (expression.reads_clock() || reads.empty()) return std::nullopt;
  std::vector<const std::vector<Value>*> choices;
  std::size_t ways = 1;
  for (const std::size_t slot : reads) {
    choices.push_back(choices_of(slot, facts, more));
    if (choices.back() == nullptr) return std::nullopt;
    ways *= choices.back()->size();
    if (ways > kMostWays) return std::nullopt;
  }
  const feel::Environment environment{.now = {}, .zone = &zone, .records = nullptr};
  std::vector<const Value*> variables(reads.back() + 1);
  std::vector<Value> values;
  for (std::size_t way = 0; way < ways; ++way) {
    std::size_t rest = way;
    for (std::size_t i = 0; i < reads.size(); ++i) {
      variables[reads[i]] = &(*choices[i])[rest % choices[i]->size()];
      rest /= choices[i]->size();
    }
    feel::Evaluation evaluation(environment, variables);
    add_value(values, expression.evaluate(evaluation));
  }
  return values;
}

namespace {

bool reads_any(const feel::Expression& expression, const std::set<std::size_t>& fields) {
  const auto reads = expression.reads();
  return std::any_of(reads.begin(), reads.end(),
                     [&](std::size_t slot) { return fields.contains(slot); });
}

const feel::Expression* formula_of(const Entity& entity, const model::FormulaPlace& place) {
  const fields::Field& field = entity.fields[place.field];
  const auto& formula = place.column ? field.fields[*place.column].value : field.value;
  return formula ? &*formula : nullptr;
}

// Whether automations change records that it reads, so that it may have become another one before
// and is noticed now.
bool reads_written(const feel::Expression& expression, const Entity& entity,
                   const std::set<std::size_t>& written) {
  const std::vector<std::size_t> read = entities_read(expression, entity);
  if (read.empty()) return false;
  if (leads_on(expression)) return !written.empty();
  return std::any_of(read.begin(), read.end(),
                     [&](std::size_t index) { return written.contains(index); });
}

void add_computed(const Ground& ground, const Entity& entity, std::set<std::size_t>& changed) {
  if (changed.empty()) return;
  for (const model::FormulaPlace& place : entity.formulas) {
    const feel::Expression* formula = formula_of(entity, place);
    if (formula == nullptr) continue;
    if (reads_any(*formula, changed) || reads_written(*formula, entity, ground.written)) {
      changed.insert(place.field);
    }
  }
}

// Of a new owner the clock starts, and it stops and pauses as its conditions say.
void add_clock(const model::Model& model, const Entity& entity, std::set<std::size_t>& changed) {
  if (!entity.assignment_fields) return;
  const model::AssignmentFields& kept = *entity.assignment_fields;
  const bool owner_changes = entity.owner && changed.contains(*entity.owner);
  if (owner_changes) {
    changed.insert(kept.assigned_at);
    if (kept.pool) changed.insert(*kept.pool);
  }
  const model::Assignment* assignment = model.response_of(entity);
  if (assignment == nullptr) return;
  const model::Response& response = *assignment->response;
  const bool is_asked =
      reads_any(response.done, changed) || (response.pause && reads_any(*response.pause, changed));
  if (!owner_changes && !is_asked) return;
  if (kept.respond_by) changed.insert(*kept.respond_by);
  if (kept.responded_at) changed.insert(*kept.responded_at);
}

}  // namespace

Ground::Ground(const model::Model& of) : model(of), zone(*of.app.time_zone) {
  for (const model::Automation& automation : model.automations) {
    for (const model::AutomationAction& action : automation.actions) {
      if (const auto* create = std::get_if<model::CreateAction>(&action.what)) {
        written.insert(create->entity);
      } else if (const auto* update = std::get_if<model::UpdateAction>(&action.what)) {
        written.insert(update->entity);
      } else if (automation.entity) {
        written.insert(*automation.entity);
      }
    }
  }
}

void add_dependents(const Ground& ground, const Entity& entity, std::set<std::size_t>& changed) {
  std::size_t known = 0;
  do {
    known = changed.size();
    add_computed(ground, entity, changed);
    add_clock(ground.model, entity, changed);
  } while (changed.size() != known);
}

void recompute(const Ground& ground, const std::set<std::size_t>& changed, Facts& facts) {
  const Entity& entity = facts.entity();
  for (const model::FormulaPlace& place : entity.formulas) {
    if (!changed.contains(place.field) || !entity.fields[place.field].value) continue;
    const fields::Field& field = entity.fields[place.field];
    auto values = outcomes(*field.value, facts, ground.zone);
    facts.write(place.field, values ? as_kept(field, Fact::one_of(std::move(*values))) : Fact());
  }
}

}  // namespace formwork::lint
