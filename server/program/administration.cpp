#include "server/program/administration.h"

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "engine/audit/chain.h"

namespace formwork::program {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view part = trimmed(text.substr(0, comma));
    if (!part.empty()) parts.emplace_back(part);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return parts;
}

AdminAnswer refused(const engine::Refusal& refusal) {
  return {false, render(refusal.message, Language::English)};
}

AdminAnswer add_user(const AdminRequest& request, engine::Engine& engine) {
  const auto added = engine.add_account({.name = request.user,
                                         .full_name = request.full_name,
                                         .password = request.password,
                                         .roles = split(request.roles),
                                         .locale = request.locale});
  if (!added) return refused(added.error());
  return {true, ""};
}

AdminAnswer create_token(const AdminRequest& request, engine::Engine& engine) {
  const auto token = engine.create_token(request.user, request.label);
  if (!token) return refused(token.error());
  return {true, *token + "\n"};
}

AdminAnswer verify_history(engine::Engine& engine) {
  const auto view = engine.store().read();
  const audit::Verdict verdict = audit::verify(*view);
  if (verdict.broken_at) {
    return {false, "history is broken at entry " + std::to_string(*verdict.broken_at) + ": " +
                       verdict.problem};
  }
  return {true,
          std::to_string(verdict.entries) + " entries, unbroken; head " + verdict.head + "\n"};
}

std::string text_of(const json::Value& object, std::string_view name) {
  const json::Value* member = object.find(name);
  return member != nullptr && member->is_string() ? member->text : std::string();
}

}  // namespace

AdminAnswer perform(const AdminRequest& request, engine::Engine& engine) {
  if (request.action == "user add") return add_user(request, engine);
  if (request.action == "token create") return create_token(request, engine);
  if (request.action == "audit verify") return verify_history(engine);
  return {false, "the server does not know `" + request.action + "`; it is another version"};
}

std::string to_line(const AdminRequest& request) {
  std::string line;
  json::Writer writer(line);
  writer.begin_object();
  writer.key("action").string(request.action);
  writer.key("user").string(request.user);
  writer.key("full_name").string(request.full_name);
  writer.key("password").string(request.password);
  writer.key("roles").string(request.roles);
  writer.key("locale").string(request.locale);
  writer.key("label").string(request.label);
  writer.end_object();
  return line;
}

std::string to_line(const AdminAnswer& answer) {
  std::string line;
  json::Writer(line)
      .begin_object()
      .key("granted")
      .boolean(answer.granted)
      .key("text")
      .string(answer.text)
      .end_object();
  return line;
}

AdminRequest parse_request(const std::string& line) {
  const auto parsed = json::parse(line);
  if (!parsed || !parsed->is_object()) return {};
  return {.action = text_of(*parsed, "action"),
          .user = text_of(*parsed, "user"),
          .full_name = text_of(*parsed, "full_name"),
          .password = text_of(*parsed, "password"),
          .roles = text_of(*parsed, "roles"),
          .locale = text_of(*parsed, "locale"),
          .label = text_of(*parsed, "label")};
}

AdminAnswer parse_answer(const std::string& line) {
  const auto parsed = json::parse(line);
  if (!parsed || !parsed->is_object()) return {false, "the server gave no answer"};
  const json::Value* granted = parsed->find("granted");
  return {granted != nullptr && granted->kind == json::Value::Kind::True, text_of(*parsed, "text")};
}

}  // namespace formwork::program
