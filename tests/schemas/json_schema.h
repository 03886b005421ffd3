// The part of JSON Schema, draft 7, that our schemas use, to hold documents against them. A keyword
// beyond that part is a mistake of the schema, so that none is ignored silently.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/feel/number.h"
#include "dsl/fields/pattern.h"
#include "tests/dsl/compile/app_folder.h"

namespace formwork::schemas {

using json::Value;
using Kind = Value::Kind;

class Schemas {
 public:
  // Problems of the value, each with its place; empty: it fits.
  std::string problems(const std::string& file, const Value& value) {
    problems_.clear();
    check(file, load(file), value, "");
    return problems_;
  }

  const Value& load(const std::string& file) {
    const auto known = files_.find(file);
    if (known != files_.end()) return known->second;
    auto parsed = json::parse(compile::read_source("schemas/" + file)->text());
    if (!parsed) throw std::runtime_error(file + ": " + parsed.error().message);
    return files_.emplace(file, std::move(*parsed)).first->second;
  }

 private:
  // Where the schema is, so that its references can be followed, and where the value is.
  bool check(const std::string& file, const Value& schema, const Value& value,
             const std::string& place) {
    if (const Value* reference = schema.find("$ref")) {
      return check_reference(file, reference->text, value, place);
    }
    bool fits = true;
    for (const auto& [keyword, rule] : schema.members) {
      if (is_about_words(keyword)) continue;
      if (obeys(file, schema, keyword, rule, value, place)) continue;
      fits = false;
      problems_ += place + ": " + keyword + "\n";
    }
    return fits;
  }

  static bool is_about_words(std::string_view keyword) {
    constexpr std::array<std::string_view, 8> kWords{
        "$schema", "title", "description", "markdownDescription",
        "default", "then",  "else",        "definitions"};
    return std::find(kWords.begin(), kWords.end(), keyword) != kWords.end();
  }

  bool check_reference(const std::string& file, const std::string& reference, const Value& value,
                       const std::string& place) {
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    const std::string folder = std::filesystem::path(file).parent_path().string();
    const std::string target =
        hash == 0 ? file : (std::filesystem::path(folder) / reference.substr(0, hash)).string();
    const Value* schema = &load(target);
    constexpr std::string_view kDefinitions = "#/definitions/";
    if (hash < reference.size()) {
      schema = schema->find("definitions")->find(reference.substr(hash + kDefinitions.size()));
    }
    if (schema == nullptr) throw std::runtime_error(file + ": nothing at " + reference);
    return check(target, *schema, value, place);
  }

  // Whether it fits, without adding problems: a branch that does not is none yet.
  bool fits_quietly(const std::string& file, const Value& schema, const Value& value) {
    const std::string before = problems_;
    const bool fits = check(file, schema, value, "");
    problems_ = before;
    return fits;
  }

  bool obeys(const std::string& file, const Value& schema, const std::string& keyword,
             const Value& rule, const Value& value, const std::string& place) {
    if (keyword == "allOf") return obeys_all(file, rule, value, place);
    if (keyword == "anyOf" || keyword == "oneOf") {
      const auto count =
          std::count_if(rule.elements.begin(), rule.elements.end(),
                        [&](const Value& s) { return fits_quietly(file, s, value); });
      return keyword == "anyOf" ? count > 0 : count == 1;
    }
    if (keyword == "not") return !fits_quietly(file, rule, value);
    if (keyword == "if") {
      const Value* then = schema.find(fits_quietly(file, rule, value) ? "then" : "else");
      return then == nullptr || check(file, *then, value, place);
    }
    if (keyword == "type") return has_type(rule, value);
    if (keyword == "const") return same(rule, value);
    if (keyword == "enum") return contains(rule, value);
    if (const auto answer = obeys_in_text(keyword, rule, value)) return *answer;
    if (const auto answer = obeys_in_number(keyword, rule, value)) return *answer;
    if (const auto answer = obeys_in_list(file, keyword, rule, value, place)) return *answer;
    if (const auto answer = obeys_in_mapping(file, schema, keyword, rule, value, place)) {
      return *answer;
    }
    throw std::runtime_error(file + ": the keyword " + keyword + " is not known here");
  }

  bool obeys_all(const std::string& file, const Value& rule, const Value& value,
                 const std::string& place) {
    bool fits = true;
    for (const Value& schema : rule.elements) fits = check(file, schema, value, place) && fits;
    return fits;
  }

  static bool has_type(const Value& rule, const Value& value) {
    const std::string& type = rule.text;
    switch (value.kind) {
      case Kind::Null:
        return type == "null";
      case Kind::True:
      case Kind::False:
        return type == "boolean";
      case Kind::String:
        return type == "string";
      case Kind::Array:
        return type == "array";
      case Kind::Object:
        return type == "object";
      case Kind::Number:
        break;
    }
    return type == "number" || (type == "integer" && value.text.find('.') == std::string::npos);
  }

  static bool same(const Value& a, const Value& b) { return a.kind == b.kind && a.text == b.text; }

  static bool contains(const Value& list, const Value& value) {
    return std::any_of(list.elements.begin(), list.elements.end(),
                       [&](const Value& element) { return same(element, value); });
  }

  static std::optional<bool> obeys_in_text(const std::string& keyword, const Value& rule,
                                           const Value& value) {
    const bool is_about_text =
        keyword == "pattern" || keyword == "minLength" || keyword == "maxLength";
    if (!is_about_text) return std::nullopt;
    if (!value.is_string()) return true;
    if (keyword == "pattern") {
      const auto pattern = fields::Pattern::compile("(?s:.*)(?:" + rule.text + ")(?s:.*)");
      if (!pattern) throw std::runtime_error("no pattern: " + rule.text);
      return (*pattern)->matches(value.text);
    }
    const std::size_t limit = std::stoul(rule.text);
    const std::size_t length = count_characters(value.text);
    return keyword == "minLength" ? length >= limit : length <= limit;
  }

  static std::optional<bool> obeys_in_number(const std::string& keyword, const Value& rule,
                                             const Value& value) {
    if (keyword != "minimum" && keyword != "maximum") return std::nullopt;
    if (value.kind != Kind::Number) return true;
    const feel::Number number = *feel::Number::parse(value.text);
    const feel::Number limit = *feel::Number::parse(rule.text);
    return keyword == "minimum" ? number >= limit : number <= limit;
  }

  std::optional<bool> obeys_in_list(const std::string& file, const std::string& keyword,
                                    const Value& rule, const Value& value,
                                    const std::string& place) {
    const bool is_about_lists =
        keyword == "items" || keyword == "minItems" || keyword == "uniqueItems";
    if (!is_about_lists) return std::nullopt;
    if (!value.is_array()) return true;
    if (keyword == "minItems") return value.elements.size() >= std::stoul(rule.text);
    bool fits = true;
    for (std::size_t i = 0; i < value.elements.size(); ++i) {
      const Value& element = value.elements[i];
      if (keyword == "items") {
        fits = check(file, rule, element, place + "/" + std::to_string(i)) && fits;
      } else {
        const auto end = value.elements.begin() + static_cast<std::ptrdiff_t>(i);
        fits = fits && std::none_of(value.elements.begin(), end,
                                    [&](const Value& other) { return same(other, element); });
      }
    }
    return fits;
  }

  std::optional<bool> obeys_in_mapping(const std::string& file, const Value& schema,
                                       const std::string& keyword, const Value& rule,
                                       const Value& value, const std::string& place) {
    const bool is_keyed = keyword == "properties" || keyword == "additionalProperties" ||
                          keyword == "propertyNames" || keyword == "required" ||
                          keyword == "dependencies" || keyword == "minProperties" ||
                          keyword == "maxProperties";
    if (!is_keyed) return std::nullopt;
    if (!value.is_object()) return true;
    if (keyword == "minProperties") return value.members.size() >= std::stoul(rule.text);
    if (keyword == "maxProperties") return value.members.size() <= std::stoul(rule.text);
    if (keyword == "required") return has_all(value, rule);
    if (keyword == "dependencies") {
      return std::all_of(rule.members.begin(), rule.members.end(), [&](const auto& member) {
        return value.find(member.first) == nullptr || has_all(value, member.second);
      });
    }
    bool fits = true;
    for (const auto& [key, member] : value.members) {
      const Value* known = schema.find("properties");
      known = known == nullptr ? nullptr : known->find(key);
      const std::string below = place + "/" + key;
      if (keyword == "properties" && known != nullptr) {
        fits = check(file, *known, member, below) && fits;
      } else if (keyword == "propertyNames") {
        Value name;
        name.kind = Kind::String;
        name.text = key;
        fits = check(file, rule, name, below) && fits;
      } else if (keyword == "additionalProperties" && known == nullptr) {
        fits = rule.is_object() ? check(file, rule, member, below) && fits : false;
      }
    }
    return fits;
  }

  static bool has_all(const Value& value, const Value& names) {
    return std::all_of(names.elements.begin(), names.elements.end(),
                       [&](const Value& name) { return value.find(name.text) != nullptr; });
  }

  std::map<std::string, Value> files_;
  std::string problems_;
};

}  // namespace formwork::schemas
