// TypeTable: the item definitions of models, resolved when somebody asks.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "dsl/decision/definitions.h"
#include "dsl/decision/item_type.h"

namespace formwork::decision {

class TypeTable {
 public:
  // The models and findings must outlive the table.
  TypeTable(std::span<const Definitions> models, Findings& findings)
      : models_(models), findings_(findings) {}

  // What `name` means inside a model: a built-in type, an item definition of it, or one of an
  // imported model behind its prefix. nullopt when it is nothing.
  std::optional<ItemType> find(std::size_t model, std::string_view name);

  // All item definitions that a model sees, under the names it knows them by.
  std::vector<std::pair<std::string, feel::Type>> visible(std::size_t model);

  std::optional<std::size_t> find_model(std::string_view name_space) const;

 private:
  ItemType resolve(std::size_t model, const ItemDefinition& definition);
  ItemType make(std::size_t model, const ItemDefinition& definition);
  feel::Type base_type(std::size_t model, const ItemDefinition& definition, Constraint& constraint);
  std::optional<feel::Expression> tests(const Text& text, const feel::Type& type,
                                        std::string_view home);

  std::span<const Definitions> models_;
  Findings& findings_;
  std::map<const ItemDefinition*, std::optional<ItemType>> resolved_;  // nothing: on its way
  int depth_ = 0;
};

// The built-in type of that name, in the spellings of all versions of DMN.
std::optional<feel::Type> find_builtin_type(std::string_view name);

}  // namespace formwork::decision
