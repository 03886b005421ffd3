#include "engine/assignment/explanation.h"

#include <charconv>

#include "dsl/base/json.h"

namespace formwork::assignment {
namespace {

void write_text(json::Writer& writer, std::string_view key, const std::string& text) {
  if (!text.empty()) writer.key(key).string(text);
}

void write_candidate(json::Writer& writer, const Explanation::Candidate& candidate) {
  writer.begin_object().key("account").string(candidate.account);
  write_text(writer, "by", candidate.why);
  if (candidate.weight != 1) writer.key("weight").number(candidate.weight);
  if (candidate.open) writer.key("open").number(*candidate.open);
  write_text(writer, "passed_over", candidate.passed_over);
  writer.end_object();
}

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value != nullptr && value->is_string() ? value->text : std::string();
}

std::optional<std::int64_t> number_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || value->kind != json::Value::Kind::Number) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = value->text.data() + value->text.size();
  const auto [rest, error] = std::from_chars(value->text.data(), end, number);
  return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

Explanation::Candidate read_candidate(const json::Value& value) {
  return {.account = text_of(value, "account"),
          .why = text_of(value, "by"),
          .passed_over = text_of(value, "passed_over"),
          .weight = number_of(value, "weight").value_or(1),
          .open = number_of(value, "open")};
}

}  // namespace

Explanation explain(const Picked& picked, const model::Entity& entity,
                    const fields::People& people) {
  Explanation told;
  told.assignment = picked.assignment->name;
  if (picked.rule != nullptr) told.rule = picked.rule->id;
  told.condition = picked.condition;
  if (picked.rule != nullptr && !picked.rule->to.people.empty()) {
    told.pick = pick_name(picked.rule->to.pick);
  }
  if (picked.account) told.to = people.account_name(*picked.account);
  if (picked.pool) told.pool = entity.pools[*picked.pool].name;
  for (const Candidate& candidate : picked.candidates) {
    const bool is_free = candidate.passed_over == PassedOver::No;
    told.candidates.push_back(
        {.account = people.account_name(candidate.account),
         .why = candidate.why,
         .passed_over =
             is_free ? std::string() : std::string(passed_over_name(candidate.passed_over)),
         .weight = static_cast<std::int64_t>(candidate.weight),
         .open = candidate.open});
  }
  return told;
}

std::string write_detail(const Explanation& told, std::string_view comment,
                         std::string_view reason) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  if (!comment.empty()) writer.key("comment").string(comment);
  if (!reason.empty()) writer.key("reason").string(reason);
  writer.key("assignment").begin_object().key("name").string(told.assignment);
  write_text(writer, "rule", told.rule);
  write_text(writer, "step", told.step);
  write_text(writer, "recycle", told.recycle);
  write_text(writer, "condition", told.condition);
  write_text(writer, "pick", told.pick);
  write_text(writer, "to", told.to);
  write_text(writer, "pool", told.pool);
  if (!told.candidates.empty()) {
    writer.key("candidates").begin_array();
    for (const Explanation::Candidate& one : told.candidates) write_candidate(writer, one);
    writer.end_array();
  }
  writer.end_object().end_object();
  return text;
}

std::optional<Explanation> read_detail(std::string_view detail) {
  const auto parsed = json::parse(detail);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  const json::Value* value = parsed->find("assignment");
  if (value == nullptr || !value->is_object()) return std::nullopt;
  Explanation told{.assignment = text_of(*value, "name"),
                   .rule = text_of(*value, "rule"),
                   .step = text_of(*value, "step"),
                   .recycle = text_of(*value, "recycle"),
                   .condition = text_of(*value, "condition"),
                   .pick = text_of(*value, "pick"),
                   .to = text_of(*value, "to"),
                   .pool = text_of(*value, "pool"),
                   .candidates = {}};
  if (const json::Value* all = value->find("candidates"); all != nullptr && all->is_array()) {
    for (const json::Value& one : all->elements) told.candidates.push_back(read_candidate(one));
  }
  return told;
}

}  // namespace formwork::assignment
