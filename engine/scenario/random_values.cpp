#include "engine/scenario/random_values.h"

#include <algorithm>
#include <cctype>

namespace formwork::scenario {
namespace {

using Kind = json::Value::Kind;

json::Value value_of(Kind kind, std::string text = {}) {
  json::Value value;
  value.kind = kind;
  value.text = std::move(text);
  return value;
}

json::Value string(std::string text) { return value_of(Kind::String, std::move(text)); }

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// Numbers in the documents, so that both sides of a condition's limit are tried.
std::vector<std::string> numbers_in(const model::Model& model) {
  std::vector<std::string> found{"0", "1", "2", "0.05", "100", "50000"};
  for (const SourcePtr& source : model.sources) {
    const std::string_view text = source->text();
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool begins =
          is_digit(text[at]) && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '(');
      if (!begins) continue;
      std::size_t end = at;
      while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
      const std::string number(text.substr(at, end - at));
      const bool is_number = number.size() < 12 && number.back() != '.' &&
                             std::count(number.begin(), number.end(), '.') <= 1 &&
                             !(number.size() > 1 && number[0] == '0' && number[1] != '.');
      if (is_number) found.push_back(number);
      at = end;
    }
  }
  return found;
}

json::Value limit(const feel::Value& value, const fields::Field& field) {
  std::string text;
  json::Writer writer(text);

  struct Nobody final : fields::People {
    std::optional<std::int64_t> find_account(std::string_view) const override {
      return std::nullopt;
    }

    std::string account_name(std::int64_t) const override { return {}; }

    std::string full_name(std::int64_t) const override { return {}; }
  };

  field.type->write_json(writer, value, field, Nobody());
  return json::parse(text).value();
}

}  // namespace

RandomValues::RandomValues(World& world, Dice& dice)
    : world_(world), dice_(dice), numbers_(numbers_in(world.model())) {
  for (const model::Scenario& scenario : world.model().scenarios) learn(scenario);
}

void RandomValues::learn(const model::Scenario& scenario) {
  std::map<std::string, std::size_t, std::less<>> entities;
  const auto learn_all = [&](std::size_t entity, const model::PlacedValues& values) {
    for (const auto& [name, value] : values) {
      learn(world_.model().entities[entity].fields, name, value.value);
    }
  };
  for (const model::ScenarioStep& step : scenario.steps) {
    if (const auto* create = std::get_if<model::ScenarioStep::Create>(&step.action)) {
      entities[create->call_it] = create->entity;
      if (!step.refused) learn_all(create->entity, create->with);
    } else if (const auto* edit = std::get_if<model::ScenarioStep::Edit>(&step.action)) {
      const auto entity = entities.find(edit->record);
      if (entity != entities.end() && !step.refused) learn_all(entity->second, edit->with);
    }
  }
}

void RandomValues::learn(const std::vector<fields::Field>& fields, const std::string& name,
                         const json::Value& value) {
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const fields::Field& one) { return one.name == name; });
  if (field == fields.end()) return;
  for (const json::Value& row : value.elements) {
    for (const json::Value::Member& member : row.members) {
      learn(field->fields, member.first, member.second);
    }
  }
  const bool points =
      field->type->column == fields::Column::Record || field->type->column == fields::Column::User;
  const bool is_scalar = value.kind == Kind::Number || value.is_string();
  if (is_scalar && !points && value.text.find('{') == std::string::npos) {
    known_[&*field].push_back(value);
  }
}

// One of them as it is, or with other digits.
json::Value RandomValues::known(const fields::Field& field) {
  const auto found = known_.find(&field);
  if (found == known_.end()) return {};
  json::Value value = dice_.pick(found->second);
  if (!value.is_string() || dice_.chance(30)) return value;
  for (char& c : value.text) {
    if (is_digit(c)) c = static_cast<char>('0' + dice_.below(10));
  }
  return value;
}

model::PlacedValues RandomValues::of(const model::Entity& entity, bool is_new,
                                     const std::string& who) {
  model::PlacedValues values;
  for (const fields::Field& field : entity.fields) {
    if (!fields::takes_input(field) || field.type->column == fields::Column::Files) continue;
    // Who enters a record mostly is who works on it.
    const bool is_person = field.type->column == fields::Column::User;
    const unsigned percent = !is_new ? 25 : field.required ? 97 : is_person ? 30 : 70;
    if (!dice_.chance(percent)) continue;
    const bool is_own = is_person && dice_.chance(80);
    values.emplace_back(field.name, is_own ? model::PlacedValue{string(who), {}} : of(field));
  }
  return values;
}

model::PlacedValue RandomValues::of(const fields::Field& field) {
  constexpr unsigned kInvalidPercent = 1;
  constexpr unsigned kEmptyPercent = 4;
  if (dice_.chance(kInvalidPercent)) {
    return {dice_.chance(50) ? string("?!") : value_of(Kind::Number, "-7"), {}};
  }
  if (dice_.chance(kEmptyPercent)) return {value_of(Kind::Null), {}};
  return {good(field), {}};
}

json::Value RandomValues::good(const fields::Field& field) {
  constexpr int kTries = 8;
  json::Value value = valid(field);
  if (field.type->column == fields::Column::Rows || field.type->column == fields::Column::Record) {
    return value;
  }
  const auto people = world_.engine().directory();
  const fields::Reading reading = world_.engine().reading(*people);
  for (int i = 0; i < kTries && !value.is_null(); ++i) {
    const auto read = field.type->read_json(value, field, reading);
    if (read && !fields::check(*read, field, reading)) break;
    value = valid(field);
  }
  return value;
}

json::Value RandomValues::valid(const fields::Field& field) {
  using fields::Column;
  if (dice_.chance(50)) {
    json::Value one = known(field);
    if (!one.is_null()) return one;
  }
  json::Value codes = value_of(Kind::Array);
  switch (field.type->column) {
    case Column::Text:
      return text(field);
    case Column::Scaled:
      return number(field);
    case Column::Boolean:
      return value_of(dice_.chance(70) ? Kind::True : Kind::False);
    case Column::Days:
      return moment(false);
    case Column::Instant:
      return moment(true);
    case Column::DayTime:
      return string(dice_.chance(50) ? "09:30" : "23:15");
    case Column::Duration:
      return string(field.whole_months ? "P6M" : "P3D");
    case Column::Codes:
      for (const fields::Option& option : field.options) {
        if (dice_.chance(40)) codes.elements.push_back(string(option.code));
      }
      return codes;
    case Column::User:
      if (world_.model().people.empty()) return {};
      return string(dice_.pick(world_.model().people).name);
    case Column::Record: {
      std::vector<std::string> names;
      for (const Named& named : world_.records()) {
        if (named.entity->index == field.target) names.push_back(named.name);
      }
      return names.empty() ? json::Value() : string(dice_.pick(names));
    }
    case Column::Rows:
      return rows(field);
    case Column::Files:
      break;
  }
  return {};
}

json::Value RandomValues::number(const fields::Field& field) {
  if (field.min && dice_.chance(10)) return limit(*field.min, field);
  if (field.max && dice_.chance(10)) return limit(*field.max, field);
  return value_of(Kind::Number, dice_.pick(numbers_));
}

json::Value RandomValues::text(const fields::Field& field) {
  if (!field.options.empty()) return string(dice_.pick(field.options).code);
  const std::string number = std::to_string(dice_.below(100'000));
  switch (field.type->widget) {
    case fields::Widget::Email:
      return string("a" + number + "@example.com");
    case fields::Widget::Phone:
      return string("+861380013" + std::to_string(1000 + dice_.below(9000)));
    case fields::Widget::Url:
      return string("https://example.com/" + number);
    default:
      break;
  }
  static const std::vector<std::string> kWords{"Northwind", "报价单", "a", "O'Brien & Söhne",
                                               "x < y"};
  return string(dice_.pick(kWords) + " " + number);
}

json::Value RandomValues::rows(const fields::Field& table) {
  json::Value all = value_of(Kind::Array);
  for (std::size_t count = dice_.below(3); count > 0; --count) {
    json::Value row = value_of(Kind::Object);
    for (const fields::Field& column : table.fields) {
      if (!fields::takes_input(column) || (!column.required && dice_.chance(10))) continue;
      row.members.emplace_back(column.name, good(column));
    }
    all.elements.push_back(std::move(row));
  }
  return all;
}

json::Value RandomValues::moment(bool with_time) {
  constexpr std::int64_t kSpread = 90;
  const std::int64_t days = static_cast<std::int64_t>(dice_.below(2 * kSpread)) - kSpread;
  const Instant at{world_.now().microseconds + days * kMicrosPerDay};
  if (with_time) return string(to_rfc3339(at));
  return string(to_string(world_.model().app.time_zone->to_local(at).date));
}

}  // namespace formwork::scenario
