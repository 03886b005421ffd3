#include "server/program/demo_story.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "dsl/base/json.h"

namespace formwork::program {
namespace {

namespace fs = std::filesystem;
using Step = model::ScenarioStep;
using Done = Expected<void, std::string>;

Expected<json::Value, std::string> read_array(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Unexpected(path.string() + " cannot be read");
  auto parsed = json::parse(text.str(), {.depth = 16, .nodes = 1'000'000});
  if (!parsed) {
    return Unexpected(path.string() + ": " + parsed.error().message + " at byte " +
                      std::to_string(parsed.error().offset));
  }
  if (!parsed->is_array()) return Unexpected(path.string() + " is not an array");
  return std::move(*parsed);
}

std::string text_of(const json::Value& object, std::string_view name) {
  const json::Value* member = object.find(name);
  return member != nullptr && member->is_string() ? member->text : std::string();
}

// What stands behind `@today`: "-3" is three days before.
std::optional<std::int64_t> parse_days(std::string_view text) {
  std::int64_t days = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return days;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, days);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return days;
}

// What stands behind `@now`, as minutes: "-2d4h15m" is two days, four hours and a quarter before.
std::optional<std::int64_t> parse_minutes(std::string_view text) {
  const bool before = text.starts_with('-');
  if (before || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t minutes = 0;
  while (!text.empty()) {
    std::int64_t count = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, count);
    if (read.ec != std::errc() || read.ptr == end) return std::nullopt;
    if (*read.ptr != 'd' && *read.ptr != 'h' && *read.ptr != 'm') return std::nullopt;
    minutes += count * (*read.ptr == 'd' ? 24 * 60 : *read.ptr == 'h' ? 60 : 1);
    text.remove_prefix(static_cast<std::size_t>(read.ptr + 1 - text.data()));
  }
  return before ? -minutes : minutes;
}

constexpr std::string_view kWorkday = "@workday-";

// The notations of the data, as they are meant at the moment of loading.
class Notation {
 public:
  Notation(const model::Model& model, Instant now) : model_(model), now_(now) {}

  // `@now-2h`, to the full minute, or `@workday-3T10:30`; never in the future.
  std::optional<Instant> past_moment(std::string_view text) const {
    const auto at =
        text.starts_with(kWorkday) ? on_workday(text.substr(kWorkday.size())) : moment(text);
    return at ? std::optional(std::min(*at, now_)) : std::nullopt;
  }

  // Puts real values where a record has notations.
  Done replace(const std::vector<fields::Field>& fields, json::Value& record) const {
    for (json::Value::Member& member : record.members) {
      const auto field = std::find_if(fields.begin(), fields.end(), [&](const fields::Field& f) {
        return f.name == member.first;
      });
      if (field == fields.end()) continue;
      if (field->type->column == fields::Column::Rows) {
        for (json::Value& row : member.second.elements) FW_TRY_VOID(replace(field->fields, row));
      } else if (member.second.is_string() && member.second.text.starts_with('@')) {
        FW_TRY_VOID(replace_one(*field, member.second));
      }
    }
    return {};
  }

 private:
  std::int64_t today() const { return to_days(model_.app.time_zone->to_local(now_).date); }

  std::optional<Instant> moment(std::string_view text) const {
    constexpr std::string_view kNow = "@now";
    if (!text.starts_with(kNow)) return std::nullopt;
    const auto minutes = parse_minutes(text.substr(kNow.size()));
    if (!minutes) return std::nullopt;
    constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;
    const std::int64_t exact = now_.microseconds + *minutes * kMinute;
    return Instant{exact - exact % kMinute};
  }

  // "3T10:30": that time of the third working day before today.
  std::optional<Instant> on_workday(std::string_view text) const {
    const std::size_t mark = text.find('T');
    if (mark == std::string_view::npos) return std::nullopt;
    const auto day = workday(text.substr(0, mark));
    const auto time = parse_time(text.substr(mark + 1));
    if (!day || !time) return std::nullopt;
    return model_.app.time_zone->to_instant({*day, *time});
  }

  std::optional<Date> workday(std::string_view text) const {
    auto days = parse_days(text);
    if (!days || *days < 1) return std::nullopt;
    constexpr std::int64_t kTenYears = 3'653;  // a calendar may have no working days at all
    std::int64_t day = today();
    for (const std::int64_t first = day - kTenYears; *days > 0 && day > first;) {
      if (!model_.calendar().hours_on(from_days(--day)).empty()) --*days;
    }
    return from_days(day);
  }

  // `@today+3`, `@workday-3`.
  std::optional<Date> date(std::string_view text) const {
    constexpr std::string_view kToday = "@today";
    if (text.starts_with(kWorkday)) return workday(text.substr(kWorkday.size()));
    if (!text.starts_with(kToday)) return std::nullopt;
    const auto days = parse_days(text.substr(kToday.size()));
    return days ? std::optional(from_days(today() + *days)) : std::nullopt;
  }

  Done replace_one(const fields::Field& field, json::Value& value) const {
    switch (field.type->column) {
      case fields::Column::Record:
        value.text.erase(0, 1);
        return {};
      case fields::Column::Days: {
        const std::optional<Date> day = date(value.text);
        if (!day) return Unexpected(value.text + " is no date");
        value.text = to_string(*day);
        return {};
      }
      case fields::Column::Instant: {
        const std::optional<Instant> instant = moment(value.text);
        if (!instant) return Unexpected(value.text + " is no moment");
        value.text = to_rfc3339(*instant);
        return {};
      }
      default:
        return {};
    }
  }

  const model::Model& model_;
  const Instant now_;
};

// Keys of a step that say more about another one.
bool is_beside(std::string_view key) {
  static constexpr std::array<std::string_view, 4> kBeside{"comment", "to", "where", "with"};
  return key.starts_with('@') || std::find(kBeside.begin(), kBeside.end(), key) != kBeside.end();
}

class StoryReader {
 public:
  StoryReader(const model::Model& model, Instant now) : model_(model), notation_(model, now) {}

  Expected<std::vector<DemoEvent>, std::string> read(const fs::path& folder) {
    for (const fs::path& file : files_in(folder)) {
      auto done = read_file(file);
      if (!done) return Unexpected(place_ + done.error());
    }
    std::stable_sort(events_.begin(), events_.end(),
                     [](const DemoEvent& a, const DemoEvent& b) { return a.at < b.at; });
    return std::move(events_);
  }

 private:
  static std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      const bool counts = !name.empty() && name[0] >= '0' && name[0] <= '9';
      if (counts && entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // `4-lead.json` holds leads.
  Done read_file(const fs::path& file) {
    place_.clear();
    FW_TRY(const json::Value records, read_array(file));
    const std::string stem = file.stem().string();
    const model::Entity* entity = model_.find_entity(stem.substr(stem.find('-') + 1));
    if (entity == nullptr) {
      return Unexpected(file.string() + " is named after no entity of the app");
    }
    for (std::size_t i = 0; i < records.elements.size(); ++i) {
      place_ = file.string() + ", record " + std::to_string(i + 1) + ": ";
      FW_TRY_VOID(read_record(*entity, records.elements[i]));
    }
    return {};
  }

  Done read_record(const model::Entity& entity, const json::Value& record) {
    at_ = {};
    by_.clear();
    FW_TRY_VOID(read_header(record));
    const std::string name = text_of(record, "@").empty() ? place_ : text_of(record, "@");
    FW_TRY(model::PlacedValues values, values_of(entity, record));
    add(Step::Create{entity.index, std::move(values), name});
    const json::Value* story = record.find("@then");
    if (story == nullptr) return {};
    const std::string place = place_.substr(0, place_.size() - 2);
    for (std::size_t i = 0; i < story->elements.size(); ++i) {
      place_ = place + ", step " + std::to_string(i + 1) + ": ";
      FW_TRY_VOID(read_header(story->elements[i]));
      FW_TRY_VOID(read_step(entity, name, story->elements[i]));
    }
    return {};
  }

  // Who and when; what a step does not say stays as before, and time never goes back in a record.
  Done read_header(const json::Value& object) {
    if (const std::string by = text_of(object, "@by"); !by.empty()) by_ = by;
    const std::string at = text_of(object, "@at");
    if (at.empty()) return {};
    const auto moment = notation_.past_moment(at);
    if (!moment) return Unexpected(at + " is no moment");
    at_ = std::max(at_, *moment);
    return {};
  }

  Done read_step(const model::Entity& entity, const std::string& name, const json::Value& step) {
    for (const auto& [key, value] : step.members) {
      if (is_beside(key)) continue;
      FW_TRY(Step::Action action, action_of(entity, name, key, value, step));
      add(std::move(action));
    }
    return {};
  }

  Expected<Step::Action, std::string> action_of(const model::Entity& entity,
                                                const std::string& name, const std::string& key,
                                                const json::Value& value,
                                                const json::Value& step) const {
    const std::string comment = text_of(step, "comment");
    if (key == "move") return Step::Action(Step::Move{name, value.text, comment});
    if (key == "assign") return Step::Action(Step::Assign{name, value.text});
    if (key == "edit") {
      FW_TRY(model::PlacedValues values, values_of(entity, value));
      return Step::Action(Step::Edit{name, std::move(values)});
    }
    if (key == "check") {
      Step::Check check{name, {}, true};
      for (const json::Value& item : value.elements) check.items.push_back(item.text);
      return Step::Action(std::move(check));
    }
    Step::Decide decide{key, name, comment, text_of(step, "to"), text_of(step, "where"), {}};
    if (const json::Value* with = step.find("with")) {
      FW_TRY(decide.with, values_of(entity, *with));
    }
    return Step::Action(std::move(decide));
  }

  Expected<model::PlacedValues, std::string> values_of(const model::Entity& entity,
                                                       json::Value object) const {
    FW_TRY_VOID(notation_.replace(entity.fields, object));
    model::PlacedValues values;
    for (json::Value::Member& member : object.members) {
      if (member.first.starts_with('@')) continue;
      values.emplace_back(member.first, model::PlacedValue{std::move(member.second), {}});
    }
    return values;
  }

  void add(Step::Action action) { events_.push_back({at_, by_, std::move(action), place_}); }

  const model::Model& model_;
  const Notation notation_;
  std::vector<DemoEvent> events_;
  std::string place_;
  Instant at_;
  std::string by_;
};

}  // namespace

Expected<std::vector<DemoEvent>, std::string> read_demo_story(const fs::path& folder,
                                                              const model::Model& model,
                                                              Instant now) {
  return StoryReader(model, now).read(folder);
}

}  // namespace formwork::program
