// The form for terminals: message, place, the line with carets and the remedy, other places.
#include <algorithm>

#include "dsl/base/utf8.h"
#include "dsl/diagnostics/diagnostic.h"
#include "dsl/diagnostics/printable.h"

namespace formwork {
namespace {

// Two digits suit nearly every file, so that most messages stand at the same column.
constexpr std::size_t kGutterMin = 2;
// Beyond this column a remedy goes to a line of its own.
constexpr std::size_t kRemedyColumns = 100;
// Of a longer line only the part around the place is shown.
constexpr std::size_t kLineBytes = 160;
constexpr std::size_t kBytesBefore = 60;
constexpr std::string_view kCut = "…";

std::string blanks(std::size_t count) { return std::string(count, ' '); }

std::string place(const Span& span) {
  const Source::Position at = span.source->position(span.begin);
  return printable(span.source->name()) + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

bool is_inside_character(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
}

// The part of a line that is shown, in three pieces: before, under and behind the carets.
struct Excerpt {
  std::string before;
  std::string marked;
  std::string behind;
};

Excerpt excerpt_of(std::string_view line, std::size_t begin, std::size_t end) {
  std::size_t from = 0;
  std::size_t to = line.size();
  if (line.size() > kLineBytes) {
    from = begin > kBytesBefore ? begin - kBytesBefore : 0;
    to = std::min(line.size(), from + kLineBytes);
    while (is_inside_character(line, from)) ++from;
    while (is_inside_character(line, to)) ++to;
    end = std::min(end, to);
  }
  Excerpt excerpt{printable(line.substr(from, begin - from)),
                  printable(line.substr(begin, end - begin)),
                  printable(line.substr(end, to - end))};
  if (from > 0) excerpt.before.insert(0, kCut);
  if (to < line.size()) excerpt.behind += kCut;
  return excerpt;
}

Excerpt excerpt_of(const Span& span) {
  const Source::Position at = span.source->position(span.begin);
  const std::string_view line = span.source->line(at.line);
  const auto line_start = static_cast<std::size_t>(line.data() - span.source->text().data());
  const auto in_line = [&](std::size_t offset) {
    return std::min(std::max(offset, line_start) - line_start, line.size());
  };
  return excerpt_of(line, in_line(span.begin), in_line(span.end));
}

bool fits_behind_carets(std::string_view remedy, std::size_t column) {
  return remedy.find('\n') == std::string_view::npos &&
         column + display_width(printable(remedy)) <= kRemedyColumns;
}

void append_notes(std::string& out, std::string_view remedy, std::size_t gutter) {
  while (!remedy.empty()) {
    const std::size_t end = remedy.find('\n');
    out += blanks(gutter + 1) + "= " + printable(remedy.substr(0, end)) + "\n";
    if (end == std::string_view::npos) break;
    remedy.remove_prefix(end + 1);
  }
}

// Whether the remedy found its place behind the carets.
bool append_excerpt(std::string& out, const Diagnostic& diagnostic, std::size_t gutter) {
  const Excerpt excerpt = excerpt_of(diagnostic.where);
  const std::string number =
      std::to_string(diagnostic.where.source->position(diagnostic.where.begin).line);
  const std::string edge = blanks(gutter + 1) + "|";
  const std::size_t indent = display_width(excerpt.before);
  const std::size_t carets = std::max<std::size_t>(1, display_width(excerpt.marked));
  out += edge + "\n";
  out += blanks(gutter - number.size()) + number + " | ";
  out += excerpt.before + excerpt.marked + excerpt.behind + "\n";
  out += edge + " " + blanks(indent) + std::string(carets, '^');
  const bool fits = fits_behind_carets(diagnostic.remedy, gutter + 4 + indent + carets);
  if (fits && !diagnostic.remedy.empty()) out += " " + printable(diagnostic.remedy);
  out += "\n";
  return fits;
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
  const Span& where = diagnostic.where;
  std::string out = diagnostic.severity == Severity::Error ? "error[" : "warning[";
  out.append(diagnostic.code).append("]: ").append(printable(diagnostic.message)).append("\n");
  std::size_t gutter = kGutterMin;
  bool remedy_shown = false;
  if (where) {
    gutter = std::max(gutter, std::to_string(where.source->position(where.begin).line).size());
    out += blanks(gutter) + "--> " + place(where) + "\n";
    if (where.begin < where.end) remedy_shown = append_excerpt(out, diagnostic, gutter);
  }
  for (const Related& related : diagnostic.related) {
    out += blanks(gutter) + "::: ";
    if (related.where) out += place(related.where) + ": ";
    out += printable(related.message) + "\n";
  }
  if (!remedy_shown) append_notes(out, diagnostic.remedy, gutter);
  return out;
}

}  // namespace formwork
