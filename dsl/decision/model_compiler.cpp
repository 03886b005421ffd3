// From definitions as written to a Model: references resolved, logic compiled in the order of what
// it requires.
#include <algorithm>
#include <map>
#include <utility>

#include "dsl/decision/program.h"
#include "dsl/decision/type_table.h"
#include "dsl/diagnostics/codes.h"

namespace formwork::decision {

using Kind = Element::Kind;
using Program = Model::Program;

namespace {

// Decisions that require each other in a longer row than this are refused: evaluating follows it.
constexpr int kMaxChain = 300;

class ModelCompiler {
 public:
  ModelCompiler(std::span<const Definitions> models, Findings& findings)
      : models_(models), findings_(findings), types_(models, findings) {}

  std::unique_ptr<Program> compile() {
    list_items();
    for (std::size_t i = 0; i < program_->items.size(); ++i) declare(i);
    for (std::size_t i = 0; i < program_->items.size(); ++i) resolve(i);
    for (std::size_t i = 0; i < program_->items.size(); ++i) compile_item(i, 0);
    program_->make_functions();
    return std::move(program_);
  }

 private:
  enum class State : unsigned char { New, Busy, Done };

  void report(std::string_view code, const Span& where, std::string message, std::string remedy,
              std::string home) {
    findings_.push_back({.code = code,
                         .text = {{}, where},
                         .message = std::move(message),
                         .remedy = std::move(remedy),
                         .home = std::move(home)});
  }

  void list_items() {
    for (std::size_t m = 0; m < models_.size(); ++m) {
      const Definitions& model = models_[m];
      program_->name_spaces.push_back(model.name_space);
      auto& imports = program_->imports.emplace_back();
      for (const Import& import : model.imports) {
        if (const auto target = types_.find_model(import.name_space)) {
          imports.emplace_back(import.name, *target);
        } else {
          report(codes::kDmnUnknownReference, import.where,
                 "no model with the name space " + import.name_space + " is there",
                 "give its file too", "import " + import.name);
        }
      }
      for (const Element& element : model.elements) {
        by_id_.emplace(std::pair(m, element.id), program_->items.size());
        sources_.push_back(&element);
        Item& item = program_->items.emplace_back();
        item.kind = element.kind;
        item.model = m;
        item.label = element.name;
        item.name = feel::NameSet::normalize(element.name);
      }
    }
    // An input that nobody can name or give, for requirements that are taken out.
    static const Element kNobody;
    sources_.push_back(&kNobody);
    program_->items.emplace_back().model = models_.size();
    states_.assign(program_->items.size(), State::New);
  }

  std::string home_of(std::size_t index) const {
    const Item& item = program_->items[index];
    switch (item.kind) {
      case Kind::Input:
        return "input " + item.label;
      case Kind::Decision:
        return "decision " + item.label;
      case Kind::Knowledge:
        return "knowledge model " + item.label;
      case Kind::Service:
        return "service " + item.label;
    }
    return item.label;
  }

  ItemType type_of(std::size_t model, const std::string& name, const Span& where,
                   const std::string& home) {
    if (name.empty()) return {};
    if (std::optional<ItemType> type = types_.find(model, name)) return std::move(*type);
    report(codes::kDecisionType, where, "there is no type `" + name + "`", suggest_type(name),
           home);
    return {};
  }

  // Types of variables, and of what can be called.
  void declare(std::size_t index) {
    Item& item = program_->items[index];
    const Element& element = *sources_[index];
    const std::string home = home_of(index);
    item.type = type_of(item.model, element.variable.type, element.variable.where, home);
    if (item.kind == Kind::Input || item.kind == Kind::Decision) {
      item.known = item.type.type;
      return;
    }
    // The variable's type is that of the function, or, as some write it, that of its result.
    item.result = item.type;
    if (item.type.type.is(feel::TypeKind::Function)) {
      item.result = ItemType{item.type.type.element()};
    }
    item.type = {};
    if (item.kind == Kind::Service) return;
    for (const Variable& parameter : element.logic.variables) {
      item.parameters.emplace_back(feel::NameSet::normalize(parameter.name),
                                   type_of(item.model, parameter.type, parameter.where, home));
    }
    declare_function(item);
  }

  static void declare_function(Item& item) {
    std::vector<feel::Member> parameters;
    for (const auto& [name, type] : item.parameters) parameters.push_back({name, type.type});
    item.known = feel::Type::function(std::move(parameters), item.result.type);
  }

  std::optional<std::size_t> find_reference(std::size_t model, const Reference& reference,
                                            const std::string& home) {
    const std::size_t hash = reference.href.rfind('#');
    const std::string id =
        hash == std::string::npos ? reference.href : reference.href.substr(hash + 1);
    const std::string name_space =
        hash == std::string::npos ? std::string() : reference.href.substr(0, hash);
    std::optional<std::size_t> target = model;
    if (!name_space.empty() && name_space != models_[model].name_space) {
      target = types_.find_model(name_space);
    }
    if (target) {
      const auto found = by_id_.find(std::pair(*target, id));
      if (found != by_id_.end()) return found->second;
    }
    report(codes::kDmnUnknownReference, reference.where,
           "nothing has the id `" + reference.href + "`",
           "correct the href, or give the element that id", home);
    return std::nullopt;
  }

  // The name before elements of another model; nullopt when it is not imported by this one.
  std::optional<std::string> prefix_of(std::size_t model, std::size_t other) const {
    for (const auto& [prefix, target] : program_->imports[model]) {
      if (target == other) return prefix;
    }
    return std::nullopt;
  }

  void resolve(std::size_t index) {
    Item& item = program_->items[index];
    const Element& element = *sources_[index];
    if (item.kind == Kind::Service) {
      resolve_service(index);
      return;
    }
    for (const Reference& reference : element.requires_) {
      const auto target = find_reference(item.model, reference, home_of(index));
      if (target) bind(item, *target);
    }
    // A knowledge model may call itself without saying so.
    if (item.kind == Kind::Knowledge) bind(item, index);
  }

  void bind(Item& item, std::size_t target) const {
    const Item& other = program_->items[target];
    const std::string prefix =
        other.model == item.model ? "" : prefix_of(item.model, other.model).value_or("");
    const std::string name = prefix.empty() ? other.name : feel::NameSet::normalize(prefix);
    const auto same = std::find_if(item.bindings.begin(), item.bindings.end(),
                                   [&](const Binding& each) { return each.name == name; });
    if (same == item.bindings.end()) {
      item.bindings.push_back(
          {name, {target}, prefix.empty() ? nullptr : std::make_shared<const feel::Shape>()});
    } else if (!prefix.empty() &&
               std::find(same->items.begin(), same->items.end(), target) == same->items.end()) {
      same->items.push_back(target);
    }
  }

  void resolve_service(std::size_t index) {
    Item& item = program_->items[index];
    const Element& element = *sources_[index];
    const std::string home = home_of(index);
    const auto add_all = [&](const std::vector<Reference>& references,
                             std::vector<std::size_t>& into) {
      for (const Reference& reference : references) {
        if (const auto target = find_reference(item.model, reference, home)) {
          into.push_back(*target);
        }
      }
    };
    add_all(element.input_data, item.inputs);
    add_all(element.input_decisions, item.inputs);
    add_all(element.outputs, item.outputs);
    for (const std::size_t input : item.inputs) {
      item.parameters.emplace_back(program_->items[input].name, program_->items[input].type);
    }
    feel::Shape shape;
    for (const std::size_t output : item.outputs) {
      shape.names.push_back(program_->items[output].name);
    }
    item.output_shape = std::make_shared<const feel::Shape>(std::move(shape));
    if (item.result.is_open() && item.outputs.size() == 1) {
      item.result.type = program_->items[item.outputs.front()].type.type;
    }
    declare_function(item);
  }

  void compile_item(std::size_t index, int depth) {
    if (states_[index] != State::New) return;
    states_[index] = State::Busy;
    Item& item = program_->items[index];
    if (item.kind == Kind::Decision || item.kind == Kind::Knowledge) {
      compile_required(index, depth);
      compile_logic(index);
    } else if (item.kind == Kind::Service) {
      for (const std::size_t output : item.outputs) {
        if (depth < kMaxChain) compile_item(output, depth + 1);
      }
    }
    states_[index] = State::Done;
  }

  // Of decisions, those required come first. What closes a circle is taken out and stays null.
  void compile_required(std::size_t index, int depth) {
    for (Binding& binding : program_->items[index].bindings) {
      for (std::size_t i = 0; i < binding.items.size(); ++i) {
        const std::size_t target = binding.items[i];
        if (program_->items[target].kind != Kind::Decision) continue;
        if (depth < kMaxChain && states_[target] != State::Busy) {
          compile_item(target, depth + 1);
          continue;
        }
        const bool is_circle = states_[target] == State::Busy;
        report(is_circle ? codes::kDmnCycle : codes::kDmnLimit, sources_[index]->where,
               is_circle ? "`" + program_->items[index].label + "` and `" +
                               program_->items[target].label + "` require each other"
                         : "decisions require each other in a row of more than " +
                               std::to_string(kMaxChain),
               "take a requirement out", home_of(index));
        binding.items[i] = nothing();
      }
    }
  }

  std::size_t nothing() const { return program_->items.size() - 1; }

  void compile_logic(std::size_t index) {
    Item& item = program_->items[index];
    feel::Scope scope;
    for (const auto& [name, type] : types_.visible(item.model)) scope.add_type(name, type);
    for (Binding& binding : item.bindings) scope.add(binding.name, type_of_binding(binding));
    const Element& element = *sources_[index];
    const Boxed* logic = &element.logic;
    if (item.kind == Kind::Knowledge) {
      for (const auto& [name, type] : item.parameters) scope.add(name, type.type);
      static const Boxed kNothing;
      logic = element.logic.children.empty() ? &kNothing : &element.logic.children.front();
    }
    const TypeLookup lookup = [&, model = item.model](std::string_view name) {
      return types_.find(model, name);
    };
    CompiledBoxed compiled = compile_boxed(
        *logic, {scope, lookup, feel::Options::Mode::Lenient, home_of(index)}, findings_);
    item.node = std::move(compiled.node);
    item.slots = std::max(compiled.slots, scope.variables().size());
    if (item.kind == Kind::Decision && item.type.is_open()) item.known = parts_of(compiled.type);
  }

  // A caller may give another value than the logic would, so only names of parts are taken from it,
  // since texts cannot be read without them.
  static feel::Type parts_of(const feel::Type& type) {
    if (type.is(feel::TypeKind::Context)) {
      std::vector<feel::Member> members;
      for (const feel::Member& member : type.members()) {
        members.push_back({member.name, parts_of(member.type)});
      }
      return feel::Type::context(std::move(members));
    }
    if (type.is(feel::TypeKind::List)) {
      const feel::Type element = parts_of(type.element());
      return element.is_open() ? feel::Type() : feel::Type::list(element);
    }
    return {};
  }

  feel::Type type_of_binding(Binding& binding) {
    if (binding.shape == nullptr) return program_->items[binding.items.front()].known;
    feel::Shape shape;
    std::vector<feel::Member> members;
    for (const std::size_t index : binding.items) {
      shape.names.push_back(program_->items[index].name);
      members.push_back({shape.names.back(), program_->items[index].known});
    }
    binding.shape = std::make_shared<const feel::Shape>(std::move(shape));
    return feel::Type::context(std::move(members));
  }

  std::span<const Definitions> models_;
  Findings& findings_;
  TypeTable types_;
  std::unique_ptr<Program> program_ = std::make_unique<Program>();
  std::map<std::pair<std::size_t, std::string>, std::size_t> by_id_;
  std::vector<const Element*> sources_;
  std::vector<State> states_;
};

}  // namespace

std::optional<std::size_t> Program::find_in(std::string_view name, std::size_t model) const {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].model == model && items[i].name == name) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> Program::find_behind_imports(std::string_view name, std::size_t model,
                                                        int depth) const {
  if (depth > 8) return std::nullopt;
  for (const auto& [prefix, target] : imports[model]) {
    std::string_view rest = name;
    if (!prefix.empty()) {
      if (!rest.starts_with(prefix + ".")) continue;
      rest.remove_prefix(prefix.size() + 1);
    }
    if (const auto found = find_in(rest, target)) return found;
    if (const auto found = find_behind_imports(rest, target, depth + 1)) return found;
  }
  return std::nullopt;
}

std::optional<std::size_t> Program::find(std::string_view name, std::string_view name_space) const {
  const std::string wanted = feel::NameSet::normalize(name);
  if (!name_space.empty()) {
    for (std::size_t i = 0; i < name_spaces.size(); ++i) {
      if (name_spaces[i] == name_space) return find_in(wanted, i);
    }
    return std::nullopt;
  }
  if (const auto own = find_in(wanted, 0)) return own;
  if (const auto found = find_behind_imports(wanted, 0, 0)) return found;
  for (std::size_t i = 1; i < name_spaces.size(); ++i) {
    if (const auto found = find_in(wanted, i)) return found;
  }
  return std::nullopt;
}

std::shared_ptr<const Model> Model::compile(std::span<const Definitions> models,
                                            Findings& findings) {
  return std::make_shared<const Model>(ModelCompiler(models, findings).compile());
}

}  // namespace formwork::decision
