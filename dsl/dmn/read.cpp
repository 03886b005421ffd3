#include "dsl/dmn/read.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/diagnostics/codes.h"
#include "dsl/dmn/boxed_reader.h"
#include "dsl/dmn/xml.h"

namespace formwork::dmn {
namespace {

using decision::Definitions;
using decision::Element;
using decision::ItemDefinition;
using pugi::xml_node;

bool is_true(const pugi::xml_attribute& attribute) {
  const std::string_view value = attribute.value();
  return value == "true" || value == "1";
}

class Reader {
 public:
  Reader(const SourcePtr& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics), boxed_(source, diagnostics) {}

  Definitions read(const xml_node& root) {
    Definitions definitions;
    definitions.name = root.attribute("name").value();
    definitions.name_space = root.attribute("namespace").value();
    for (const xml_node& node : root.children()) {
      const std::string_view name = local_name(node);
      if (name == "import") {
        definitions.imports.push_back({node.attribute("name").value(),
                                       node.attribute("namespace").value(),
                                       place_of(source_, node)});
      } else if (name == "itemDefinition") {
        definitions.types.push_back(read_type(node));
      } else if (name == "inputData") {
        definitions.elements.push_back(read_element(node, Element::Kind::Input));
      } else if (name == "decision") {
        definitions.elements.push_back(read_element(node, Element::Kind::Decision));
      } else if (name == "businessKnowledgeModel") {
        definitions.elements.push_back(read_element(node, Element::Kind::Knowledge));
      } else if (name == "decisionService") {
        definitions.elements.push_back(read_element(node, Element::Kind::Service));
      }
    }
    return definitions;
  }

 private:
  std::string child_text(const xml_node& node, std::string_view name) {
    const std::string text = text_of(source_, child(node, name)).text;
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  }

  // The type as an attribute in variables, as an element in item definitions.
  ItemDefinition read_type(const xml_node& node) {
    ItemDefinition type;
    type.name = node.attribute("name").value();
    type.type = child_text(node, "typeRef");
    type.is_collection = is_true(node.attribute("isCollection"));
    type.where = place_of(source_, node);
    if (const xml_node values = child(node, "allowedValues")) {
      type.allowed_values = text_of(source_, child(values, "text"));
    }
    if (const xml_node values = child(node, "typeConstraint")) {
      type.type_constraint = text_of(source_, child(values, "text"));
    }
    for (const xml_node& part : node.children()) {
      if (local_name(part) == "itemComponent") type.components.push_back(read_type(part));
    }
    if (const xml_node function = child(node, "functionItem")) {
      type.is_function = true;
      type.type = function.attribute("outputTypeRef").value();
      for (const xml_node& part : function.children()) {
        if (local_name(part) == "parameters") type.parameters.push_back(boxed_.variable(part));
      }
    }
    return type;
  }

  Element read_element(const xml_node& node, Element::Kind kind) {
    Element element;
    element.kind = kind;
    element.id = node.attribute("id").value();
    element.name = node.attribute("name").value();
    element.where = place_of(source_, node);
    for (const xml_node& part : node.children()) read_part(part, element);
    if (element.variable.name.empty()) element.variable.name = element.name;
    return element;
  }

  void read_part(const xml_node& part, Element& element) {
    const std::string_view name = local_name(part);
    if (name == "variable") {
      element.variable = boxed_.variable(part);
    } else if (name == "informationRequirement" || name == "knowledgeRequirement") {
      for (const xml_node& required : part.children()) {
        if (required.type() == pugi::node_element && local_name(required).starts_with("required")) {
          element.requires_.push_back(reference(required));
        }
      }
    } else if (name == "outputDecision") {
      element.outputs.push_back(reference(part));
    } else if (name == "encapsulatedDecision") {
      element.encapsulated.push_back(reference(part));
    } else if (name == "inputDecision") {
      element.input_decisions.push_back(reference(part));
    } else if (name == "inputData") {
      element.input_data.push_back(reference(part));
    } else if (name == "encapsulatedLogic") {
      element.logic = boxed_.function(part);
    } else if (BoxedReader::is_logic(part)) {
      element.logic = boxed_.read(part);
    }
  }

  decision::Reference reference(const xml_node& node) {
    return {node.attribute("href").value(), place_of(source_, node)};
  }

  const SourcePtr& source_;
  Diagnostics& diagnostics_;
  BoxedReader boxed_;
};

}  // namespace

std::optional<Definitions> read(const SourcePtr& source, Diagnostics& diagnostics) {
  pugi::xml_document document;
  if (!parse_xml(source, document, diagnostics)) return std::nullopt;
  const xml_node root = document.document_element();
  if (local_name(root) != "definitions") {
    diagnostics.error(codes::kDmnSyntax, place_of(source, root),
                      "a DMN model begins with <definitions>", "give a file that DMN tools write");
    return std::nullopt;
  }
  return Reader(source, diagnostics).read(root);
}

std::shared_ptr<const decision::Model> load(std::span<const SourcePtr> sources,
                                            Diagnostics& diagnostics) {
  std::vector<Definitions> models;
  for (const SourcePtr& source : sources) {
    std::optional<Definitions> model = read(source, diagnostics);
    if (model) {
      models.push_back(std::move(*model));
    } else if (models.empty()) {
      return nullptr;
    }
  }
  if (models.empty()) return nullptr;
  decision::Findings findings;
  std::shared_ptr<const decision::Model> model = decision::Model::compile(models, findings);
  add(diagnostics, findings);
  return model;
}

void add(Diagnostics& diagnostics, const decision::Findings& findings) {
  for (const decision::Finding& finding : findings) {
    Span where = finding.text.where;
    if (where && finding.end > finding.begin) {
      const std::string_view raw = where.text();
      where.end = where.begin + raw_offset(raw, finding.end);
      where.begin += raw_offset(raw, finding.begin);
    }
    const std::string message =
        finding.home.empty() ? finding.message : finding.home + ": " + finding.message;
    if (finding.is_warning) {
      diagnostics.warning(finding.code, where, message, finding.remedy);
    } else {
      diagnostics.error(finding.code, where, message, finding.remedy);
    }
  }
}

}  // namespace formwork::dmn
