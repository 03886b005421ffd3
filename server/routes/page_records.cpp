// Pages that show records: the start page, lists, records, empty and filled forms.
#include "server/routes/page_records.h"

#include <algorithm>

#include "engine/lifecycle/move.h"
#include "engine/pipeline/inbox.h"
#include "engine/records/validate.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_notifications.h"
#include "server/routes/page_tasks.h"
#include "server/routes/page_view.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

constexpr std::size_t kHistoryOnPage = 20;
constexpr std::size_t kNewestOnHome = 5;
constexpr std::size_t kToDosOnHome = 20;
constexpr std::size_t kToDosOnRecord = 20;
constexpr std::size_t kTasksOnHome = 8;
constexpr std::size_t kSubmittedOnHome = 20;
constexpr std::size_t kOwnOnHome = 200;  // of an entity: whose clocks are looked at
constexpr std::size_t kLateOnHome = 8;
// Counting on costs time that grows with the table; "1,000+" says enough.
constexpr std::int64_t kCountAtMost = 1'000;

store::Query newest(const model::Entity& entity, std::size_t limit) {
  store::Query query;
  query.entity = &entity;
  query.sort = {model::ColumnRef::of(model::SystemColumn::CreatedAt), true};
  query.limit = limit;
  return query;
}

// What formulas make of the record that a form begins with; nothing where the entity has none.
std::optional<records::Preview> preview_of(const model::Entity& entity, engine::Intent intent,
                                           const Exchange& exchange) {
  if (!pages::is_live(entity)) return std::nullopt;
  auto preview = exchange.engine().preview(exchange.actor(), std::move(intent));
  if (!preview) return std::nullopt;
  return std::move(*preview);
}

pages::DwellOf dwell_of(const Exchange& exchange) {
  return [&model = exchange.engine().model()](const model::Stage& stage, Instant since) {
    return lifecycle::dwell_times(stage, since, model);
  };
}

// What keeps a record of the caller from being forgotten: its time in the stage is over, or nearly.
std::optional<pages::HomePage::Late> late_of(const model::Entity& entity, engine::Record record,
                                             const pages::DwellOf& dwell_of, Instant now) {
  const model::Stage* stage = model::stage_of(entity, record.values);
  const feel::Value& since = record.values[entity.stage_fields->since];
  if (stage == nullptr || !stage->dwell || since.is_null()) return std::nullopt;
  const lifecycle::DwellTimes dwell = dwell_of(*stage, since.instant());
  const Instant soon{now.microseconds + kMicrosPerDay};
  if (!(dwell.warn && *dwell.warn < now) && !(dwell.limit && *dwell.limit < soon)) {
    return std::nullopt;
  }
  const Instant began = since.instant();
  return pages::HomePage::Late{&entity, std::move(record), stage, began, dwell};
}

std::vector<pages::HomePage::Late> late_records(PageView& view, const Exchange& exchange) {
  std::vector<pages::HomePage::Late> late;
  const pages::DwellOf dwell = dwell_of(exchange);
  for (const model::Entity& entity : exchange.engine().model().entities) {
    if (!entity.stage_fields || !entity.owner) continue;
    if (!view.reader().may(model::Action::View, entity)) continue;
    store::Query query;
    query.entity = &entity;
    query.sort = entity.list.sort;
    query.limit = kOwnOnHome;
    query.where = {{model::ColumnRef::of_field(*entity.owner), store::Comparison::Equal,
                    feel::Value(feel::RecordRef{exchange.actor().account})},
                   {model::ColumnRef::of_field(entity.stage_fields->final),
                    store::Comparison::Equal, feel::Value()}};
    auto mine = view.reader().list(query);
    if (!mine) continue;
    for (engine::Record& record : mine->records) {
      if (auto one = late_of(entity, std::move(record), dwell, view.frame().now)) {
        late.push_back(std::move(*one));
      }
    }
  }
  const auto urgency = [](const pages::HomePage::Late& one) {
    return one.dwell.limit ? *one.dwell.limit : *one.dwell.warn;
  };
  std::sort(late.begin(), late.end(),
            [&](const auto& a, const auto& b) { return urgency(a) < urgency(b); });
  if (late.size() > kLateOnHome) late.resize(kLateOnHome);
  return late;
}

void fill_work(pages::HomePage& page, PageView& view, const Exchange& exchange) {
  const model::Model& model = exchange.engine().model();
  page.todos = todo_items(view, exchange, {.limit = kToDosOnHome});
  page.late = late_records(view, exchange);
  if (model.approvals.empty()) return;
  const store::TaskQuery to_do{.box = store::TaskQuery::Box::ToDo, .limit = kTasksOnHome};
  for (engine::TaskLine& line : engine::tasks_of(view.reader(), to_do).lines) {
    page.tasks.push_back(inbox_item(std::move(line), view.showing()));
  }
  for (engine::ProcessLine& line : engine::submitted_by(view.reader(), 0, kSubmittedOnHome).lines) {
    if (!line.process.is_under_way()) continue;
    page.submitted.push_back(inbox_item(std::move(line), view.showing()));
  }
}

http::Response detail_page(int status, const model::Entity& entity, engine::RecordId id,
                           const pages::RefusedForm* refused, const Exchange& exchange) {
  // Before the view takes a snapshot: a thread holds one at a time.
  const auto standing = exchange.engine().standing(exchange.actor(), entity, id);
  if (!standing) return refusal_page(standing.error(), &entity, exchange);
  PageView view(exchange);
  const std::string* from = exchange.parameter("history");
  const std::int64_t before = from == nullptr ? 0 : parse_id(*from).value_or(0);
  const auto history = view.reader().history(entity, id, before, kHistoryOnPage + 1);
  if (!history) return refusal_page(history.error(), &entity, exchange);
  const bool more = history->size() > kHistoryOnPage;
  const std::span<const engine::HistoryEntry> shown(history->data(),
                                                    std::min(history->size(), kHistoryOnPage));
  pages::DetailPage page{.entity = &entity,
                         .record = &standing->record,
                         .standing = &*standing,
                         .refused = {},
                         .history = shown,
                         .earlier = more ? shown.back().sequence : 0,
                         .title_of = view.title_of(),
                         .file_of = view.file_of()};
  if (refused != nullptr) page.refused = *refused;
  if (standing->may_claim && standing->owner && standing->owner->pool) {
    page.claim_quota = engine::claim_quota(view.reader().view(), exchange.engine().model(), entity,
                                           *standing->owner->pool, exchange.actor().account,
                                           exchange.engine().clock().now());
  }
  page.todos =
      todo_items(view, exchange, {.entity = entity.name, .record = id, .limit = kToDosOnRecord});
  return page_response(status, exchange.services.pages.detail(view.counted_frame(), page),
                       exchange);
}

using Quotas = std::vector<std::optional<engine::ClaimQuota>>;

void show_list(Exchange exchange, bool pool) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
  if (pool && ((*entity)->pools.empty() || !(*entity)->owner)) {
    return exchange.answer(
        refusal_page(permissions::not_found(**entity, "pool"), *entity, exchange));
  }
  PageView view(exchange);
  const fields::Reading reading = exchange.engine().reading(view.people());
  RecordQuery asked = read_query(**entity, exchange, Door::Page, reading);
  if (!view.reader().may(model::Action::Delete, **entity)) asked.query.deleted = false;
  if (pool) {
    asked.query.where.push_back({.column = model::ColumnRef::of_field(*(*entity)->owner)});
    asked.query.deleted = false;
  }
  const permissions::Search* search = asked.search ? &*asked.search : nullptr;
  const auto records = view.reader().list(asked.query, search);
  if (!records) return exchange.answer(refusal_page(records.error(), *entity, exchange));
  store::Query all = asked.query;
  all.after.reset();
  const auto count = view.reader().count(all, kCountAtMost + 1, search);
  const std::string next =
      records->more ? cursor_behind(records->records.back(), asked.query, view.people()) : "";
  pages::ListPage page{
      .entity = *entity,
      .records = records->records,
      .filters = asked.filters,
      .problems = asked.problems,
      .sort = asked.query.sort,
      .count = count ? std::optional(std::min(*count, kCountAtMost)) : std::nullopt,
      .counted_all = count && *count <= kCountAtMost,
      .deleted = asked.query.deleted,
      .pool = pool,
      .quotas =
          pool ? engine::claim_quotas(view.reader().view(), exchange.engine().model(), **entity,
                                      exchange.actor().account, exchange.engine().clock().now())
               : Quotas(),
      .is_continued = asked.query.after.has_value(),
      .previous_cursor = {},
      .next_cursor = next,
      .dwell_of = dwell_of(exchange),
      .title_of = view.title_of(),
      .options_of = view.options_of()};
  const int status = asked.problems.empty() ? 200 : 422;
  exchange.answer(
      page_response(status, exchange.services.pages.list(view.counted_frame(), page), exchange));
}

}  // namespace

void page_home(Exchange exchange) {
  PageView view(exchange);
  pages::HomePage page;
  for (const model::Entity& entity : exchange.engine().model().entities) {
    if (!view.reader().may(model::Action::View, entity)) continue;
    const store::Query query = newest(entity, kNewestOnHome);
    auto records = view.reader().list(query);
    const auto count = view.reader().count(query, kCountAtMost + 1);
    if (!records || !count) continue;
    page.places.push_back({.entity = &entity,
                           .count = std::min(*count, kCountAtMost),
                           .counted_all = *count <= kCountAtMost,
                           .newest = std::move(records->records)});
  }
  page.title_of = view.title_of();
  fill_work(page, view, exchange);
  exchange.answer(
      page_response(200, exchange.services.pages.home(view.counted_frame(), page), exchange));
}

void page_list(Exchange exchange) { show_list(std::move(exchange), false); }

// What nobody owns.
void page_pool(Exchange exchange) { show_list(std::move(exchange), true); }

void page_detail(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  exchange.answer(detail_page(200, *target->entity, target->id, nullptr, exchange));
}

http::Response record_page(int status, const model::Entity& entity, engine::RecordId id,
                           const pages::RefusedForm& refused, const Exchange& exchange) {
  return detail_page(status, entity, id, &refused, exchange);
}

void page_new(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
  // Before the view takes a snapshot: a thread holds one at a time.
  const auto preview = preview_of(**entity, engine::CreateRecord{*entity, {}}, exchange);
  PageView view(exchange);
  if (!view.reader().may(model::Action::Create, **entity)) {
    return exchange.answer(refusal_page(
        exchange.engine().gate().explain(model::Action::Create, **entity), *entity, exchange));
  }
  const pages::FormPage page{.entity = *entity,
                             .preview = preview ? &*preview : nullptr,
                             .title_of = view.title_of(),
                             .options_of = view.options_of(),
                             .file_of = view.file_of()};
  exchange.answer(
      page_response(200, exchange.services.pages.form(view.counted_frame(), page), exchange));
}

void page_edit(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  const auto preview = preview_of(
      *target->entity, engine::UpdateRecord{target->entity, target->id, 0, {}}, exchange);
  PageView view(exchange);
  const auto record = view.reader().record(*target->entity, target->id);
  if (!record) return exchange.answer(refusal_page(record.error(), target->entity, exchange));
  if (!view.reader().may(model::Action::Edit, *target->entity)) {
    return exchange.answer(
        refusal_page(exchange.engine().gate().explain(model::Action::Edit, *target->entity),
                     target->entity, exchange));
  }
  if (record->deleted_at)
    return exchange.answer(see_other(page_path(*target->entity, target->id), pages::Done::Nothing));
  const pages::FormPage page{.entity = target->entity,
                             .record = &*record,
                             .preview = preview ? &*preview : nullptr,
                             .title_of = view.title_of(),
                             .options_of = view.options_of(),
                             .file_of = view.file_of()};
  exchange.answer(
      page_response(200, exchange.services.pages.form(view.counted_frame(), page), exchange));
}

void page_remove(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  PageView view(exchange);
  const auto record = view.reader().record(*target->entity, target->id);
  if (!record) return exchange.answer(refusal_page(record.error(), target->entity, exchange));
  if (!view.reader().may(model::Action::Delete, *target->entity)) {
    return exchange.answer(
        refusal_page(exchange.engine().gate().explain(model::Action::Delete, *target->entity),
                     target->entity, exchange));
  }
  const pages::RemovePage page{.entity = target->entity, .record = &*record};
  exchange.answer(
      page_response(200, exchange.services.pages.remove(view.counted_frame(), page), exchange));
}

}  // namespace formwork::routes
