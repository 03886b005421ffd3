// The form for editors and scripts.
#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/diagnostics/diagnostic.h"
#include "dsl/diagnostics/printable.h"

namespace formwork {
namespace {

// JSON escapes control characters by itself; only what is not UTF-8 at all must go.
std::string text_of(std::string_view text) {
  return is_valid_utf8(text) ? std::string(text) : printable(text);
}

void write_place(json::Writer& writer, const Span& span) {
  if (!span) {
    writer.key("file").null();
    return;
  }
  const Source::Position begin = span.source->position(span.begin);
  const Source::Position end = span.source->position(span.end);
  const auto number = [&writer](std::string_view key, std::size_t value) {
    writer.key(key).number(static_cast<std::int64_t>(value));
  };
  writer.key("file").string(text_of(span.source->name()));
  number("line", begin.line);
  number("column", begin.column);
  number("end_line", end.line);
  number("end_column", end.column);
}

}  // namespace

void append_json(std::string& out, const Diagnostic& diagnostic) {
  json::Writer writer(out);
  writer.begin_object().key("code").string(diagnostic.code);
  writer.key("severity").string(diagnostic.severity == Severity::Error ? "error" : "warning");
  write_place(writer, diagnostic.where);
  writer.key("message").string(text_of(diagnostic.message));
  writer.key("remedy").string(text_of(diagnostic.remedy));
  writer.key("related").begin_array();
  for (const Related& related : diagnostic.related) {
    writer.begin_object();
    write_place(writer, related.where);
    writer.key("message").string(text_of(related.message)).end_object();
  }
  writer.end_array().end_object();
}

}  // namespace formwork
