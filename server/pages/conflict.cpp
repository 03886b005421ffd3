#include "server/pages/conflict.h"

#include <map>

#include "dsl/base/utf8.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"
#include "server/pages/values.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;

// By field: the value when the form was opened. `is_whole` says whether history reached back.
struct Opened {
  std::map<std::size_t, feel::Value> values;
  bool is_whole = false;
};

class ConflictReader {
 public:
  ConflictReader(const Context& context, const FormPage& page)
      : context_(context),
        page_(page),
        reading_{.zone = context.showing.zone, .people = context.showing.people} {}

  Opened opened() const {
    Opened opened;
    for (const engine::HistoryEntry& entry : page_.conflict->history) {
      if (entry.version <= page_.conflict->opened_version) break;
      if (entry.version == page_.conflict->opened_version + 1) opened.is_whole = true;
      const auto changes = json::parse(entry.changes);
      if (!changes || !changes->is_object()) continue;
      for (const auto& [name, change] : changes->members) note(name, change, opened);
    }
    return opened;
  }

  // What was typed, as a value; nothing when it cannot be read.
  std::optional<feel::Value> typed(const Field& field, const std::string& text) const {
    if (trimmed(text).empty()) return feel::Value();
    auto read = field.type->read(text, field, reading_);
    if (!read) return std::nullopt;
    return std::move(*read);
  }

 private:
  // Entries come newest first, so the last one to be noted is the oldest.
  void note(const std::string& name, const json::Value& change, Opened& opened) const {
    const std::optional<std::size_t> index = model::field_index(*page_.entity, name);
    if (!index || !change.is_object()) return;
    const Field& field = page_.entity->fields[*index];
    const json::Value* from = change.find("from");
    feel::Value value;
    if (from != nullptr && !from->is_null() && field.type->read_json != nullptr) {
      auto read = field.type->read_json(*from, field, reading_);
      if (read) value = std::move(*read);
    }
    opened.values.insert_or_assign(*index, std::move(value));
  }

  const Context& context_;
  const FormPage& page_;
  fields::Reading reading_;
};

}  // namespace

std::vector<Clash> settle_conflict(const Context& context, const FormPage& page,
                                   const std::vector<std::size_t>& shown, FormState& state) {
  const ConflictReader reader(context, page);
  const Opened opened = reader.opened();
  const ValueWriter values(context, page.title_of);
  std::vector<Clash> clashes;
  for (const std::size_t index : shown) {
    const Field& field = page.entity->fields[index];
    const auto before = opened.values.find(index);
    if (before == opened.values.end() && opened.is_whole) continue;
    Clash clash{.label = context.label(field.label)};
    if (field.type->widget == Widget::Lines) {
      if (before == opened.values.end()) continue;
      clash.is_table = true;
      clashes.push_back(std::move(clash));
      continue;
    }
    ControlState& control = state.fields[index].control;
    const feel::Value& now = page.record->values[index];
    const std::optional<feel::Value> typed = reader.typed(field, control.text);
    if (typed && *typed == now) continue;
    clash.now = values.plain(field, now);
    if (before != opened.values.end()) {
      clash.before = values.plain(field, before->second);
      clash.is_clash = !typed || !(*typed == before->second);
    }
    clash.typed = typed ? values.plain(field, *typed) : control.text;
    if (clash.is_clash) {
      control.now = context.words(
          texts::kNowBy, {{"value", clash.now},
                          {"person", context.frame.directory->full_name(page.record->updated_by)}});
    } else {
      control.text = now.is_null() ? "" : field.type->input(now, field, context.showing);
    }
    clashes.push_back(std::move(clash));
  }
  return clashes;
}

void append_conflict(Html& html, const Context& context, const FormPage& page,
                     const std::vector<Clash>& clashes) {
  const Words& words = context.words;
  const std::string time = to_string(context.showing.zone->to_local(page.record->updated_at).time);
  html.markup("<div class=\"note note--warn\" role=\"alert\" tabindex=\"-1\" autofocus>");
  html.icon("users").markup("<div><b>");
  html.text(words(texts::kSavedMeanwhile,
                  {{"person", context.frame.directory->full_name(page.record->updated_by)},
                   {"entity", words.inside(context.label(page.entity->label))},
                   {"time", time.substr(0, 5)}}));
  html.markup("</b>\n");
  if (!clashes.empty()) html.markup("<ul>\n");
  for (const Clash& clash : clashes) {
    html.markup("<li><b>").text(clash.label).markup("</b>");
    if (clash.is_table) {
      html.text(words.language == Language::Chinese ? "：" : ": ").text(words(texts::kRowsClash));
    } else if (clash.is_clash) {
      html.text(words(texts::kClashes));
      if (!clash.before.empty()) html.markup("<s>").text(clash.before).markup("</s>");
      html.text(words(texts::kIsNow)).markup("<ins>").text(clash.now).markup("</ins>");
      html.text(words(texts::kYoursIs, {{"value", clash.typed}}));
    } else {
      html.text(words(texts::kDoesNotClash)).markup("<ins>").text(clash.now).markup("</ins>");
      html.text(words(texts::kFormHasIt));
    }
    html.markup("</li>\n");
  }
  if (!clashes.empty()) html.markup("</ul>\n");
  html.markup("<p>").text(words(texts::kSaveToKeep)).markup("</p>\n");
  html.markup("<div class=\"actions\"><a class=\"btn btn--s\"");
  html.attribute("href", path_of(*page.entity, page.record->id, "edit")).markup(">");
  html.text(words(texts::kDiscardMine)).markup("</a></div></div></div>\n");
}

}  // namespace formwork::pages
