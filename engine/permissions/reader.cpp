#include "engine/permissions/reader.h"

#include <algorithm>
#include <stdexcept>

#include "engine/command/refusal_texts.h"
#include "engine/permissions/related_records.h"
#include "engine/permissions/visible_changes.h"
#include "engine/permissions/visible_reasons.h"

namespace formwork::permissions {

using engine::Record;
using engine::RecordId;
using engine::Refusal;

Reader::Reader(const Gate& gate, std::unique_ptr<store::View> view, Actor actor,
               Surroundings surroundings)
    : gate_(gate),
      view_(std::move(view)),
      actor_(std::move(actor)),
      surroundings_(std::move(surroundings)) {}

Expected<Record, Refusal> Reader::record(const model::Entity& entity, RecordId id) {
  return gate_.find(actor_, entity, id, moment());
}

std::optional<Refusal> Reader::refuse_list(const store::Query& query) const {
  if (!may(model::Action::View, *query.entity)) {
    return gate_.explain(model::Action::View, *query.entity);
  }
  if (query.deleted && !may(model::Action::Delete, *query.entity)) {
    return gate_.explain(model::Action::Delete, *query.entity);
  }
  return std::nullopt;
}

namespace {

// Paths of a filter name members as its own types have them.
class RecordsInScope final : public feel::Records {
 public:
  RecordsInScope(const VisibleScope& scope, const feel::Records& records)
      : scope_(scope), records_(records) {}

  feel::Value member(feel::RecordRef record, const feel::RecordType& type,
                     std::size_t member) const override {
    return scope_.member(records_, record, type, member);
  }

 private:
  const VisibleScope& scope_;
  const feel::Records& records_;
};

Refusal too_much() {
  return {engine::RefusalKind::Invalid, {&engine::texts::kFilterTooMuch, {}}, {}, {}, 0};
}

}  // namespace

template <class Answer>
auto Reader::answer_within(const store::Query& query, const Search* search, Answer answer)
    -> Expected<decltype(answer(query)), Refusal> {
  if (std::optional<Refusal> refusal = refuse_list(query)) return Unexpected(std::move(*refusal));
  store::Query asked = query;
  asked.filter.reset();
  const RelatedRecords everything(gate_, moment());
  asked.any_of = gate_.list_rules(
      actor_, *query.entity, query.deleted,
      {.now = surroundings_.now, .zone = surroundings_.zone, .records = &everything});
  const auto answered = [&]() -> Expected<decltype(answer(query)), Refusal> {
    try {
      return answer(asked);
    } catch (const store::TooMuchToExamine&) {
      return Unexpected(too_much());
    }
  };
  if (search == nullptr) return answered();
  const Filter& filter = *search->filter;
  if (filter.entity != query.entity || filter.roles != actor_.roles) {
    throw std::logic_error("a filter that was compiled for somebody or something else");
  }
  const RelatedRecords related(gate_, actor_, moment());
  const RecordsInScope records(*filter.scope, related);
  asked.filter =
      store::Filter{.expression = &filter.expression,
                    .scope = &filter.scope->scope(),
                    .slots = filter.scope->slots(),
                    .user = account_value(actor_.account),
                    .environment = {.now = search->now, .zone = search->zone, .records = &records}};
  return answered();
}

Expected<Page, Refusal> Reader::list(const store::Query& query, const Search* search) {
  return answer_within(query, search, [this](const store::Query& asked) {
    // One more than asked tells whether there is a next page without counting.
    store::Query wider = asked;
    wider.limit = asked.limit + 1;
    Page page{.records = view_->list(wider), .more = false};
    if (page.records.size() > asked.limit) {
      page.records.pop_back();
      page.more = true;
    }
    return page;
  });
}

Expected<std::int64_t, Refusal> Reader::count(const store::Query& query, std::int64_t at_most,
                                              const Search* search) {
  return answer_within(query, search, [this, at_most](const store::Query& asked) {
    return view_->count(asked, at_most);
  });
}

Expected<std::vector<engine::HistoryEntry>, Refusal> Reader::history(const model::Entity& entity,
                                                                     RecordId id,
                                                                     std::int64_t before,
                                                                     std::size_t limit) {
  Expected<Record, Refusal> visible = record(entity, id);
  if (!visible) return Unexpected(std::move(visible.error()));
  std::vector<engine::HistoryEntry> entries = view_->history(entity.name, id, before, limit);
  const VisibleReasons reasons(gate_, actor_, entity);
  for (engine::HistoryEntry& entry : entries) entry.detail = reasons.visible_detail(entry.detail);
  const std::vector<bool> fields = visible_fields(gate_, actor_, entity);
  if (std::find(fields.begin(), fields.end(), false) == fields.end()) return entries;
  for (engine::HistoryEntry& entry : entries) {
    entry.changes = visible_changes(entry.changes, entity, fields);
  }
  return entries;
}

std::optional<std::string> Reader::title(const model::Entity& entity, RecordId id,
                                         const fields::Showing& showing) {
  const std::pair key{entity.index, id};
  if (const auto known = titles_.find(key); known != titles_.end()) return known->second;
  std::optional<std::string> title;
  if (const auto found = record(entity, id)) title = title_of(entity, *found, showing);
  return titles_.emplace(key, std::move(title)).first->second;
}

std::optional<engine::File> Reader::file(std::int64_t id) {
  std::optional<engine::File> file = view_->find_file(id);
  if (!file) return std::nullopt;
  if (file->entity.empty()) {
    return file->created_by == actor_.account ? std::move(file) : std::nullopt;
  }
  const model::Entity* entity = gate_.model().find_entity(file->entity);
  if (entity == nullptr || !record(*entity, file->record).has_value()) return std::nullopt;
  return file;
}

std::optional<std::string> Reader::file_content(std::int64_t id) {
  if (!file(id)) return std::nullopt;
  return view_->file_content(id);
}

std::string title_of(const model::Entity& entity, const Record& record,
                     const fields::Showing& showing) {
  std::string title;
  for (const std::size_t index : entity.title) {
    const feel::Value& value = record.values[index];
    if (value.is_null()) continue;
    if (!title.empty()) title += " · ";
    title += entity.fields[index].type->show(value, entity.fields[index], showing);
  }
  return title.empty() ? entity.label[showing.locale] + " " + std::to_string(record.id) : title;
}

}  // namespace formwork::permissions
