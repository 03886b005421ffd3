#include "dsl/dmn/xml.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/dmn/read.h"

namespace formwork::dmn {
namespace {

Span at(const SourcePtr& source, std::ptrdiff_t offset, std::size_t length) {
  const std::size_t size = source->text().size();
  const std::size_t begin = offset < 0 ? 0 : std::min(static_cast<std::size_t>(offset), size);
  return {source, begin, std::min(begin + length, size)};
}

// Walks without recursion, so that depth is found before anything recurses over it.
bool is_within_limits(const SourcePtr& source, const pugi::xml_document& document,
                      Diagnostics& diagnostics) {
  std::size_t depth = 0;
  std::size_t nodes = 0;
  pugi::xml_node node = document.first_child();
  while (node) {
    ++nodes;
    if (node.type() == pugi::node_doctype) {
      diagnostics.error(codes::kDmnSyntax, at(source, node.offset_debug(), 1),
                        "a document type is not read", "take the <!DOCTYPE …> out");
      return false;
    }
    if (nodes > kMaxNodes || depth > kMaxDepth) {
      diagnostics.error(
          codes::kDmnLimit, at(source, node.offset_debug(), 1),
          depth > kMaxDepth
              ? "the text is nested deeper than " + std::to_string(kMaxDepth) + " levels"
              : "the text has more than " + std::to_string(kMaxNodes) + " elements and texts",
          "reading stops here");
      return false;
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (depth > 0) --depth;
    }
    if (node) node = node.next_sibling();
  }
  return true;
}

struct Escape {
  std::string_view name;
  std::size_t meaning_bytes;
};

std::size_t utf8_bytes(unsigned long code_point) {
  if (code_point < 0x80) return 1;
  if (code_point < 0x800) return 2;
  return code_point < 0x10000 ? 3 : 4;
}

// The bytes that an escape at the start of `raw` takes, and how many it means; {1, 1} for others.
std::pair<std::size_t, std::size_t> step(std::string_view raw) {
  if (raw.starts_with("\r\n")) return {2, 1};
  if (!raw.starts_with('&')) return {1, 1};
  const std::size_t end = raw.substr(0, 12).find(';');
  if (end == std::string_view::npos) return {1, 1};
  const std::string_view name = raw.substr(1, end - 1);
  for (const std::string_view known : {"lt", "gt", "amp", "quot", "apos"}) {
    if (name == known) return {end + 1, 1};
  }
  if (name.size() < 2 || name[0] != '#') return {1, 1};
  const bool is_hex = name[1] == 'x';
  unsigned long code_point = 0;
  for (const char c : name.substr(is_hex ? 2 : 1)) {
    const unsigned long digit = c <= '9' ? static_cast<unsigned long>(c - '0')
                                         : static_cast<unsigned long>((c | 0x20) - 'a' + 10);
    code_point = code_point * (is_hex ? 16 : 10) + digit;
  }
  return {end + 1, utf8_bytes(code_point)};
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool parse_xml(const SourcePtr& source, pugi::xml_document& document, Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  if (text.size() > kMaxBytes) {
    diagnostics.error(codes::kDmnLimit, at(source, 0, 1),
                      "the file has more than " + std::to_string(kMaxBytes) + " bytes",
                      "split the model");
    return false;
  }
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    diagnostics.error(codes::kDmnSyntax, at(source, 0, 1), "the file is not plain UTF-8 text",
                      "save it as UTF-8");
    return false;
  }
  const pugi::xml_parse_result result = document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    diagnostics.error(codes::kDmnSyntax, at(source, result.offset, 1),
                      std::string("the text is not XML: ") + result.description());
    return false;
  }
  return is_within_limits(source, document, diagnostics);
}

Span place_of(const SourcePtr& source, const pugi::xml_node& node) {
  return at(source, node.offset_debug(), std::string_view(node.name()).size());
}

decision::Text text_of(const SourcePtr& source, const pugi::xml_node& node) {
  decision::Text text{{}, place_of(source, node)};
  for (const pugi::xml_node& part : node.children()) {
    if (part.type() != pugi::node_pcdata && part.type() != pugi::node_cdata) continue;
    if (text.text.empty() && part.offset_debug() >= 0) {
      const auto begin = static_cast<std::size_t>(part.offset_debug());
      // The raw text ends where the next tag begins, which is `<` in either kind of text.
      const std::string_view all = source->text();
      const std::size_t end =
          part.type() == pugi::node_cdata ? all.find("]]>", begin) : all.find('<', begin);
      text.where = {source, begin, std::min(end, all.size())};
    }
    text.text += part.value();
  }
  return text;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node.children()) {
    if (each.type() == pugi::node_element && local_name(each) == name) return each;
  }
  return {};
}

std::size_t raw_offset(std::string_view raw, std::size_t offset) {
  std::size_t at_raw = 0;
  std::size_t meant = 0;
  while (meant < offset && at_raw < raw.size()) {
    const auto [taken, means] = step(raw.substr(at_raw));
    at_raw += taken;
    meant += means;
  }
  return std::min(at_raw, raw.size());
}

}  // namespace formwork::dmn
