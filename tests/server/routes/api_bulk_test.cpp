// Changes of many records over the API, and their jobs.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"
#include "tests/support/bulk.h"

namespace formwork::routes {
namespace {

const std::string kTickets = "/api/v1/records/ticket";
const std::string kBulk = kTickets + "/bulk";

class DeskClient : public Client {
 public:
  explicit DeskClient(int tickets) {
    const engine::Actor boss = app.actor("boss");
    for (int i = 0; i < tickets; ++i) {
      const auto made = app.create(boss, "ticket", R"({"subject":"a","region":"north"})");
      if (!made) throw std::runtime_error("no ticket");
    }
  }

  json::Value json(std::string_view who, const std::string& target) {
    auto parsed = json::parse(api(who, Method::Get, target).content());
    if (!parsed) throw std::runtime_error(target);
    return std::move(*parsed);
  }

  // The job as it ends.
  json::Value ended(std::string_view who, const std::string& address) {
    json::Value job;
    testing::wait_until([&] {
      job = json(who, address);
      return at(job, "ended_at") != "-";
    });
    return job;
  }
};

TEST_CASE("a change of many records is accepted, and its job tells how far it is") {
  DeskClient client(30);
  const auto accepted = client.api("boss", Method::Post, kBulk,
                                   R"({"filter":"region = \"north\"","set":{"urgent":true}})");
  CHECK(accepted.status == 202);
  const auto begun = json::parse(accepted.content());
  REQUIRE(begun);
  const std::string address(accepted.header("Location"));
  CHECK(address == "/api/v1/jobs/" + at(*begun, "id"));
  CHECK(
      members_of(*begun) ==
      "id entity state started_at ended_at total done changed unchanged refused problem problems");
  const json::Value job = client.ended("boss", address);
  CHECK(at(job, "state") == "done");
  CHECK(at(job, "entity") == "ticket");
  CHECK(at(job, "total") == "30");
  CHECK(at(job, "done") == "30");
  CHECK(at(job, "changed") == "30");
  CHECK(at(job, "refused") == "0");
  CHECK(at(job, "problem") == "-");
  CHECK(at(job, "problems") == "0");
  CHECK(holds(client.api("boss", Method::Get, kTickets + "/30"), R"("urgent":true)"));
  CHECK(client.api("clerk", Method::Get, address).status == 404);
  CHECK(client.api("clerk", Method::Delete, address).status == 404);
  CHECK(client.send(Method::Get, address).status == 401);
}

TEST_CASE("the same change of many records may be sent again, whatever became of the answer") {
  DeskClient client(5);
  const std::string body = R"({"filter":"region = \"north\"","set":{"urgent":true}})";
  const Headers key{{"Idempotency-Key", "once"}};
  const auto send = [&] {
    const auto accepted = client.api("boss", Method::Post, kBulk, body, key);
    REQUIRE(accepted.status == 202);
    return client.ended("boss", std::string(accepted.header("Location")));
  };
  const json::Value first = send();
  const json::Value again = send();
  CHECK(at(first, "changed") == "5");
  CHECK(at(again, "changed") == "0");
  CHECK(at(again, "unchanged") == "5");
  CHECK(at(again, "id") != at(first, "id"));
  CHECK(holds(client.api("boss", Method::Get, kTickets + "/5"), R"("version":2)"));
}

TEST_CASE("a job has the problem of each record that was refused") {
  DeskClient client(3);
  const auto accepted =
      client.api("boss", Method::Post, kBulk, R"({"filter":"true","set":{"code":"one"}})");
  REQUIRE(accepted.status == 202);
  const json::Value job = client.ended("boss", std::string(accepted.header("Location")));
  CHECK(at(job, "changed") == "1");
  CHECK(at(job, "refused") == "2");
  CHECK(at(job, "problems") == "2");
  CHECK(at(job, "problems/0/id") == "2");
  CHECK(at(job, "problems/0/problem/type") == "urn:formwork:problem:record.invalid");
  CHECK(at(job, "problems/0/problem/status") == "422");
}

TEST_CASE("what is wrong with a change of many records is told before it begins") {
  DeskClient client(1);
  const auto send = [&](std::string_view who, const std::string& body) {
    return client.api(who, Method::Post, kBulk, body);
  };
  const auto nothing = send("boss", "{}");
  CHECK(nothing.status == 422);
  CHECK(holds(nothing, R"("pointer":"/filter","field":"filter","code":"field.required")"));
  CHECK(holds(nothing, R"("pointer":"/set","field":"set","code":"field.required")"));
  CHECK(send("boss", R"({"filter":"true","set":{}})").status == 422);
  CHECK(send("boss", R"({"filter":"true","set":[]})").status == 422);
  CHECK(send("boss", R"({"filter":"true","set":{"urgent":true},"limit":5})").status == 422);
  const auto condition = send("boss", R"({"filter":"regin = 1","set":{"urgent":true}})");
  CHECK(condition.status == 422);
  CHECK(holds(condition, R"("pointer":"/filter")"));
  CHECK(holds(condition, R"("begin":1,"end":6)"));
  const auto long_one =
      send("boss", R"({"filter":")" + std::string(2'001, ' ') + R"(","set":{"urgent":true}})");
  CHECK(holds(long_one, "query.filter-too-long"));
  const auto values = send("boss", R"({"filter":"true","set":{"region":"west","colour":"red"}})");
  CHECK(values.status == 422);
  CHECK(holds(values, R"("pointer":"/set/region")"));
  CHECK(holds(values, R"("pointer":"/set/colour")"));
  CHECK(send("guest", R"({"filter":"true","set":{"urgent":true}})").status == 403);
  CHECK(send("sender", R"({"filter":"true","set":{"urgent":true}})").status == 403);
  CHECK(client.api("boss", Method::Post, "/api/v1/records/none/bulk", "{}").status == 404);
  CHECK(client.api("boss", Method::Get, "/api/v1/jobs/none").status == 404);
}

TEST_CASE("a second job of an account waits, and the first can be cancelled") {
  DeskClient client(300);
  const std::string body = R"({"filter":"true","set":{"urgent":true}})";
  std::string address;
  {
    // The accounts' tokens are written before.
    CHECK(client.api("boss", Method::Get, kTickets + "/1").status == 200);
    const testing::HeldWriter held(client.app.engine.store());
    const auto accepted = client.api("boss", Method::Post, kBulk, body);
    REQUIRE(accepted.status == 202);
    address = accepted.header("Location");
    const auto second = client.api("boss", Method::Post, kBulk, body);
    CHECK(second.status == 429);
    CHECK(second.header("Retry-After") == "5");
    CHECK(holds(second, "urn:formwork:problem:bulk.running"));
    CHECK(client.api("boss", Method::Delete, address).status == 204);
  }
  const json::Value job = client.ended("boss", address);
  CHECK(at(job, "state") == "cancelled");
  CHECK(client.api("boss", Method::Delete, address).status == 204);
  CHECK(client.api("boss", Method::Post, kBulk, body).status == 202);
}

}  // namespace
}  // namespace formwork::routes
