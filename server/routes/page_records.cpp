// Pages that show records: the start page, lists, records, empty and filled forms.
#include "server/routes/page_records.h"

#include "engine/records/validate.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_view.h"
#include "server/routes/record_query.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

constexpr std::size_t kHistoryOnPage = 20;
constexpr std::size_t kNewestOnHome = 5;
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
  exchange.answer(page_response(200, exchange.services.pages.home(view.frame(), page), exchange));
}

void page_list(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
  PageView view(exchange);
  const fields::Reading reading = exchange.engine().reading(view.people());
  RecordQuery asked = read_query(**entity, exchange, Door::Page, reading);
  if (!view.reader().may(model::Action::Delete, **entity)) asked.query.deleted = false;
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
      .is_continued = asked.query.after.has_value(),
      .previous_cursor = {},
      .next_cursor = next,
      .title_of = view.title_of(),
      .options_of = view.options_of()};
  const int status = asked.problems.empty() ? 200 : 422;
  exchange.answer(
      page_response(status, exchange.services.pages.list(view.frame(), page), exchange));
}

void page_detail(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  PageView view(exchange);
  const auto record = view.reader().record(*target->entity, target->id);
  if (!record) return exchange.answer(refusal_page(record.error(), target->entity, exchange));
  const std::string* from = exchange.parameter("history");
  const std::int64_t before = from == nullptr ? 0 : parse_id(*from).value_or(0);
  const auto history =
      view.reader().history(*target->entity, target->id, before, kHistoryOnPage + 1);
  if (!history) return exchange.answer(refusal_page(history.error(), target->entity, exchange));
  const bool more = history->size() > kHistoryOnPage;
  const std::span<const engine::HistoryEntry> shown(history->data(),
                                                    std::min(history->size(), kHistoryOnPage));
  const pages::DetailPage page{.entity = target->entity,
                               .record = &*record,
                               .history = shown,
                               .earlier = more ? shown.back().sequence : 0,
                               .title_of = view.title_of(),
                               .file_of = view.file_of()};
  exchange.answer(page_response(200, exchange.services.pages.detail(view.frame(), page), exchange));
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
  exchange.answer(page_response(200, exchange.services.pages.form(view.frame(), page), exchange));
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
  exchange.answer(page_response(200, exchange.services.pages.form(view.frame(), page), exchange));
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
  exchange.answer(page_response(200, exchange.services.pages.remove(view.frame(), page), exchange));
}

}  // namespace formwork::routes
