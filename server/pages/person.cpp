#include "server/pages/person.h"

#include "dsl/base/utf8.h"

namespace formwork::pages {
namespace {

constexpr std::int64_t kColours = 5;  // .avatar--1 … .avatar--5

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || c >= 0x20000;
}

std::string han_initials(std::string_view name, AvatarSize size) {
  const std::size_t count = count_characters(name);
  if (count <= 1) return std::string(name);
  const std::size_t wanted = size == AvatarSize::Small || count == 2 ? 1 : 2;
  const std::size_t surname = count >= 4 ? count - wanted : 1;
  const std::string_view behind = name.substr(take_characters(name, surname).size());
  return std::string(take_characters(behind, wanted));
}

}  // namespace

std::string initials_of(std::string_view full_name, AvatarSize size) {
  const std::string_view name = trimmed(full_name);
  if (name.empty()) return "?";
  std::size_t position = 0;
  if (is_han(next_code_point(name, position))) return han_initials(name, size);
  std::string initials(take_characters(name, 1));
  const std::size_t blank = name.rfind(' ');
  if (blank != std::string_view::npos) initials += take_characters(name.substr(blank + 1), 1);
  return initials;
}

void append_avatar(Html& html, std::int64_t account, std::string_view full_name, AvatarSize size) {
  html.markup("<span class=\"avatar ");
  if (size == AvatarSize::Small) html.markup("avatar--s ");
  html.markup("avatar--").number(1 + (account < 0 ? 0 : account % kColours));
  html.markup("\" aria-hidden=\"true\">").text(initials_of(full_name, size)).markup("</span>");
}

void append_person(Html& html, std::int64_t account, std::string_view full_name) {
  html.markup("<span class=\"person\">");
  append_avatar(html, account, full_name, AvatarSize::Small);
  html.text(full_name).markup("</span>");
}

}  // namespace formwork::pages
