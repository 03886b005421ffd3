// multipart/form-data (RFC 7578) as browsers write it. What leaves that path is refused, not
// guessed at: two readers that disagree about where a part ends are how a file check is passed by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/expected.h"
#include "server/http/limits.h"

namespace formwork::http {

struct Part {
  std::string name;                     // of the form's control; valid UTF-8 without NUL
  std::optional<std::string> filename;  // present for files, even when none was chosen (then empty)
  std::string content_type;             // as the client says it; empty: text/plain
  std::string_view content;  // lies in the body that was parsed, so that files are not copied
};

enum class MultipartProblem : unsigned char {
  NoBoundary,       // the Content-Type is not multipart/form-data with a usable boundary
  TooManyParts,     // more than FormLimits::parts
  HeadersTooLarge,  // one part's header section is above FormLimits::part_header_bytes
  Malformed,
};

// `content_type` is the whole Content-Type field. The parts refer to `body`, which must stay.
Expected<std::vector<Part>, MultipartProblem> parse_multipart(std::string_view content_type,
                                                              std::string_view body,
                                                              const FormLimits& limits = {});

}  // namespace formwork::http
