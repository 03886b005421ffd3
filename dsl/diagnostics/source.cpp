#include "dsl/diagnostics/source.h"

#include <algorithm>

#include "dsl/base/utf8.h"

namespace formwork {
namespace {

// Editors do not show a byte order mark, so it is no column either.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  for (std::size_t end = text_.find('\n'); end != std::string::npos;
       end = text_.find('\n', end + 1)) {
    line_starts_.push_back(end + 1);
  }
  if (text_.starts_with(kByteOrderMark)) line_starts_.front() = kByteOrderMark.size();
}

Source::Position Source::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin() + 1, line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(next - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  if (offset <= start) return {line, 1};
  return {line, count_characters(text().substr(start, offset - start)) + 1};
}

std::string_view Source::line(std::size_t number) const {
  if (number == 0 || number > line_starts_.size()) return {};
  std::string_view line = text().substr(line_starts_[number - 1]);
  line = line.substr(0, line.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view Span::text() const {
  if (source == nullptr || begin >= end || begin >= source->text().size()) return {};
  return source->text().substr(begin, end - begin);
}

}  // namespace formwork
