// Lists, details, removal, errors, sign-in: what they show, to whom, and never unescaped.
#include <doctest/doctest.h>

#include "server/pages/html.h"
#include "server/pages/page_texts.h"
#include "server/pages/person.h"
#include "tests/server/pages/example.h"

namespace formwork {
namespace {

using testing::Example;
using testing::has;

constexpr std::string_view kHostile = "\"><script>alert('x')</script>&";

TEST_CASE("links lead to known schemes and local paths only") {
  for (const std::string_view url : {"https://a.example", "HTTP://a.example", "mailto:a@b.example",
                                     "tel:+8613805716204", "/lead/42"}) {
    CHECK(pages::is_safe_url(url));
  }
  for (const std::string_view url :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "\\\\x",
        "/\\evil.example", " https://a.example", "java\nscript:x", "", "lead", "vbscript:x"}) {
    CAPTURE(url);
    CHECK_FALSE(pages::is_safe_url(url));
  }
}

TEST_CASE("an unsafe address is shown as text") {
  const Example example;
  engine::Record record = example.record();
  record.values[example.field("website")] = feel::Value("javascript:alert(1)");
  pages::DetailPage page;
  page.entity = &example.lead();
  page.record = &record;
  const std::string html = example.pages.detail(example.frame, page);
  CHECK_FALSE(has(html, "href=\"javascript"));
  CHECK(has(html, "javascript:alert(1)"));
}

TEST_CASE("every page escapes what it is given") {
  const Example example;
  engine::Record record = example.record();
  for (const std::string_view name : {"company", "contact_name", "email", "notes", "source"}) {
    record.values[example.field(name)] = feel::Value(kHostile);
  }
  const std::vector<engine::Record> records{record};
  engine::HistoryEntry entry;
  entry.action = "updated";
  entry.actor = 99;
  entry.actor_name = std::string(kHostile);
  entry.changes = R"({"company":{"from":"\"><script>alert('x')</script>","to":"b"}})";
  const std::vector<engine::HistoryEntry> history{entry};
  const std::vector<http::Parameter> filters{{"company", std::string(kHostile)},
                                             {"budget.from", std::string(kHostile)}};
  const pages::TitleOf title_of = [](const model::Entity&, engine::RecordId) {
    return std::optional<std::string>(kHostile);
  };
  pages::Frame frame = example.frame;
  frame.csrf = kHostile;
  frame.path = "/lead?q=\"><script>alert('x')";

  pages::ListPage list;
  list.entity = &example.lead();
  list.records = records;
  list.filters = filters;
  list.sort = example.lead().list.sort;
  list.next_cursor = kHostile;
  list.title_of = title_of;
  pages::DetailPage detail;
  detail.entity = &example.lead();
  detail.record = &record;
  detail.history = history;
  detail.title_of = title_of;
  pages::HomePage home;
  home.places = {{&example.lead(), 1, true, records}};
  const std::vector<std::string> rendered{
      example.pages.list(frame, list),
      example.pages.detail(frame, detail),
      example.pages.home(frame, home),
      example.pages.remove(frame, {&example.lead(), &record}),
      example.pages.error(0, {.status = 404, .message = kHostile}, &frame),
      example.pages.error(0, {.status = 500, .message = kHostile, .request_id = kHostile}),
      example.pages.sign_in({0, "/sign-in", kHostile, kHostile, kHostile, kHostile})};
  for (const std::string& html : rendered) {
    CAPTURE(html.substr(0, 300));
    CHECK_FALSE(has(html, "<script>alert"));
    CHECK_FALSE(has(html, "=\"\"><"));
    CHECK(has(html, "&lt;script&gt;"));
  }
}

TEST_CASE("who may only view is offered nothing else") {
  Example example;
  example.actor.roles = {1};
  const engine::Record record = example.record();
  const std::vector<engine::Record> records{record};
  pages::ListPage list;
  list.entity = &example.lead();
  list.records = records;
  list.sort = example.lead().list.sort;
  const std::string listed = example.pages.list(example.frame, list);
  CHECK_FALSE(has(listed, "/lead/new"));
  CHECK_FALSE(has(listed, "deleted=true"));
  CHECK_FALSE(has(listed, "href=\"/account\""));
  pages::DetailPage page;
  page.entity = &example.lead();
  page.record = &record;
  const std::string detail = example.pages.detail(example.frame, page);
  CHECK_FALSE(has(detail, "/lead/42/edit"));
  CHECK_FALSE(has(detail, "/lead/42/delete"));
}

TEST_CASE("a deleted record is restored, not edited") {
  const Example example;
  engine::Record record = example.record();
  record.deleted_at = testing::on_that_day("17:00:00");
  pages::DetailPage page;
  page.entity = &example.lead();
  page.record = &record;
  const std::string html = example.pages.detail(example.frame, page);
  CHECK(has(html, "action=\"/lead/42/restore\""));
  CHECK_FALSE(has(html, "/lead/42/edit"));
}

TEST_CASE("history shows old values struck out and new ones, as people read them") {
  const Example example;
  const engine::Record record = example.record();
  engine::HistoryEntry entry;
  entry.action = "updated";
  entry.actor = 3;
  entry.cause = "api";
  entry.at = testing::on_that_day("16:12:08");
  entry.changes = R"({"budget":{"from":"800000.00","to":"860000.00"},)"
                  R"("items":{"from":[{"product":1,"qty":"50"}],)"
                  R"("to":[{"product":1,"qty":"100"},{"product":2,"qty":"1"}]}})";
  const std::vector<engine::HistoryEntry> history{entry};
  pages::DetailPage page;
  page.entity = &example.lead();
  page.record = &record;
  page.history = history;
  page.earlier = 12;
  page.title_of = example.titles();
  const std::string html = example.pages.detail(example.frame, page);
  CHECK(has(html, "<b>Chen Siyuan</b> changed 2 fields"));
  CHECK(has(html, "<s>¥800,000.00</s>"));
  CHECK(has(html, "<ins>¥860,000.00</ins>"));
  CHECK(has(html, "Line 1, Quantity"));
  CHECK(has(html, "Line 2 added: Product 2"));
  CHECK(has(html, "href=\"?history=12#s-history\""));
}

TEST_CASE("list links keep the filters, and a pill leaves its own out") {
  const Example example;
  const std::vector<engine::Record> records{example.record()};
  const std::vector<http::Parameter> filters{{"source", "event"}, {"budget.from", "100000"}};
  pages::ListPage page;
  page.entity = &example.lead();
  page.records = records;
  page.filters = filters;
  page.sort = example.lead().list.sort;
  page.next_cursor = "abc";
  const std::string html = example.pages.list(example.frame, page);
  CHECK(has(html, "href=\"/lead?budget.from=100000\"><span>Source: <b>Trade fair</b>"));
  CHECK(has(html, "href=\"/lead?source=event\"><span>Budget: <b>from ¥100,000.00</b>"));
  CHECK(
      has(html, "rel=\"next\" href=\"/lead?source=event&amp;budget.from=100000&amp;cursor=abc\""));
  CHECK(has(html, "aria-sort=\"descending\""));
  CHECK(has(html, "href=\"/lead?source=event&amp;budget.from=100000&amp;sort=created_at\""));
}

TEST_CASE("the language links keep the address") {
  Example example(1);
  example.frame.path = "/lead?source=event";
  pages::HomePage home;
  const std::string html = example.pages.home(example.frame, home);
  CHECK(has(html, "<html lang=\"zh-CN\">"));
  CHECK(has(html, "<a href=\"?source=event&amp;lang=en\" lang=\"en\" hreflang=\"en\">EN</a>"));
}

TEST_CASE("a toast says what was done, and unknown codes say nothing") {
  Example example;
  example.frame.done = pages::find_done("changed");
  CHECK(has(example.pages.home(example.frame, {}), "Changes saved"));
  CHECK(pages::find_done("hacked") == pages::Done::Nothing);
  CHECK(pages::done_code(pages::Done::Restored) == "restored");
}

TEST_CASE("initials are those of first and last word, and the surname's in Han characters") {
  CHECK(pages::initials_of("Lin Yifan") == "LY");
  CHECK(pages::initials_of("林一帆") == "林");
  CHECK(pages::initials_of("徐丹") == "徐");
  CHECK(pages::initials_of("Admin") == "A");
  CHECK(pages::initials_of("") == "?");
}

TEST_CASE("both languages of a text have the same placeholders") {
  for (const MessageText* text : pages::texts::all_page_texts()) {
    CAPTURE(text->code);
    CHECK_FALSE(text->chinese.empty());
    for (std::size_t at = text->chinese.find('{'); at != std::string_view::npos;
         at = text->chinese.find('{', at + 1)) {
      const std::string_view name = text->chinese.substr(at, text->chinese.find('}', at) - at + 1);
      CHECK(has(text->english, name));
    }
  }
}

}  // namespace
}  // namespace formwork
