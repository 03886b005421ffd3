// The Date field's form of an instant: "Mon, 23 Nov 2026 09:30:00 GMT".
#pragma once

#include <string>
#include <string_view>

#include "dsl/base/time.h"

namespace formwork::http {

std::string to_http_date(Instant instant);

// The same, remembered per thread until the second changes. Valid until the next call on this
// thread.
std::string_view cached_http_date(Instant instant);

}  // namespace formwork::http
