#include "dsl/diagnostics/diagnostic.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace formwork {
namespace {

std::tuple<std::string_view, std::size_t, std::size_t> place_of(const Span& span) {
  return {span ? std::string_view(span.source->name()) : std::string_view(), span.begin, span.end};
}

}  // namespace

bool Diagnostics::Key::operator<(const Key& other) const {
  return std::tie(source, begin, end, code, message) <
         std::tie(other.source, other.begin, other.end, other.code, other.message);
}

Diagnostic& Diagnostics::error(std::string_view code, Span where, std::string message,
                               std::string remedy) {
  return add({code, Severity::Error, std::move(where), std::move(message), std::move(remedy), {}});
}

Diagnostic& Diagnostics::warning(std::string_view code, Span where, std::string message,
                                 std::string remedy) {
  return add(
      {code, Severity::Warning, std::move(where), std::move(message), std::move(remedy), {}});
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  const Span& where = diagnostic.where;
  // Without a place, only the message tells two findings apart.
  Key key{where.source.get(), where.begin, where.end, diagnostic.code,
          where ? std::string() : diagnostic.message};
  if (!seen_.insert(std::move(key)).second) {
    dropped_ = std::move(diagnostic);
    return dropped_;
  }
  if (diagnostic.severity == Severity::Error) ++errors_;
  return all_.emplace_back(std::move(diagnostic));
}

void Diagnostics::sort() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return place_of(a.where) < place_of(b.where);
  });
}

}  // namespace formwork
