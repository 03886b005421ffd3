#include "dsl/yaml/builder.h"

#include <algorithm>
#include <array>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/codes.h"
#include "dsl/yaml/scalar.h"
#include "dsl/yaml/scan.h"

namespace formwork::yaml {
namespace {

// From this many entries on, a hash finds a repeated key faster than looking through them.
constexpr std::size_t kManyEntries = 16;

constexpr std::string_view kCoreTags = "tag:yaml.org,2002:";

bool is_allowed(std::string_view tag) {
  static constexpr std::array<std::string_view, 7> kAllowed = {"str",  "int", "float", "bool",
                                                               "null", "map", "seq"};
  if (tag.empty() || tag == "?" || tag == "!") return true;
  if (!tag.starts_with(kCoreTags)) return false;
  tag.remove_prefix(kCoreTags.size());
  return std::find(kAllowed.begin(), kAllowed.end(), tag) != kAllowed.end();
}

bool says_text(std::string_view tag) {
  return tag == "!" || (tag.starts_with(kCoreTags) && tag.substr(kCoreTags.size()) == "str");
}

// The word for null that stands there by itself, or nothing.
std::string_view null_word_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 4> kWords = {"~", "null", "Null", "NULL"};
  for (const std::string_view word : kWords) {
    if (text.substr(at, word.size()) != word) continue;
    const std::size_t end = at + word.size();
    const char next = end < text.size() ? text[end] : '\n';
    if (!is_space(next) && next != ',' && next != ']' && next != '}' && next != ':') continue;
    return word;
  }
  return {};
}

}  // namespace

Builder::Builder(const SourcePtr& source, std::size_t begin, std::size_t end,
                 Diagnostics& diagnostics, const Limits& limits, Budget& budget)
    : source_(source),
      text_(source->text().substr(0, end)),
      diagnostics_(diagnostics),
      limits_(limits),
      budget_(budget),
      last_end_(begin) {}

Span Builder::span(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  return {source_, begin, std::clamp(end, begin, text_.size())};
}

void Builder::stop(Span where, std::string message, std::string remedy) {
  diagnostics_.error(codes::kYamlLimit, std::move(where), std::move(message), std::move(remedy));
  throw Stop{};
}

void Builder::count(std::size_t mark) {
  const Span where = span(mark, character_end(text_, mark));
  if (diagnostics_.all().size() >= budget_.findings) {
    stop(where, "the file has too many mistakes", "mend the first ones; reading stops here");
  }
  if (budget_.nodes == 0) {
    stop(where, "the file has more than " + std::to_string(limits_.nodes) + " values",
         "split it into several files");
  }
  --budget_.nodes;
}

void Builder::check_tag(std::size_t mark, std::string_view tag) {
  if (is_allowed(tag)) return;
  std::size_t end = mark;
  while (end < text_.size() && !is_space(text_[end])) ++end;
  diagnostics_.error(codes::kYamlTag, span(mark, end), "tags are not used here",
                     "remove it, or put the text in quotes");
}

bool Builder::is_key() const {
  return !open_.empty() && open_.back().node.is_mapping() && !open_.back().awaits_value;
}

void Builder::on_anchor(std::size_t mark) {
  std::size_t end = mark;
  while (end < text_.size() && !is_space(text_[end])) ++end;
  diagnostics_.error(codes::kYamlAlias, span(mark, end), "anchors are not used here",
                     "remove it, or put the text in quotes");
}

void Builder::on_alias(std::size_t mark) {
  count(mark);
  std::size_t end = mark;
  while (end < text_.size() && !is_space(text_[end]) && text_[end] != ',' && text_[end] != ']' &&
         text_[end] != '}') {
    ++end;
  }
  diagnostics_.error(codes::kYamlAlias, span(mark, end), "aliases are not used here",
                     "write the value itself, or put the text in quotes");
  last_end_ = end;
  Node node;
  node.span = span(mark, end);
  take(std::move(node));
}

void Builder::on_null(std::size_t mark) {
  count(mark);
  take(null_at(mark));
}

void Builder::on_scalar(std::size_t mark, std::string_view tag, const std::string& text) {
  count(mark);
  check_tag(mark, tag);
  take(scalar_at(mark, tag, text));
}

void Builder::on_begin(Node::Kind kind, std::size_t mark, std::string_view tag, bool flow) {
  count(mark);
  check_tag(mark, tag);
  mark = skip_properties(text_, mark);
  if (open_.size() == limits_.depth) {
    stop(span(mark, character_end(text_, mark)),
         "the text is nested deeper than " + std::to_string(limits_.depth) + " levels",
         "reading stops here");
  }
  Open open;
  open.node.kind = kind;
  open.node.span = span(mark, mark);
  open.flow = flow && mark < text_.size() && (text_[mark] == '[' || text_[mark] == '{');
  open_.push_back(std::move(open));
  last_end_ = open_.back().flow ? mark + 1 : mark;
}

void Builder::on_end() {
  Open open = std::move(open_.back());
  open_.pop_back();
  close_span(open);
  take(std::move(open.node));
}

Node Builder::finish() {
  while (!open_.empty()) {
    Open open = std::move(open_.back());
    open_.pop_back();
    if (open.awaits_value && open.keep) open.node.entries.push_back(std::move(open.key));
    open.node.span.end = std::max(open.node.span.end, last_end_);
    if (!is_key()) {
      take(std::move(open.node));
    } else if (open_.back().node.entries.empty()) {
      // It might have become a key; the reader should rather see what is in it.
      open_.back().node = std::move(open.node);
    }
  }
  return std::move(root_);
}

std::optional<Span> Builder::open_bracket() const {
  for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
    if (open->flow) return span(open->node.span.begin, open->node.span.begin + 1);
  }
  return std::nullopt;
}

// A collection ends with its last child, or with its bracket.
void Builder::close_span(Open& open) {
  if (open.flow) {
    const char bracket = open.node.is_mapping() ? '}' : ']';
    std::size_t at = skip_space(text_, last_end_);
    while (at < text_.size() && (text_[at] == ',' || text_[at] == ':')) {
      at = skip_space(text_, at + 1);
    }
    if (at < text_.size() && text_[at] == bracket) last_end_ = at + 1;
  }
  open.node.span.end = std::max(open.node.span.begin, last_end_);
}

Node Builder::scalar_at(std::size_t mark, std::string_view tag, std::string text) {
  const std::size_t begin = skip_properties(text_, mark);
  Node node;
  node.kind = Node::Kind::Scalar;
  node.style = style_at(text_, begin);
  node.quoted = node.style != Style::Plain || says_text(tag);
  node.text = std::move(text);
  const bool is_block = node.style == Style::Literal || node.style == Style::Folded;
  const bool is_visible = node.text.find_first_not_of(" \t\r\n") != std::string::npos;
  const std::size_t start = is_block ? block_content(text_, begin) : begin;
  Trace trace = trace_scalar(node.style, text_, start, node.text);
  if (is_block && !is_visible) {
    node.span = span(begin, begin + 1);
    last_end_ = line_end(text_, begin);
    return node;
  }
  node.span = span(start, trace.end);
  last_end_ = trace.end;
  if (!trace.closed) {
    diagnostics_.error(codes::kYamlSyntax, span(begin, begin + 1), "this quote is not closed",
                       "end the text with the same quote");
  }
  // The event parser writes `\_` and `\N` as single bytes, which are not UTF-8.
  if (!is_valid_utf8(node.text)) node.text = std::move(trace.text);
  if (node.text.find('\0') != std::string::npos) {
    diagnostics_.error(codes::kYamlEncoding, node.span, "the character U+0000 is not allowed",
                       "remove the escape");
    std::erase(node.text, '\0');
  }
  return node;
}

Node Builder::null_at(std::size_t mark) {
  Node node;
  const std::size_t at = skip_properties(text_, mark);
  const std::string_view word = null_word_at(text_, at);
  // Without a word, the mark is that of whatever comes next, which may be a key that reads "null".
  const bool is_next_key = !is_key() && skip_space(text_, at + word.size()) < text_.size() &&
                           text_[skip_space(text_, at + word.size())] == ':';
  if (!word.empty() && !is_next_key && at >= last_end_) {
    node.text = word;
    node.span = span(at, at + word.size());
    last_end_ = at + word.size();
  } else {
    node.span = is_key() ? span(mark, character_end(text_, mark)) : implicit_null_span();
  }
  return node;
}

Span Builder::implicit_null_span() {
  if (open_.empty()) return span(last_end_, last_end_);
  const Open& parent = open_.back();
  if (parent.node.is_mapping()) return parent.key.key_span;
  if (parent.flow) return missing_item();
  const std::size_t at = skip_space(text_, last_end_);
  if (at >= text_.size() || text_[at] != '-')
    return span(last_end_, character_end(text_, last_end_));
  last_end_ = at + 1;
  return span(at, at + 1);
}

// `[a, , b]`: the event parser lets it pass as a null.
Span Builder::missing_item() {
  const bool has_comma = !open_.back().node.items.empty();
  const std::size_t at = skip_space(text_, last_end_) + (has_comma ? 1 : 0);
  const std::size_t place = skip_space(text_, at);
  last_end_ = at;
  const Span where = span(place, character_end(text_, place));
  diagnostics_.error(codes::kYamlSyntax, where, "a value is missing before this comma",
                     "write the value, or null");
  return where;
}

void Builder::take(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is_sequence()) {
    parent.node.items.push_back(std::move(node));
  } else if (!parent.awaits_value) {
    take_key(std::move(node));
  } else {
    parent.awaits_value = false;
    parent.key.value = std::move(node);
    if (parent.keep) parent.node.entries.push_back(std::move(parent.key));
    parent.key = Entry{};
  }
}

void Builder::take_key(Node node) {
  Open& mapping = open_.back();
  mapping.awaits_value = true;
  mapping.keep = accept_key(node);
  mapping.key.key = std::move(node.text);
  mapping.key.key_span = node.span;
  mapping.key.value.span = std::move(node.span);
}

bool Builder::accept_key(const Node& node) {
  if (!node.is_scalar() && node.text.empty()) {
    diagnostics_.error(codes::kYamlSyntax, node.span,
                       node.is_null() ? "a key is missing before `:`" : "a key must be a text",
                       "write `key: value`");
    return false;
  }
  if (node.text == "<<" && !node.quoted) {
    diagnostics_.error(codes::kYamlAlias, node.span, "merge keys are not used here",
                       "write the keys themselves");
    return false;
  }
  if (node.text.size() > limits_.key_bytes) {
    diagnostics_.error(codes::kYamlLimit, node.span,
                       "a key is longer than " + std::to_string(limits_.key_bytes) + " bytes",
                       "shorten it");
    return false;
  }
  Open& mapping = open_.back();
  if (const auto first = find_key(mapping, node.text)) {
    diagnostics_
        .error(codes::kYamlDuplicateKey, node.span, "`" + node.text + "` stands here a second time",
               "keep one of them")
        .related.push_back({mapping.node.entries[*first].key_span, "it stands here first"});
    return false;
  }
  return true;
}

std::optional<std::size_t> Builder::find_key(Open& mapping, const std::string& key) const {
  const std::vector<Entry>& entries = mapping.node.entries;
  if (entries.size() < kManyEntries) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&key](const Entry& entry) { return entry.key == key; });
    if (found == entries.end()) return std::nullopt;
    return static_cast<std::size_t>(found - entries.begin());
  }
  for (std::size_t i = mapping.index.size(); i < entries.size(); ++i) {
    mapping.index.emplace(entries[i].key, i);
  }
  const auto found = mapping.index.find(key);
  return found == mapping.index.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace formwork::yaml
