#include "engine/permissions/reader.h"

#include <algorithm>

#include "engine/permissions/visible_changes.h"

namespace formwork::permissions {

using engine::Record;
using engine::RecordId;
using engine::Refusal;

Reader::Reader(const Gate& gate, std::unique_ptr<store::View> view, Actor actor)
    : gate_(gate), view_(std::move(view)), actor_(std::move(actor)) {}

Expected<Record, Refusal> Reader::record(const model::Entity& entity, RecordId id) {
  if (!may(model::Action::View, entity)) {
    return Unexpected(gate_.explain(model::Action::View, entity));
  }
  std::optional<Record> found = view_->find_record(entity, id);
  const bool hidden = found && found->deleted_at && !may(model::Action::Delete, entity);
  if (!found || hidden) return Unexpected(not_found(entity, std::to_string(id)));
  return std::move(*found);
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

Expected<Page, Refusal> Reader::list(const store::Query& query) {
  if (std::optional<Refusal> refusal = refuse_list(query)) return Unexpected(std::move(*refusal));
  // One more than asked tells whether there is a next page without counting.
  store::Query wider = query;
  wider.limit = query.limit + 1;
  Page page{.records = view_->list(wider), .more = false};
  if (page.records.size() > query.limit) {
    page.records.pop_back();
    page.more = true;
  }
  return page;
}

Expected<std::int64_t, Refusal> Reader::count(const store::Query& query, std::int64_t at_most) {
  if (std::optional<Refusal> refusal = refuse_list(query)) return Unexpected(std::move(*refusal));
  return view_->count(query, at_most);
}

Expected<std::vector<engine::HistoryEntry>, Refusal> Reader::history(const model::Entity& entity,
                                                                     RecordId id,
                                                                     std::int64_t before,
                                                                     std::size_t limit) {
  Expected<Record, Refusal> visible = record(entity, id);
  if (!visible) return Unexpected(std::move(visible.error()));
  std::vector<engine::HistoryEntry> entries = view_->history(entity.name, id, before, limit);
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
