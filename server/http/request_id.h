// Request ids: what a person reads to us from an error page, and what finds the line in the log.
#pragma once

#include <string>

namespace formwork::http {

// 128 bits from the system's generator as 32 lower-case hexadecimal digits. Throws
// std::system_error when the system has no randomness.
std::string random_request_id();

}  // namespace formwork::http
