// XML documents with the places of their elements, read with the care that foreign files ask for.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "dsl/decision/text.h"
#include "dsl/diagnostics/diagnostic.h"

namespace formwork::dmn {

// The name of an element without its prefix.
std::string_view local_name(const pugi::xml_node& node);

// Parses a source; false, and a diagnostic, when it is no XML or beyond a limit.
bool parse_xml(const SourcePtr& source, pugi::xml_document& document, Diagnostics& diagnostics);

// The name of an element, as a place.
Span place_of(const SourcePtr& source, const pugi::xml_node& node);

// The text inside an element.
decision::Text text_of(const SourcePtr& source, const pugi::xml_node& node);

// The first child element of that local name; none when there is none.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);

// The place in `raw` of a byte of what it means: `&lt;` is one character.
std::size_t raw_offset(std::string_view raw, std::size_t offset);

}  // namespace formwork::dmn
