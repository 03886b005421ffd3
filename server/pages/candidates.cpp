#include "server/pages/candidates.h"

#include <algorithm>
#include <charconv>

#include "server/pages/people.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

std::optional<engine::RecordId> parse_id(std::string_view text) {
  engine::RecordId id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return id;
}

const Candidate* find(const Candidates::Offer& offer, std::string_view value) {
  const auto found = std::find_if(offer.all.begin(), offer.all.end(),
                                  [&](const Candidate& one) { return one.value == value; });
  return found == offer.all.end() ? nullptr : &*found;
}

}  // namespace

const Candidates::Offer& Candidates::of(const Field& field) {
  const bool is_person = field.type->widget == Widget::User;
  const std::size_t key = is_person ? context_.model.entities.size() : field.target;
  const auto found = offers_.find(key);
  if (found != offers_.end()) return found->second;
  return offers_.emplace(key, is_person ? people() : records(context_.model.entities[key]))
      .first->second;
}

Candidates::Offer Candidates::people() const {
  Offer offer;
  for (const engine::Account& account : context_.frame.directory->accounts()) {
    if (!account.active) continue;
    const std::string& name = account.full_name.empty() ? account.name : account.full_name;
    offer.all.push_back({account.name, name, name_with_absence(context_, account)});
  }
  offer.is_select = offer.all.size() <= kMostSelectOptions;
  return offer;
}

Candidates::Offer Candidates::records(const model::Entity& target) const {
  Offer offer;
  if (!options_of_) return offer;
  for (RecordOption& option : options_of_(target, kMostSelectOptions + 1)) {
    offer.all.push_back({std::to_string(option.id), std::move(option.title), {}});
  }
  offer.is_select = offer.all.size() <= kMostSelectOptions;
  return offer;
}

std::string Candidates::title_of(const Field& field, const std::string& value) {
  if (const Candidate* candidate = find(of(field), value)) return candidate->title;
  if (field.type->widget == Widget::User) {
    const auto account = context_.frame.directory->find_account(value);
    return account ? context_.frame.directory->full_name(*account) : value;
  }
  const std::optional<engine::RecordId> id = parse_id(value);
  if (!id || !title_of_) return value;
  return title_of_(context_.model.entities[field.target], *id).value_or("#" + value);
}

void append_options(Html& html, Candidates& candidates, const Field& field,
                    const std::string& chosen, std::string_view any) {
  html.markup("<option value=\"\">").text(any).markup("</option>");
  bool is_known = chosen.empty();
  for (const Candidate& candidate : candidates.of(field).all) {
    html.markup("<option value=\"").value(candidate.value).markup("\"");
    if (candidate.value == chosen) {
      html.markup(" selected");
      is_known = true;
    }
    html.markup(">").text(candidate.shown()).markup("</option>");
  }
  if (is_known) return;
  html.markup("<option").attribute("value", chosen).markup(" selected>");
  html.text(candidates.title_of(field, chosen)).markup("</option>");
}

std::string suggestion(const Field& field, const Candidate& candidate) {
  if (field.type->widget == Widget::User) return candidate.value;
  return candidate.value + " · " + candidate.title;
}

std::string suggest_path(const model::Entity& entity) {
  return "/" + encode_query(entity.name) + "/suggest?find=";
}

void append_suggestions(Html& html, Candidates& candidates, const Field& field) {
  const bool is_person = field.type->widget == Widget::User;
  for (const Candidate& candidate : candidates.of(field).all) {
    html.markup("<option value=\"").value(candidate.value);
    if (is_person) {
      html.markup("\">").text(candidate.shown()).markup("</option>");
    } else {
      html.markup(" · ").value(candidate.title).markup("\">");
    }
  }
}

}  // namespace formwork::pages
