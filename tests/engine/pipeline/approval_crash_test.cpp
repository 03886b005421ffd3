// kill -9 under approvals: what was acknowledged is there, and nothing is half done.
#include <csignal>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/audit/chain.h"
#include "tests/engine/store/sqlite_fixture.h"
#include "tests/support/office_app.h"
#include "tests/support/rounds.h"

namespace formwork::engine {
namespace {

using formwork::testing::Office;
using store::ScratchFolder;

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

std::vector<std::int64_t> read_ids(int pipe) {
  std::vector<std::int64_t> ids;
  std::int64_t id = 0;
  while (::read(pipe, &id, sizeof id) == sizeof id) ids.push_back(id);
  return ids;
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
  for (int round = 0; round < kRounds; ++round) {
    CAPTURE(round);
    int ends[2] = {};
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(ends[0]);
      approve_until_killed(model, path, ends[1]);
    }
    ::close(ends[1]);
    ::usleep(static_cast<useconds_t>(30'000 + random() % 120'000));
    ::kill(child, SIGKILL);
    const std::vector<std::int64_t> ids = read_ids(ends[0]);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    acknowledged.insert(acknowledged.end(), ids.begin(), ids.end());

    Office app(model, path);
    for (const std::int64_t id : ids) CHECK(app.stage(id) == "ready");
    const Actor gu = app.who("gu");
    while (app.engine.reader(gu).record(app.entity("quote"), last + 1)) check_whole(app, ++last);
    CHECK_FALSE(audit::verify(*app.engine.store().read()).broken_at);
  }
  MESSAGE("acknowledged: ", acknowledged.size());
  CHECK(acknowledged.size() > 2);
}

}  // namespace
}  // namespace formwork::engine
