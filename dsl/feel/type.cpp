#include "dsl/feel/type.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dsl/feel/function.h"

namespace formwork::feel {

struct Type::Detail {
  std::vector<Member> parts;  // element, entries, or parameters
  Type result;                // of a function
  const RecordType* record = nullptr;
  std::vector<std::string> options;
  bool is_choice = false;
  bool is_money = false;
  bool is_percent = false;
  std::string text;  // currency of money, home of a choice's options
  // How many types lie in it, counted as often as they are reached, and how deep.
  std::size_t size = 1;
  std::size_t depth = 1;

  // False when the type would be too large to be walked: `{a: …, b: {x: a, y: a}, c: {x: b, y: b}}`
  // doubles with every entry.
  bool measure(const Type& part) {
    constexpr std::size_t kMaxSize = 10'000;
    constexpr std::size_t kMaxDepth = 100;
    const Detail* inner = part.detail_.get();
    size += inner != nullptr ? inner->size : 1;
    depth = std::max(depth, 1 + (inner != nullptr ? inner->depth : 0));
    return size <= kMaxSize && depth <= kMaxDepth;
  }
};

namespace {

struct Named {
  std::string_view name;
  TypeKind kind;
};

// `Unknown` is never written; `context` and `function` without parts stand for any of them.
constexpr std::array<Named, 15> kNamed{{
    {"Any", TypeKind::Any},
    {"Null", TypeKind::Null},
    {"boolean", TypeKind::Boolean},
    {"number", TypeKind::Number},
    {"string", TypeKind::String},
    {"date and time", TypeKind::DateTime},
    {"dateTime", TypeKind::DateTime},
    {"date", TypeKind::Date},
    {"time", TypeKind::Time},
    {"days and time duration", TypeKind::DaysDuration},
    {"dayTimeDuration", TypeKind::DaysDuration},
    {"years and months duration", TypeKind::MonthsDuration},
    {"yearMonthDuration", TypeKind::MonthsDuration},
    {"context", TypeKind::Context},
    {"function", TypeKind::Function},
}};

std::string_view name_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::Unknown:
      return "unknown";
    case TypeKind::List:
      return "list";
    case TypeKind::Range:
      return "range";
    case TypeKind::Record:
      return "record";
    default:
      break;
  }
  const auto* found = std::find_if(kNamed.begin(), kNamed.end(),
                                   [kind](const Named& named) { return named.kind == kind; });
  return found != kNamed.end() ? found->name : "Any";
}

// Reads the notation of types; nesting is bounded so that a text cannot exhaust the stack.
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : rest_(text) {}

  std::optional<Type> read_all() {
    std::optional<Type> type = read(0);
    skip_blanks();
    return rest_.empty() ? type : std::nullopt;
  }

 private:
  static constexpr int kMaxDepth = 32;

  std::optional<Type> read(int depth) {
    if (depth > kMaxDepth) return std::nullopt;
    if (take("list<")) return wrap(depth, [](Type element) { return Type::list(element); });
    if (take("range<")) return wrap(depth, [](Type element) { return Type::range(element); });
    if (take("context<")) return read_context(depth);
    if (take("function<")) return read_function(depth);
    for (const Named& named : kNamed) {
      if (take_word(named.name)) return Type(named.kind);
    }
    if (take_word("list")) return Type::list(TypeKind::Any);
    if (take_word("range")) return Type::range(TypeKind::Any);
    return std::nullopt;
  }

  template <class Make>
  std::optional<Type> wrap(int depth, Make make) {
    std::optional<Type> element = read(depth + 1);
    if (!element || !take(">")) return std::nullopt;
    return make(std::move(*element));
  }

  std::optional<Type> read_context(int depth) {
    std::vector<Member> members;
    do {
      const std::size_t colon = rest_.find(':');
      if (colon == std::string_view::npos) return std::nullopt;
      std::string name(trim(rest_.substr(0, colon)));
      rest_.remove_prefix(colon + 1);
      std::optional<Type> type = read(depth + 1);
      if (!type) return std::nullopt;
      members.push_back({std::move(name), std::move(*type)});
    } while (take(","));
    if (!take(">")) return std::nullopt;
    return Type::context(std::move(members));
  }

  std::optional<Type> read_function(int depth) {
    std::vector<Member> parameters;
    while (!take(">")) {
      if (!parameters.empty() && !take(",")) return std::nullopt;
      std::optional<Type> type = read(depth + 1);
      if (!type) return std::nullopt;
      parameters.push_back({"", std::move(*type)});
    }
    if (!take("->")) return std::nullopt;
    std::optional<Type> result = read(depth + 1);
    if (!result) return std::nullopt;
    return Type::function(std::move(parameters), std::move(*result));
  }

  static std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
  }

  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  bool take(std::string_view text) {
    skip_blanks();
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool take_word(std::string_view word) {
    skip_blanks();
    if (!rest_.starts_with(word)) return false;
    const std::string_view after = rest_.substr(word.size());
    if (!after.empty() && (std::isalnum(static_cast<unsigned char>(after.front())) != 0)) {
      return false;
    }
    rest_ = after;
    return true;
  }

  std::string_view rest_;
};

}  // namespace

Type Type::list(Type element) {
  Type type(TypeKind::List);
  auto detail = std::make_shared<Detail>();
  if (!detail->measure(element)) return type;
  detail->parts.push_back({"", std::move(element)});
  type.detail_ = std::move(detail);
  return type;
}

Type Type::range(Type endpoint) {
  Type type = list(std::move(endpoint));
  type.kind_ = TypeKind::Range;
  return type;
}

Type Type::context(std::vector<Member> members) {
  Type type(TypeKind::Context);
  auto detail = std::make_shared<Detail>();
  for (const Member& member : members) {
    if (!detail->measure(member.type)) return type;
  }
  detail->parts = std::move(members);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::function(std::vector<Member> parameters, Type result) {
  Type type(TypeKind::Function);
  auto detail = std::make_shared<Detail>();
  bool fits = detail->measure(result);
  for (const Member& parameter : parameters) fits = detail->measure(parameter.type) && fits;
  if (!fits) return type;
  detail->parts = std::move(parameters);
  detail->result = std::move(result);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::record(const RecordType& record_type) {
  Type type(TypeKind::Record);
  auto detail = std::make_shared<Detail>();
  detail->record = &record_type;
  type.detail_ = std::move(detail);
  return type;
}

Type Type::choice(std::vector<std::string> options, std::string where) {
  Type type(TypeKind::String);
  auto detail = std::make_shared<Detail>();
  detail->options = std::move(options);
  detail->is_choice = true;
  detail->text = std::move(where);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::money(std::string currency) {
  Type type(TypeKind::Number);
  auto detail = std::make_shared<Detail>();
  detail->is_money = true;
  detail->text = std::move(currency);
  type.detail_ = std::move(detail);
  return type;
}

Type Type::percent() {
  Type type(TypeKind::Number);
  auto detail = std::make_shared<Detail>();
  detail->is_percent = true;
  type.detail_ = std::move(detail);
  return type;
}

std::optional<Type> Type::parse(std::string_view text) { return TypeReader(text).read_all(); }

const Type& Type::element() const {
  static const Type kAny;
  if (detail_ == nullptr) return kAny;
  if (is(TypeKind::Function)) return detail_->result;
  const bool has_element = is(TypeKind::List) || is(TypeKind::Range);
  return has_element ? detail_->parts.front().type : kAny;
}

const std::vector<Member>& Type::members() const {
  static const std::vector<Member> kNone;
  const bool has_members = is(TypeKind::Context) || is(TypeKind::Function);
  return detail_ != nullptr && has_members ? detail_->parts : kNone;
}

bool Type::is_closed_context() const { return is(TypeKind::Context) && detail_ != nullptr; }

const RecordType* Type::record_type() const {
  return detail_ != nullptr ? detail_->record : nullptr;
}

bool Type::is_money() const { return detail_ != nullptr && detail_->is_money; }

bool Type::is_percent() const { return detail_ != nullptr && detail_->is_percent; }

const std::string& Type::currency() const {
  static const std::string kNone;
  return is_money() ? detail_->text : kNone;
}

const std::vector<std::string>* Type::options() const {
  return detail_ != nullptr && detail_->is_choice ? &detail_->options : nullptr;
}

const std::string& Type::options_where() const {
  static const std::string kNone;
  return options() != nullptr ? detail_->text : kNone;
}

Type Type::never_null() const {
  Type type = *this;
  type.may_be_null_ = false;
  return type;
}

Type Type::or_null() const {
  Type type = *this;
  type.may_be_null_ = true;
  return type;
}

Type Type::plain() const {
  const bool is_scalar = is(TypeKind::Number) || is(TypeKind::String);
  return is_scalar ? Type(kind_) : or_null();
}

std::string Type::to_string() const {
  switch (kind_) {
    case TypeKind::List:
      return "list<" + element().to_string() + ">";
    case TypeKind::Range:
      return "range<" + element().to_string() + ">";
    case TypeKind::Number:
      return is_money() ? "money" : is_percent() ? "percent" : "number";
    case TypeKind::Record:
      return record_type() != nullptr ? record_type()->name : "record";
    case TypeKind::Context:
    case TypeKind::Function:
      break;
    default:
      return std::string(name_of(kind_));
  }
  std::string text(name_of(kind_));
  if (detail_ == nullptr) return text;
  text += '<';
  for (const Member& member : members()) {
    if (text.back() != '<') text += ", ";
    if (kind_ == TypeKind::Context) text += member.name + ": ";
    text += member.type.to_string();
  }
  text += '>';
  if (kind_ == TypeKind::Function) text += " -> " + element().to_string();
  return text;
}

namespace {

// Whether null is possible is said of a type from outside, and is part of what it is made of.
bool are_same_part(const Type& a, const Type& b) {
  return a == b && a.may_be_null() == b.may_be_null();
}

}  // namespace

bool Member::operator==(const Member& other) const {
  return name == other.name && are_same_part(type, other.type);
}

bool operator==(const Type& a, const Type& b) {
  if (a.kind_ != b.kind_) return false;
  if (a.detail_ == b.detail_) return true;
  if (a.options() != nullptr || b.options() != nullptr) {
    return a.options() != nullptr && b.options() != nullptr && *a.options() == *b.options();
  }
  return a.is_money() == b.is_money() && a.is_percent() == b.is_percent() &&
         a.currency() == b.currency() && a.record_type() == b.record_type() &&
         a.is_closed_context() == b.is_closed_context() &&
         are_same_part(a.element(), b.element()) && a.members() == b.members();
}

namespace {

const Type* find_member(const std::vector<Member>& members, std::string_view name) {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [name](const Member& member) { return member.name == name; });
  return found != members.end() ? &found->type : nullptr;
}

// A function conforms when it takes all that the other is called with, and answers what is asked.
bool function_conforms(const Type& from, const Type& to) {
  const auto& given = from.members();
  const auto& asked = to.members();
  if (given.size() != asked.size()) return false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (!conforms(asked[i].type, given[i].type)) return false;
  }
  return conforms(from.element(), to.element());
}

bool context_conforms(const Type& from, const Type& to) {
  if (!to.is_closed_context()) return true;
  if (!from.is_closed_context()) return false;
  return std::all_of(to.members().begin(), to.members().end(), [&](const Member& member) {
    const Type* own = find_member(from.members(), member.name);
    return own != nullptr && conforms(*own, member.type);
  });
}

}  // namespace

bool conforms(const Type& from, const Type& to) {
  if (from.is_open() || to.is_open() || from.is(TypeKind::Null)) return true;
  if (from.kind() != to.kind()) return false;
  switch (from.kind()) {
    case TypeKind::List:
    case TypeKind::Range:
      return conforms(from.element(), to.element());
    case TypeKind::Context:
      return context_conforms(from, to);
    case TypeKind::Function:
      return to == Type(TypeKind::Function) || function_conforms(from, to);
    case TypeKind::Record:
      return to.record_type() == nullptr || from.record_type() == to.record_type();
    default:
      return true;
  }
}

namespace {

// The entries that both have.
Type join_contexts(const Type& a, const Type& b) {
  std::vector<Member> members;
  for (const Member& member : a.members()) {
    const Type* other = find_member(b.members(), member.name);
    if (other != nullptr) members.push_back({member.name, join(member.type, *other)});
  }
  return members.empty() ? Type(TypeKind::Context) : Type::context(std::move(members));
}

}  // namespace

Type join(const Type& a, const Type& b) {
  if (a.is(TypeKind::Unknown) || b.is(TypeKind::Unknown)) return TypeKind::Unknown;
  if (a.is(TypeKind::Null)) return b.or_null();
  if (b.is(TypeKind::Null)) return a.or_null();
  const bool may_be_null = a.may_be_null() || b.may_be_null();
  const auto with_null = [may_be_null](const Type& type) {
    return may_be_null ? type.or_null() : type.never_null();
  };
  if (a == b) return with_null(a);
  if (a.kind() != b.kind() || a.is_open()) return TypeKind::Any;
  if (a.is(TypeKind::List)) return with_null(Type::list(join(a.element(), b.element())));
  if (a.is(TypeKind::Range)) return with_null(Type::range(join(a.element(), b.element())));
  if (a.is(TypeKind::Context)) return with_null(join_contexts(a, b));
  if (a.is(TypeKind::Number) || a.is(TypeKind::String)) return with_null(a.plain());
  return with_null(a.kind());
}

namespace {

bool is_context_of(const Context& context, const Type& type) {
  return std::all_of(type.members().begin(), type.members().end(), [&](const Member& member) {
    const Value* value = context.find(member.name);
    return value != nullptr && is_instance(*value, member.type);
  });
}

bool is_range_of(const Range& range, const Type& type) {
  return is_instance(range.start, type.element()) && is_instance(range.end, type.element());
}

bool is_function_of(const Function& function, const Type& type) {
  if (type == Type(TypeKind::Function)) return true;
  return function_conforms(Type::function(function.parameters, function.result), type);
}

}  // namespace

bool is_instance(const Value& value, const Type& type) {
  using Kind = Value::Kind;
  if (value.is_null() || type.is_open()) return true;
  switch (type.kind()) {
    case TypeKind::Boolean:
      return value.kind() == Kind::Boolean;
    case TypeKind::Number:
      return value.kind() == Kind::Number;
    case TypeKind::String:
      return value.kind() == Kind::String;
    case TypeKind::Date:
      return value.kind() == Kind::Date;
    case TypeKind::Time:
      return value.kind() == Kind::Time;
    case TypeKind::DateTime:
      return value.kind() == Kind::DateTime || value.kind() == Kind::Instant;
    case TypeKind::DaysDuration:
      return value.kind() == Kind::DaysDuration;
    case TypeKind::MonthsDuration:
      return value.kind() == Kind::MonthsDuration;
    case TypeKind::Record:
      return value.kind() == Kind::Record;
    case TypeKind::List:
      return value.kind() == Kind::List &&
             (type.element().is_open() ||
              std::all_of(value.list().begin(), value.list().end(),
                          [&](const Value& one) { return is_instance(one, type.element()); }));
    case TypeKind::Range:
      return value.kind() == Kind::Range && is_range_of(value.range(), type);
    case TypeKind::Context:
      return value.kind() == Kind::Context && is_context_of(value.context(), type);
    case TypeKind::Function:
      return value.kind() == Kind::Function && is_function_of(*value.function(), type);
    default:
      return false;
  }
}

std::optional<Value> coerce(const Value& value, const Type& type) {
  if (is_instance(value, type)) return value;
  if (value.kind() == Value::Kind::List && value.list().size() == 1) {
    const Value& only = value.list().front();
    if (is_instance(only, type)) return only;
  }
  if (type.is(TypeKind::List) && value.kind() != Value::Kind::List &&
      is_instance(value, type.element())) {
    return Value(List{value});
  }
  if (type.is(TypeKind::DateTime) && value.kind() == Value::Kind::Date) {
    return Value(DateTime{{value.date(), {}}, Zone::offset(0)});
  }
  return std::nullopt;
}

namespace {

Type type_of_list(const List& list) {
  if (list.empty()) return Type::list(TypeKind::Any);
  Type element = type_of(list.front());
  for (std::size_t i = 1; i < list.size(); ++i) element = join(element, type_of(list[i]));
  return Type::list(element);
}

Type type_of_context(const Context& context) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < context.values.size(); ++i) {
    members.push_back({context.shape->names[i], type_of(context.values[i])});
  }
  return Type::context(std::move(members));
}

}  // namespace

Type type_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return TypeKind::Null;
    case Value::Kind::Boolean:
      return TypeKind::Boolean;
    case Value::Kind::Number:
      return TypeKind::Number;
    case Value::Kind::String:
      return TypeKind::String;
    case Value::Kind::Date:
      return TypeKind::Date;
    case Value::Kind::Time:
      return TypeKind::Time;
    case Value::Kind::Instant:
    case Value::Kind::DateTime:
      return TypeKind::DateTime;
    case Value::Kind::DaysDuration:
      return TypeKind::DaysDuration;
    case Value::Kind::MonthsDuration:
      return TypeKind::MonthsDuration;
    case Value::Kind::Record:
      return TypeKind::Record;
    case Value::Kind::List:
      return type_of_list(value.list());
    case Value::Kind::Range: {
      const Range& range = value.range();
      return Type::range(join(type_of(range.start), type_of(range.end)));
    }
    case Value::Kind::Context:
      return type_of_context(value.context());
    case Value::Kind::Function:
      return Type::function(value.function()->parameters, value.function()->result);
  }
  return TypeKind::Any;
}

}  // namespace formwork::feel
