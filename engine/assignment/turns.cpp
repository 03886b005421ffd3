// Smooth weighted round robin over a set of people that changes.
#include <algorithm>

#include "engine/assignment/pick.h"

namespace formwork::assignment {
namespace {

std::int64_t weight_of(const std::vector<Turn>& turns) {
  std::int64_t all = 0;
  for (const Turn& turn : turns) all += turn.weight * kTurn;
  return all;
}

// Those who are here are owed nothing together; and nobody is owed, or owes, as much as a turn,
// which can be only because others came or left meanwhile.
void settle(std::vector<Turn>& turns, std::int64_t all) {
  std::int64_t sum = 0;
  for (const Turn& turn : turns) sum += turn.owed;
  const std::int64_t mean = sum / static_cast<std::int64_t>(turns.size());
  const std::int64_t most = all - kTurn;
  for (Turn& turn : turns) turn.owed = std::clamp(turn.owed - mean, -most, most);
}

}  // namespace

std::size_t take_turn(std::vector<Turn>& turns, const std::vector<bool>& may_take) {
  const std::int64_t all = weight_of(turns);
  settle(turns, all);
  std::optional<std::size_t> next;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    turns[i].owed += turns[i].weight * kTurn;
    if (may_take[i] && (!next || turns[i].owed > turns[*next].owed)) next = i;
  }
  turns[*next].owed -= all;
  return *next;
}

}  // namespace formwork::assignment
