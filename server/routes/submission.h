// A form as a browser sends it: its pairs, its files, its proof.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/records/input.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

struct Submission {
  struct File {
    std::string control;
    engine::Upload upload;
  };

  records::FormPairs pairs;
  std::vector<File> files;

  // The first value of that name; empty when there is none.
  std::string_view value(std::string_view name) const;
};

// Nothing when the body is no form or a damaged one.
std::optional<Submission> read_submission(const http::Request& request);

}  // namespace formwork::routes
