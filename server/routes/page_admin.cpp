#include "server/routes/page_admin.h"

#include <algorithm>

#include "dsl/base/utf8.h"
#include "engine/automations/texts.h"
#include "engine/pipeline/forecast.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_form.h"
#include "server/routes/page_view.h"
#include "server/routes/record_search.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Refusal;
using engine::RefusalKind;

constexpr std::size_t kLinesOnPage = 50;
constexpr std::int64_t kForecastDays = 7;
// Of a text that somebody typed: 20, and whether there are more.
constexpr std::size_t kMatches = 21;
constexpr std::size_t kCausesBack = 20;    // so many steps of history are told of a run
constexpr engine::RunId kRunsAround = 50;  // a run's chain is looked for so far from it

constexpr MessageText kNoTrialRecord{"page.no-trial-record", "choose a {entity} to try it on",
                                     "请选择要试运行的{entity}"};
constexpr MessageText kNoSuchTitle{"page.no-such-title", "no {entity} fits “{text}”",
                                   "没有符合“{text}”的{entity}"};

std::string text_of(const Exchange& exchange, std::string_view name) {
  const std::string* value = exchange.parameter(name);
  return value == nullptr ? std::string() : *value;
}

pages::RunItem item_of(engine::Run run, PageView& view, const model::Model& model) {
  pages::RunItem item{.run = std::move(run)};
  item.entity = model.find_entity(item.run.entity);
  if (item.entity == nullptr) return item;
  const auto record = view.reader().record(*item.entity, item.run.record);
  if (record) {
    item.title = permissions::title_of(*item.entity, *record, view.showing());
  } else {
    item.entity = nullptr;
  }
  return item;
}

std::vector<pages::RunItem> items_of(std::vector<engine::Run> runs, PageView& view,
                                     const model::Model& model) {
  std::vector<pages::RunItem> items;
  for (engine::Run& run : runs) items.push_back(item_of(std::move(run), view, model));
  return items;
}

// What somebody has tried out on the page of an automation.
struct Tried {
  std::string record;
  std::vector<pages::RecordOption> matches;
  std::optional<std::vector<engine::Run>> runs;
  std::string problem;
};

http::Response runs_page(int status, const model::Automation* automation, Tried* tried,
                         const Exchange& exchange) {
  store::RunQuery query{.automation = automation == nullptr ? std::string() : automation->name,
                        .outcome = engine::find_run_outcome(text_of(exchange, "outcome")),
                        .before = parse_id(text_of(exchange, "after")).value_or(0),
                        .limit = kLinesOnPage};
  auto found = exchange.engine().runs(exchange.actor(), query);
  if (!found) return refusal_page(found.error(), nullptr, exchange);
  const model::Model& model = exchange.engine().model();
  PageView view(exchange);
  pages::RunsPage page{.automation = automation, .outcome = query.outcome};
  page.runs = items_of(std::move(found->lines), view, model);
  page.next = found->next;
  page.title_of = view.title_of();
  page.options_of = view.options_of();
  if (tried != nullptr) {
    page.trial_record = tried->record;
    page.trial_matches = std::move(tried->matches);
    page.trial_problem = tried->problem;
    if (tried->runs) page.trial = items_of(std::move(*tried->runs), view, model);
  }
  return page_response(status, exchange.services.pages.runs(view.counted_frame(), page), exchange);
}

const model::Automation* automation_of(const Exchange& exchange) {
  return exchange.engine().model().find_automation(exchange.captures[0]);
}

// Nobody else learns which automations there are.
std::optional<http::Response> refuse_others(const Exchange& exchange) {
  const permissions::Gate& gate = exchange.engine().gate();
  if (gate.is_admin(exchange.actor())) return std::nullopt;
  return refusal_page(gate.explain_admin(), nullptr, exchange);
}

http::Response no_automation(const Exchange& exchange) {
  return refusal_page(refusal_of(RefusalKind::NotFound, automations::texts::kNoSuchAutomation,
                                 {{"name", exchange.captures[0]}}),
                      nullptr, exchange);
}

// The record that was chosen or typed: its number. Else what there is to choose from, or what is
// wrong.
std::optional<engine::RecordId> read_record(Tried& tried, const model::Entity& entity,
                                            const Exchange& exchange) {
  const auto say = [&](const MessageText& text) {
    Message message{&text, {{"entity", entity.label}, {"text", tried.record}}};
    tried.problem = render(message, exchange.language(), exchange.locale);
  };
  tried.record = std::string(trimmed(pages::without_title(tried.record)));
  if (const auto id = parse_id(tried.record)) return id;
  if (tried.record.empty()) {
    say(kNoTrialRecord);
    return std::nullopt;
  }
  PageView view(exchange);
  tried.matches = find_records(entity, tried.record, kMatches, view, exchange);
  if (tried.matches.empty()) say(kNoSuchTitle);
  if (tried.matches.size() != 1) return std::nullopt;
  const engine::RecordId id = tried.matches.front().id;
  tried.matches.clear();
  tried.record = std::to_string(id);
  return id;
}

// What led to the run, as far as it happened to the same record; newest first.
std::vector<engine::HistoryEntry> causes_of(const pages::RunItem& item, PageView& view) {
  std::vector<engine::HistoryEntry> causes;
  std::int64_t next = item.entity == nullptr ? 0 : item.run.cause;
  while (next != 0 && causes.size() < kCausesBack) {
    auto found = view.reader().history(*item.entity, item.run.record, next + 1, 1);
    if (!found || found->empty() || found->front().sequence != next) break;
    next = found->front().caused_by;
    causes.push_back(std::move(found->front()));
  }
  return causes;
}

// All that runs at the same moment belongs together, since a moment is the time of one event.
std::vector<engine::Run> chain_of(const engine::Run& run, const Exchange& exchange) {
  auto near = exchange.engine().runs(exchange.actor(),
                                     {.before = run.id + kRunsAround, .limit = 2 * kRunsAround});
  std::vector<engine::Run> chain;
  if (!near) return chain;
  for (engine::Run& one : near->lines) {
    if (one.at == run.at) chain.push_back(std::move(one));
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

void set_enabled(Exchange exchange, bool enabled) {
  if (!accept(exchange)) return;
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().enable_destination(
      shared->actor(), shared->captures[0], enabled,
      [shared](Expected<engine::Destination, Refusal> changed) {
        if (!changed) return shared->answer(refusal_page(changed.error(), nullptr, *shared));
        shared->answer(see_other("/admin/outbox", pages::Done::DestinationChanged));
      });
}

}  // namespace

void page_automations(Exchange exchange) {
  auto found = exchange.engine().automations(exchange.actor());
  if (!found) return exchange.answer(refusal_page(found.error(), nullptr, exchange));
  PageView view(exchange);
  pages::AutomationsPage page{.states = std::move(*found)};
  if (exchange.parameter("entity") != nullptr) {
    const auto entity = find_entity(text_of(exchange, "entity"), exchange);
    if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
    page.record = parse_id(text_of(exchange, "record")).value_or(0);
    const auto record = view.reader().record(**entity, page.record);
    if (!record) return exchange.answer(refusal_page(record.error(), *entity, exchange));
    page.entity = *entity;
    page.title = permissions::title_of(**entity, *record, view.showing());
    std::erase_if(page.states, [&](const engine::AutomationState& state) {
      return state.automation->entity != (*entity)->index;
    });
  }
  exchange.answer(page_response(
      200, exchange.services.pages.automations(view.counted_frame(), page), exchange));
}

void page_automation(Exchange exchange) {
  if (auto refusal = refuse_others(exchange)) return exchange.answer(std::move(*refusal));
  const model::Automation* automation = automation_of(exchange);
  if (automation == nullptr) return exchange.answer(no_automation(exchange));
  Tried chosen;
  if (const auto id = parse_id(text_of(exchange, "record"))) chosen.record = std::to_string(*id);
  exchange.answer(runs_page(200, automation, &chosen, exchange));
}

void page_runs(Exchange exchange) { exchange.answer(runs_page(200, nullptr, nullptr, exchange)); }

void page_run(Exchange exchange) {
  auto run =
      exchange.engine().find_run(exchange.actor(), parse_id(exchange.captures[0]).value_or(0));
  if (!run) return exchange.answer(refusal_page(run.error(), nullptr, exchange));
  std::vector<engine::Run> chain = chain_of(*run, exchange);
  const model::Model& model = exchange.engine().model();
  PageView view(exchange);
  pages::RunPage page{.run = item_of(std::move(*run), view, model)};
  page.causes = causes_of(page.run, view);
  page.chain = items_of(std::move(chain), view, model);
  page.title_of = view.title_of();
  exchange.answer(
      page_response(200, exchange.services.pages.run(view.counted_frame(), page), exchange));
}

// Nothing of it is kept, so the answer is the page itself.
void post_dry_run(Exchange exchange) {
  const auto submission = accept(exchange);
  if (!submission) return;
  if (auto refusal = refuse_others(exchange)) return exchange.answer(std::move(*refusal));
  const model::Automation* automation = automation_of(exchange);
  if (automation == nullptr) return exchange.answer(no_automation(exchange));
  Tried tried{.record = std::string(submission->value("record"))};
  engine::Trial trial{.automation = automation};
  if (automation->entity) {
    trial.entity = &exchange.engine().model().entities[*automation->entity];
    const auto record = read_record(tried, *trial.entity, exchange);
    if (!record) return exchange.answer(runs_page(422, automation, &tried, exchange));
    trial.record = *record;
  }
  auto runs = exchange.engine().dry_run(exchange.actor(), trial);
  const int status = runs ? 200 : 422;
  if (runs) {
    tried.runs = std::move(*runs);
  } else {
    tried.problem = render(runs.error().message, exchange.language(), exchange.locale);
  }
  exchange.answer(runs_page(status, automation, &tried, exchange));
}

void page_outbox(Exchange exchange) {
  pages::OutboxPage page{.state = engine::find_message_state(text_of(exchange, "state")),
                         .destination = text_of(exchange, "destination")};
  auto found = exchange.engine().messages(
      exchange.actor(), {.destination = page.destination,
                         .state = page.state,
                         .before = parse_id(text_of(exchange, "after")).value_or(0),
                         .limit = kLinesOnPage});
  if (!found) return exchange.answer(refusal_page(found.error(), nullptr, exchange));
  auto destinations = exchange.engine().destinations(exchange.actor());
  if (!destinations) return exchange.answer(refusal_page(destinations.error(), nullptr, exchange));
  page.messages = std::move(found->lines);
  page.next = found->next;
  page.destinations = std::move(*destinations);
  PageView view(exchange);
  exchange.answer(
      page_response(200, exchange.services.pages.outbox(view.counted_frame(), page), exchange));
}

void page_message(Exchange exchange) {
  auto found =
      exchange.engine().message(exchange.actor(), parse_id(exchange.captures[0]).value_or(0));
  if (!found) return exchange.answer(refusal_page(found.error(), nullptr, exchange));
  PageView view(exchange);
  pages::MessagePage page{.detail = std::move(*found)};
  const engine::OutboxMessage& message = page.detail.message;
  if (const auto* entity = exchange.engine().model().find_entity(message.entity)) {
    if (const auto record = view.reader().record(*entity, message.record)) {
      page.entity = entity;
      page.title = permissions::title_of(*entity, *record, view.showing());
    }
  }
  exchange.answer(
      page_response(200, exchange.services.pages.message(view.counted_frame(), page), exchange));
}

void post_resend(Exchange exchange) {
  if (!accept(exchange)) return;
  const std::string id = exchange.captures[0];
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().resend(
      shared->actor(), parse_id(id).value_or(0),
      [shared, id](Expected<engine::OutboxMessage, Refusal> sent) {
        if (!sent) {
          return shared->answer(refusal_page(sent.error(), nullptr, *shared));
        }
        shared->answer(see_other("/admin/outbox/" + id, pages::Done::SentAgain));
      });
}

void post_give_up(Exchange exchange) {
  if (!accept(exchange)) return;
  const std::string id = exchange.captures[0];
  const auto shared = Exchange::share(std::move(exchange));
  shared->engine().give_up(shared->actor(), parse_id(id).value_or(0),
                           [shared, id](Expected<engine::OutboxMessage, Refusal> dead) {
                             if (!dead)
                               return shared->answer(refusal_page(dead.error(), nullptr, *shared));
                             shared->answer(see_other("/admin/outbox/" + id, pages::Done::Nothing));
                           });
}

void post_enable_destination(Exchange exchange) { set_enabled(std::move(exchange), true); }

void post_disable_destination(Exchange exchange) { set_enabled(std::move(exchange), false); }

void page_forecast(Exchange exchange) {
  if (auto refusal = refuse_others(exchange)) return exchange.answer(std::move(*refusal));
  PageView view(exchange);
  const Instant now = exchange.engine().clock().now();
  engine::Forecast found =
      engine::forecast(view.reader(), *exchange.engine().directory(),
                       {.until = {now.microseconds + kForecastDays * kMicrosPerDay}});
  const pages::ForecastPage page{.lines = std::move(found.lines), .more = found.more.has_value()};
  exchange.answer(
      page_response(200, exchange.services.pages.forecast(view.counted_frame(), page), exchange));
}

}  // namespace formwork::routes
