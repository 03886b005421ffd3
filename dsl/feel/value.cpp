#include "dsl/feel/value.h"

namespace formwork::feel {

bool operator==(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.kind() == Value::Kind::List) return a.list() == b.list();
  return a.state_ == b.state_;
}

namespace {

template <class T>
int sign_of(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

}  // namespace

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
