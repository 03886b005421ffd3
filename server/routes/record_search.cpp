#include "server/routes/record_search.h"

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/feel/operators.h"
#include "server/routes/problem.h"
#include "server/routes/record_query.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

constexpr std::size_t kSuggestions = 20;
constexpr std::size_t kLongestText = 200;  // in bytes; a longer one is no part of a name

// `contains(lower case(company), lower case("hai"))` of each text in the title; empty: it has none.
std::string condition(const model::Entity& entity, std::string_view text,
                      const Exchange& exchange) {
  const std::string wanted = feel::to_literal(feel::Value(std::string(text)), TimeZone::utc());
  std::string condition;
  for (const std::size_t index : entity.title) {
    const fields::Field& field = entity.fields[index];
    if (field.type->column != fields::Column::Text) continue;
    if (!exchange.engine().gate().may_see_field(exchange.actor(), entity, index)) continue;
    if (!condition.empty()) condition += " or ";
    condition += "contains(lower case(" + field.name + "), lower case(" + wanted + "))";
  }
  return condition;
}

std::optional<permissions::Search> search_for(const model::Entity& entity, std::string_view text,
                                              PageView& view, const Exchange& exchange) {
  const std::string asked = condition(entity, text, exchange);
  if (asked.empty()) return std::nullopt;
  ReadCondition read = read_condition(asked, entity, exchange);
  if (read.filter == nullptr) return std::nullopt;
  return permissions::Search{.filter = std::move(read.filter),
                             .now = exchange.engine().clock().now(),
                             .zone = view.showing().zone,
                             .people = &view.people()};
}

}  // namespace

std::vector<pages::RecordOption> find_records(const model::Entity& entity, std::string_view text,
                                              std::size_t at_most, PageView& view,
                                              const Exchange& exchange) {
  std::vector<pages::RecordOption> found;
  const auto add = [&](const engine::Record& record) {
    found.push_back({record.id, permissions::title_of(entity, record, view.showing())});
  };
  if (const auto id = parse_id(text)) {
    const auto record = view.reader().record(entity, *id);
    if (record && !record->deleted_at) add(*record);
  }
  if (text.size() > kLongestText || found.size() >= at_most) return found;
  store::Query query;
  query.entity = &entity;
  query.sort = {model::ColumnRef::of(model::SystemColumn::CreatedAt), true};
  query.limit = at_most;
  std::optional<permissions::Search> search;
  if (!text.empty()) {
    search = search_for(entity, text, view, exchange);
    if (!search) return found;
  }
  const auto page = view.reader().list(query, search ? &*search : nullptr);
  if (!page) return found;
  for (const engine::Record& record : page->records) {
    const bool is_there = !found.empty() && found.front().id == record.id;
    if (!is_there && found.size() < at_most) add(record);
  }
  return found;
}

void page_suggest(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  const permissions::Gate& gate = exchange.engine().gate();
  if (!gate.may(exchange.actor(), model::Action::View, **entity)) {
    return exchange.answer(problem(gate.explain(model::Action::View, **entity), *entity, exchange));
  }
  const std::string* typed = exchange.parameter("find");
  const std::string text = typed == nullptr ? std::string() : pages::without_title(*typed);
  PageView view(exchange);
  std::string body;
  json::Writer writer(body);
  writer.begin_array();
  for (const pages::RecordOption& option :
       find_records(**entity, trimmed(text), kSuggestions, view, exchange)) {
    writer.string(std::to_string(option.id) + " · " + option.title);
  }
  writer.end_array();
  exchange.answer(http::json_response(200, std::move(body)));
}

}  // namespace formwork::routes
