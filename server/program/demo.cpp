#include "server/program/demo.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "dsl/base/json.h"
#include "engine/records/input.h"

namespace formwork::program {
namespace {

namespace fs = std::filesystem;

// The clock of the demo's past: each record is entered at the moment its data names.
class PastClock final : public engine::Clock {
 public:
  explicit PastClock(Instant now) : now_(now) {}

  Instant now() const override { return now_; }

  void set(Instant now) { now_ = now; }

 private:
  Instant now_;
};

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

class Loader {
 public:
  Loader(engine::Engine& engine, PastClock& clock)
      : engine_(engine), clock_(clock), start_(clock.now()) {}

  Expected<std::string, std::string> load(const fs::path& folder) {
    FW_TRY(const json::Value users, read_array(folder / "users.json"));
    FW_TRY(std::string sign_ins, add_users(users));
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      const bool counts = !name.empty() && name[0] >= '0' && name[0] <= '9';
      if (counts && entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      const auto loaded = load_file(file);
      if (!loaded) return Unexpected(loaded.error());
    }
    return sign_ins;
  }

 private:
  Expected<std::string, std::string> add_users(const json::Value& users) {
    std::string sign_ins = "demo sign-ins (user / password / roles):\n";
    for (const json::Value& user : users.elements) {
      engine::NewAccount account{.name = text_of(user, "name"),
                                 .full_name = text_of(user, "full_name"),
                                 .password = text_of(user, "password"),
                                 .roles = {},
                                 .locale = text_of(user, "locale")};
      std::string roles;
      if (const json::Value* list = user.find("roles")) {
        for (const json::Value& role : list->elements) {
          account.roles.push_back(role.text);
          roles += (roles.empty() ? "" : ", ") + role.text;
        }
      }
      const auto added = engine_.add_account(account);
      if (!added) {
        return Unexpected("demo user " + account.name + ": " +
                          render(added.error().message, Language::English));
      }
      sign_ins += "  " + account.name + " / " + account.password + " / " + roles + "\n";
    }
    return sign_ins;
  }

  // `4-lead.json` holds leads.
  Expected<void, std::string> load_file(const fs::path& path) {
    const std::string stem = path.stem().string();
    const model::Entity* entity = engine_.model().find_entity(stem.substr(stem.find('-') + 1));
    if (entity == nullptr)
      return Unexpected(path.string() + " is named after no entity of the app");
    auto records = read_array(path);
    if (!records) return Unexpected(records.error());
    std::size_t number = 0;
    for (json::Value& record : records->elements) {
      ++number;
      const auto created = create(*entity, std::move(record));
      if (!created) {
        return Unexpected(path.string() + ", record " + std::to_string(number) + ": " +
                          created.error());
      }
    }
    return {};
  }

  Expected<void, std::string> create(const model::Entity& entity, json::Value record) {
    const std::string name = text_of(record, "@");
    const std::string by = text_of(record, "@by");
    const std::string at = text_of(record, "@at");
    std::erase_if(record.members,
                  [](const json::Value::Member& m) { return m.first.starts_with('@'); });
    if (!at.empty()) clock_.set(moment(at).value_or(start_));
    const auto fault = replace(entity.fields, record);
    if (fault) return Unexpected(*fault);
    const auto people = engine_.directory();
    records::Input input = records::read_json(entity, record, engine_.reading(*people));
    if (!input.problems.empty()) {
      return Unexpected(engine::describe(input.problems.front(), entity, Language::English, 0));
    }
    const auto outcome =
        engine_.execute_and_wait({.actor = actor(by),
                                  .intent = engine::CreateRecord{&entity, std::move(input.changes)},
                                  .once = {}});
    if (!outcome) return Unexpected(explain(outcome.error(), entity));
    if (!name.empty()) names_["@" + name] = outcome->record.id;
    return {};
  }

  static std::string explain(const engine::Refusal& refusal, const model::Entity& entity) {
    if (refusal.fields.empty()) return render(refusal.message, Language::English);
    return engine::describe(refusal.fields.front(), entity, Language::English, 0);
  }

  engine::Actor actor(const std::string& name) const {
    const auto people = engine_.directory();
    for (const engine::Account& account : people->accounts()) {
      if (account.name != name) continue;
      return {.account = account.id,
              .name = account.name,
              .full_name = account.full_name,
              .roles = permissions::roles_of(account, engine_.model()),
              .locale = account.locale,
              .cause = engine::Cause::Program};
    }
    return {};
  }

  // Puts real values where the data has notations. The answer says what a notation lacks.
  std::optional<std::string> replace(const std::vector<fields::Field>& fields,
                                     json::Value& record) {
    for (json::Value::Member& member : record.members) {
      const auto field = std::find_if(fields.begin(), fields.end(), [&](const fields::Field& f) {
        return f.name == member.first;
      });
      if (field == fields.end()) continue;
      if (field->type->column == fields::Column::Rows) {
        for (json::Value& row : member.second.elements) {
          if (auto fault = replace(field->fields, row)) return fault;
        }
      } else if (member.second.is_string() && member.second.text.starts_with('@')) {
        if (auto fault = replace_one(*field, member.second)) return fault;
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> replace_one(const fields::Field& field, json::Value& value) {
    switch (field.type->column) {
      case fields::Column::Record: {
        const auto known = names_.find(value.text);
        if (known == names_.end()) return "no record before it is called " + value.text;
        value.kind = json::Value::Kind::Number;
        value.text = std::to_string(known->second);
        return std::nullopt;
      }
      case fields::Column::Days: {
        const std::optional<std::int64_t> days =
            parse_days(std::string_view(value.text).substr(std::string_view("@today").size()));
        if (!days) return value.text + " is no date";
        const Date today = engine_.model().app.time_zone->to_local(start_).date;
        value.text = to_string(from_days(to_days(today) + *days));
        return std::nullopt;
      }
      case fields::Column::Instant: {
        const std::optional<Instant> instant = moment(value.text);
        if (!instant) return value.text + " is no moment";
        value.text = to_rfc3339(*instant);
        return std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

  // `@now-2h`, to the full minute.
  std::optional<Instant> moment(const std::string& text) const {
    constexpr std::string_view kNow = "@now";
    if (!text.starts_with(kNow)) return std::nullopt;
    const auto minutes = parse_minutes(std::string_view(text).substr(kNow.size()));
    if (!minutes) return std::nullopt;
    constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;
    const std::int64_t exact = start_.microseconds + *minutes * kMinute;
    return Instant{exact - exact % kMinute};
  }

  engine::Engine& engine_;
  PastClock& clock_;
  Instant start_;
  std::map<std::string, engine::RecordId> names_;
};

}  // namespace

Expected<std::string, std::string> fill_with_demo(const std::string& folder, Demo demo) {
  if (!demo.store->read()->accounts().empty()) {
    return std::string("the store holds data already; demo data was not added\n");
  }
  const fs::path data = fs::path(folder) / "demo";
  if (!fs::is_directory(data)) return Unexpected(folder + " has no demo data");
  PastClock clock(engine::system_clock().now());
  engine::Engine engine({.model = std::move(demo.model),
                         .store = demo.store,
                         .clock = &clock,
                         .random = &engine::system_random()});
  return Loader(engine, clock).load(data);
}

}  // namespace formwork::program
