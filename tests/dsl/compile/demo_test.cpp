// The demo data of a template fits its model: what its README says about the form holds, and every
// record is one that the API would take.
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "dsl/base/json.h"
#include "dsl/compile/compile.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::compile {
namespace {

constexpr const char* kFolder = "templates/crm/demo";

json::Value read_json(const std::filesystem::path& path) {
  auto value = json::parse(read_source(path)->text());
  REQUIRE_MESSAGE(value.has_value(), path.string());
  REQUIRE(value->is_array());
  return std::move(*value);
}

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* member = object.find(key);
  return member == nullptr ? "" : member->text;
}

// "@now-1d2h" as minutes from now; nothing for other texts.
std::optional<int> minutes_from_now(std::string_view text) {
  if (text == "@now") return 0;
  if (!text.starts_with("@now-") && !text.starts_with("@now+")) return std::nullopt;
  const int sign = text[4] == '-' ? -1 : 1;
  int minutes = 0;
  for (text.remove_prefix(5); !text.empty();) {
    const std::size_t unit = text.find_first_not_of("0123456789");
    if (unit == 0 || unit == std::string_view::npos) return std::nullopt;
    if (text[unit] != 'd' && text[unit] != 'h' && text[unit] != 'm') return std::nullopt;
    const int factor = text[unit] == 'd' ? 24 * 60 : text[unit] == 'h' ? 60 : 1;
    minutes += factor * std::stoi(std::string(text.substr(0, unit)));
    text.remove_prefix(unit + 1);
  }
  return sign * minutes;
}

struct Users final : fields::People {
  std::vector<json::Value> all = read_json(std::string(kFolder) + "/users.json").elements;

  std::optional<std::int64_t> find_account(std::string_view name) const override {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (text_of(all[i], "name") == name) return static_cast<std::int64_t>(i);
    }
    return std::nullopt;
  }

  std::string account_name(std::int64_t id) const override {
    return text_of(all[static_cast<std::size_t>(id)], "name");
  }

  std::string full_name(std::int64_t id) const override {
    return text_of(all[static_cast<std::size_t>(id)], "full_name");
  }
};

class Loading {
 public:
  explicit Loading(const model::Model& model) : model_(model) {}

  // What is wrong with a record; empty: nothing.
  std::string load(const model::Entity& entity, const json::Value& record) {
    problems_.clear();
    check_header(entity, record);
    check_fields(entity.fields, record, true);
    for (const model::Unique& unique : entity.uniques) check_unique(entity, unique, record);
    if (const std::string name = text_of(record, "@"); !name.empty()) {
      if (!named_.emplace(name, entity.index).second) complain("@", "named twice");
    }
    return problems_;
  }

 private:
  void complain(std::string_view key, std::string_view what) {
    problems_ += std::string(key) + ": " + std::string(what) + "; ";
  }

  void check_header(const model::Entity& entity, const json::Value& record) {
    const auto minutes = minutes_from_now(text_of(record, "@at"));
    if (!minutes || *minutes > 0 || *minutes < last_minutes_) complain("@at", "not from then on");
    last_minutes_ = minutes.value_or(0);
    const auto account = users_.find_account(text_of(record, "@by"));
    if (!account || !may_create(users_.all[static_cast<std::size_t>(*account)], entity)) {
      complain("@by", "nobody who may create it");
    }
  }

  bool may_create(const json::Value& user, const model::Entity& entity) const {
    for (const json::Value& role : user.find("roles")->elements) {
      const model::Role* known = model_.find_role(role.text);
      if (known != nullptr && known->grants[entity.index].may(model::Action::Create)) return true;
    }
    return false;
  }

  void check_fields(const std::vector<fields::Field>& fields, const json::Value& object,
                    bool is_record) {
    std::set<std::string, std::less<>> known;
    for (const fields::Field& field : fields) {
      known.insert(field.name);
      const json::Value* value = object.find(field.name);
      if (value != nullptr) check_value(field, *value);
      if (value == nullptr && field.required && field.default_value.is_null()) {
        complain(field.name, "missing");
      }
    }
    for (const auto& [key, value] : object.members) {
      const bool is_header = is_record && (key == "@" || key == "@by" || key == "@at");
      if (!is_header && !known.contains(key)) complain(key, "unknown");
    }
  }

  void check_value(const fields::Field& field, const json::Value& value) {
    if (field.type->column == fields::Column::Rows) {
      for (const json::Value& row : value.elements) check_fields(field.fields, row, false);
      return;
    }
    const auto plain = resolved(field, value);
    if (!plain) return complain(field.name, "points to nothing");
    const fields::Reading reading{.zone = model_.app.time_zone, .people = &users_};
    const auto read = field.type->read_json(*plain, field, reading);
    if (!read) return complain(field.name, render(read.error(), Language::English));
    const auto complaint = fields::check(*read, field, reading);
    if (complaint) complain(field.name, render(*complaint, Language::English));
  }

  // The value with its notations replaced by plain ones.
  std::optional<json::Value> resolved(const fields::Field& field, json::Value value) const {
    switch (field.type->column) {
      case fields::Column::Record: {
        const auto named = named_.find(value.text.substr(1));
        if (!value.text.starts_with('@') || named == named_.end()) return std::nullopt;
        if (named->second != field.target) return std::nullopt;
        value.text = "1";
        break;
      }
      case fields::Column::Days:
        if (value.text.starts_with("@today")) value.text = "2026-11-23";
        break;
      case fields::Column::Instant:
        if (minutes_from_now(value.text)) value.text = "2026-11-23T08:00:00Z";
        break;
      default:
        break;
    }
    return value;
  }

  void check_unique(const model::Entity& entity, const model::Unique& unique,
                    const json::Value& record) {
    std::vector<std::string> values{entity.name};
    for (const std::size_t index : unique.fields) {
      const std::string& name = entity.fields[index].name;
      const std::string value = text_of(record, name);
      if (value.empty()) return;
      values.insert(values.end(), {name, value});
    }
    if (!seen_.insert(values).second) complain(values[1], "not unique");
  }

  const model::Model& model_;
  Users users_;
  std::map<std::string, std::size_t, std::less<>> named_;  // to the index of its entity
  std::set<std::vector<std::string>> seen_;
  int last_minutes_ = -1'000'000;
  std::string problems_;
};

// The files of records in the order in which they are loaded.
std::vector<std::filesystem::path> record_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".json") && name != "users.json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("every demo record is one that the API would take from the user who enters it") {
  Diagnostics diagnostics;
  const auto model = compile({sources_in("templates/crm"), ""}, diagnostics);
  REQUIRE(model != nullptr);
  Loading loading(*model);
  std::size_t count = 0;
  for (const auto& path : record_files()) {
    const std::string stem = path.stem().string();
    const model::Entity* entity = model->find_entity(stem.substr(stem.find('-') + 1));
    REQUIRE_MESSAGE(entity != nullptr, stem);
    for (const json::Value& record : read_json(path).elements) {
      CAPTURE(stem);
      CAPTURE(count);
      CHECK(loading.load(*entity, record) == "");
      ++count;
    }
  }
  CHECK(count >= 200);
}

TEST_CASE("demo users have a full name, known roles and a password that is long enough") {
  Diagnostics diagnostics;
  const auto model = compile({sources_in("templates/crm"), ""}, diagnostics);
  REQUIRE(model != nullptr);
  std::set<std::string> roles;
  for (const json::Value& user : Users().all) {
    CAPTURE(text_of(user, "name"));
    CHECK_FALSE(text_of(user, "full_name").empty());
    CHECK(text_of(user, "password").size() >= 10);
    for (const json::Value& role : user.find("roles")->elements) {
      CHECK_MESSAGE(model->find_role(role.text) != nullptr, role.text);
      roles.insert(role.text);
    }
  }
  CHECK(roles.size() == model->roles.size());
}

}  // namespace
}  // namespace formwork::compile
