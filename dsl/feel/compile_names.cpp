// Names: what they mean where they stand, and types.
#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/compiler.h"

namespace formwork::feel {

using syntax::Kind;

std::size_t Compiler::add_local(Body& body) {
  const std::size_t local = body.next_local++;
  body.local_count = std::max(body.local_count, body.next_local);
  return local;
}

std::size_t Compiler::bind(std::string name, Type type, bool is_item) {
  const std::size_t local = add_local(body());
  body().names.push_back({std::move(name), local, std::move(type), is_item, false});
  return local;
}

code::NodePtr Compiler::read(code::Place place, Location location) {
  return location.is_captured ? code::make_captured(place, location.index)
                              : code::make_local(place, location.index);
}

namespace {

template <class Key>
std::optional<std::size_t> find_capture(const std::vector<std::pair<Key, std::size_t>>& captured,
                                        const Key& key) {
  for (const auto& [from, index] : captured) {
    if (from == key) return index;
  }
  return std::nullopt;
}

}  // namespace

// Each function on the way from that body to the present one takes the value with it.
Compiler::Location Compiler::import(std::size_t from, Location location) {
  for (std::size_t i = from + 1; i < bodies_.size(); ++i) {
    Body& inner = bodies_[i];
    std::optional<std::size_t> index = find_capture(inner.captured_locations, location);
    if (!index) {
      index = inner.captures.size();
      inner.captures.push_back(read({}, location));
      inner.captured_locations.emplace_back(location, *index);
    }
    location = {true, *index};
  }
  return location;
}

code::NodePtr Compiler::read_slot(code::Place place, std::size_t slot) {
  reads_.push_back(slot);
  if (bodies_.size() == 1) return code::make_slot(place, slot);
  Body& first = bodies_[1];
  std::optional<std::size_t> index = find_capture(first.captured_slots, slot);
  if (!index) {
    index = first.captures.size();
    first.captures.push_back(code::make_slot({}, slot));
    first.captured_slots.emplace_back(slot, *index);
  }
  return read(place, import(1, {true, *index}));
}

std::optional<Compiled> Compiler::resolve_variable(code::Place place, std::string_view name) {
  const std::optional<std::size_t> slot = scope_.find(name);
  if (!slot) return std::nullopt;
  return Compiled{read_slot(place, *slot), scope_.variables()[*slot].type, std::nullopt};
}

namespace {

const Type* find_member(const Type& type, std::string_view name) {
  const std::vector<Member>& members =
      type.record_type() != nullptr ? type.record_type()->members : type.members();
  const auto found = std::find_if(members.begin(), members.end(),
                                  [name](const Member& member) { return member.name == name; });
  return found != members.end() ? &found->type : nullptr;
}

std::size_t member_index(const RecordType& type, const Type* member) {
  const auto found =
      std::find_if(type.members.begin(), type.members.end(),
                   [member](const Member& candidate) { return &candidate.type == member; });
  return static_cast<std::size_t>(found - type.members.begin());
}

bool is_of_records(const Type& type) {
  return type.is(TypeKind::Record) || type.element().is(TypeKind::Record);
}

// Whether values of the type may have members that it does not tell of. A context may always have
// more entries than its type; authors of ours may only name those of the type.
bool may_have_more_members(const Type& type, bool is_strict) {
  if (type.is_open()) return true;
  return type.is(TypeKind::Context) && !(is_strict && type.is_closed_context());
}

}  // namespace

Compiled Compiler::member_of_item(code::Place place, std::size_t body_index, const LocalName& item,
                                  std::string_view name) {
  const Type* member = find_member(item.type, name);
  const Type type = *member;
  const RecordType* record = item.type.record_type();
  code::NodePtr value = read(place, import(body_index, {false, item.local}));
  if (record != nullptr) {
    return {code::make_record_path(place, std::move(value), *record, member_index(*record, member)),
            type.or_null(), std::nullopt};
  }
  return {code::make_path(place, std::move(value), std::string(name)),
          item.type.may_be_null() ? type.or_null() : type, std::nullopt};
}

// Names mean, from the inside out: what the text binds, members of a filter's items, variables.
std::optional<Compiled> Compiler::resolve(NodeId id, const std::string& name) {
  const code::Place place = place_of(id);
  std::vector<code::NodePtr> open_items;
  std::optional<Compiled> outside;
  for (std::size_t i = bodies_.size(); i-- > 0 && !outside;) {
    for (std::size_t j = bodies_[i].names.size(); j-- > 0 && !outside;) {
      LocalName& local = bodies_[i].names[j];
      if (local.is_item && find_member(local.type, name) != nullptr) {
        outside = member_of_item(place, i, local, name);
        continue;
      }
      // An entry `item` comes before the item itself.
      if (local.is_item && may_have_more_members(local.type, is_strict())) {
        open_items.push_back(read(place, import(i, {false, local.local})));
      }
      if (local.name == name) {
        local.is_used = true;
        outside = Compiled{read(place, import(i, {false, local.local})), local.type, std::nullopt};
      }
    }
  }
  if (!outside) outside = resolve_variable(place, name);
  // Fields of a record can only be read by its type, so its name is not looked for in items.
  if (open_items.empty() || (outside && is_of_records(outside->type))) return outside;
  code::ItemName item{name, std::move(open_items), outside ? std::move(outside->node) : nullptr};
  return Compiled{code::make_item_name(place, std::move(item)), TypeKind::Any, std::nullopt};
}

Compiled Compiler::compile_name(NodeId id) {
  const std::string& name = at(id).text;
  if (std::optional<Compiled> found = resolve(id, name)) return std::move(*found);
  const std::span<const Builtin> builtins = find_builtins(name);
  if (!builtins.empty()) return builtin_as_value(id, builtins.front());
  error(codes::kFeelUnknownName, id, "there is no `" + name + "` here",
        suggest(name, visible_names()));
  return unknown(id, "there is no `" + name + "`");
}

Compiled Compiler::compile_question(NodeId id) {
  if (input_) return question(place_of(id));
  error(codes::kFeelUnknownName, id, "`?` stands for the input of a decision table's cell",
        "write the name of a field");
  return unknown(id, "`?` has no meaning here");
}

std::vector<std::string_view> Compiler::visible_names() const {
  std::vector<std::string_view> names;
  for (const Body& body : bodies_) {
    for (const LocalName& local : body.names) {
      if (!local.is_item) names.push_back(local.name);
      const std::vector<Member>& members = local.type.record_type() != nullptr
                                               ? local.type.record_type()->members
                                               : local.type.members();
      if (!local.is_item) continue;
      for (const Member& member : members) names.push_back(member.name);
    }
  }
  for (const Member& variable : scope_.variables()) names.push_back(variable.name);
  return names;
}

Type Compiler::compile_type(NodeId id) {
  const Node& node = at(id);
  switch (node.kind) {
    case Kind::ListType:
      return Type::list(compile_type(node.children.front()));
    case Kind::RangeType:
      return Type::range(compile_type(node.children.front()));
    case Kind::ContextType: {
      std::vector<Member> members;
      for (const NodeId child : node.children) {
        members.push_back({at(child).text, compile_type(at(child).children.front())});
      }
      return Type::context(std::move(members));
    }
    case Kind::FunctionType: {
      std::vector<Member> parameters;
      for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        parameters.push_back({"", compile_type(node.children[i])});
      }
      return Type::function(std::move(parameters), compile_type(node.children.back()));
    }
    default:
      break;
  }
  if (const Type* named = scope_.find_type(node.text)) return *named;
  if (std::optional<Type> type = Type::parse(node.text)) return *type;
  std::vector<std::string_view> known{"boolean", "number",        "string",
                                      "date",    "date and time", "time",
                                      "list",    "context",       "days and time duration"};
  error(codes::kFeelUnknownName, id, "there is no type `" + node.text + "`",
        suggest(node.text, known));
  return TypeKind::Unknown;
}

}  // namespace formwork::feel
