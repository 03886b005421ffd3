#include "engine/scenario/scenario_text.h"

#include "dsl/base/json.h"

namespace formwork::scenario {
namespace {

using Step = model::ScenarioStep;

// JSON is YAML, so every text stands in quotes of JSON.
std::string quoted(const std::string& text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

std::string flow(const model::PlacedValues& values) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  for (const auto& [name, value] : values) {
    writer.key(name);
    json::write(writer, value.value);
  }
  writer.end_object();
  return out;
}

class StepText {
 public:
  StepText(const Step& step, const model::Model& model) : model_(model) {
    if (!step.as.empty()) line("as", step.as);
    std::visit(*this, step.action);
    if (step.refused) line("refused", "true");
  }

  const std::string& text() const { return text_; }

  void operator()(const Step::Create& step) {
    line("create", model_.entities[step.entity].name);
    if (!step.with.empty()) line("with", flow(step.with));
    if (!step.call_it.empty()) line("call_it", step.call_it);
  }

  void operator()(const Step::Edit& step) {
    line("edit", step.record);
    line("with", flow(step.with));
  }

  void operator()(const Step::Remove& step) {
    line(step.restore ? "restore" : "delete", step.record);
  }

  void operator()(const Step::Move& step) {
    line("move", step.record);
    line("to", step.to);
    comment(step.comment);
  }

  void operator()(const Step::Check& step) {
    std::string items;
    for (const std::string& item : step.items) items += (items.empty() ? "" : ", ") + item;
    line(step.done ? "check" : "uncheck", "{ " + step.record + ": [" + items + "] }");
  }

  void operator()(const Step::Decide& step) {
    line(step.action, step.record);
    if (!step.to.empty()) line("to", step.to);
    if (!step.where.empty()) line("where", step.where);
    comment(step.comment);
    if (!step.with.empty()) line("with", flow(step.with));
  }

  void operator()(const Step::Assign& step) {
    if (step.to.empty()) {
      line("claim", step.record);
    } else {
      line("assign", "{ " + step.record + ": " + step.to + " }");
    }
  }

  void operator()(const Step::Dispatch& step) {
    line("dispatch", step.record);
    line("by", step.by);
  }

  void operator()(const Step::Release& step) {
    line("release", step.record);
    line("to", step.pool);
    comment(step.comment);
  }

  void operator()(const Step::Comment& step) {
    line("comment", step.record);
    line("text", quoted(step.text));
  }

  void operator()(const Step::Finish& step) {
    line("done", "{ person: " + step.person + ", title: " + quoted(step.title) + " }");
  }

  void operator()(const Step::Away& step) {
    line("away", "{ person: " + step.person + ", for: " + calendar::to_string(step.during) + " }");
  }

  void operator()(const Step::Post& step) {
    std::string body;
    json::Writer writer(body);
    json::write(writer, step.body);
    line("post", "{ webhook: " + model_.webhooks[step.webhook].name + ", body: " + body +
                     query(step.query) + " }");
    if (!step.call_it.empty()) line("call_it", step.call_it);
  }

  void operator()(const Step::Submit& step) {
    line("submit", "{ form: " + model_.forms[step.form].name + ", with: " + flow(step.with) +
                       query(step.query) + " }");
    if (!step.call_it.empty()) line("call_it", step.call_it);
  }

  void operator()(const Step::Delegate& step) {
    line("delegate", "{ to: " + step.to + ", for: " + calendar::to_string(step.during) + " }");
  }

  void operator()(const Step::Leave& step) {
    line("leave", "{ person: " + step.person + ", hand_over_to: " + step.hand_over_to + " }");
  }

  void operator()(const Step::Pass& step) {
    const std::string time = calendar::to_string(step.time);
    line("pass", step.time.business ? "{ business: " + time + " }" : time);
  }

  void operator()(const Step::Expect& step) { line("expect", flow(step.that)); }

 private:
  static std::string query(const model::PlacedValues& values) {
    return values.empty() ? std::string() : ", query: " + flow(values);
  }

  void comment(const std::string& text) {
    if (!text.empty()) line("comment", quoted(text));
  }

  void line(std::string_view key, const std::string& value) {
    text_ += text_.empty() ? "  - " : "    ";
    text_.append(key).append(": ").append(value).append("\n");
  }

  const model::Model& model_;
  std::string text_;
};

}  // namespace

std::string to_yaml(const model::Scenario& scenario, const model::Model& model) {
  std::string text = "scenario: " + quoted(scenario.name) + "\n";
  if (!scenario.as.empty()) text += "as: " + scenario.as + "\n";
  if (scenario.at) text += "at: " + to_rfc3339(*scenario.at) + "\n";
  text += "steps:\n";
  for (const Step& step : scenario.steps) text += StepText(step, model).text();
  return text;
}

}  // namespace formwork::scenario
