// The registry as a whole: what was forgotten fails here by name. Also writes
// docs/reference/field-types.md with UPDATE_GOLDEN=1.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "dsl/base/json.h"
#include "dsl/fields/field_type.h"

namespace formwork::fields {
namespace {

constexpr const char* kReference = "docs/reference/field-types.md";

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::set<std::string> setting_keys(const FieldType& type) {
  std::set<std::string> keys;
  for (const Setting setting : type.settings) {
    keys.emplace(info(setting).key);
    if (setting == Setting::Pattern) keys.emplace("say");
  }
  return keys;
}

std::string text_of_member(const json::Value& object, std::string_view name) {
  const json::Value* member = object.find(name);
  return member != nullptr && member->is_string() ? member->text : std::string{};
}

json::Value schema_of(const FieldType& type) {
  const auto schema = json::parse(file_text("schemas/fields/" + std::string(type.name) + ".json"));
  REQUIRE_MESSAGE(schema.has_value(), (schema ? "" : schema.error().message));
  return *schema;
}

TEST_CASE("the list has every type once, in alphabetical order") {
  const auto types = all_field_types();
  REQUIRE(types.size() >= 20);
  for (std::size_t i = 1; i < types.size(); ++i) CHECK(types[i - 1]->name < types[i]->name);
  for (const FieldType* type : types) CHECK(find_field_type(type->name) == type);
  CHECK(find_field_type("colour") == nullptr);
  CHECK(find_field_type("") == nullptr);
}

TEST_CASE("every file of a field type is in the list, under its name") {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator("dsl/fields")) {
    const std::string name = entry.path().filename().string();
    constexpr std::string_view kEnding = "_field.cpp";
    if (name.ends_with(kEnding)) files.insert(name.substr(0, name.size() - kEnding.size()));
  }
  std::set<std::string> names;
  for (const FieldType* type : all_field_types()) names.emplace(type->name);
  CHECK(files == names);
}

TEST_CASE("every type has a summary and its functions") {
  for (const FieldType* type : all_field_types()) {
    CAPTURE(type->name);
    CHECK(type->summary.ends_with('.'));
    CHECK(bool{type->show != nullptr});
    CHECK(bool{type->write_json != nullptr});
    const bool reads = type->column != Column::Rows;
    CHECK((type->read != nullptr) == reads);
    CHECK((type->read_json != nullptr) == reads);
    CHECK((type->input != nullptr) == reads);
  }
}

TEST_CASE("every type has a test of its own") {
  for (const FieldType* type : all_field_types()) {
    const std::string path = "tests/dsl/fields/" + std::string(type->name) + "_field_test.cpp";
    CHECK_MESSAGE(std::filesystem::exists(path), path);
  }
}

TEST_CASE("every type has a schema with its summary, and each of its settings with its own") {
  for (const FieldType* type : all_field_types()) {
    CAPTURE(type->name);
    const json::Value schema = schema_of(*type);
    CHECK(text_of_member(schema, "$schema") == "http://json-schema.org/draft-07/schema#");
    CHECK(text_of_member(schema, "title") == type->name);
    CHECK(text_of_member(schema, "description") == type->summary);
    const json::Value* properties = schema.find("properties");
    REQUIRE(properties != nullptr);
    std::set<std::string> keys;
    for (const auto& [key, property] : properties->members) {
      keys.insert(key);
      CAPTURE(key);
      CHECK_FALSE(text_of_member(property, "description").empty());
    }
    CHECK(keys == setting_keys(*type));
    for (const Setting setting : type->settings) {
      const json::Value* property = properties->find(info(setting).key);
      REQUIRE(property != nullptr);
      CHECK(text_of_member(*property, "description") == info(setting).summary);
    }
  }
}

TEST_CASE("no schema is left over from a type that is gone") {
  for (const auto& entry : std::filesystem::directory_iterator("schemas/fields")) {
    CHECK_MESSAGE(find_field_type(entry.path().stem().string()) != nullptr, entry.path().string());
  }
}

TEST_CASE("every setting has a key of its own and a summary") {
  std::set<std::string_view> keys;
  for (int i = 0; i <= static_cast<int>(Setting::MaxRows); ++i) {
    const SettingInfo& setting = info(static_cast<Setting>(i));
    CAPTURE(setting.key);
    CHECK(keys.insert(setting.key).second);
    CHECK(setting.summary.ends_with('.'));
  }
}

std::string_view column_text(Column column) {
  switch (column) {
    case Column::Text:
      return "TEXT";
    case Column::Scaled:
      return "INTEGER, the value times 10^scale";
    case Column::Boolean:
      return "INTEGER, 0 or 1";
    case Column::Days:
      return "INTEGER, days since 1970-01-01";
    case Column::DayTime:
      return "INTEGER, microseconds since midnight";
    case Column::Instant:
      return "INTEGER, microseconds since 1970-01-01T00:00:00Z";
    case Column::Duration:
      return "INTEGER, microseconds, or months";
    case Column::Codes:
      return "TEXT, the codes between commas";
    case Column::Record:
      return "INTEGER, the record's id";
    case Column::User:
      return "INTEGER, the account's id";
    case Column::Files:
      return "TEXT, the files' ids between commas";
    case Column::Rows:
      return "a table of its own";
  }
  return "";
}

void add_use(std::string& list, bool is_possible, std::string_view use) {
  if (!is_possible) return;
  if (!list.empty()) list += ", ";
  list += use;
}

std::string uses_of(const FieldType& type) {
  std::string list;
  add_use(list, type.may_be_unique, "unique");
  add_use(list, type.may_have_default, "default");
  add_use(list, type.may_be_in_table, "in a table");
  add_use(list, type.sortable, "sort");
  add_use(list, type.filterable, "filter");
  return list.empty() ? "none of these" : list;
}

std::string reference() {
  std::string text =
      "# Field types\n\n"
      "Written from the field types themselves (`UPDATE_GOLDEN=1` on their tests rewrites it). "
      "Every "
      "field also has\n"
      "`label`, `hint`, `required`, and where the type allows it `unique` and `default`.\n\n"
      "| type | what it holds |\n| --- | --- |\n";
  for (const FieldType* type : all_field_types()) {
    text.append("| [`").append(type->name).append("`](#").append(type->name).append(") | ");
    text.append(type->summary).append(" |\n");
  }
  for (const FieldType* type : all_field_types()) {
    text.append("\n## ").append(type->name).append("\n\n").append(type->summary).append("\n\n");
    text.append("- kept as: ").append(column_text(type->column)).append("\n");
    text.append("- may be used for: ").append(uses_of(*type)).append("\n");
    if (type->set_by_engine) text += "- set by the engine, never from input\n";
    if (type->settings.empty()) continue;
    text += "\n| setting | meaning |\n| --- | --- |\n";
    for (const Setting setting : type->settings) {
      text.append("| `")
          .append(info(setting).key)
          .append("` | ")
          .append(info(setting).summary)
          .append(" |\n");
    }
  }
  return text;
}

TEST_CASE("the reference of field types says what the types say") {
  const std::string expected = reference();
  if (std::getenv("UPDATE_GOLDEN") != nullptr)
    std::ofstream(kReference, std::ios::binary) << expected;
  CHECK_MESSAGE(file_text(kReference) == expected, "run the test with UPDATE_GOLDEN=1 to write ",
                kReference);
}

}  // namespace
}  // namespace formwork::fields
