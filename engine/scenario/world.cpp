#include "engine/scenario/world.h"

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>

namespace formwork::scenario {
namespace {

// More timers at one moment than any app has; beyond it they set each other.
constexpr std::size_t kTimersAtOnce = 100'000;

}  // namespace

World::World(const std::shared_ptr<const model::Model>& model, std::shared_ptr<store::Store> store,
             Instant begin, const Lasting& lasting)
    : model_(model),
      clock_(begin),
      engine_({.model = model,
               .store = std::move(store),
               .clock = &clock_,
               .random = lasting.random != nullptr ? lasting.random : &chance_}) {
  add_people(lasting.password);
}

// Managers before those whom they manage, because an account names an account that is there.
void World::add_people(const std::string& password) {
  std::set<std::string, std::less<>> names;
  for (const model::Person& person : model_->people) names.insert(person.name);
  std::set<std::string, std::less<>> added;
  bool goes_on = true;
  while (goes_on) {
    goes_on = false;
    for (const model::Person& person : model_->people) {
      const bool waits = names.contains(person.manager) && !added.contains(person.manager);
      if (waits || !added.insert(person.name).second) continue;
      goes_on = true;
      const auto account = engine_.add_account({.name = person.name,
                                                .full_name = person.full_name,
                                                .password = password,
                                                .roles = person.roles,
                                                .locale = person.locale,
                                                .manager = person.manager,
                                                .teams = person.teams,
                                                .heads = person.heads,
                                                .email = person.email});
      if (account) continue;
      throw std::runtime_error(person.name + " cannot have an account: " +
                               render(account.error().message, Language::English));
    }
  }
}

std::optional<engine::Actor> World::actor(std::string_view name) {
  const auto directory = engine_.directory();
  for (const engine::Account& account : directory->accounts()) {
    if (account.name != name || !account.active) continue;
    return engine::Actor{.account = account.id,
                         .name = account.name,
                         .full_name = account.full_name.empty() ? account.name : account.full_name,
                         .roles = permissions::roles_of(account, *model_),
                         .locale = account.locale,
                         .cause = engine::Cause::Api};
  }
  return std::nullopt;
}

const Named* World::find(std::string_view name) const {
  const auto found = std::find_if(records_.rbegin(), records_.rend(),
                                  [&](const Named& record) { return record.name == name; });
  return name.empty() || found == records_.rend() ? nullptr : &*found;
}

std::string World::name_of(const Named& record) const {
  if (!record.name.empty()) return record.name;
  return record.entity->name + " " + std::to_string(record.id);
}

std::string World::name_of(const model::Entity& entity, engine::RecordId id) const {
  const auto known = std::find_if(records_.begin(), records_.end(), [&](const Named& record) {
    return record.entity == &entity && record.id == id;
  });
  return name_of(known != records_.end() ? *known : Named{{}, &entity, id});
}

std::size_t World::fire_due() {
  std::size_t fired = 0;
  while (fired < kTimersAtOnce) {
    if (on_timer) {
      for (const engine::Timer& timer : look()->timers_due(clock_.now(), nullptr, 256)) {
        on_timer(timer);
      }
    }
    const std::size_t count = engine_.fire_timers();
    if (count == 0) break;
    fired += count;
  }
  return fired;
}

bool World::pass_until(Instant end) {
  std::size_t fired = 0;
  std::optional<Instant> next = engine_.next_timer();
  while (next && *next <= end) {
    const std::int64_t step = next->microseconds - clock_.now().microseconds;
    if (step > 0) clock_.advance(DaysDuration::from_microseconds(step));
    fired += fire_due();
    if (fired >= kTimersAtOnce) return false;
    next = engine_.next_timer();
  }
  const std::int64_t rest = end.microseconds - clock_.now().microseconds;
  if (rest > 0) clock_.advance(DaysDuration::from_microseconds(rest));
  return true;
}

engine::Record World::record(const Named& named) {
  return look()->find_record(*named.entity, named.id).value();
}

std::vector<engine::Process> World::processes(const Named& named) {
  return look()->processes({.entity = named.entity->name, .record = named.id});
}

std::optional<engine::Process> World::process(const Named& named) {
  std::vector<engine::Process> all = processes(named);
  if (all.empty()) return std::nullopt;
  const auto under_way = std::find_if(all.begin(), all.end(), [](const engine::Process& process) {
    return process.is_under_way();
  });
  return std::move(under_way != all.end() ? *under_way : all.front());
}

}  // namespace formwork::scenario
