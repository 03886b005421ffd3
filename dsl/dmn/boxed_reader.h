// Reads boxed expressions of DMN XML.
#pragma once

#include <memory>
#include <string_view>

#include "dsl/decision/definitions.h"
#include "dsl/dmn/xml.h"

namespace formwork::dmn {

class BoxedReader {
 public:
  BoxedReader(const SourcePtr& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {}

  // Whether an element is a boxed expression.
  static bool is_logic(const pugi::xml_node& node);

  decision::Boxed read(const pugi::xml_node& node);

  // <functionDefinition> or <encapsulatedLogic>.
  decision::Boxed function(const pugi::xml_node& node);

  // An element with name and typeRef.
  decision::Variable variable(const pugi::xml_node& node) const;

 private:
  decision::Boxed context(const pugi::xml_node& node);
  decision::Boxed invocation(const pugi::xml_node& node);
  decision::Boxed relation(const pugi::xml_node& node);
  decision::Boxed parts(const pugi::xml_node& node, decision::Boxed::Kind kind,
                        std::initializer_list<std::string_view> names);
  std::shared_ptr<const decision::TableText> table(const pugi::xml_node& node);
  decision::InputText input(const pugi::xml_node& node) const;
  decision::OutputText output(const pugi::xml_node& node) const;
  decision::RuleText rule(const pugi::xml_node& node) const;
  void read_policy(const pugi::xml_node& node, decision::TableText& table);

  // All boxed expressions inside an element.
  void read_children(const pugi::xml_node& node, decision::Boxed& into);
  // The first boxed expression inside an element; Nothing when there is none.
  decision::Boxed only_child(const pugi::xml_node& node);

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
};

}  // namespace formwork::dmn
