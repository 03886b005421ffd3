#include "server/program/administration.h"

#include <cstdlib>
#include <future>

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "engine/audit/chain.h"
#include "server/program/forecast_text.h"
#include "server/program/outbox_text.h"
#include "server/program/secret_administration.h"
#include "server/routes/targets.h"

namespace formwork::program {
namespace {

constexpr std::size_t kMostTimers = 10'000;    // of a forecast
constexpr std::size_t kMostMessages = 10'000;  // of the outbox

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
                                         .roles = split(request.roles.value_or("")),
                                         .locale = request.locale,
                                         .manager = request.manager.value_or(""),
                                         .teams = split(request.teams.value_or("")),
                                         .heads = split(request.heads.value_or("")),
                                         .email = request.email.value_or("")});
  if (!added) return refused(added.error());
  return {true, ""};
}

std::optional<std::vector<std::string>> split(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return split(std::string_view(*text));
}

AdminAnswer change_user(const AdminRequest& request, engine::Engine& engine) {
  const auto changed = engine.change_account(request.user, {.roles = split(request.roles),
                                                            .manager = request.manager,
                                                            .teams = split(request.teams),
                                                            .heads = split(request.heads),
                                                            .email = request.email});
  if (!changed) return refused(changed.error());
  return {true, ""};
}

AdminAnswer close_user(const AdminRequest& request, engine::Engine& engine) {
  const auto closed = engine.close_account(request.user, request.heir);
  if (!closed) return refused(closed.error());
  return {true, ""};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

// A line for each account, its parts separated by tabs; the first line says what they are.
AdminAnswer list_users(engine::Engine& engine) {
  const auto directory = engine.directory();
  std::string text = "user\tname\troles\tmanager\tteams\theads\temail\tstate\n";
  for (const engine::Account& account : directory->accounts()) {
    const engine::Account* manager = directory->account(account.manager);
    for (const std::string& part : {account.name, account.full_name, joined(account.roles),
                                    manager == nullptr ? std::string() : manager->name,
                                    joined(account.teams), joined(account.heads), account.email}) {
      text += part + "\t";
    }
    text += account.active ? "active\n" : "closed\n";
  }
  return {true, std::move(text)};
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

AdminAnswer forecast(const AdminRequest& request, engine::Engine& engine) {
  const model::Entity* entity = nullptr;
  if (!request.entity.empty()) {
    entity = engine.model().find_entity(request.entity);
    if (entity == nullptr) return {false, "the app has no entity " + request.entity};
  }
  const std::int64_t days = std::strtoll(request.days.c_str(), nullptr, 10);
  const Instant until{engine.clock().now().microseconds + days * kMicrosPerDay};
  const engine::Forecast found =
      engine::forecast(engine, {.until = until, .entity = entity, .limit = kMostTimers});
  return {true, request.format == "json" ? forecast_json(found, until, engine)
                                         : forecast_text(found, engine)};
}

AdminAnswer list_outbox(const AdminRequest& request, engine::Engine& engine) {
  const auto found = engine.messages({}, {.destination = request.destination,
                                          .state = engine::find_message_state(request.state),
                                          .before = 0,
                                          .limit = kMostMessages});
  if (!found) return refused(found.error());
  return {true, request.format == "json" ? outbox_json(found->lines) : outbox_text(found->lines)};
}

AdminAnswer show_message(const AdminRequest& request, engine::Engine& engine) {
  const auto found = engine.message({}, routes::parse_id(request.message).value_or(0));
  if (!found) return refused(found.error());
  return {true, request.format == "json" ? message_json(*found) : message_text(*found)};
}

AdminAnswer resend_message(const AdminRequest& request, engine::Engine& engine) {
  std::promise<AdminAnswer> answer;
  engine.resend({}, routes::parse_id(request.message).value_or(0), [&](const auto& message) {
    answer.set_value(message ? AdminAnswer{true, ""} : refused(message.error()));
  });
  return answer.get_future().get();
}

AdminAnswer advance_clock(const AdminRequest& request, engine::ShiftedClock* clock) {
  if (clock == nullptr) {
    return {false, "only the clock of a server that was started with --clock can be moved"};
  }
  const auto by = parse_days_duration(request.by);
  if (!by || *by < DaysDuration{}) return {false, "a duration is written like P1D or PT2H30M"};
  clock->advance(*by);
  return {true, to_rfc3339(clock->now()) + "\n"};
}

std::string text_of(const json::Value& object, std::string_view name) {
  const json::Value* member = object.find(name);
  return member != nullptr && member->is_string() ? member->text : std::string();
}

std::optional<std::string> optional_text(const json::Value& object, std::string_view name) {
  const json::Value* member = object.find(name);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return member->text;
}

}  // namespace

AdminAnswer perform(const AdminRequest& request, engine::Engine& engine,
                    engine::ShiftedClock* clock) {
  if (request.action == "user add") return add_user(request, engine);
  if (request.action == "user change") return change_user(request, engine);
  if (request.action == "user close") return close_user(request, engine);
  if (request.action == "user list") return list_users(engine);
  if (request.action == "token create") return create_token(request, engine);
  if (request.action == "secret set") return set_secret(request, engine);
  if (request.action == "secret list") return list_secrets(engine);
  if (request.action == "secret remove") return remove_secret(request, engine);
  if (request.action == "audit verify") return verify_history(engine);
  if (request.action == "forecast") return forecast(request, engine);
  if (request.action == "outbox list") return list_outbox(request, engine);
  if (request.action == "outbox show") return show_message(request, engine);
  if (request.action == "outbox resend") return resend_message(request, engine);
  if (request.action == "clock advance") return advance_clock(request, clock);
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
  writer.key("locale").string(request.locale);
  writer.key("label").string(request.label);
  writer.key("heir").string(request.heir);
  const auto optional = [&](std::string_view name, const std::optional<std::string>& text) {
    if (text) writer.key(name).string(*text);
  };
  optional("roles", request.roles);
  optional("manager", request.manager);
  optional("teams", request.teams);
  optional("heads", request.heads);
  optional("email", request.email);
  writer.key("days").string(request.days);
  writer.key("entity").string(request.entity);
  writer.key("format").string(request.format);
  writer.key("secret").string(request.secret);
  writer.key("value").string(request.value);
  writer.key("keep").string(request.keep);
  writer.key("by").string(request.by);
  writer.key("state").string(request.state);
  writer.key("destination").string(request.destination);
  writer.key("message").string(request.message);
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
          .locale = text_of(*parsed, "locale"),
          .label = text_of(*parsed, "label"),
          .heir = text_of(*parsed, "heir"),
          .roles = optional_text(*parsed, "roles"),
          .manager = optional_text(*parsed, "manager"),
          .teams = optional_text(*parsed, "teams"),
          .heads = optional_text(*parsed, "heads"),
          .email = optional_text(*parsed, "email"),
          .days = text_of(*parsed, "days"),
          .entity = text_of(*parsed, "entity"),
          .format = text_of(*parsed, "format"),
          .secret = text_of(*parsed, "secret"),
          .value = text_of(*parsed, "value"),
          .keep = text_of(*parsed, "keep"),
          .by = text_of(*parsed, "by"),
          .state = text_of(*parsed, "state"),
          .destination = text_of(*parsed, "destination"),
          .message = text_of(*parsed, "message")};
}

AdminAnswer parse_answer(const std::string& line) {
  const auto parsed = json::parse(line);
  if (!parsed || !parsed->is_object()) return {false, "the server gave no answer"};
  const json::Value* granted = parsed->find("granted");
  return {granted != nullptr && granted->kind == json::Value::Kind::True, text_of(*parsed, "text")};
}

}  // namespace formwork::program
