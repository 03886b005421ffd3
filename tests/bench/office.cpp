#include "tests/bench/office.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tests/bench/app_engine.h"
#include "tests/bench/lanes.h"

namespace formwork::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kManagers = 2;
constexpr std::size_t kFillingLanes = 256;

std::string seller(std::size_t number) { return fmt::format("seller.{}", number); }

feel::Value number(std::string_view text) { return feel::Value(*feel::Number::parse(text)); }

}  // namespace

Office::Office(const fs::path& app, const fs::path& store, const std::string& more) {
  engine_ = open_engine({app / "app.yaml"}, store, more);
  quotes_ = engine_->model().find_entity("quote");
  hire("director", "director", "");
  hire("finance", "finance", "director");
  for (std::size_t i = 0; i < kManagers; ++i) {
    hire(fmt::format("manager.{}", i), "manager", "director");
  }
  for (std::size_t i = 0; i < kSellers; ++i) {
    hire(seller(i), "seller", fmt::format("manager.{}", i % kManagers));
  }
}

void Office::hire(const std::string& name, const std::string& role, const std::string& manager) {
  std::string token = token_of(*engine_, name, role, manager);
  engine::Actor actor = actor_of(*engine_, token);
  people_.push_back({std::move(actor), std::move(token)});
}

std::size_t Office::field(std::string_view name) const {
  const auto found =
      std::ranges::find_if(quotes_->fields, [&](const auto& field) { return field.name == name; });
  if (found == quotes_->fields.end()) throw std::logic_error("no field " + std::string(name));
  return static_cast<std::size_t>(found - quotes_->fields.begin());
}

const Person& Office::seller_of(engine::RecordId quote) const {
  return people_[people_.size() - kSellers + static_cast<std::size_t>(quote) % kSellers];
}

const Person& Office::person(engine::AccountId account) const {
  const auto found = std::ranges::find_if(
      people_, [&](const Person& person) { return person.actor.account == account; });
  if (found == people_.end()) throw std::runtime_error("somebody is asked who does not work here");
  return *found;
}

engine::Command Office::create(std::uint64_t quote) const {
  constexpr std::array<std::string_view, 3> kTerms{"net 30 days", "net 14 days", "prepaid"};
  engine::Changes values{
      {field("name"), feel::Value(fmt::format("Quote {}", quote))},
      {field("customer"), feel::Value(fmt::format("Customer {}", quote * 7'919 % 20'011))},
      {field("amount"), number(fmt::format("{}.50", 1'000 + quote % 90'000))},
      {field("discount"), number("0.25")},
      {field("probability"), number("0.5")},
      {field("terms"), feel::Value(std::string(kTerms[quote % kTerms.size()]))},
      {field("notes"), feel::Value(std::string(200, 'n'))}};
  return {.actor = seller_of(static_cast<engine::RecordId>(quote)).actor,
          .intent = engine::CreateRecord{quotes_, std::move(values)},
          .once = {}};
}

void Office::add_quotes(std::uint64_t count) {
  std::uint64_t begun = 0;
  const Conversation fill = [&](std::size_t,
                                const engine::Outcome*) -> std::optional<engine::Command> {
    if (begun == count) return std::nullopt;
    return create(++begun);
  };
  run_lanes(*engine_, kFillingLanes, fill);
  const auto last =
      engine_->store().read()->find_record(*quotes_, static_cast<std::int64_t>(count));
  if (!last || last->created_by != seller_of(last->id).actor.account) {
    throw std::runtime_error("the quotes do not have the numbers that they should");
  }
}

fs::path office_app(const Lab& lab) { return lab.options().files / "office"; }

fs::path office_with(Lab& lab, std::uint64_t quotes) {
  const fs::path folder = lab.options().data / fmt::format("office-{}", quotes);
  if (!fs::exists(folder)) {
    const fs::path making = lab.options().data / "office-new";
    fs::remove_all(making);
    fs::create_directories(making);
    Office(office_app(lab), making).add_quotes(quotes);
    fs::rename(making, folder);
  }
  return lab.copy_of(folder);
}

std::string stage_of(const engine::Record& record, const model::Entity& entity) {
  const feel::Value& stage = record.values.at(entity.stage_fields->stage);
  return stage.is_null() ? std::string() : stage.string();
}

}  // namespace formwork::bench
