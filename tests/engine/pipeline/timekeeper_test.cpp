// What keeps timers going, without waiting for anything: the clock is moved by hand.
#include "engine/pipeline/timekeeper.h"

#include <doctest/doctest.h>

#include "engine/pipeline/forecast.h"
#include "tests/support/crm_app.h"
#include "tests/support/failing_store.h"
#include "tests/support/office_app.h"

namespace formwork::engine {
namespace {

using formwork::testing::Office;

constexpr std::int64_t kHour = 3600 * kMicrosPerSecond;

TEST_CASE("what came due while nothing ran is caught up with, once") {
  Office app;
  const std::stop_token never;
  std::vector<RecordId> quotes;
  for (int i = 0; i < 300; ++i) quotes.push_back(app.quote());
  CHECK(catch_up(app.engine, never) == kLongestWait);
  CHECK(app.stage(quotes.front()) == "draft");
  app.clock.advance(DaysDuration::from_microseconds(6 * 24 * kHour));
  CHECK(catch_up(app.engine, never) == kLongestWait);
  for (const RecordId quote : quotes) {
    CHECK(app.stage(quote) == "dropped");
    CHECK(app.history(quote) == "created checked dwell_warned dwell_expired moved");
  }
  CHECK_FALSE(app.engine.next_timer());
  CHECK(catch_up(app.engine, never) == kLongestWait);
  CHECK(app.history(quotes.front()) == "created checked dwell_warned dwell_expired moved");
}

TEST_CASE("the wait ends when the next timer comes") {
  Office app;
  app.quote();
  app.clock.advance(DaysDuration::from_microseconds(48 * kHour - kMicrosPerSecond / 4));
  CHECK(catch_up(app.engine, {}) == kMicrosPerSecond / 4);
  app.clock.advance(DaysDuration::from_microseconds(kMicrosPerSecond / 4));
  CHECK(catch_up(app.engine, {}) == kLongestWait);
  CHECK(app.history(1).ends_with("dwell_warned"));
}

TEST_CASE("a stop ends catching up between two batches") {
  Office app;
  app.quote();
  app.clock.advance(DaysDuration::from_microseconds(48 * kHour));
  std::stop_source stop;
  stop.request_stop();
  CHECK(catch_up(app.engine, stop.get_token()) == kLongestWait);
  CHECK_FALSE(app.history(1).ends_with("dwell_warned"));
}

// Whose secrets cannot be had for a while: what wants one throws.
class BrokenRandom final : public Random {
 public:
  void fill(std::span<std::byte> bytes) override {
    if (is_broken) throw std::runtime_error("no random bytes");
    for (std::byte& byte : bytes) byte = std::byte{7};
  }

  bool is_broken = false;
};

// Leads that come to the limit of their stage after nine days, over a store that fails as told.
class Leads {
 public:
  explicit Leads(std::string_view more = {})
      : model_(testing::crm_model(more)),
        clock(testing::kMonday),
        engine({.model = model_,
                .store =
                    std::make_unique<testing::FailingStore>(testing::open_store(model_, ":memory:"),
                                                            [this] {
                                                              ++written;
                                                              return fails && fails();
                                                            }),
                .clock = &clock,
                .random = &random}) {
    const auto added = engine.add_account(
        {.name = "li", .full_name = {}, .password = {}, .roles = {"sales"}, .locale = "en"});
    REQUIRE(added);
  }

  void add(int count) {
    const auto account = engine.store().read()->find_account("li");
    const Actor li{.account = account->id,
                   .name = "li",
                   .full_name = "li",
                   .roles = permissions::roles_of(*account, *model_),
                   .locale = "en",
                   .cause = Cause::Api};
    const model::Entity& lead = *model_->find_entity("lead");
    for (int i = 0; i < count; ++i) {
      REQUIRE(engine.execute_and_wait(
          {.actor = li,
           .intent = CreateRecord{&lead,
                                  {{model::field_index(lead, "company").value(),
                                    feel::Value(std::string("Acme"))}}},
           .once = {}}));
    }
  }

  void sleep(std::int64_t days) {
    clock.advance(DaysDuration::from_microseconds(days * 24 * kHour));
  }

  std::size_t due() {
    return engine.store().read()->timers_due(clock.now(), nullptr, 1'000).size();
  }

 private:
  std::shared_ptr<const model::Model> model_;

 public:
  std::size_t written = 0;
  std::function<bool()> fails;
  ManualClock clock;
  BrokenRandom random;
  Engine engine;
};

TEST_CASE("what others want goes between small portions of what is due") {
  Leads app;
  app.add(100);
  app.sleep(9);
  REQUIRE(app.due() == 100);
  std::stop_source stop;
  app.fails = [&stop] {
    stop.request_stop();
    return false;
  };
  catch_up(app.engine, stop.get_token());
  CHECK(app.due() >= 68);
  CHECK(app.due() < 100);
}

TEST_CASE("what the store could not write is tried again at once, not an hour later") {
  Leads app;
  app.add(3);
  app.sleep(9);
  app.fails = [] { return true; };
  CHECK(app.engine.fire_timers() == 0);
  // Not in a circle: somebody looks again after a second.
  CHECK(catch_up(app.engine, {}) == kLongestWait);
  app.fails = nullptr;
  CHECK(app.due() == 3);
  CHECK(app.engine.fire_timers() == 3);
  CHECK(app.due() == 0);
}

TEST_CASE("a timer whose own work breaks waits an hour, and keeps no other one waiting") {
  Leads app(R"(
webhook: erp
why: It sends the invoices
send: { url: "https://erp.example.com/hooks/formwork", secret: erp }
---
automation: call
on: { cron: "0 0 * * *" }
why: Every night
do: { webhook: { to: erp, event: night, data: { a: 1 } } }
)");
  app.add(1);
  app.sleep(9);
  app.random.is_broken = true;
  while (app.engine.fire_timers() > 0) {
  }
  CHECK(catch_up(app.engine, {}) == kLongestWait);
  CHECK(app.due() == 0);
  const Instant now = app.clock.now();
  CHECK(app.engine.next_timer() == Instant{now.microseconds + kHour});
  app.random.is_broken = false;
  app.clock.advance(DaysDuration::from_microseconds(kHour));
  CHECK(app.engine.fire_timers() == 1);
  CHECK(app.engine.store().read()->messages({}).size() == 1);
}

TEST_CASE("a shifted clock goes with the clock that it shifts") {
  ManualClock real(formwork::testing::kMonday);
  ShiftedClock shifted(real, DaysDuration::from_microseconds(-2 * kHour));
  CHECK(shifted.now().microseconds == real.now().microseconds - 2 * kHour);
  shifted.advance(DaysDuration::from_microseconds(24 * kHour));
  real.advance(DaysDuration::from_microseconds(kHour));
  CHECK(shifted.now().microseconds == real.now().microseconds + 22 * kHour);
}

std::string told(const Forecast& forecast) {
  std::string text;
  for (const Coming& coming : forecast.lines) {
    text += std::to_string(coming.record.id) + " " + render(coming.what, Language::English) + "\n";
  }
  return text;
}

TEST_CASE("the forecast of the file tells everything in order, that of a caller what it may see") {
  Office app;
  const RecordId draft = app.quote();
  const RecordId sent = app.quote();
  REQUIRE(app.move("lin", sent, "review"));
  const ForecastQuery week{.until = {formwork::testing::kMonday.microseconds + 7 * 24 * kHour}};
  const std::string all = told(forecast(app.engine, week));
  CAPTURE(all);
  CHECK(all.starts_with(std::to_string(sent) + " reminds zhou of "));
  CHECK(all.find(std::to_string(draft) + " warns that it stays in ") != std::string::npos);
  CHECK(all.find(std::to_string(draft) + " moves from ") != std::string::npos);
  permissions::Reader zhou = app.engine.reader(app.who("zhou"));
  CHECK(told(forecast(zhou, *app.engine.directory(), week)) == all);
  permissions::Reader xu = app.engine.reader(app.who("xu"));
  CHECK(told(forecast(xu, *app.engine.directory(), week)).empty());
}

TEST_CASE("the forecast ends at its limit and goes on behind it") {
  Office app;
  for (int i = 0; i < 5; ++i) app.quote();
  ForecastQuery query{.until = {formwork::testing::kMonday.microseconds + 7 * 24 * kHour},
                      .limit = 4};
  std::string parts;
  int pages = 0;
  do {
    const Forecast part = forecast(app.engine, query);
    parts += told(part);
    query.after = part.more;
    ++pages;
  } while (query.after && pages < 10);
  CHECK(pages == 3);
  query.limit = 100;
  query.after.reset();
  CHECK(parts == told(forecast(app.engine, query)));
}

}  // namespace
}  // namespace formwork::engine
