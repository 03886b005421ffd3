#include "server/pages/person.h"

#include "dsl/base/utf8.h"

namespace formwork::pages {
namespace {

constexpr std::int64_t kColours = 5;  // .avatar--1 … .avatar--5

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

}  // namespace

std::string initials_of(std::string_view full_name) {
  const std::string_view name = trimmed(full_name);
  if (name.empty()) return "?";
  std::size_t position = 0;
  std::string initials(take_characters(name, 1));
  if (is_han(next_code_point(name, position))) return initials;
  const std::size_t blank = name.rfind(' ');
  if (blank != std::string_view::npos) initials += take_characters(name.substr(blank + 1), 1);
  return initials;
}

void append_avatar(Html& html, std::int64_t account, std::string_view full_name, AvatarSize size) {
  html.markup("<span class=\"avatar ");
  if (size == AvatarSize::Small) html.markup("avatar--s ");
  html.markup("avatar--").number(1 + (account < 0 ? 0 : account % kColours));
  html.markup("\" aria-hidden=\"true\">").text(initials_of(full_name)).markup("</span>");
}

void append_person(Html& html, std::int64_t account, std::string_view full_name) {
  html.markup("<span class=\"person\">");
  append_avatar(html, account, full_name, AvatarSize::Small);
  html.text(full_name).markup("</span>");
}

}  // namespace formwork::pages
