// Moves, checklists, owners, and why not, over the API.
#include <doctest/doctest.h>

#include "tests/server/routes/office_client.h"

namespace formwork::routes {
namespace {

const std::string kQuotes = "/api/v1/records/quote";

TEST_CASE("a move answers with the record as it is now and its ETag") {
  OfficeClient client;
  const std::string quote = client.quote();
  const auto moved = client.api("lin", Method::Post, quote + "/moves", R"({"to":"review"})",
                                {{"If-Match", "\"2\""}});
  CHECK(moved.status == 200);
  CHECK(moved.header("ETag") == "\"3\"");
  CHECK(holds(moved, R"("stage":"review")"));
  CHECK(holds(moved, R"("final":null)"));
}

TEST_CASE("a refused move names everything that is missing, where, and what it saw") {
  OfficeClient client;
  REQUIRE(client.api("lin", Method::Post, kQuotes, R"({"name":"Ink","amount":"0"})").status == 201);
  const auto refused = client.api("lin", Method::Post, kQuotes + "/1/moves", R"({"to":"review"})");
  CHECK(refused.status == 409);
  const auto problem = json::parse(refused.content());
  REQUIRE(problem);
  CHECK(at(*problem, "type") == "urn:formwork:problem:move.unmet");
  CHECK(at(*problem, "errors") == "2");
  CHECK(holds(refused, "Say what it costs"));
  CHECK(holds(refused, R"("pointer":"/amount")"));
  CHECK(holds(refused, R"("saw":"amount = 0)"));
  CHECK(holds(refused, "Spelling checked"));
  const auto chinese =
      client.api("lin", Method::Post, kQuotes + "/1/moves?lang=zh-CN", R"({"to":"review"})");
  CHECK(holds(chinese, "请填写金额"));
  CHECK(holds(client.api("lin", Method::Get, kQuotes + "/1"), R"("stage":"draft")"));
}

TEST_CASE("a move asks for its version only when one is sent") {
  OfficeClient client;
  const std::string quote = client.quote();
  const std::string body = R"({"to":"review"})";
  CHECK(client.api("lin", Method::Post, quote + "/moves", body, {{"If-Match", "\"1\""}}).status ==
        412);
  CHECK(client.api("lin", Method::Post, quote + "/moves", body, {{"If-Match", "1"}}).status == 400);
  CHECK(client.api("lin", Method::Post, quote + "/moves", body).status == 200);
}

TEST_CASE("whoever may not move is told who could, and whoever may not see is told nothing") {
  OfficeClient client;
  const std::string quote = client.quote();
  const std::string moves = quote + "/moves";
  const std::string drop = R"({"to":"dropped","comment":"lost it"})";
  CHECK(client.api("xu", Method::Post, moves, drop).status == 404);
  CHECK(client.send(Method::Post, moves, {}, drop).status == 401);
  CHECK(client.api("sun", Method::Post, moves, drop).status == 403);
  CHECK(client.api("lin", Method::Post, moves, drop).status == 200);
  const auto refused = client.api("lin", Method::Post, moves, R"({"to":"draft"})");
  CHECK(refused.status == 403);
  CHECK(holds(refused, "urn:formwork:problem:move.role"));
  CHECK(holds(refused, "oss"));
  CHECK(client.api("gu", Method::Post, moves, R"({"to":"draft"})").status == 200);
}

TEST_CASE(
    "a move without a needed comment, to nowhere, or with a stranger in its body is refused") {
  OfficeClient client;
  const std::string moves = client.quote() + "/moves";
  const auto silent = client.api("lin", Method::Post, moves, R"({"to":"dropped"})");
  CHECK(silent.status >= 400);
  CHECK(silent.status < 500);
  CHECK(client.api("lin", Method::Post, moves, R"({"to":"nowhere"})").status >= 400);
  const auto nothing = client.api("lin", Method::Post, moves, R"({"comment":7,"comments":"x"})");
  CHECK(nothing.status == 422);
  CHECK(holds(nothing, R"("pointer":"/to","field":"to","code":"field.required")"));
  CHECK(holds(nothing, R"("pointer":"/comment","field":"comment","code":"request.not-a-text")"));
  CHECK(holds(nothing,
              R"("pointer":"/comments","field":"comments","code":"request.unknown-member")"));
  CHECK(holds(nothing, "did you mean `comment`?"));
  CHECK(client.api("lin", Method::Post, moves, "{").status == 400);
  CHECK(client.api("lin", Method::Post, moves, "{}", {{"Content-Type", "text/plain"}}).status ==
        415);
}

TEST_CASE("a move that is sent again under its key happens once") {
  OfficeClient client;
  const std::string moves = client.quote() + "/moves";
  const Headers key{{"Idempotency-Key", "move-1"}};
  const auto first = client.api("lin", Method::Post, moves, R"({"to":"review"})", key);
  CHECK(first.status == 200);
  const auto second = client.api("lin", Method::Post, moves, R"({"to":"review"})", key);
  CHECK(second.status == 200);
  CHECK(second.content() == first.content());
  CHECK(second.header("ETag") == first.header("ETag"));
}

TEST_CASE("a session proves a move as every change") {
  OfficeClient client;
  const std::string moves = client.quote() + "/moves";
  Headers session{client.cookie_of("lin"), {"Content-Type", "application/json"}};
  CHECK(client.send(Method::Post, moves, session, R"({"to":"review"})").status == 403);
  session.push_back({"X-CSRF-Token", client.proof_of("lin")});
  CHECK(client.send(Method::Post, moves, session, R"({"to":"review"})").status == 200);
}

TEST_CASE("items of a checklist are ticked and unticked by those who may edit") {
  OfficeClient client;
  const std::string quote = client.quote();
  const auto ticked =
      client.api("lin", Method::Post, quote + "/checklist", R"({"item":"printed"})");
  CHECK(ticked.status == 200);
  CHECK(holds(ticked, R"("checklist":["spelled","printed"])"));
  const auto unticked =
      client.api("lin", Method::Post, quote + "/checklist", R"({"item":"spelled","done":false})");
  CHECK(holds(unticked, R"("checklist":["printed"])"));
  CHECK(client.api("lin", Method::Post, quote + "/checklist", R"({"item":"painted"})").status >=
        400);
  CHECK(client.api("sun", Method::Post, quote + "/checklist", R"({"item":"spelled"})").status ==
        403);
  CHECK(client.api("xu", Method::Post, quote + "/checklist", R"({"item":"spelled"})").status ==
        404);
}

TEST_CASE("a record is given to somebody by those who may assign") {
  OfficeClient client;
  const std::string quote = client.quote();
  CHECK(client.api("lin", Method::Post, quote + "/assign", R"({"to":"xu"})").status == 403);
  const auto nobody = client.api("zhou", Method::Post, quote + "/assign", R"({"to":"bob"})");
  CHECK(nobody.status == 422);
  CHECK(holds(nobody, R"("pointer":"/to","field":"to","code":"account.unknown")"));
  const auto assigned = client.api("zhou", Method::Post, quote + "/assign", R"({"to":"xu"})");
  CHECK(assigned.status == 200);
  CHECK(holds(assigned, R"("owner":"xu")"));
  CHECK(client.api("xu", Method::Get, quote).status == 200);
  CHECK(client.api("lin", Method::Get, quote).status == 404);
}

TEST_CASE("claiming needs no body, and the right to claim") {
  OfficeClient client;
  const std::string quote = client.quote();
  CHECK(client.api("lin", Method::Post, quote + "/claim").status >= 403);
  CHECK(client.api("xu", Method::Post, quote + "/claim").status == 404);
  CHECK(client.send(Method::Post, quote + "/claim").status == 401);
}

TEST_CASE("/why tells where a record stands and what keeps it, in the reader's language") {
  OfficeClient client;
  REQUIRE(client.api("lin", Method::Post, kQuotes, R"({"name":"Ink","amount":"0"})").status == 201);
  const auto why = client.json("lin", Method::Get, kQuotes + "/1/why");
  CHECK(members_of(why) ==
        "record lifecycle owner response stage goal risks moves to_go_on checklist dwell stays "
        "processes routes rights");
  CHECK(at(why, "record/entity") == "quote");
  CHECK(at(why, "record/title") == "Ink");
  CHECK(at(why, "record/version") == "1");
  CHECK(at(why, "lifecycle") == "-");
  CHECK(at(why, "stage/name") == "draft");
  CHECK(at(why, "stage/final") == "-");
  CHECK(at(why, "moves") == "2");
  CHECK(members_of(why.find("moves")->elements[0]) ==
        "to label possible confirm needs_comment begins_approval who_could reason unmet");
  CHECK(at(why, "moves/0/to") == "review");
  CHECK(at(why, "moves/0/possible") == "false");
  CHECK(at(why, "moves/0/begins_approval") == "true");
  CHECK(at(why, "moves/0/unmet") == "2");
  CHECK(at(why, "moves/1/to") == "dropped");
  CHECK(at(why, "moves/1/possible") == "true");
  CHECK(at(why, "moves/1/needs_comment") == "true");
  CHECK(at(why, "to_go_on") == "2");
  CHECK(members_of(why.find("to_go_on")->elements[0]) == "kind code detail saw field item");
  CHECK(at(why, "to_go_on/0/kind") == "exit");
  CHECK(at(why, "to_go_on/0/detail") == "Say what it costs");
  CHECK(at(why, "to_go_on/0/field") == "amount");
  CHECK(at(why, "to_go_on/0/saw").starts_with("amount = 0"));
  CHECK(at(why, "to_go_on/1/kind") == "item");
  CHECK(at(why, "to_go_on/1/item") == "spelled");
  CHECK(at(why, "checklist/0/item") == "spelled");
  CHECK(at(why, "checklist/0/label") == "Spelling checked");
  CHECK(at(why, "checklist/0/required") == "true");
  CHECK(at(why, "checklist/0/done") == "false");
  CHECK(at(why, "dwell/warn") == "2026-03-04T01:00:00Z");
  CHECK(at(why, "dwell/limit") == "2026-03-07T01:00:00Z");
  CHECK(at(why, "dwell/then/name") == "dropped");
  CHECK(at(why, "stays") == "1");
  CHECK(at(why, "stays/0/stage") == "draft");
  CHECK(at(why, "stays/0/by") == "lin");
  CHECK(at(why, "stays/0/entered_at") == "2026-03-02T01:00:00Z");
  CHECK(at(why, "stays/0/left_at") == "-");
  CHECK(at(why, "processes") == "0");
  CHECK(at(why, "routes") == "0");
  CHECK(at(why, "rights/edit") == "true");
  CHECK(at(why, "rights/delete") == "false");
  CHECK(at(why, "rights/assign") == "false");
  CHECK(at(why, "rights/claim") == "false");
  const auto chinese = client.json("lin", Method::Get, kQuotes + "/1/why?lang=zh-CN");
  CHECK(at(chinese, "to_go_on/0/detail") == "请填写金额");
}

TEST_CASE("/why previews the route of an approval, with the reason of every step") {
  OfficeClient client;
  const std::string quote = client.quote(R"("amount":"500","discount":"0.15","terms":"net")");
  const auto why = client.json("lin", Method::Get, quote + "/why");
  CHECK(at(why, "moves/0/possible") == "true");
  CHECK(at(why, "routes/0/to") == "review");
  CHECK(at(why, "routes/0/steps") == "3");
  CHECK(members_of(why.find("routes")->elements[0].find("steps")->elements[0]) ==
        "id label why mode applies reason people trouble");
  CHECK(at(why, "routes/0/steps/0/id") == "manager");
  CHECK(at(why, "routes/0/steps/0/people/0/person") == "zhou");
  CHECK(at(why, "routes/0/steps/0/people/0/why") == "manager of owner");
  CHECK(at(why, "routes/0/steps/1/applies") == "true");
  CHECK(at(why, "routes/0/steps/1/mode") == "all");
  CHECK(at(why, "routes/0/steps/1/reason").find("0.15") != std::string::npos);
  CHECK(at(why, "routes/0/steps/1/people") == "2");
  CHECK(at(why, "routes/0/steps/2/applies") == "false");
}

TEST_CASE("/why tells of an approval that runs, and what the reader may do in it") {
  OfficeClient client;
  const std::string quote = client.submitted();
  const auto why = client.json("lin", Method::Get, quote + "/why");
  CHECK(at(why, "stage/name") == "review");
  CHECK(at(why, "stays") == "2");
  CHECK(at(why, "stays/0/duration") == "PT0S");
  CHECK(at(why, "processes") == "1");
  CHECK(members_of(why.find("processes")->elements[0]) ==
        "id chain label why state submitter submitted_at ended_at stage origin round resume_at "
        "steps to_come mine");
  CHECK(at(why, "processes/0/chain") == "discount");
  CHECK(at(why, "processes/0/state") == "running");
  CHECK(at(why, "processes/0/submitter") == "lin");
  CHECK(at(why, "processes/0/stage") == "review");
  CHECK(at(why, "processes/0/origin") == "draft");
  CHECK(members_of(why.find("processes")->elements[0].find("steps")->elements[0]) ==
        "id label why state reason opened_at closed_at tasks");
  CHECK(at(why, "processes/0/steps/0/state") == "open");
  CHECK(at(why, "processes/0/steps/0/tasks/0/assignee") == "zhou");
  CHECK(at(why, "processes/0/steps/0/tasks/0/state") == "open");
  CHECK(at(why, "processes/0/steps/1/state") == "pending");
  CHECK(at(why, "processes/0/to_come/0/id") == "finance");
  CHECK(at(why, "processes/0/mine/0/may") == "2");
  const auto leads = client.json("zhou", Method::Get, quote + "/why");
  CHECK(at(leads, "processes/0/mine/0/may/0") == "approve");
  CHECK(client.api("xu", Method::Get, quote + "/why").status == 404);
  CHECK(client.send(Method::Get, quote + "/why").status == 401);
}

TEST_CASE("history tells details and causes") {
  OfficeClient client;
  const std::string quote = client.submitted(R"("amount":"500","discount":"0.05","terms":"net")");
  REQUIRE(client.decide("zhou", R"({"action":"approve","comment":"fine"})").status == 200);
  const auto history = client.json("lin", Method::Get, quote + "/history");
  CHECK(members_of(history.find("entries")->elements[0]) ==
        "sequence at by action cause version model changes detail caused_by hash");
  bool caused = false;
  bool commented = false;
  for (const json::Value& entry : history.find("entries")->elements) {
    caused = caused || at(entry, "caused_by") != "-";
    commented = commented || at(entry, "detail/comment") == "fine";
  }
  CHECK(caused);
  CHECK(commented);
}

TEST_CASE(
    "what a reason saw is told only to those who may see what it reads, behind paths as well") {
  std::string yaml(testing::kOffice);
  const auto replace = [&](std::string_view from, std::string_view to) {
    yaml.replace(yaml.find(from), from.size(), to);
  };
  replace("  note: { type: text }\n",
          "  note: { type: text }\n  client: { type: reference, to: client }\n");
  replace("when: discount > 0.1", "when: client.rating > 3 or discount > 0.1");
  replace("on: { quote: { view: true, create",
          "on: { client: { view: true, create: true }, quote: { view: true, create");
  yaml +=
      "---\nentity: client\ntitle: name\nfields:\n  name: { type: text }\n  rating: { type: number "
      "}\n";
  OfficeClient client(yaml);
  REQUIRE(
      client
          .api("zhou", Method::Post, "/api/v1/records/client", R"({"name":"Meadow","rating":"7"})")
          .status == 201);
  const std::string quote = client.quote(R"("amount":"500","discount":"0.05","terms":"net")");
  const auto set =
      client.api("zhou", Method::Patch, quote, R"({"client":1})", {{"If-Match", "\"2\""}});
  REQUIRE(set.status == 200);
  const auto reason = [&](std::string_view who) {
    return at(client.json(who, Method::Get, quote + "/why"), "routes/0/steps/1/reason");
  };
  CHECK(reason("lin") == "-");
  REQUIRE(client.api("lin", Method::Post, quote + "/moves", R"({"to":"review"})").status == 200);
  REQUIRE(client.decide("zhou", R"({"action":"approve"})").status == 200);
  const std::string why = quote + "/why";
  const std::string step = "processes/0/steps/1/reason";
  CHECK(at(client.json("zhou", Method::Get, why), step).find("client.rating = 7") !=
        std::string::npos);
  CHECK(at(client.json("lin", Method::Get, why), step) == "-");
  for (const std::string& target : {why, quote + "/history"}) {
    CAPTURE(target);
    CHECK_FALSE(holds(client.api("lin", Method::Get, target), "client.rating = "));
    CHECK_FALSE(holds(client.api("lin", Method::Get, target), "rating = 7"));
  }
  CHECK_FALSE(holds(client.get("lin", "/quote/1"), "rating = 7"));
  CHECK(holds(client.get("zhou", "/quote/1"), "rating = 7"));
}

}  // namespace
}  // namespace formwork::routes
