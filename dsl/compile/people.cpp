// Accounts that scenarios and the demo know. Any number of documents name them.
#include "dsl/compile/people.h"

#include <algorithm>

#include "dsl/compile/keys.h"
#include "dsl/fields/field_type.h"

namespace formwork::compile {
namespace {

constexpr std::size_t kMaxAccountBytes = 64;

bool is_account_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxAccountBytes &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

std::vector<std::string> read_roles(const yaml::Node& node, Context& context) {
  std::vector<std::string> roles;
  for (PlacedText& name : read_text_list(node, "a list of roles", context)) {
    if (find_role(name, context)) roles.push_back(std::move(name.text));
  }
  return roles;
}

std::vector<std::string> read_teams(const yaml::Node& node, Context& context) {
  std::vector<std::string> teams;
  for (PlacedText& name : read_text_list(node, "a list of teams", context)) {
    if (find_team(name, context)) teams.push_back(std::move(name.text));
  }
  return teams;
}

void read_locale(const yaml::Node& node, model::Person& person, Context& context) {
  const auto locale = read_text(node, "a locale", context);
  if (!locale) return;
  const std::vector<std::string>& locales = context.model.app.locales;
  if (std::find(locales.begin(), locales.end(), *locale) != locales.end()) {
    person.locale = *locale;
    return;
  }
  const std::vector<std::string_view> names(locales.begin(), locales.end());
  context.diagnostics.error(codes::kTextLocale, node.span,
                            "`" + *locale + "` is not one of the app's locales",
                            suggest(*locale, names));
}

void read_email(const yaml::Node& node, model::Person& person, Context& context) {
  const auto text = read_text(node, "an address for mail", context);
  if (!text) return;
  const fields::Field field;
  const auto address = fields::find_field_type("email")->read(*text, field, {});
  if (address && address->kind() == feel::ValueKind::String) {
    person.email = address->string();
    return;
  }
  context.diagnostics.error(codes::kPeopleEmail, node.span,
                            "`" + *text + "` is no address for mail",
                            "write one such as li.lei@example.com");
}

void read_person(const yaml::Node& node, model::Person& person, Context& context) {
  if (node.is_null()) return;
  if (!node.is_mapping()) {
    report_wrong_type(node, "a person: a mapping with `name`, `roles`, `manager` and `teams`",
                      context);
    return;
  }
  check_keys(node, keys::kPerson, "a person", context);
  if (const yaml::Node* name = value_of(node, "name")) {
    if (auto text = read_text(*name, "a name", context)) person.full_name = std::move(*text);
  }
  if (const yaml::Node* roles = value_of(node, "roles")) person.roles = read_roles(*roles, context);
  if (const yaml::Node* teams = value_of(node, "teams")) person.teams = read_teams(*teams, context);
  if (const yaml::Node* heads = value_of(node, "heads")) person.heads = read_teams(*heads, context);
  if (const yaml::Node* email = value_of(node, "email")) read_email(*email, person, context);
  if (const yaml::Node* locale = value_of(node, "locale")) read_locale(*locale, person, context);
}

void check_circle(const model::Person& person, Context& context) {
  std::string path = "`" + person.name + "`";
  const model::Person* at = &person;
  for (std::size_t steps = 0; steps <= context.model.people.size(); ++steps) {
    if (at->manager.empty()) return;
    path += (steps == 0 ? " has the manager `" : ", who has the manager `") + at->manager + "`";
    // Whoever is named first in the circle tells of it.
    if (at->manager == person.name) break;
    at = find_person(at->manager, context);
    if (at == nullptr || at < &person) return;
  }
  if (at == nullptr || at->manager != person.name) return;
  context.diagnostics.error(codes::kPeopleCircle, person.where, path, "remove one `manager`");
}

}  // namespace

const model::Person* find_person(std::string_view name, const Context& context) {
  const std::vector<model::Person>& people = context.model.people;
  const auto found = std::find_if(people.begin(), people.end(),
                                  [&](const model::Person& other) { return other.name == name; });
  return found == people.end() ? nullptr : &*found;
}

bool check_person(const PlacedText& name, Context& context) {
  if (find_person(name.text, context) != nullptr) return true;
  std::vector<std::string_view> names;
  for (const model::Person& person : context.model.people) names.push_back(person.name);
  context.diagnostics.error(codes::kNameUnknown, name.where,
                            "no document says who `" + name.text + "` is",
                            suggest(name.text, names));
  return false;
}

void collect_people(const Document& document, Context& context) {
  check_keys(*document.node, keys::kPeople, "people", context);
  const yaml::Node& people = document.node->entries.front().value;
  if (!people.is_mapping() || people.entries.empty()) {
    report_wrong_type(people, "people: a mapping of account names to persons", context);
    return;
  }
  for (const yaml::Entry& entry : people.entries) {
    if (!is_account_name(entry.key)) {
      context.diagnostics.error(codes::kNameInvalid, entry.key_span,
                                "`" + entry.key + "` cannot be the name of an account",
                                "use 1 to 64 letters, digits, dots, dashes and underscores");
      continue;
    }
    if (const model::Person* known = find_person(entry.key, context)) {
      context.diagnostics
          .error(codes::kDocumentDuplicate, entry.key_span,
                 "`" + entry.key + "` is described twice", "remove one")
          .related.push_back({known->where, "the other is here"});
      continue;
    }
    model::Person person;
    person.name = person.full_name = entry.key;
    person.where = entry.key_span;
    read_person(entry.value, person, context);
    context.model.people.push_back(std::move(person));
  }
}

void settle_managers(const Document& document, Context& context) {
  const yaml::Node& people = document.node->entries.front().value;
  if (!people.is_mapping()) return;
  for (const yaml::Entry& entry : people.entries) {
    const yaml::Node* manager = value_of(entry.value, "manager");
    if (manager == nullptr) continue;
    const auto name = read_text(*manager, "the account of a person", context);
    if (!name || !check_person({*name, manager->span}, context)) continue;
    for (model::Person& person : context.model.people) {
      if (person.name == entry.key && person.where.source == entry.key_span.source &&
          person.where.begin == entry.key_span.begin) {
        person.manager = *name;
      }
    }
  }
}

void check_manager_circles(Context& context) {
  for (const model::Person& person : context.model.people) check_circle(person, context);
}

}  // namespace formwork::compile
