// Accept-Encoding, and gzip for bodies made on the fly.
#pragma once

#include <string>
#include <string_view>

#include "server/http/response.h"

namespace formwork::http {

// Below this a header and a checksum cost more than they save.
inline constexpr std::size_t kSmallestCompressedBytes = 1024;

// Whether an Accept-Encoding value names that coding, or `*`, with a weight above 0.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

std::string gzip(std::string_view bytes);

// Compresses a body that asked for it (Response::compress), is text, and is large enough, when the
// client accepts gzip; adds Vary whenever the client's wish matters. A body with a strong ETag
// stays as it is, because the tag names these very bytes.
void compress_if_accepted(Response& response, std::string_view accept_encoding);

}  // namespace formwork::http
