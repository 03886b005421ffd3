// values: a field's value as people read it, in lists, details and history.
#pragma once

#include <string>

#include "server/pages/context.h"

namespace formwork::pages {

class ValueWriter {
 public:
  ValueWriter(const Context& context, const TitleOf& title_of)
      : context_(context), title_of_(title_of) {}

  // In a list's cell: short, nothing for null.
  void cell(Html& html, const fields::Field& field, const feel::Value& value) const;

  // In a detail: with links, times, and words for null.
  void fact(Html& html, const fields::Field& field, const feel::Value& value,
            const FileOf& file_of) const;

  // Without markup; "not set" for null.
  std::string plain(const fields::Field& field, const feel::Value& value) const;

  void instant(Html& html, Instant instant, bool is_short) const;
  void account(Html& html, engine::AccountId id) const;

 private:
  void reference(Html& html, const fields::Field& field, const feel::Value& value) const;
  void files(Html& html, const feel::Value& value, const FileOf& file_of) const;

  const Context& context_;
  const TitleOf& title_of_;
};

// RFC 3339 with the offset of the reader's zone: what `datetime` of a <time> says.
std::string machine_time(Instant instant, const TimeZone& zone);

}  // namespace formwork::pages
