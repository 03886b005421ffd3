#include "dsl/diagnostics/did_you_mean.h"

#include <algorithm>

#include "dsl/base/utf8.h"

namespace formwork {
namespace {

constexpr std::size_t kMostSuggestions = 4;
constexpr std::size_t kShortList = 8;
// Nobody mistypes a name of this length; comparing would only cost time.
constexpr std::size_t kLongestName = 100;

// Words between names, which are no messages of their own and so have no code.
constexpr MessageText kDidYouMean{"", "; did you mean ", "；是否应为 "};
constexpr MessageText kQuestionMark{"", "?", "？"};
constexpr MessageText kPossible{"", "; possible: ", "；可选："};
constexpr MessageText kNothing{"", "", ""};

std::u32string folded(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  std::u32string characters;
  for (std::size_t position = 0; position < lower.size();) {
    characters += next_code_point(lower, position);
  }
  return characters;
}

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = a[i - 1] == b[j - 1];
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(current);
  }
  return last[b.size()];
}

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

}  // namespace

std::vector<std::string_view> nearest(std::string_view wrong,
                                      std::span<const std::string_view> names) {
  const std::u32string target = folded(wrong);
  if (target.size() > kLongestName) return {};
  const std::size_t limit = target.size() / 3;
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view name : names) {
    if (name.size() > kLongestName * 4) continue;
    const std::u32string candidate = folded(name);
    if (candidate.size() > target.size() + limit || target.size() > candidate.size() + limit)
      continue;
    const std::size_t away = distance(target, candidate);
    if (away <= limit) near.emplace_back(away, name);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> best;
  for (const auto& [away, name] : near) {
    if (best.size() == kMostSuggestions) break;
    if (std::find(best.begin(), best.end(), name) == best.end()) best.push_back(name);
  }
  return best;
}

std::string suggest(std::string_view wrong, std::span<const std::string_view> names) {
  const std::vector<std::string_view> near = nearest(wrong, names);
  std::string out;
  if (near.empty()) {
    if (names.empty() || names.size() > kShortList) return {};
    for (const std::string_view name : names)
      out.append(out.empty() ? "possible: " : ", ").append(name);
    return out;
  }
  for (std::size_t i = 0; i < near.size(); ++i) {
    out += i == 0 ? "did you mean " : i + 1 == near.size() ? " or " : ", ";
    out += quoted(near[i]);
  }
  return out + "?";
}

std::vector<std::pair<std::string_view, Argument>> suggestion_arguments(
    std::string_view wrong, std::span<const std::string_view> names) {
  const std::vector<std::string_view> near = nearest(wrong, names);
  std::string list;
  for (const std::string_view name : near) {
    list += (list.empty() ? "" : ", ") + quoted(name);
  }
  if (near.empty() && names.size() <= kShortList) {
    for (const std::string_view name : names) list.append(list.empty() ? "" : ", ").append(name);
  }
  const MessageText* lead = !near.empty() ? &kDidYouMean : list.empty() ? &kNothing : &kPossible;
  const MessageText* mark = near.empty() ? &kNothing : &kQuestionMark;
  return {{"suggest", lead}, {"names", std::move(list)}, {"mark", mark}};
}

}  // namespace formwork
