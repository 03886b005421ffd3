// kill -9 under approvals: what was acknowledged is there, and nothing is half done.
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "engine/audit/chain.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/killed.h"
#include "tests/support/office_app.h"
#include "tests/support/rounds.h"

namespace formwork::engine {
namespace {

using formwork::testing::Office;
using store::ScratchFolder;

constexpr std::size_t kEnough = 20;  // acknowledged approvals, or the kills show nothing

// Takes quotes through their approval from two threads, and tells the id of each whose approval was
// acknowledged, until killed.
[[noreturn]] void approve_until_killed(const std::shared_ptr<const model::Model>& model,
                                       const std::string& path, int pipe) {
  Office app(model, path);
  const auto keep_approving = [&] {
    while (true) {
      const std::int64_t id = app.quote(R"({"amount":"5000","discount":"0.05","terms":"net"})");
      if (!app.move("lin", id, "review") || !app.approve("zhou", id) || !app.approve("gu", id))
        ::_exit(3);
      // One write of eight bytes to a pipe is never torn.
      if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(3);
    }
  };
  std::thread other(keep_approving);
  keep_approving();
  other.join();
  ::_exit(4);
}

// What a quote in that stage has to look like, wherever the kill fell.
void check_whole(Office& app, RecordId id) {
  CAPTURE(id);
  const std::string stage = app.stage(id);
  const auto stays = app.engine.store().read()->stays("quote", id);
  REQUIRE_FALSE(stays.empty());
  CHECK(stays.back().stage == stage);
  CHECK_FALSE(stays.back().left_at);
  if (stage == "draft") return;
  const Process process = app.process(id);
  CHECK(process.is_under_way() == (stage == "review"));
  CHECK(app.waiting(id).empty() == (stage == "ready"));
}

TEST_CASE("after kills at random points no approval is lost or half done") {
  const ScratchFolder folder;
  const std::string path = folder.file("a.db");
  const auto model = formwork::testing::compile_app(formwork::testing::kOffice);
  std::mt19937 random(11);
  std::vector<std::int64_t> acknowledged;
  RecordId last = 0;
  const int kRounds = formwork::testing::rounds(20, 200);
  // A busy machine does little between two kills, and gets more rounds for it.
  const auto has_enough = [&] { return acknowledged.size() > kEnough; };
  for (int round = 0; round < kRounds || (!has_enough() && round < 10 * kRounds); ++round) {
    CAPTURE(round);
    const auto after = static_cast<unsigned>(30'000 + random() % 120'000);
    const std::vector<std::int64_t> ids = formwork::testing::numbers_until_killed(
        after, [&](int pipe) { approve_until_killed(model, path, pipe); });
    acknowledged.insert(acknowledged.end(), ids.begin(), ids.end());

    Office app(model, path);
    for (const std::int64_t id : ids) CHECK(app.stage(id) == "ready");
    const Actor gu = app.who("gu");
    while (app.engine.reader(gu).record(app.entity("quote"), last + 1)) check_whole(app, ++last);
    CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
  }
  MESSAGE("acknowledged: ", acknowledged.size());
  CHECK(has_enough());
}

}  // namespace
}  // namespace formwork::engine
