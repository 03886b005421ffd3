// Formulas and conditions at the doors: forms that show, hide and compute, and the API.
#include <doctest/doctest.h>

#include "tests/server/routes/client.h"

namespace formwork::routes {
namespace {

constexpr std::string_view kTrips = R"(
app: trips
locales: [en, zh-CN]
currency: EUR
---
entity: rate
title: name
fields: { name: { type: text, required: true }, per_day: { type: money } }
---
entity: trip
label: { en: Trip, zh-CN: 行程 }
title: place
fields:
  place: { type: text, required: true }
  transport: { type: choice, options: [train, car] }
  plate: { type: text, visible: 'transport = "car"', required: true }
  reason: { type: text, required: cost > 1000 }
  rate: { type: reference, to: rate }
  daily: { type: money, value: rate.per_day }
  days: { type: number, scale: 0, default: =1 + 1 }
  booked: { type: boolean }
  code: { type: text, default: open, read_only: booked }
  legs:
    type: table
    fields:
      what: { type: text }
      price: { type: money }
      twice: { type: money, value: price * 2 }
      note: { type: text, visible: price > 100 }
  cost: { type: money, value: sum(legs.twice) }
rules:
  - require: days < 10 or cost != null
    say: { en: A long trip has a cost, zh-CN: 长途行程应有费用 }
---
role: boss
on:
  rate: { view: true, create: true, edit: true }
  trip: { view: true, create: true, edit: true, delete: true }
---
role: clerk
on: { trip: { view: true, create: true, edit: true } }
---
role: guest
on: { trip: { view: true } }
)";

// The part of a page from this text on, as far as one field needs it.
std::string_view part(const http::Response& response, std::string_view from) {
  const std::string_view page = response.content();
  const std::size_t at = page.find(from);
  REQUIRE_MESSAGE(at != std::string_view::npos, from);
  return page.substr(at, 120);
}

TEST_CASE(
    "a new form has formulas' defaults, outputs for what is computed, and hides what is not "
    "asked") {
  Client client(kTrips);
  const auto page = client.get("boss", "/trip/new");
  CHECK(page.status == 200);
  CHECK(holds(page, "data-live=\"/trip/live\""));
  CHECK(part(page, "data-field=\"plate\"").starts_with("data-field=\"plate\" hidden>"));
  CHECK(part(page, "data-field=\"reason\"").starts_with("data-field=\"reason\">"));
  CHECK(holds(page, "name=\"days\" inputmode=\"decimal\" autocomplete=\"off\" value=\"2\""));
  CHECK(holds(page, "<output class=\"calc\" id=\"f-cost\">—</output>"));
  CHECK_FALSE(holds(page, "name=\"cost\""));
}

TEST_CASE("a refused form is shown as it would be now") {
  Client client(kTrips);
  const auto refused = client.post("boss", "/trip/new",
                                   "place=a&transport=car&days=2&legs%5B3%5D.what=x&"
                                   "legs%5B3%5D.price=600&act=save");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "id=\"f-plate-err\""));
  CHECK(holds(refused, "id=\"f-reason-err\""));
  CHECK(part(refused, "data-field=\"plate\"").starts_with("data-field=\"plate\">"));
  CHECK(part(refused, "id=\"f-legs-1-twice\"").find("1,200.00") != std::string_view::npos);
  CHECK(part(refused, "id=\"f-cost\"").find("1,200.00") != std::string_view::npos);
}

TEST_CASE("a rule's sentence stands in the summary of a refused form") {
  Client client(kTrips);
  const auto refused = client.post("boss", "/trip/new", "place=a&days=12&act=save");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "<li>A long trip has a cost</li>"));
}

TEST_CASE("a form saves without its script, and what is computed comes along") {
  Client client(kTrips);
  const auto saved =
      client.post("boss", "/trip/new",
                  "place=a&transport=train&days=2&code=open&cost=7&"
                  "legs%5B1%5D.what=x&legs%5B1%5D.price=6&legs%5B1%5D.twice=1&act=save");
  CHECK(saved.status == 303);
  const std::string record = client.app.json_of(client.app.actor("boss"), "trip", 1);
  CHECK(record.find(R"("cost":"12.00")") != std::string::npos);
  CHECK(record.find(R"("twice":"12.00")") != std::string::npos);
}

TEST_CASE("a read-only field is an output, and saving the form leaves it") {
  Client client(kTrips);
  REQUIRE(client.app.create(client.app.actor("boss"), "trip", R"({"place":"a","booked":true})"));
  const auto page = client.get("boss", "/trip/1/edit");
  CHECK(holds(page, "<output class=\"calc\" id=\"f-code\">open</output>"));
  CHECK_FALSE(holds(page, "name=\"code\""));
  CHECK(client.post("boss", "/trip/1/edit", "_version=1&place=b&booked=true&days=2&act=save")
            .status == 303);
  CHECK(client.app.json_of(client.app.actor("boss"), "trip", 1).find(R"("code":"open")") !=
        std::string::npos);
  const auto refused = client.api("boss", Method::Patch, "/api/v1/records/trip/1",
                                  R"({"code":"x"})", {{"If-Match", "\"2\""}});
  CHECK(refused.status == 422);
  CHECK(holds(refused, R"("code":"field.read-only")"));
}

TEST_CASE("the script learns outputs, what is hidden and what is required, and no input") {
  Client client(kTrips);
  const auto answer = client.post("boss", "/trip/live",
                                  "place=secret&transport=car&days=2&legs%5B2%5D.what=x&"
                                  "legs%5B2%5D.price=600&legs%5B5%5D.price=1");
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Type") == "application/json");
  CHECK(
      answer.content() ==
      R"({"outputs":{"daily":"—","legs[2].twice":"€1,200.00","legs[5].twice":"€2.00","cost":"€1,202.00"},)"
      R"("hidden":["legs[5].note"],"required":["plate","reason"]})");
  CHECK_FALSE(
      client.app.engine.reader(client.app.actor("boss")).record(client.app.entity("trip"), 1));
}

TEST_CASE("what may not be filled is not previewed either") {
  Client client(kTrips);
  const auto boss = client.app.actor("boss");
  REQUIRE(client.app.create(boss, "trip", R"({"place":"a"})"));
  REQUIRE(client.app.create(boss, "rate", R"({"name":"r","per_day":"77"})"));
  CHECK(client.post("guest", "/trip/live", "place=a").status == 403);
  CHECK(client.post("guest", "/trip/1/live", "place=a").status == 403);
  CHECK(client.post("boss", "/trip/9/live", "place=a").status == 404);
  // Without the proof of the form: as for other posts.
  const auto forged =
      client.send(Method::Post, "/trip/live",
                  {client.cookie_of("boss"), {"Content-Type", "application/x-www-form-urlencoded"}},
                  "_csrf=x&place=a");
  CHECK(forged.status == 403);
  // A clerk may not see rates, so none comes in by way of a reference.
  CHECK(holds(client.post("boss", "/trip/live", "place=a&rate=1"), "77"));
  CHECK_FALSE(holds(client.post("clerk", "/trip/live", "place=a&rate=1"), "77"));
}

TEST_CASE("the API shows what is computed and refuses to be told") {
  Client client(kTrips);
  const auto made = client.api("boss", Method::Post, "/api/v1/records/trip",
                               R"({"place":"a","legs":[{"what":"x","price":"3"}]})");
  CHECK(made.status == 201);
  CHECK(holds(made, R"("days":"2")"));
  CHECK(holds(made, R"("cost":"6.00")"));
  const auto refused =
      client.api("boss", Method::Post, "/api/v1/records/trip", R"({"place":"a","cost":"1"})");
  CHECK(refused.status == 422);
  CHECK(holds(
      refused,
      R"("field":"cost","code":"field.computed","detail":"Cost: is computed and cannot be sent")"));
  const auto broken =
      client.api("boss", Method::Post, "/api/v1/records/trip", R"({"place":"a","days":"12"})");
  CHECK(broken.status == 422);
  CHECK(holds(
      broken,
      R"("pointer":"","field":"","code":"record.rule-say","detail":"A long trip has a cost")"));
}

}  // namespace
}  // namespace formwork::routes
