#include "dsl/feel/evaluation.h"

namespace formwork::feel {

const Value Evaluation::kNull;

Value Evaluation::null(std::string_view reason) {
  // A loop could have a reason for each of its turns; the first ones tell enough.
  constexpr std::size_t kMostWarnings = 100;
  if (warnings_ != nullptr && warnings_->size() < kMostWarnings) {
    warnings_->push_back({place.begin, place.end, std::string(reason)});
  }
  return {};
}

bool Evaluation::exhaust() {
  if (!exhausted_) null("the evaluation takes too many steps and was given up");
  exhausted_ = true;
  return false;
}

}  // namespace formwork::feel
