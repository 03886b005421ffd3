#include "dsl/feel/builtin.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "dsl/feel/builtins/words.h"

namespace formwork::feel {
namespace {

// Types by their notation. Entries of the registry are read when the program first asks; others,
// such as those of tests, when they come.
const Type& type_of_notation(std::string_view notation) {
  static std::mutex mutex;
  static std::map<std::string, Type, std::less<>> types;
  const std::lock_guard lock(mutex);
  const auto known = types.find(notation);
  if (known != types.end()) return known->second;
  std::optional<Type> type = Type::parse(notation);
  if (!type.has_value()) {
    throw std::logic_error("a built-in has the type `" + std::string(notation) + "`");
  }
  return types.emplace(notation, *std::move(type)).first->second;
}

constexpr std::size_t kMostParameters = 8;

struct Signature {
  std::vector<const Type*> parameters;
  const Type* result = nullptr;
};

Signature read_signature(const Builtin& builtin) {
  if (builtin.parameters.size() > kMostParameters) {
    throw std::logic_error(std::string(builtin.name) + "() has too many parameters");
  }
  Signature signature;
  for (const Parameter& parameter : builtin.parameters) {
    signature.parameters.push_back(&type_of_notation(parameter.type));
  }
  signature.result = &type_of_notation(builtin.result);
  return signature;
}

struct Registry {
  std::vector<Builtin> entries;
  std::vector<Signature> signatures;
  std::unordered_map<std::string_view, std::span<const Builtin>> by_name;
};

const Registry& registry() {
  static const Registry kRegistry = [] {
    Registry made;
    for (const Family* family : all_families()) {
      made.entries.insert(made.entries.end(), family->entries.begin(), family->entries.end());
    }
    for (const Builtin& entry : made.entries) made.signatures.push_back(read_signature(entry));
    for (auto first = made.entries.begin(); first != made.entries.end();) {
      const auto last = std::find_if(first, made.entries.end(), [&](const Builtin& entry) {
        return entry.name != first->name;
      });
      made.by_name.emplace(first->name, std::span<const Builtin>(first, last));
      first = last;
    }
    return made;
  }();
  return kRegistry;
}

// The position in the registry, or nothing for an entry that is not part of it.
std::optional<std::size_t> position_of(const Builtin& builtin) {
  const std::vector<Builtin>& entries = registry().entries;
  const Builtin* first = entries.data();
  if (std::less<>{}(&builtin, first) || !std::less<>{}(&builtin, first + entries.size())) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(&builtin - first);
}

const Type& type_of_parameter(const Builtin& builtin, std::size_t index) {
  const std::optional<std::size_t> position = position_of(builtin);
  if (position.has_value()) return *registry().signatures[*position].parameters[index];
  return type_of_notation(builtin.parameters[index].type);
}

bool is_list_of_lists(const Type& type) { return type.element().is(TypeKind::List); }

// How many arguments the entry takes at most; a variadic one any number.
bool takes(const Builtin& builtin, std::size_t count) {
  const std::vector<Parameter>& parameters = builtin.parameters;
  if (count > parameters.size()) return !parameters.empty() && parameters.back().is_variadic;
  return std::all_of(parameters.begin() + static_cast<std::ptrdiff_t>(count), parameters.end(),
                     [](const Parameter& parameter) { return parameter.is_optional; });
}

// The kind of value that needs no conversion for a type, for the types that most parameters have.
bool fits_at_once(const Value& value, const Type& type) {
  switch (type.kind()) {
    case TypeKind::Any:
      return true;
    case TypeKind::String:
      return value.kind() == ValueKind::String && type.options() == nullptr;
    case TypeKind::Number:
      return value.kind() == ValueKind::Number;
    case TypeKind::Boolean:
      return value.kind() == ValueKind::Boolean;
    case TypeKind::List:
      return value.kind() == ValueKind::List && type.element().is(TypeKind::Any);
    default:
      return false;
  }
}

// One argument after conversion, or why there is none.
struct Taken {
  std::optional<Value> value;
  std::string reason;
};

// What makes one call: the entry and, when somebody wants to know, words for what is wrong.
class Intake {
 public:
  Intake(const Builtin& builtin, bool wants_reasons)
      : builtin_(builtin), wants_reasons_(wants_reasons) {}

  // False when an argument does not fit; `reason` then tells.
  bool take(std::span<const Value* const> arguments) {
    const std::vector<Parameter>& parameters = builtin_.parameters;
    if (!takes(builtin_, arguments.size())) {
      return fail([&] { return words::wrong_count(builtin_, arguments.size()); });
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const bool is_given = i < arguments.size() && arguments[i] != nullptr;
      if (parameters[i].is_variadic && is_given) {
        if (!take_many(i, arguments.subspan(i))) return false;
        continue;
      }
      if (!is_given) {
        if (!parameters[i].is_optional) {
          return fail([&] { return words::left_out(builtin_, parameters[i]); });
        }
        continue;
      }
      if (!take_one(i, *arguments[i])) return false;
    }
    return true;
  }

  Arguments values() const { return {values_.data(), builtin_.parameters.size()}; }

  const std::string& reason() const { return reason_; }

 private:
  // Reasons are worded only for somebody who reads them.
  template <class Words>
  bool fail(const Words& words) {
    if (wants_reasons_) reason_ = words();
    return false;
  }

  bool take_one(std::size_t index, const Value& argument) {
    const Parameter& parameter = builtin_.parameters[index];
    if (argument.is_null()) {
      if (!parameter.takes_null) return fail([&] { return words::is_null(builtin_, parameter); });
      return true;
    }
    const Type& type = type_of_parameter(builtin_, index);
    if (fits_at_once(argument, type)) {
      values_[index] = argument;
      return true;
    }
    std::optional<Value> value = coerce(argument, type);
    if (!value.has_value()) {
      return fail([&] { return words::does_not_fit(builtin_, parameter, type, argument); });
    }
    if (value->is_null() && !parameter.takes_null) {
      return fail([&] { return words::is_null(builtin_, parameter); });
    }
    values_[index] = *std::move(value);
    return true;
  }

  bool take_many(std::size_t index, std::span<const Value* const> arguments) {
    const Type& type = type_of_parameter(builtin_, index);
    if (index == 0 && arguments.size() == 1 && !is_list_of_lists(type) &&
        (arguments[0]->is_null() || arguments[0]->kind() == ValueKind::List)) {
      return take_one(index, *arguments[0]);
    }
    List list;
    list.reserve(arguments.size());
    for (const Value* argument : arguments) {
      std::optional<Value> element = coerce(*argument, type.element());
      list.push_back(element ? *std::move(element) : *argument);
    }
    return take_one(index, Value(std::move(list)));
  }

  const Builtin& builtin_;
  bool wants_reasons_;
  std::array<Value, kMostParameters> values_;
  std::string reason_;
};

}  // namespace

std::span<const Builtin> all_builtins() { return registry().entries; }

std::span<const Builtin> find_builtins(std::string_view name) {
  const auto found = registry().by_name.find(name);
  return found == registry().by_name.end() ? std::span<const Builtin>{} : found->second;
}

const Type& parameter_type(const Parameter& parameter) { return type_of_notation(parameter.type); }

const Type& result_type(const Builtin& builtin) {
  const std::optional<std::size_t> position = position_of(builtin);
  if (position.has_value()) return *registry().signatures[*position].result;
  return type_of_notation(builtin.result);
}

Value call(const Builtin& builtin, std::span<const Value* const> arguments,
           Evaluation& evaluation) {
  Intake intake(builtin, evaluation.wants_reasons());
  if (!intake.take(arguments)) return evaluation.null(intake.reason());
  return builtin.call(intake.values(), evaluation);
}

}  // namespace formwork::feel
