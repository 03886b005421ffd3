#include <algorithm>

#include "dsl/feel/parse.h"
#include "dsl/feel/tokens.h"

namespace formwork::feel {
namespace {

// Any character may stand in a name that is told from outside, so a part that is no word is simply
// the next character.
std::size_t part_length(std::string_view text) {
  const std::size_t word = tokens::word_length(text);
  return word != 0 ? word : tokens::character_length(text);
}

}  // namespace

std::string NameSet::normalize(std::string_view name) {
  std::string out;
  while (true) {
    const std::size_t blanks = tokens::blank_length(name);
    name.remove_prefix(blanks);
    if (name.empty()) return out;
    if (blanks != 0 && !out.empty()) out += ' ';
    const std::size_t part = part_length(name);
    out += name.substr(0, part);
    name.remove_prefix(part);
  }
}

std::uint32_t NameSet::step_of(std::string_view name) {
  if (steps_.empty()) steps_.emplace_back();
  std::uint32_t step = 0;
  for (name.remove_prefix(tokens::blank_length(name)); !name.empty();
       name.remove_prefix(tokens::blank_length(name))) {
    const std::size_t length = part_length(name);
    const auto fresh = static_cast<std::uint32_t>(steps_.size());
    const auto [next, is_new] =
        steps_[step].next.try_emplace(std::string{name.substr(0, length)}, fresh);
    step = next->second;
    if (is_new) steps_.emplace_back();
    name.remove_prefix(length);
  }
  return step;
}

void NameSet::add(std::string_view name) {
  std::string spelling = normalize(name);
  if (spelling.empty()) return;
  std::vector<Spelling>& names = steps_[step_of(name)].names;
  if (!names.empty() && names.back().name == spelling) {
    ++names.back().uses;
  } else {
    names.push_back({std::move(spelling), 1});
  }
}

void NameSet::remove(std::string_view name) {
  const std::string spelling = normalize(name);
  if (spelling.empty()) return;
  std::vector<Spelling>& names = steps_[step_of(name)].names;
  const auto is_it = [&](const Spelling& known) { return known.name == spelling; };
  const auto found = std::find_if(names.rbegin(), names.rend(), is_it);
  if (found != names.rend() && --found->uses == 0) names.erase(std::next(found).base());
}

NameSet::Match NameSet::find(std::string_view text) const {
  Match longest;
  if (steps_.empty()) return longest;
  std::uint32_t step = 0;
  for (std::size_t end = 0; end < text.size();) {
    const std::size_t begin = end + (end == 0 ? 0 : tokens::blank_length(text.substr(end)));
    const std::size_t length = part_length(text.substr(begin));
    const auto next = steps_[step].next.find(text.substr(begin, length));
    if (length == 0 || next == steps_[step].next.end()) break;
    step = next->second;
    end = begin + length;
    if (!steps_[step].names.empty()) longest = {end, steps_[step].names.back().name};
  }
  return longest;
}

std::size_t NameSet::match(std::string_view text) const { return find(text).length; }

}  // namespace formwork::feel
