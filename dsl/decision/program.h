// Model::Program: the compiled form of a model, shared by its compiler and its evaluation.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/decision/boxed.h"
#include "dsl/decision/definitions.h"
#include "dsl/decision/model.h"

namespace formwork::decision {

// What a variable of an element's logic is: an item, or a context of items of one imported model.
struct Binding {
  std::string name;
  std::vector<std::size_t> items;
  std::shared_ptr<const feel::Shape> shape = nullptr;  // null: the one item itself
};

// An element of any of the models.
struct Item {
  Element::Kind kind = Element::Kind::Input;
  std::size_t model = 0;
  std::string label;  // as written
  std::string name;   // normalised
  ItemType type;      // of the variable
  feel::Type known;   // the type, or what is known of the logic's
  std::vector<Binding> bindings;
  Node node;
  std::size_t slots = 0;
  // Of knowledge models and services:
  std::vector<std::pair<std::string, ItemType>> parameters;
  ItemType result;
  feel::Value function;
  // Of services:
  std::vector<std::size_t> inputs;
  std::vector<std::size_t> outputs;
  std::shared_ptr<const feel::Shape> output_shape;
};

struct Model::Program {
  std::vector<Item> items;               // never resized once functions refer to them
  std::vector<std::string> name_spaces;  // by model
  std::vector<std::vector<std::pair<std::string, std::size_t>>> imports;  // prefix, model

  // The element of that name: in the model of that name space; without one in the first model, then
  // behind the names of imports, then in any other model.
  std::optional<std::size_t> find(std::string_view name, std::string_view name_space) const;
  std::optional<std::size_t> find_in(std::string_view name, std::size_t model) const;

  void make_functions();

 private:
  std::optional<std::size_t> find_behind_imports(std::string_view name, std::size_t model,
                                                 int depth) const;
};

}  // namespace formwork::decision
