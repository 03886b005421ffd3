#include "engine/scenario/cases.h"

#include <algorithm>

#include "engine/scenario/values.h"

namespace formwork::scenario {
namespace {

using Row = std::map<std::string, model::PlacedValue, std::less<>>;

class Substitution {
 public:
  explicit Substitution(const Row& row) : row_(row) {}

  // Inside of a text a value is spelled; alone it stays what it is, a number or a list.
  void operator()(json::Value& value) const {
    if (value.is_string()) {
      if (const model::PlacedValue* alone = whole(value.text)) {
        value = alone->value;
      } else {
        (*this)(value.text);
      }
    }
    for (json::Value& element : value.elements) (*this)(element);
    for (json::Value::Member& member : value.members) (*this)(member.second);
  }

  void operator()(std::string& text) const {
    for (const auto& [column, value] : row_) {
      const std::string mark = "{" + column + "}";
      for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        const std::string word = value.value.is_null() ? "" : shown(value.value);
        text.replace(at, mark.size(), word);
        at += word.size();
      }
    }
  }

  void operator()(model::PlacedValues& values) const {
    for (auto& [name, value] : values) (*this)(value.value);
  }

  void operator()(std::vector<std::string>& texts) const {
    for (std::string& text : texts) (*this)(text);
  }

  void operator()(model::ScenarioStep& step) const {
    (*this)(step.as);
    for (model::PlacedValue& text : step.refusal) (*this)(text.value);
    std::visit([this](auto& action) { fill(action); }, step.action);
  }

 private:
  using Step = model::ScenarioStep;

  void fill(Step::Create& step) const { (*this)(step.with); }

  void fill(Step::Edit& step) const { (*this)(step.with); }

  void fill(Step::Remove&) const {}

  void fill(Step::Move& step) const {
    (*this)(step.to);
    (*this)(step.comment);
  }

  void fill(Step::Check& step) const { (*this)(step.items); }

  void fill(Step::Decide& step) const {
    (*this)(step.action);
    (*this)(step.comment);
    (*this)(step.to);
    (*this)(step.with);
  }

  void fill(Step::Assign& step) const { (*this)(step.to); }

  void fill(Step::Dispatch& step) const { (*this)(step.by); }

  void fill(Step::Release& step) const {
    (*this)(step.pool);
    (*this)(step.comment);
  }

  void fill(Step::Comment& step) const { (*this)(step.text); }

  void fill(Step::Finish& step) const {
    (*this)(step.person);
    (*this)(step.title);
  }

  void fill(Step::Away& step) const { (*this)(step.person); }

  void fill(Step::Post& step) const {
    (*this)(step.body);
    (*this)(step.query);
  }

  void fill(Step::Submit& step) const {
    (*this)(step.with);
    (*this)(step.query);
  }

  void fill(Step::Delegate& step) const { (*this)(step.to); }

  void fill(Step::Leave& step) const {
    (*this)(step.person);
    (*this)(step.hand_over_to);
  }

  void fill(Step::Pass&) const {}

  void fill(Step::Expect& step) const { (*this)(step.that); }

  const model::PlacedValue* whole(const std::string& text) const {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return nullptr;
    const auto found = row_.find(std::string_view(text).substr(1, text.size() - 2));
    return found == row_.end() ? nullptr : &found->second;
  }

  const Row& row_;
};

std::string name_of(const model::Scenario& scenario, const Row& row) {
  std::string values;
  for (const auto& [column, value] : row) {
    values += (values.empty() ? "" : ", ") + column + ": " + shown(value.value);
  }
  return scenario.name + " (" + values + ")";
}

// All of a row, as far as it stands in one piece.
Span place_of(const Row& row) {
  Span place;
  for (const auto& [column, value] : row) {
    if (!place) place = value.where;
    if (value.where.source != place.source) continue;
    place.begin = std::min(place.begin, value.where.begin);
    place.end = std::max(place.end, value.where.end);
  }
  return place;
}

}  // namespace

std::vector<Case> cases_of(const model::Scenario& scenario) {
  if (scenario.cases.empty()) return {{scenario, {}}};
  std::vector<Case> cases;
  for (const Row& row : scenario.cases) {
    Case one{scenario, place_of(row)};
    const Substitution substitute(row);
    one.scenario.name = name_of(scenario, row);
    substitute(one.scenario.as);
    for (model::ScenarioStep& step : one.scenario.steps) substitute(step);
    cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace formwork::scenario
