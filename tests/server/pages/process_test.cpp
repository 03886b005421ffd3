// Stages, approvals and tasks: who is offered what, what is kept from whom, and never unescaped.
#include <doctest/doctest.h>

#include "server/pages/clock.h"
#include "server/pages/history.h"
#include "tests/server/pages/deal_example.h"

namespace formwork {
namespace {

using engine::TaskAction;
using testing::DealExample;
using testing::has;
using testing::in_november;

constexpr std::string_view kHostile = "\"><script>alert('x')</script>&";

pages::Words english() { return {Language::English, 0}; }

std::string detail_of(const DealExample& deals, const engine::Standing& standing,
                      std::span<const engine::HistoryEntry> history = {}) {
  pages::DetailPage page;
  page.entity = &deals.deal();
  page.record = &standing.record;
  page.standing = &standing;
  page.history = history;
  page.title_of = deals.base.titles();
  return deals.base.pages.detail(deals.base.frame, page);
}

std::string task_of(const DealExample& deals, const engine::TaskDetail& detail) {
  const pages::TaskPanel panel{.detail = &detail, .history = {}, .refused = {}};
  pages::TasksPage page;
  page.panel = &panel;
  return deals.base.pages.tasks(deals.base.frame, page);
}

TEST_CASE("in which stage a field is needed is told to those behind sign-in alone") {
  DealExample deals(0);
  std::size_t index = 0;
  while (!deals.deal().fields[index].required_from) ++index;
  const pages::FormPage form{.entity = &deals.deal()};
  CHECK(has(deals.base.pages.form(deals.base.frame, form), "class=\"tag-stage\""));
  model::PublicForm anybody;
  anybody.intake.entity = deals.deal().index;
  anybody.label = testing::both("Ask us", "联系我们");
  anybody.fields = {index};
  const std::string page = deals.base.pages.public_form({.form = &anybody,
                                                         .path = "/f/ask",
                                                         .action = "/f/ask",
                                                         .gate = &deals.base.gate,
                                                         .directory = &deals.base.directory});
  CHECK(has(page, deals.deal().fields[index].label[0]));
  CHECK_FALSE(has(page, "tag-stage"));
}

TEST_CASE("a span is said in the largest unit that fits") {
  const Instant from = in_november("20T10:00");
  const auto text = [&](std::string_view to) {
    return pages::span_text(english(), from, in_november(to));
  };
  CHECK(text("20T10:00") == "0 min");
  CHECK(text("20T10:59") == "59 min");
  CHECK(text("20T11:00") == "1 h");
  CHECK(text("21T09:59") == "23 h");
  CHECK(text("21T10:00") == "1 day");
  CHECK(text("22T10:00") == "2 days");
}

TEST_CASE("a task is soon due within four hours or the last quarter of its time") {
  using Kind = pages::DueState::Kind;
  const auto kind = [](std::string_view since, std::string_view due, std::string_view now) {
    return pages::due_state(english(), in_november(since), in_november(due), in_november(now)).kind;
  };
  CHECK(kind("20T10:00", "24T10:00", "20T11:00") == Kind::Calm);
  CHECK(kind("20T10:00", "24T10:00", "23T10:01") == Kind::Soon);
  CHECK(kind("20T10:00", "20T20:00", "20T16:01") == Kind::Soon);
  CHECK(kind("20T10:00", "20T20:00", "20T20:01") == Kind::Late);
}

TEST_CASE("a stage's clock warns, and is late behind its limit") {
  using Kind = pages::DueState::Kind;
  const lifecycle::DwellTimes dwell{.warn = in_november("20T10:00"),
                                    .limit = in_november("22T10:00")};
  const auto kind = [&](std::string_view now) {
    return pages::dwell_state(english(), dwell, in_november(now)).kind;
  };
  CHECK(kind("19T10:00") == Kind::Calm);
  CHECK(kind("21T10:00") == Kind::Soon);
  CHECK(kind("23T10:00") == Kind::Late);
  CHECK(pages::dwell_state(english(), {}, in_november("23T10:00")).text.empty());
}

TEST_CASE("a possible move is a button, an impossible one says why") {
  const DealExample deals(0);
  engine::Standing standing = deals.in_quote();
  const std::string blocked = detail_of(deals, standing);
  CHECK_FALSE(has(blocked, "name=\"to\" value=\"review\""));
  CHECK(has(blocked, "2 things left before Discount review"));
  CHECK(has(blocked, "href=\"/deal/86/edit#f-close\""));
  CHECK(has(blocked, "href=\"#i-terms\""));
  CHECK(has(blocked, "Only Sales can do this."));
  standing.moves[0].unmet.clear();
  const std::string open = detail_of(deals, standing);
  CHECK(has(open, "Ready for Discount review"));
  CHECK(has(open, "action=\"/deal/86/move\""));
  CHECK(has(open, "name=\"to\" value=\"review\""));
}

TEST_CASE("a move that asks for a comment has one that is required") {
  const DealExample deals(0);
  const std::string html = detail_of(deals, deals.in_quote());
  CHECK(has(html, "The deal is closed and its quotes end."));
  CHECK(has(html, "id=\"m-lost\" name=\"comment\" rows=\"2\" required"));
}

TEST_CASE("who may not edit sees the checklist without boxes to tick") {
  const DealExample deals(0);
  engine::Standing standing = deals.in_quote();
  standing.may_edit = standing.may_delete = standing.may_assign = false;
  const std::string html = detail_of(deals, standing);
  CHECK(has(html, "Agree the terms of payment"));
  for (const std::string_view part : {"/checklist", "/edit", "/assign", "/claim", "/delete"}) {
    CAPTURE(part);
    CHECK_FALSE(has(html, part));
  }
}

TEST_CASE("actions of an approval are offered to those who may, with the way back") {
  const DealExample deals(0);
  engine::Standing standing = deals.in_review();
  const std::string mine = detail_of(deals, standing);
  CHECK(has(mine, "name=\"action\" value=\"withdraw\""));
  CHECK(has(mine, "name=\"action\" value=\"urge\""));
  CHECK(has(mine, "name=\"next\" value=\"/deal/86\""));
  standing.processes[0].tasks.clear();
  const std::string others = detail_of(deals, standing);
  CHECK_FALSE(has(others, "value=\"withdraw\""));
  CHECK_FALSE(has(others, "value=\"urge\""));
}

TEST_CASE("what time did is told apart from what people did") {
  const DealExample deals(0);
  engine::Standing standing = deals.in_review();
  engine::Task& task = standing.processes[0].process.tasks[0];
  task.outcome = engine::TaskOutcome::ApprovedByTimeout;
  task.decided_by = 0;
  const std::string html = detail_of(deals, standing, deals.history());
  CHECK(has(html, "<b>Xu Dan</b>: passed by time-out"));
  CHECK_FALSE(has(html, "<b>Xu Dan</b> approved"));
  CHECK(has(html, "<b>Ma Li</b>: passed by time-out</span>"));
}

TEST_CASE("a delegate's decision names both") {
  const DealExample deals(0);
  engine::Standing standing = deals.in_review();
  standing.processes[0].process.tasks[0].decided_by = 4;
  CHECK(has(detail_of(deals, standing), "<b>Ma Li</b> approved for Xu Dan"));
}

TEST_CASE("history says what led to an entry, as long as it is on the page") {
  const DealExample deals(0);
  const std::string html = detail_of(deals, deals.in_review(), deals.history());
  CHECK(has(html, "Because: Chen Siyuan changed Discount"));
  CHECK(has(html, "<s>Quote</s>"));
  CHECK(has(html, "<ins>Discount review</ins>"));
  CHECK_FALSE(has(html, "2026-11-21T08:20:00Z"));
}

TEST_CASE("changes since a decision are those of the step that they voided") {
  const DealExample deals(0);
  const std::vector<engine::HistoryEntry> history = deals.history();
  CHECK(pages::changes_since_decision(history, "manager").size() == 1);
  CHECK(pages::changes_since_decision(history, "finance").empty());
}

TEST_CASE("the decision panel has exactly the actions that the task allows") {
  const DealExample deals(0);
  engine::TaskDetail detail = deals.to_decide();
  const std::string all = task_of(deals, detail);
  for (const std::string_view action :
       {"approve", "reject", "return", "transfer", "add_approver"}) {
    CAPTURE(action);
    CHECK(has(all, "name=\"action\" value=\"" + std::string(action) + "\""));
  }
  CHECK(has(all, "name=\"discount\""));
  CHECK(has(all, "class=\"phonebar\""));
  detail.may = {TaskAction::TakeBack};
  const std::string back = task_of(deals, detail);
  CHECK(has(back, "value=\"take_back\""));
  CHECK_FALSE(has(back, "value=\"approve\""));
  CHECK_FALSE(has(back, "name=\"discount\""));
  CHECK_FALSE(has(back, "class=\"phonebar\""));
  detail.may = {};
  CHECK_FALSE(has(task_of(deals, detail), "name=\"action\""));
}

TEST_CASE("a refused decision keeps what was sent, and opens what was asked") {
  const DealExample deals(0);
  const engine::TaskDetail detail = deals.to_decide();
  const engine::Refusal refusal{.kind = engine::RefusalKind::Conflict,
                                .message = {&DealExample::kTick, {{"item", std::string("X")}}},
                                .fields = {}};
  const records::FormPairs sent{
      {"action", "return"}, {"comment", "no <b>"}, {"resume", "false"}, {"discount", "19.5"}};
  const pages::TaskPanel panel{
      .detail = &detail, .history = {}, .refused = pages::RefusedForm{&refusal, &sent}};
  pages::TasksPage page;
  page.panel = &panel;
  const std::string html = deals.base.pages.tasks(deals.base.frame, page);
  CHECK(has(html, "<title>Error: "));
  CHECK(has(html, "Tick “X”"));
  CHECK(has(html, "no &lt;b&gt;</textarea>"));
  CHECK(has(html, "value=\"19.5\""));
  CHECK(has(html, "<details class=\"ask\" open><summary class=\"btn\">"));
  CHECK(has(html, "name=\"resume\" value=\"false\" checked"));
}

TEST_CASE("work goes on with the next task of the list") {
  const DealExample deals(0);
  const engine::TaskDetail detail = deals.to_decide();
  const pages::TaskPanel panel{.detail = &detail, .history = {}, .refused = {}};
  pages::TasksPage page;
  page.panel = &panel;
  page.items = deals.to_do();
  CHECK(has(deals.base.pages.tasks(deals.base.frame, page), "name=\"next\" value=\"/tasks/22\""));
  page.items.clear();
  CHECK(has(deals.base.pages.tasks(deals.base.frame, page), "name=\"next\" value=\"/tasks\""));
}

TEST_CASE("boxes have codes, and unknown ones are none") {
  for (std::size_t i = 0; i < pages::kTaskBoxCount; ++i) {
    const auto box = static_cast<pages::TaskBox>(i);
    CHECK(pages::find_box(pages::box_code(box)) == box);
  }
  CHECK_FALSE(pages::find_box("trash"));
}

TEST_CASE("apps without approvals have no inbox in their navigation") {
  const testing::Example leads;
  CHECK_FALSE(has(leads.pages.home(leads.frame, {}), "href=\"/tasks\""));
  const DealExample deals(0);
  CHECK(has(deals.base.pages.home(deals.base.frame, {}), "href=\"/tasks\""));
}

TEST_CASE("pages about stages and tasks escape what they are given") {
  DealExample deals(0);
  engine::Standing standing = deals.in_review();
  standing.record.values[0] = feel::Value(kHostile);
  engine::Process& process = standing.processes[0].process;
  process.tasks[0].comment = kHostile;
  process.tasks[0].reason = kHostile;
  process.steps[0].reason = kHostile;
  std::vector<engine::HistoryEntry> history = deals.history();
  history[0].detail = R"~({"step":"<script>alert(1)","whom":"<script>alert(2)",)~"
                      R"~("comment":"<script>alert(3)"})~";
  engine::TaskDetail detail = deals.to_decide();
  detail.record = standing.record;
  detail.process = process;
  detail.process.steps[0].id = kHostile;
  detail.return_to = {std::string(kHostile)};
  detail.task.reason = kHostile;
  pages::InboxItem item = deals.to_do()[0];
  item.title = kHostile;
  pages::TasksPage inbox;
  inbox.items = {item};
  pages::HomePage home;
  home.tasks = {item};
  for (const std::string& html : {detail_of(deals, standing, history), task_of(deals, detail),
                                  deals.base.pages.tasks(deals.base.frame, inbox),
                                  deals.base.pages.home(deals.base.frame, home)}) {
    CAPTURE(html.substr(0, 300));
    CHECK_FALSE(has(html, "<script>alert"));
    CHECK_FALSE(has(html, "=\"\"><"));
    CHECK(has(html, "&lt;script&gt;"));
  }
}

}  // namespace
}  // namespace formwork
