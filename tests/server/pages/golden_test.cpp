// The golden pages of docs/ui/markup are what the program renders for the example; UPDATE_GOLDEN=1
// writes them anew. The browser tests hold those files to accessibility and valid HTML.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "engine/command/refusal_texts.h"
#include "server/assets/assets.h"
#include "tests/server/pages/admin_example.h"
#include "tests/server/pages/deal_example.h"

namespace formwork {
namespace {

using testing::AdminExample;
using testing::DealExample;
using testing::Example;

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// Icons and hashes stand as placeholders in the repository.
std::string with_placeholders(std::string html) {
  for (const assets::Icon& icon : assets::icons()) {
    replace_all(html, icon.markup, "{{icon:" + std::string(icon.name) + "}}");
  }
  for (const assets::Asset& asset : assets::all()) {
    replace_all(html, asset.url, "{{asset:" + std::string(asset.name) + "}}");
  }
  return html;
}

void compare(const Example& example, const std::string& name, const std::string& html) {
  const std::string tag = example.model.app.locales[example.frame.locale];
  const std::string path = "docs/ui/markup/" + name + "." + tag + ".html";
  const std::string rendered = with_placeholders(html);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << rendered;
  std::ifstream file(path, std::ios::binary);
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  const auto differ = std::mismatch(rendered.begin(), rendered.end(), golden.begin(), golden.end());
  const auto at = static_cast<std::size_t>(differ.first - rendered.begin());
  CHECK_MESSAGE(rendered == golden, path,
                " differs from: ", rendered.substr(at < 40 ? 0 : at - 40, 160),
                "\nrun the test with UPDATE_GOLDEN=1 and read the change");
}

std::vector<engine::Record> some_records(const Example& example) {
  const bool chinese = example.frame.locale == 1;
  const std::vector<std::string> companies =
      chinese ? std::vector<std::string>{"星澜跨境电商", "北麓新材料", "云栈生鲜",
                                         "恒拓机电",     "南屿医疗",   "拾光家居"}
              : std::vector<std::string>{"Xinglan Cross-border", "Beilu New Materials",
                                         "Yunzhan Fresh",        "Hengtuo Electromech",
                                         "Nanyu Medical",        "Shiguang Home"};
  std::vector<engine::Record> records;
  for (std::int64_t id = 42; id > 36; --id) {
    engine::Record record = example.record();
    record.id = id;
    record.values[example.field("number")] = feel::Value("L-202611-000" + std::to_string(id));
    record.values[0] = feel::Value(companies[static_cast<std::size_t>(42 - id)]);
    record.created_at.microseconds -= (42 - id) * 7 * 3600 * kMicrosPerSecond;
    if (id % 3 == 0) record.values[example.field("owner")] = {};
    records.push_back(std::move(record));
  }
  return records;
}

pages::ListPage list_page(const Example& example) {
  pages::ListPage page;
  page.entity = &example.lead();
  page.sort = example.lead().list.sort;
  page.title_of = example.titles();
  page.options_of = example.options_of();
  return page;
}

void lists(const Example& example) {
  const std::vector<engine::Record> records = some_records(example);
  const std::vector<http::Parameter> filters{{"source", "event"}, {"budget.from", "100000"}};
  pages::ListPage page = list_page(example);
  compare(example, "list-empty", example.pages.list(example.frame, page));
  page.filters = filters;
  compare(example, "list-no-match", example.pages.list(example.frame, page));
  page.records = records;
  page.is_continued = true;
  page.previous_cursor = "70";
  page.next_cursor = "6e";
  compare(example, "list", example.pages.list(example.frame, page));
}

const records::FormPairs& wrong_input() {
  static const records::FormPairs pairs{{"tax_number", "91330100MA27W0X41K"},
                                        {"email", "pei.yu.example.com"},
                                        {"mobile", "138 0571 620"},
                                        {"website", "ftp://xinglan.example"},
                                        {"employees", "12.5"},
                                        {"interests", "wms"},
                                        {"interests", "bi"},
                                        {"budget", "-5,000,00"},
                                        {"discount", "55"},
                                        {"expected_close", "2026-11-31"},
                                        {"call_at", "2026-11-20T14:30"},
                                        {"best_time", "20:30"},
                                        {"reply_within", "soon"},
                                        {"notes", std::string(512, 'x')},
                                        {"items[1].product", "1"},
                                        {"items[1].qty", "40"},
                                        {"items[2].product", "2"},
                                        {"items[2].qty", "55"},
                                        {"campaign", "Autumn fare"}};
  return pairs;
}

std::vector<engine::FieldProblem> problems_of(const Example& example) {
  std::vector<std::size_t> fields = pages::form_fields(example.frame, example.lead());
  std::vector<engine::FieldProblem> problems =
      records::read_form(example.lead(), fields, pages::as_input(example.lead(), wrong_input()),
                         example.reading())
          .problems;
  for (const std::string_view name :
       {"company", "contact_name", "source", "industry", "owner", "consent"}) {
    problems.push_back({example.field(name), {}, {}, {}, {&engine::texts::kRequired, {}}});
  }
  return problems;
}

void forms(const Example& example) {
  pages::FormPage page = example.form_page();
  compare(example, "new", example.pages.form(example.frame, page));
  const std::vector<engine::FieldProblem> problems = problems_of(example);
  page.typed = &wrong_input();
  page.problems = problems;
  compare(example, "new-errors", example.pages.form(example.frame, page));
}

void conflict(const Example& example) {
  const engine::Record record = example.record();
  engine::HistoryEntry entry;
  entry.version = 6;
  entry.changes = R"({"budget":{"from":"860000.00","to":"750000.00"},)"
                  R"("expected_close":{"from":"2026-12-18","to":"2026-12-20"}})";
  const std::vector<engine::HistoryEntry> history{entry};
  const records::FormPairs pairs{{"company", record.values[0].string()},
                                 {"contact_name", "Pei Yu"},
                                 {"source", "website"},
                                 {"industry", "ecommerce"},
                                 {"budget", "900000.00"},
                                 {"expected_close", "2026-12-18"},
                                 {"items[1].product", "1"},
                                 {"items[1].qty", "40"},
                                 {"owner", "lin.yifan"},
                                 {"attachments", "7"},
                                 {"consent", "true"}};
  pages::FormPage page = example.form_page();
  page.record = &record;
  page.typed = &pairs;
  page.conflict = pages::EditConflict{.opened_version = 5, .history = history};
  compare(example, "edit-conflict", example.pages.form(example.frame, page));
}

std::vector<engine::HistoryEntry> history_of(const Example& example) {
  const auto entry = [&](std::int64_t actor, std::string_view time, std::string action,
                         std::string cause, std::string changes) {
    engine::HistoryEntry made;
    made.actor = actor;
    made.actor_name = example.directory.account_name(actor);
    made.at = testing::on_that_day(time);
    made.action = std::move(action);
    made.cause = std::move(cause);
    made.changes = std::move(changes);
    return made;
  };
  return {entry(3, "16:12:08", "updated", "page",
                R"({"budget":{"from":"800000.00","to":"860000.00"},)"
                R"("expected_close":{"from":null,"to":"2026-12-18"}})"),
          entry(1, "10:40:51", "updated", "api",
                R"({"items":{"from":[{"product":1,"qty":"50"}],)"
                R"("to":[{"product":1,"qty":"100"},{"product":2,"qty":"45"}]}})"),
          entry(1, "09:02:33", "created", "page", "{}")};
}

void details(Example& example) {
  engine::Record record = example.record();
  const std::vector<engine::HistoryEntry> history = history_of(example);
  pages::DetailPage page;
  page.entity = &example.lead();
  page.record = &record;
  page.history = history;
  page.earlier = 3;
  page.title_of = example.titles();
  page.file_of = Example::files();
  example.frame.done = pages::Done::Changed;
  compare(example, "detail", example.pages.detail(example.frame, page));
  example.frame.done = pages::Done::Nothing;
  compare(example, "delete", example.pages.remove(example.frame, {&example.lead(), &record}));
  record.deleted_at = testing::on_that_day("17:00:00");
  compare(example, "deleted", example.pages.detail(example.frame, page));
}

void others(const Example& example) {
  const std::size_t locale = example.frame.locale;
  const pages::Frame& frame = example.frame;
  pages::SignInPage sign_in{.locale = locale, .path = "/sign-in", .next = "/lead"};
  compare(example, "sign-in", example.pages.sign_in(sign_in));
  const std::string problem =
      render(engine::texts::kWrongSignIn, language_of(example.model.app.locales[locale]));
  sign_in.name = "li.lei";
  sign_in.problem = problem;
  compare(example, "sign-in-error", example.pages.sign_in(sign_in));
  pages::HomePage home{.places = {{&example.lead(), 6, true, some_records(example)},
                                  {&example.model.entities[1], 0, true, {}}},
                       .title_of = example.titles()};
  compare(example, "home", example.pages.home(frame, home));
  pages::ErrorPage error{.status = 404, .entity = &example.lead()};
  compare(example, "error-404", example.pages.error(locale, error, &frame));
  error.status = 403;
  compare(example, "error-403", example.pages.error(locale, error, &frame));
  compare(example, "error-500",
          example.pages.error(locale, {.status = 500, .request_id = "7f3c-19ad"}));
  compare(example, "error-503",
          example.pages.error(locale, {.status = 503, .retry_after_seconds = 5}));
}

void public_forms(const Example& example) {
  model::PublicForm form;
  form.name = "contact_us";
  form.label = testing::both("Contact us", "联系我们");
  form.intro = testing::both("Tell us what you need. We answer within one working day.",
                             "请告诉我们您的需求，我们将在一个工作日内答复。");
  form.thanks = testing::both("Thank you. We answer within one working day.",
                              "谢谢！我们将在一个工作日内答复。");
  for (const std::string_view name : {"company", "contact_name", "email", "mobile", "industry",
                                      "interests", "expected_close", "notes", "consent"}) {
    form.fields.push_back(example.field(name));
  }
  pages::PublicFormPage page{.form = &form,
                             .locale = example.frame.locale,
                             .path = "/f/contact_us?utm_source=news",
                             .action = "/f/contact_us?utm_source=news",
                             .gate = &example.gate,
                             .directory = &example.directory};
  compare(example, "public-form", example.pages.public_form(page));
  std::vector<engine::FieldProblem> problems = problems_of(example);
  std::erase_if(problems, [&](const engine::FieldProblem& problem) {
    return std::find(form.fields.begin(), form.fields.end(), problem.field) == form.fields.end();
  });
  page.typed = &wrong_input();
  page.problems = problems;
  compare(example, "public-form-errors", example.pages.public_form(page));
  compare(example, "public-thanks",
          example.pages.public_thanks(
              {.form = &form, .locale = example.frame.locale, .path = "/f/contact_us/thanks"}));
}

void deals(DealExample& deals) {
  const Example& example = deals.base;
  const std::vector<engine::HistoryEntry> history = deals.history();
  const engine::Standing quote = deals.in_quote();
  pages::DetailPage page;
  page.entity = &deals.deal();
  page.record = &quote.record;
  page.standing = &quote;
  page.title_of = example.titles();
  compare(example, "deal-quote", example.pages.detail(example.frame, page));
  const engine::Standing review = deals.in_review();
  page.record = &review.record;
  page.standing = &review;
  page.history = history;
  const engine::Refusal refusal{
      .kind = engine::RefusalKind::Conflict,
      .message = {&DealExample::kSay, {{"say", quote.lifecycle->stages[2].exit[0].say}}},
      .fields = {{.field = 2, .message = {&engine::texts::kRequired, {}}, .saw = "amount = null"}}};
  page.refused = pages::RefusedForm{&refusal, nullptr};
  page.todos = deals.todos();
  page.todos.front().may_finish = false;
  compare(example, "deal-review", example.pages.detail(example.frame, page));
  pages::FormPage form;
  form.entity = &deals.deal();
  form.record = &quote.record;
  form.title_of = example.titles();
  form.options_of = example.options_of();
  compare(example, "deal-edit", example.pages.form(example.frame, form));
}

void deal_list(const DealExample& deals) {
  const Example& example = deals.base;
  std::vector<engine::Record> records;
  for (const std::string_view stage : {"discovery", "quote", "review", "contract", "lost"}) {
    records.push_back(deals.record(stage));
    records.back().id = 90 - static_cast<std::int64_t>(records.size());
  }
  pages::ListPage page;
  page.entity = &deals.deal();
  page.records = records;
  page.sort = deals.deal().list.sort;
  page.title_of = example.titles();
  page.options_of = example.options_of();
  page.dwell_of = [](const model::Stage& stage, Instant) {
    lifecycle::DwellTimes times;
    if (stage.name == "quote") times.limit = testing::in_november("21T17:40");
    return times;
  };
  compare(example, "deal-list", example.pages.list(example.frame, page));
}

void tasks(const DealExample& deals) {
  const Example& example = deals.base;
  pages::TasksPage page;
  page.items = deals.to_do();
  page.counts[0] = 3;
  page.counts[2] = 1;
  page.has_held = true;
  page.title_of = example.titles();
  page.options_of = example.options_of();
  page.delegations = {
      {1, 1, 2, testing::in_november("25T00:00"), testing::in_november("28T00:00"), 1}};
  compare(example, "tasks", example.pages.tasks(example.frame, page));
  const std::vector<engine::HistoryEntry> history = deals.history();
  const engine::TaskDetail detail = deals.to_decide();
  pages::TaskPanel panel{.detail = &detail, .history = history, .refused = {}};
  page.panel = &panel;
  compare(example, "task", example.pages.tasks(example.frame, page));
  const engine::Refusal refusal{.kind = engine::RefusalKind::Invalid,
                                .message = {&engine::texts::kRequired, {}},
                                .fields = {}};
  const records::FormPairs sent{{"action", "transfer"}, {"to", "ma.li"}, {"discount", "20"}};
  panel.refused = pages::RefusedForm{&refusal, &sent};
  compare(example, "task-refused", example.pages.tasks(example.frame, page));
  panel.refused.reset();
  const engine::TaskDetail copy = deals.copy();
  panel.detail = &copy;
  page.box = pages::TaskBox::Copies;
  compare(example, "task-copy", example.pages.tasks(example.frame, page));
  page.panel = nullptr;
  page.box = pages::TaskBox::Mine;
  page.items = deals.mine();
  page.delegations.clear();
  compare(example, "tasks-mine", example.pages.tasks(example.frame, page));
}

void my_work(const DealExample& deals) {
  const Example& example = deals.base;
  pages::HomePage home;
  home.tasks = deals.to_do();
  home.submitted = deals.mine();
  home.late = {{&deals.deal(), deals.record("quote"), &deals.lifecycle().stages[2],
                testing::in_november("14T17:40"), deals.in_quote().dwell}};
  home.todos = deals.todos();
  home.places = {{&deals.deal(), 1, true, {deals.record("quote")}}};
  home.title_of = example.titles();
  compare(example, "my-work", example.pages.home(example.frame, home));
}

void notifications(DealExample& deals) {
  Example& example = deals.base;
  pages::NotificationsPage page{.lines = deals.told(), .next = 71};
  example.frame.unread = 2;
  compare(example, "notifications", example.pages.notifications(example.frame, page));
  example.frame.unread = 0;
  compare(example, "notifications-none",
          example.pages.notifications(example.frame, {.lines = {}, .unread = true}));
}

void preferences(const DealExample& deals) {
  const Example& example = deals.base;
  pages::PreferencesPage page;
  page.preferences.digest = engine::Preferences::Digest::Daily;
  page.preferences.quiet_from = parse_time("22:00");
  page.preferences.quiet_to = parse_time("08:00");
  page.absences = {{.id = 3,
                    .account = 1,
                    .starts_at = testing::in_november("25T00:00"),
                    .ends_at = testing::in_november("28T00:00"),
                    .reason = deals.say(testing::both("Wedding leave", "婚假"))}};
  compare(example, "preferences", example.pages.preferences(example.frame, page));
  const engine::Refusal refusal{.kind = engine::RefusalKind::Invalid,
                                .message = {&engine::texts::kRequired, {}},
                                .fields = {}};
  const records::FormPairs sent{{"digest", "hourly"}, {"quiet_from", "21:00"}, {"quiet_to", ""}};
  page.refused = pages::RefusedForm{&refusal, &sent};
  compare(example, "preferences-refused", example.pages.preferences(example.frame, page));
}

void automations(const AdminExample& admin) {
  const Example& example = admin.base;
  const pages::Frame& frame = example.frame;
  pages::AutomationsPage list = admin.automations();
  compare(example, "admin-automations", example.pages.automations(frame, list));
  list.entity = &example.lead();
  list.record = 42;
  list.title = example.title_of(example.lead(), 42);
  compare(example, "admin-automations-of", example.pages.automations(frame, list));
  compare(example, "admin-automations-none", example.pages.automations(frame, {}));
  pages::RunsPage runs;
  compare(example, "admin-runs-none", example.pages.runs(frame, runs));
  runs.runs = admin.runs();
  runs.next = 4;
  compare(example, "admin-runs", example.pages.runs(frame, runs));
  pages::RunsPage one = admin.of_automation();
  one.trial_record = "1";
  one.trial = {admin.runs()[0], admin.runs()[1]};
  one.runs = {admin.runs()[1]};
  compare(example, "admin-dry-run", example.pages.runs(frame, one));
  one.trial.reset();
  one.trial_record = admin.say(testing::both("Xinglan", "星澜"));
  one.trial_matches = {{42, admin.say(testing::both("Xinglan Cross-border", "星澜跨境电商"))},
                       {17, admin.say(testing::both("Xinglan Logistics", "星澜物流"))}};
  one.options_of = [](const model::Entity&, std::size_t at_most) {
    return std::vector<pages::RecordOption>(at_most, {1, "1"});
  };
  compare(example, "admin-dry-run-choose", example.pages.runs(frame, one));
  pages::RunPage run{.run = admin.runs()[2],
                     .causes = admin.causes(),
                     .chain = {admin.runs()[1], admin.runs()[2]},
                     .title_of = example.titles()};
  compare(example, "admin-run", example.pages.run(frame, run));
}

void outbox(const AdminExample& admin) {
  const Example& example = admin.base;
  const pages::Frame& frame = example.frame;
  compare(example, "admin-outbox", example.pages.outbox(frame, admin.outbox()));
  compare(example, "admin-outbox-none", example.pages.outbox(frame, {}));
  compare(example, "admin-message", example.pages.message(frame, admin.message()));
  compare(example, "admin-forecast", example.pages.forecast(frame, admin.forecast()));
  compare(example, "admin-forecast-none", example.pages.forecast(frame, {}));
}

void pool(const AdminExample& admin) {
  const Example& example = admin.base;
  std::vector<engine::Record> records = some_records(example);
  records.resize(3);
  for (engine::Record& record : records) {
    record.values[example.field("owner")] = {};
    record.values[example.field("pool")] = feel::Value("public");
  }
  pages::ListPage page = list_page(example);
  page.pool = true;
  page.quotas = {engine::ClaimQuota{.most = 5, .left = 4}};
  compare(example, "pool-empty", example.pages.list(example.frame, page));
  page.records = records;
  compare(example, "pool", example.pages.list(example.frame, page));
  page.quotas = {engine::ClaimQuota{.most = 5, .left = 0}};
  compare(example, "pool-used-up", example.pages.list(example.frame, page));
}

TEST_CASE("the pages are their golden pages, in both languages") {
  for (const std::size_t locale : {std::size_t{0}, std::size_t{1}}) {
    Example example(locale);
    lists(example);
    forms(example);
    public_forms(example);
    conflict(example);
    details(example);
    others(example);
    DealExample deal(locale);
    deals(deal);
    deal_list(deal);
    tasks(deal);
    my_work(deal);
    notifications(deal);
    preferences(deal);
    AdminExample admin(locale);
    automations(admin);
    outbox(admin);
    pool(admin);
  }
}

}  // namespace
}  // namespace formwork
