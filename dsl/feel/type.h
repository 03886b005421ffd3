// Types of FEEL, as the checker knows them before any value is there.
//
// Any means that nothing is known (a variable of a DMN file without a type, the result of get
// value()); Unknown means that an error was reported below, so that everything above stays silent.
// A number may be more than a number (money of a currency, a percent), a string may be one of a
// choice's options, and a record has the fields of its entity. Types are values and cheap to copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/feel/value.h"

namespace formwork::feel {

class Type;

// A named part: an entry of a context, a field of a record, a parameter of a function.
struct Member;

// What a record of an entity offers to paths. Owned by whoever describes the entities and outlives
// every expression checked against it, since entities refer to each other in circles.
struct RecordType;

class Type {
 public:
  Type() = default;

  Type(TypeKind kind) : kind_(kind) {}  // NOLINT(google-explicit-constructor)

  // What would have too many parts, or nest too deeply, is a list of anything, any context, any
  // function.
  static Type list(Type element);
  static Type range(Type endpoint);
  static Type context(std::vector<Member> members);
  static Type function(std::vector<Member> parameters, Type result);
  static Type record(const RecordType& type);
  // A string that is one of these codes. `where` words their home: "the options of stage".
  static Type choice(std::vector<std::string> options, std::string where);
  static Type money(std::string currency);
  static Type percent();

  // Reads the notation of DMN and of our documents: `number`, `list<string>`, `range<date>`,
  // `context<a: number, b: list<Any>>`, `function<number, string> -> boolean`, `days and time
  // duration`. nullopt when it is anything else.
  static std::optional<Type> parse(std::string_view text);

  TypeKind kind() const { return kind_; }

  bool is(TypeKind kind) const { return kind_ == kind; }

  // Nothing can be said about values of it.
  bool is_open() const { return kind_ == TypeKind::Any || kind_ == TypeKind::Unknown; }

  // The element of a list, the endpoint of a range, the result of a function; Any for others.
  const Type& element() const;

  // Entries of a context, parameters of a function; empty for others. `is_closed_context` tells a
  // context whose entries are all known from one of which nothing is (`context`).
  const std::vector<Member>& members() const;
  bool is_closed_context() const;

  const RecordType* record_type() const;

  bool is_money() const;
  bool is_percent() const;
  // Of money; empty when it is not known.
  const std::string& currency() const;

  // Null unless it is a choice.
  const std::vector<std::string>* options() const;
  const std::string& options_where() const;

  // Whether null is a possible value; true unless said otherwise.
  bool may_be_null() const { return may_be_null_; }

  Type never_null() const;
  Type or_null() const;

  // The type without what it is more than its kind (currency, options, never null).
  Type plain() const;

  // In the notation that parse() reads, with an author's words for what is more: `number`,
  // `list<string>`, `money`, `percent`, `lead`.
  std::string to_string() const;

  // Whether this type itself may be null does not count; whether its parts may be does.
  friend bool operator==(const Type& a, const Type& b);

 private:
  struct Detail;

  TypeKind kind_ = TypeKind::Any;
  bool may_be_null_ = true;
  std::shared_ptr<const Detail> detail_;
};

struct Member {
  std::string name;
  Type type;

  bool operator==(const Member& other) const;
};

struct RecordType {
  std::string name;  // of the entity
  std::vector<Member> members;
};

// Whether every value of `from` is one of `to`, null aside (DMN 1.5, 10.3.2.9): list<number> is a
// list<Any>, a context with more entries is one with fewer. Open types conform both ways.
bool conforms(const Type& from, const Type& to);

// The smallest type that both conform to; Any when they have nothing in common.
Type join(const Type& a, const Type& b);

// Whether a value is of that type; null is of every type.
bool is_instance(const Value& value, const Type& type);

// DMN's implicit conversions (10.3.2.9.4) of a value to the type that a place asks for: the value
// if it conforms; a singleton list's element; a list of the value where a list is asked for; a date
// as the date and time of its midnight in UTC. nullopt when there is none.
std::optional<Value> coerce(const Value& value, const Type& type);

// The type of a value, as far as a value tells it.
Type type_of(const Value& value);

}  // namespace formwork::feel
