#include "server/pages/people.h"

#include <algorithm>

#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

bool fits(const Context& context, const engine::Account& account, const PeopleField& field) {
  if (!account.active) return false;
  if (account.id == context.frame.actor->account && !field.with_me) return false;
  if (field.entity == nullptr) return true;
  const std::vector<std::size_t> roles = permissions::roles_of(account, context.model);
  return std::any_of(roles.begin(), roles.end(), [&](std::size_t role) {
    return context.model.roles[role].grants[field.entity->index].may(field.action);
  });
}

void append_options(Html& html, const Context& context,
                    const std::vector<const engine::Account*>& people, std::string_view chosen) {
  for (const engine::Account* account : people) {
    html.markup("<option").attribute("value", account->name);
    if (account->name == chosen) html.markup(" selected");
    html.markup(">").text(name_with_absence(context, *account));
    html.markup("</option>");
  }
}

}  // namespace

std::string name_with_absence(const Context& context, const engine::Account& account) {
  const std::string& name = account.full_name.empty() ? account.name : account.full_name;
  if (!context.frame.directory->is_absent(account.id, context.frame.now)) return name;
  return context.words(texts::kAwayMark, {{"person", name}});
}

void append_people_field(Html& html, const Context& context, const PeopleField& field) {
  std::vector<const engine::Account*> people;
  for (const engine::Account& account : context.frame.directory->accounts()) {
    if (fits(context, account, field)) people.push_back(&account);
  }
  const bool is_select = people.size() <= kMostSelectOptions;
  html.markup("<div class=\"field\"><label class=\"label\"").attribute("for", field.id).markup(">");
  html.text(field.label).markup("</label>");
  if (is_select) {
    html.markup("<select class=\"select\"");
  } else {
    html.markup("<input class=\"input\" autocomplete=\"off\"")
        .attribute("list", field.id + "-list");
    if (!field.chosen.empty()) html.attribute("value", field.chosen);
  }
  html.attribute("id", field.id).attribute("name", field.name);
  if (field.is_required) html.markup(" required");
  html.markup(">");
  if (is_select) {
    html.markup("<option value=\"\">").text(context.words(texts::kChooseOne)).markup("</option>");
    append_options(html, context, people, field.chosen);
    html.markup("</select>");
  } else {
    html.markup("<datalist").attribute("id", field.id + "-list").markup(">");
    append_options(html, context, people, {});
    html.markup("</datalist>");
  }
  html.markup("</div>");
}

}  // namespace formwork::pages
