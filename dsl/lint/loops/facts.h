// What is known of a record somewhere on the way around a circle of automations.
//
// Nothing is known at first. Actions add what they write: a constant, that there is a value at all,
// or that it is what a formula gives, so that writing it once more would change nothing. Whatever a
// formula reads takes that back when it changes.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dsl/feel/expression.h"
#include "dsl/model/model.h"

namespace formwork::lint {

// Of one field. Several may be known at once.
struct Fact {
  std::vector<feel::Value> values;  // it is one of these; empty: it may be anything
  bool not_null = false;
  // What it was set to, as a text that stands for one value as long as none of the slots changes
  // that the formula reads: `budget * 2`, `user li.lei`.
  std::string same;
  std::vector<std::size_t> reads;
  bool reads_clock = false;

  static Fact of(feel::Value value);
  // More than a few are not kept.
  static Fact one_of(std::vector<feel::Value> values);

  static Fact something() { return {.values = {}, .not_null = true, .same = {}, .reads = {}}; }

  static Fact null() { return of(feel::Value()); }

  // Null unless it is one value.
  const feel::Value* constant() const { return values.size() == 1 ? &values.front() : nullptr; }

  bool is_null() const { return constant() != nullptr && constant()->is_null(); }

  bool may_be(const feel::Value& value) const;

  bool says_nothing() const { return values.empty() && !not_null && same.empty(); }

  bool operator==(const Fact&) const = default;
};

// Whether a field of which `a` is known has that value already.
bool are_equal(const Fact& a, const Fact& b);

// What is so when either is.
Fact either(const Fact& a, const Fact& b);

class Facts {
 public:
  explicit Facts(const model::Entity& entity) : entity_(&entity) {}

  const model::Entity& entity() const { return *entity_; }

  const Fact& of(std::size_t field) const;
  std::vector<std::size_t> fields() const;  // of which something is known

  // A field has another value now.
  void write(std::size_t field, Fact fact);

  // The same without anything known.
  void forget(std::size_t field) { write(field, {}); }

  // More is known of what is there.
  void learn(std::size_t field, const Fact& fact);
  // Somebody else may have written that meanwhile.
  void weaken(std::size_t field, const Fact& fact);
  void weaken_tag(const std::string& code, bool has);
  // Time has passed.
  void let_time_pass();

  // Of the field `tags`, a code at a time.
  std::optional<bool> has_tag(const std::string& code) const;
  void write_tag(const std::string& code, bool has);

  // What both say.
  static Facts common(const Facts& a, const Facts& b);

  // What the expression gives, over the scope of the entity or one that begins with it; of what it
  // reads behind that nothing is known.
  Fact value_of(const feel::Expression& expression, const TimeZone& zone) const;

  bool operator==(const Facts&) const = default;

 private:
  const model::Entity* entity_;
  std::map<std::size_t, Fact> known_;
  std::map<std::string, bool> tags_;
};

// Values that slots may have besides those of the record.
using Choices = std::map<std::size_t, std::vector<feel::Value>>;

// All that the expression may give; nothing when that cannot be told, or is too much.
std::optional<std::vector<feel::Value>> outcomes(const feel::Expression& expression,
                                                 const Facts& facts, const TimeZone& zone,
                                                 const Choices& more = {});

// What the field keeps of what is written to it: of a constant that it would keep in another way
// only whether there is a value.
Fact as_kept(const fields::Field& field, Fact fact);

// What holds for all records of an app.
struct Ground {
  explicit Ground(const model::Model& model);

  const model::Model& model;
  const TimeZone& zone;
  std::set<std::size_t> written;  // entities whose records automations make or change
};

// Fields that may become others when these change: computed ones, and those that the program keeps
// for them. `changed` is completed.
void add_dependents(const Ground& ground, const model::Entity& entity,
                    std::set<std::size_t>& changed);

// Computes what is computed of fields that have changed.
void recompute(const Ground& ground, const std::set<std::size_t>& changed, Facts& facts);

}  // namespace formwork::lint
