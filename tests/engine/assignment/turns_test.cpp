// Turns stay fair while people come and go: a random walk over who is free.
#include <algorithm>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include "engine/assignment/pick.h"

namespace formwork::assignment {
namespace {

using Ids = std::vector<engine::AccountId>;

// Keeps what everybody is owed, as the store does.
class Rota {
 public:
  std::map<engine::AccountId, std::int64_t> weights;

  engine::AccountId next(const Ids& free) {
    std::vector<Turn> turns;
    for (const engine::AccountId account : free) {
      turns.push_back({.account = account, .weight = weight(account), .owed = owed_[account]});
    }
    const std::size_t taken = take_turn(turns, std::vector<bool>(turns.size(), true));
    for (const Turn& turn : turns) owed_[turn.account] = turn.owed;
    return turns[taken].account;
  }

  std::int64_t weight(engine::AccountId account) const {
    const auto found = weights.find(account);
    return found == weights.end() ? 1 : found->second;
  }

 private:
  std::map<engine::AccountId, std::int64_t> owed_;
};

std::string row(Rota& rota, const Ids& free, int turns) {
  std::string text;
  for (int i = 0; i < turns; ++i) text += std::to_string(rota.next(free));
  return text;
}

TEST_CASE("turns go round in the order in which people stand") {
  Rota rota;
  CHECK(row(rota, {1, 2, 3}, 9) == "123123123");
}

TEST_CASE("who has more weight gets more turns, spread evenly") {
  Rota rota;
  rota.weights = {{1, 5}};
  CHECK(row(rota, {1, 2, 3}, 14) == "11213111121311");
}

TEST_CASE("who returns gets no burst, and who is new does not either") {
  Rota rota;
  row(rota, {1, 2, 3, 4}, 10);
  row(rota, {1, 2}, 40);
  const std::string after = row(rota, {1, 2, 3, 4}, 8);
  CHECK(std::count(after.begin(), after.end(), '3') <= 3);
  CHECK(after.find("33") == std::string::npos);
  CHECK(after.find("44") == std::string::npos);
  const std::string with_new = row(rota, {1, 2, 3, 4, 5}, 10);
  CHECK(std::count(with_new.begin(), with_new.end(), '5') == 2);
}

// One stretch in which the same people are free.
struct Stretch {
  std::map<engine::AccountId, std::int64_t> turns;
  std::int64_t all = 0;
};

// How far anybody is from their part of the turns, in turns.
double unfairness(const Rota& rota, const Ids& free, const Stretch& stretch) {
  std::int64_t weight = 0;
  for (const engine::AccountId account : free) weight += rota.weight(account);
  double worst = 0;
  for (const engine::AccountId account : free) {
    const auto taken = stretch.turns.find(account);
    const double got = taken == stretch.turns.end() ? 0 : static_cast<double>(taken->second);
    const double part = static_cast<double>(stretch.all) *
                        static_cast<double>(rota.weight(account)) / static_cast<double>(weight);
    worst = std::max(worst, std::abs(got - part));
  }
  return worst;
}

TEST_CASE(
    "however people leave, are away, are full and return, nobody is two turns from their part") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    std::mt19937 dice(seed);
    Rota rota;
    const auto people = static_cast<engine::AccountId>(2 + dice() % 9);
    for (engine::AccountId id = 1; id <= people; ++id) {
      if (seed % 2 == 0) rota.weights[id] = 1 + dice() % 4;
    }
    double worst = 0;
    for (int change = 0; change < 60; ++change) {
      Ids free;
      while (free.empty()) {
        for (engine::AccountId id = 1; id <= people; ++id) {
          if (dice() % 3 != 0) free.push_back(id);
        }
      }
      Stretch stretch;
      const int turns = 1 + static_cast<int>(dice() % 40);
      for (int turn = 0; turn < turns; ++turn) {
        ++stretch.turns[rota.next(free)];
        ++stretch.all;
        worst = std::max(worst, unfairness(rota, free, stretch));
      }
    }
    CAPTURE(seed);
    CHECK(worst < 2.0);
  }
}

}  // namespace
}  // namespace formwork::assignment
