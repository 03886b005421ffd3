#include "dsl/feel/value.h"

#include <algorithm>

#include "dsl/feel/function.h"

namespace formwork::feel {
namespace {

void include(Extent& around, const Extent& part) {
  if (__builtin_add_overflow(around.parts, part.parts, &around.parts)) around.parts = UINT64_MAX;
  around.depth = std::max(around.depth, part.depth + 1);
}

Extent extent_of(const Range& range) {
  Extent extent;
  include(extent, range.start.extent());
  include(extent, range.end.extent());
  return extent;
}

}  // namespace

Extent extent_around(const Value* values, std::size_t count) {
  Extent extent{1, 1};
  for (std::size_t i = 0; i < count; ++i) include(extent, values[i].extent());
  return extent;
}

Value::Value(List value) {
  const Extent extent = extent_around(value.data(), value.size());
  state_ = std::make_shared<const ListPart>(ListPart{std::move(value), extent});
}

Value::Value(Context value) {
  const Extent extent = extent_around(value.values.data(), value.values.size());
  state_ = std::make_shared<const ContextPart>(ContextPart{std::move(value), extent});
}

Value::Value(Range value) {
  const Extent extent = extent_of(value);
  state_ = std::make_shared<const RangePart>(RangePart{std::move(value), extent});
}

Extent Value::extent() const {
  constexpr std::uint64_t kBytesPerPart = 64;
  switch (kind()) {
    case Kind::String:
      return {1 + string().size() / kBytesPerPart, 0};
    case Kind::List:
      return std::get<std::shared_ptr<const ListPart>>(state_)->extent;
    case Kind::Context:
      return std::get<std::shared_ptr<const ContextPart>>(state_)->extent;
    case Kind::Range:
      return std::get<std::shared_ptr<const RangePart>>(state_)->extent;
    case Kind::Function:
      return function()->extent;
    default:
      return {};
  }
}

Context Context::of(std::vector<std::pair<std::string, Value>> entries) {
  auto shape = std::make_shared<Shape>();
  Context context;
  for (auto& [name, value] : entries) {
    shape->names.push_back(std::move(name));
    context.values.push_back(std::move(value));
  }
  context.shape = std::move(shape);
  return context;
}

const Value* Context::find(std::string_view name) const {
  const auto found = std::find(shape->names.begin(), shape->names.end(), name);
  if (found == shape->names.end()) return nullptr;
  return &values[static_cast<std::size_t>(found - shape->names.begin())];
}

bool Range::operator==(const Range& other) const {
  return form == other.form && start == other.start && end == other.end &&
         start_included == other.start_included && end_included == other.end_included;
}

namespace {

bool are_equal(const Context& a, const Context& b) {
  if (a.values.size() != b.values.size()) return false;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const Value* other = b.find(a.shape->names[i]);
    if (other == nullptr || !(a.values[i] == *other)) return false;
  }
  return true;
}

template <class T>
int sign_of(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

}  // namespace

bool operator==(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Value::Kind::List:
      return a.list() == b.list();
    case Value::Kind::Context:
      return are_equal(a.context(), b.context());
    case Value::Kind::Range:
      return a.range() == b.range();
    default:
      return a.state_ == b.state_;
  }
}

int compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return 0;
  switch (a.kind()) {
    case Value::Kind::Number:
      return sign_of(a.number(), b.number());
    // Bytes of UTF-8 order as code points do.
    case Value::Kind::String:
      return sign_of(a.string(), b.string());
    case Value::Kind::Date:
      return sign_of(a.date(), b.date());
    case Value::Kind::Time:
      return sign_of(a.time(), b.time());
    case Value::Kind::Instant:
      return sign_of(a.instant(), b.instant());
    case Value::Kind::DaysDuration:
      return sign_of(a.days_duration(), b.days_duration());
    case Value::Kind::MonthsDuration:
      return sign_of(a.months_duration(), b.months_duration());
    default:
      return 0;
  }
}

}  // namespace formwork::feel
