// ownership: who has a record and why, how the first response stands, and how values came about
// that decision tables give.
#pragma once

#include "server/pages/values.h"

namespace formwork::pages {

class OwnershipWriter {
 public:
  OwnershipWriter(Html& html, const Context& context, const model::Entity& entity,
                  const engine::Standing& standing, const TitleOf& title_of)
      : html_(html),
        context_(context),
        entity_(entity),
        standing_(standing),
        values_(context, title_of) {}

  // Cards; nothing where there is nothing to tell.
  void owner();
  void decisions();
  // For the heading, while an answer is owed.
  void clock();

 private:
  void open_card(Markup id, const MessageText& title);
  void close_card();
  void row(const MessageText& name, const std::string& text);
  void response();
  void response_chip(const engine::ResponseStanding& response);
  void reason(const engine::OwnerStanding& owner);
  void passed_over(const assignment::Explanation& why);
  void decision(const records::Contributions& told);
  std::string value_text(const records::Contributions::Input& input) const;

  Html& html_;
  const Context& context_;
  const model::Entity& entity_;
  const engine::Standing& standing_;
  ValueWriter values_;
};

// What the caller may still claim from the pool today, in a line that buttons can refer to.
std::string quota_id(const model::Pool& pool);
void append_quota(Html& html, const Context& context, const model::Pool& pool,
                  const engine::ClaimQuota& quota);

}  // namespace formwork::pages
