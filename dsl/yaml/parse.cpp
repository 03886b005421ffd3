// The only file that includes yaml-cpp.
#include "dsl/yaml/parse.h"

#include <algorithm>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/yaml/builder.h"
#include "dsl/yaml/encoding.h"
#include "dsl/yaml/problem.h"
#include "dsl/yaml/scan.h"

namespace formwork::yaml {
namespace {

// The event parser's places count from the start of what it was given.
class Events : public YAML::EventHandler {
 public:
  Events(Builder& builder, std::size_t base) : builder_(builder), base_(base) {}

  void OnDocumentStart(const YAML::Mark&) override {}

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, anchor);
    builder_.on_null(place(mark));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { builder_.on_alias(place(mark)); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, anchor);
    builder_.on_scalar(place(mark), tag, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    check(mark, anchor);
    builder_.on_begin(Node::Kind::Sequence, place(mark), tag, style == YAML::EmitterStyle::Flow);
  }

  void OnSequenceEnd() override { builder_.on_end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    check(mark, anchor);
    builder_.on_begin(Node::Kind::Mapping, place(mark), tag, style == YAML::EmitterStyle::Flow);
  }

  void OnMapEnd() override { builder_.on_end(); }

 private:
  std::size_t place(const YAML::Mark& mark) const {
    return base_ + static_cast<std::size_t>(std::max(mark.pos, 0));
  }

  void check(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) builder_.on_anchor(place(mark));
  }

  Builder& builder_;
  std::size_t base_;
};

// A part of the stream that holds one document at most: `---` and `...` at the start of a line are
// borders wherever they stand, so the stream can be cut before it is read, and a mistake ends one
// document only.
struct Part {
  std::size_t begin;
  std::size_t end;
  bool marked = false;        // starts with `---`
  std::size_t after_end = 0;  // behind the `...` of the line before it, or `begin`
};

bool is_border(std::string_view line, std::string_view border) {
  return line.starts_with(border) &&
         (line.size() == border.size() || is_space(line[border.size()]));
}

std::vector<Part> split(std::string_view text, std::size_t begin) {
  std::vector<Part> parts = {{begin, text.size(), false, begin}};
  for (std::size_t at = begin; at < text.size();) {
    const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, next - at);
    const bool starts = is_border(line, "---");
    const bool ends = is_border(line, "...");
    if (starts || ends) {
      parts.back().end = at;
      const std::size_t content = ends ? next : at;
      parts.push_back({content, text.size(), starts, ends ? at + 3 : content});
    }
    at = next;
  }
  return parts;
}

// Behind `...` a comment may stand, nothing else.
void check_end_marks(const SourcePtr& source, const std::vector<Part>& parts,
                     Diagnostics& diagnostics) {
  const std::string_view text = source->text();
  for (const Part& part : parts) {
    if (part.after_end == part.begin) continue;
    const std::size_t at = skip_space(text.substr(0, part.begin), part.after_end);
    if (at >= part.begin) continue;
    diagnostics.error(codes::kYamlSyntax, {source, at, line_end(text, at)},
                      "nothing can stand behind the end of a document",
                      "start a new line with ---");
  }
}

// Comments, blanks and directives make no document.
bool has_content(std::string_view text, const Part& part) {
  if (part.marked) return true;
  const std::string_view within = text.substr(0, part.end);
  std::size_t at = skip_space(within, part.begin);
  while (at < part.end && within[at] == '%' && (at == 0 || is_break(within[at - 1]))) {
    at = skip_space(within, line_end(within, at));
  }
  return at < part.end;
}

class Reader {
 public:
  Reader(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits)
      : source_(source),
        diagnostics_(diagnostics),
        limits_(limits),
        budget_{limits.nodes, diagnostics.all().size() + limits.problems} {}

  // False when a limit was reached and reading should end.
  bool read(const Part& part, std::vector<Document>& documents) {
    if (diagnostics_.all().size() >= budget_.findings) {
      return refuse(part, "the file has too many mistakes",
                    "mend the first ones; reading stops here");
    }
    if (documents.size() == limits_.documents) {
      return refuse(part,
                    "the file has more than " + std::to_string(limits_.documents) + " documents",
                    "split it into several files");
    }
    const std::string_view text = source_->text().substr(part.begin, part.end - part.begin);
    std::istringstream stream{std::string(text)};
    const std::size_t content = part.begin + (part.marked ? 3 : 0);
    Builder builder(source_, content, part.end, diagnostics_, limits_, budget_);
    const bool go_on = read(part, stream, builder);
    Document document{builder.finish(), {source_, part.begin, part.end}};
    if (document.root.is_null() && document.root.text.empty()) document.root.span = start_of(part);
    documents.push_back(std::move(document));
    return go_on;
  }

 private:
  bool read(const Part& part, std::istream& stream, Builder& builder) {
    Events events(builder, part.begin);
    try {
      YAML::Parser parser(stream);
      parser.HandleNextDocument(events);
      check_end(part, parser, builder.last_end());
    } catch (const Stop&) {
      return false;
    } catch (const YAML::ParserException& exception) {
      const auto at = part.begin + static_cast<std::size_t>(std::max(exception.mark.pos, 0));
      report(source_,
             {exception.msg, at, part.begin, part.end, builder.last_end(), builder.open_bracket()},
             diagnostics_);
    }
    return true;
  }

  bool refuse(const Part& part, std::string message, std::string remedy) {
    diagnostics_.error(codes::kYamlLimit, start_of(part), std::move(message), std::move(remedy));
    return false;
  }

  // The event parser takes whatever follows a document for the next one.
  void check_end(const Part& part, YAML::Parser& parser, std::size_t last_end) {
    if (!parser) return;
    const std::string_view text = source_->text().substr(0, part.end);
    const std::size_t at = skip_space(text, last_end);
    if (at >= part.end) return;
    diagnostics_.error(codes::kYamlSyntax, {source_, at, line_end(text, at)},
                       "this does not continue the document above",
                       "align it with the block that it belongs to, or put --- before it");
  }

  Span start_of(const Part& part) const {
    return {source_, part.begin, std::min(part.begin + 3, part.end)};
  }

  SourcePtr source_;
  Diagnostics& diagnostics_;
  Limits limits_;
  Budget budget_;
};

}  // namespace

std::vector<Document> parse(const SourcePtr& source, Diagnostics& diagnostics,
                            const Limits& limits) {
  const std::string_view text = source->text();
  std::vector<Document> documents;
  if (text.size() > limits.bytes) {
    diagnostics.error(codes::kYamlLimit, {source, 0, 0},
                      "the file is larger than " + std::to_string(limits.bytes) + " bytes",
                      "split it into several files");
    return documents;
  }
  if (!check_encoding(source, diagnostics)) return documents;
  Reader reader(source, diagnostics, limits);
  const std::vector<Part> parts = split(text, byte_order_mark(text));
  check_end_marks(source, parts, diagnostics);
  for (const Part& part : parts) {
    if (has_content(text, part) && !reader.read(part, documents)) break;
  }
  return documents;
}

}  // namespace formwork::yaml
