#include "server/routes/api_request.h"

#include <algorithm>
#include <charconv>

#include "dsl/base/percent.h"
#include "dsl/base/utf8.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "engine/command/refusal_texts.h"
#include "engine/command/sha256.h"
#include "engine/records/output.h"
#include "engine/records/validate.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/targets.h"

namespace formwork::routes {

using engine::Outcome;
using engine::Refusal;

std::string etag(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

std::string record_path(const model::Entity& entity, engine::RecordId id) {
  return "/api/v1/records/" + percent_encoded(entity.name) + "/" + std::to_string(id);
}

std::string record_json(const Exchange& exchange, const model::Entity& entity,
                        const engine::Record& record) {
  std::string body;
  json::Writer writer(body);
  const auto people = exchange.engine().directory();
  records::write_record(writer, entity, record, exchange.engine().gate(), exchange.actor(),
                        *people);
  return body;
}

Expected<std::optional<std::int64_t>, http::Response> sent_version(const Exchange& exchange) {
  const std::string_view header = exchange.request.header("If-Match");
  if (header.empty()) return std::optional<std::int64_t>();
  std::string_view digits = header;
  const bool is_quoted = digits.size() > 2 && digits.front() == '"' && digits.back() == '"';
  if (is_quoted) digits = digits.substr(1, digits.size() - 2);
  std::int64_t version = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (!is_quoted || !whole) {
    return Unexpected(problem(400, {&texts::kMalformedVersion, {}}, exchange));
  }
  return std::optional(version);
}

Expected<std::int64_t, http::Response> expected_version(const Exchange& exchange) {
  FW_TRY(const std::optional<std::int64_t> version, sent_version(exchange));
  if (!version) return Unexpected(problem(428, {&texts::kNeedsVersion, {}}, exchange));
  return *version;
}

Expected<json::Value, http::Response> read_object(const Exchange& exchange,
                                                  std::string_view also_accepted) {
  const std::string type = to_lower_ascii(exchange.request.content_type());
  if (type != "application/json" && type != also_accepted) {
    return Unexpected(problem(
        415,
        {&texts::kContentType,
         {{"wanted", "application/json"}, {"actual", type.empty() ? std::string("-") : type}}},
        exchange));
  }
  auto parsed = json::parse(exchange.request.body);
  if (!parsed) {
    return Unexpected(problem(
        400,
        {&texts::kMalformedJson,
         {{"problem", parsed.error().message}, {"offset", std::to_string(parsed.error().offset)}}},
        exchange));
  }
  if (!parsed->is_object()) return Unexpected(problem(400, {&texts::kNotAnObject, {}}, exchange));
  return std::move(*parsed);
}

Expected<std::optional<engine::Once>, http::Response> read_key(const Exchange& exchange) {
  const std::string_view key = exchange.request.header("Idempotency-Key");
  if (key.empty()) return std::optional<engine::Once>();
  for (const char c : key) {
    if (key.size() > 128 || c <= 0x20 || c >= 0x7f) {
      return Unexpected(problem(400, {&texts::kMalformedKey, {}}, exchange));
    }
  }
  return std::optional<engine::Once>(
      {.key = std::string(key),
       .request_hash = engine::sha256(exchange.request.path + "\n" + exchange.request.body),
       .answer = {}});
}

namespace {

std::string to_text(const Remembered& remembered) {
  return std::to_string(remembered.id) + " " + std::to_string(remembered.version) + "\n" +
         remembered.body;
}

Remembered from_text(std::string_view text) {
  Remembered remembered;
  const char* end = text.data() + text.size();
  const auto after_id = std::from_chars(text.data(), end, remembered.id);
  const auto after_version = std::from_chars(after_id.ptr + 1, end, remembered.version);
  remembered.body = text.substr(static_cast<std::size_t>(after_version.ptr - text.data()) + 1);
  return remembered;
}

}  // namespace

void run_once(Exchange exchange, engine::Intent intent, const model::Entity* entity,
              Answers answers) {
  auto key = read_key(exchange);
  if (!key) return exchange.answer(std::move(key.error()));
  engine::Command command{
      .actor = exchange.actor(), .intent = std::move(intent), .once = std::move(*key)};
  auto shared = Exchange::share(std::move(exchange));
  auto how = std::make_shared<const Answers>(std::move(answers));
  if (command.once) {
    command.once->answer = [shared, how](const Outcome& outcome) {
      return to_text(how->remember(*shared, outcome));
    };
  }
  shared->engine().execute(std::move(command), [shared, how,
                                                entity](Expected<Outcome, Refusal> outcome) {
    if (!outcome) {
      return shared->answer(problem(outcome.error(), entity, *shared, {.fields = how->fields_at}));
    }
    shared->answer(how->respond(*shared, outcome->answer.empty() ? how->remember(*shared, *outcome)
                                                                 : from_text(outcome->answer)));
  });
}

Answers answers_record() {
  return {.remember =
              [](const Exchange& exchange, const Outcome& outcome) {
                return Remembered{outcome.record.id, outcome.record.version,
                                  record_json(exchange, *outcome.entity, outcome.record)};
              },
          .respond =
              [](const Exchange&, const Remembered& remembered) {
                http::Response response = http::json_response(200, remembered.body);
                response.set("ETag", etag(remembered.version));
                return response;
              }};
}

void write_next(json::Writer& writer, std::int64_t next) {
  writer.end_array().key("next");
  if (next == 0) {
    writer.null();
  } else {
    writer.string(std::to_string(next));
  }
  writer.end_object();
}

std::string joined(std::span<const std::string_view> names) {
  std::string all;
  for (const std::string_view name : names) {
    if (!all.empty()) all += ", ";
    all += name;
  }
  return all;
}

const json::Value* Members::find(std::string_view name) {
  if (std::find(asked_.begin(), asked_.end(), name) == asked_.end()) asked_.push_back(name);
  const json::Value* member = body_.find(name);
  return member == nullptr || member->is_null() ? nullptr : member;
}

void Members::refuse(std::string_view name, Message message) {
  problems_.push_back({.name = std::string(name), .message = std::move(message)});
}

std::string Members::text(std::string_view name) {
  const json::Value* member = find(name);
  if (member == nullptr) return {};
  if (member->is_string()) return member->text;
  refuse(name, {&texts::kNotAText, {}});
  return {};
}

void Members::need(std::string_view name) {
  const json::Value* member = find(name);
  const bool is_missing = member == nullptr || (member->is_string() && member->text.empty());
  if (is_missing) refuse(name, {&engine::texts::kRequired, {}});
}

std::string Members::needed_text(std::string_view name) {
  need(name);
  return text(name);
}

std::optional<bool> Members::truth(std::string_view name) {
  const json::Value* member = find(name);
  if (member == nullptr) return std::nullopt;
  if (member->kind == json::Value::Kind::True) return true;
  if (member->kind != json::Value::Kind::False) refuse(name, {&texts::kTrueOrFalse, {}});
  return false;
}

std::optional<std::int64_t> Members::number(std::string_view name) {
  const json::Value* member = find(name);
  if (member == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* end = member->text.data() + member->text.size();
  const auto read = std::from_chars(member->text.data(), end, number);
  const bool whole =
      member->kind == json::Value::Kind::Number && read.ec == std::errc() && read.ptr == end;
  if (whole) return number;
  refuse(name, {&texts::kNotAWholeNumber, {}});
  return std::nullopt;
}

std::optional<Instant> Members::instant(std::string_view name) {
  const std::string written = text(name);
  if (written.empty()) return std::nullopt;
  const std::optional<Instant> instant = parse_instant(written);
  if (!instant) refuse(name, {&texts::kNotAnInstant, {}});
  return instant;
}

std::optional<TimeOfDay> Members::time(std::string_view name) {
  const std::string written = text(name);
  if (written.empty()) return std::nullopt;
  const std::optional<TimeOfDay> time = parse_time(written);
  if (!time) refuse(name, {&texts::kNotATime, {}});
  return time;
}

std::optional<engine::AccountId> Members::person(std::string_view name) {
  const std::string account = text(name);
  if (account.empty()) return std::nullopt;
  const auto id = exchange_.engine().directory()->find_account(account);
  if (!id) refuse(name, {&engine::texts::kNoSuchAccount, {{"name", account}}});
  return id;
}

std::optional<engine::AccountId> Members::needed_person(std::string_view name) {
  need(name);
  return person(name);
}

std::vector<engine::AccountId> Members::people(std::string_view name) {
  const json::Value* member = find(name);
  std::vector<engine::AccountId> found;
  if (member == nullptr) return found;
  if (!member->is_array()) {
    refuse(name, {&texts::kNotAList, {}});
    return found;
  }
  const auto directory = exchange_.engine().directory();
  for (const json::Value& element : member->elements) {
    const auto id = element.is_string() ? directory->find_account(element.text) : std::nullopt;
    if (id) {
      found.push_back(*id);
    } else {
      refuse(name, {&engine::texts::kNoSuchAccount, {{"name", element.text}}});
    }
  }
  return found;
}

const json::Value* Members::object(std::string_view name) {
  const json::Value* member = find(name);
  if (member == nullptr || member->is_object()) return member;
  refuse(name, {&texts::kNotAnObjectHere, {}});
  return nullptr;
}

std::optional<std::size_t> Members::choice(std::string_view name,
                                           std::span<const std::string_view> choices) {
  const std::string value = text(name);
  if (value.empty()) return std::nullopt;
  const auto found = std::find(choices.begin(), choices.end(), value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  refuse(name, {&texts::kNotAChoice, {{"choices", joined(choices)}}});
  return std::nullopt;
}

std::optional<http::Response> Members::refusal() {
  for (const json::Value::Member& member : body_.members) {
    if (std::find(asked_.begin(), asked_.end(), member.first) != asked_.end()) continue;
    Message message{&texts::kUnknownMember, suggestion_arguments(member.first, asked_)};
    refuse(member.first, std::move(message));
  }
  if (problems_.empty()) return std::nullopt;
  return problem(records::invalid(std::move(problems_)), nullptr, exchange_);
}

void Parameters::refuse(std::string_view name, Message message) {
  problems_.push_back({.name = std::string(name), .message = std::move(message)});
}

std::string Parameters::text(std::string_view name) {
  asked_.push_back(name);
  const std::string* value = exchange_.parameter(name);
  return value == nullptr ? std::string() : *value;
}

bool Parameters::truth(std::string_view name) {
  const std::string value = text(name);
  if (!value.empty() && value != "true" && value != "false") {
    refuse(name, {&texts::kTrueOrFalse, {}});
  }
  return value == "true";
}

std::size_t Parameters::number(std::string_view name, std::size_t fallback, std::size_t most) {
  const std::string value = text(name);
  if (value.empty()) return fallback;
  const std::optional<std::int64_t> number = parse_id(value);
  if (number && static_cast<std::size_t>(*number) <= most) {
    return static_cast<std::size_t>(*number);
  }
  refuse(name, {&texts::kLimit, {{"most", std::to_string(most)}}});
  return fallback;
}

std::size_t Parameters::choice(std::string_view name, std::span<const std::string_view> choices) {
  const std::string value = text(name);
  if (value.empty()) return 0;
  const auto found = std::find(choices.begin(), choices.end(), value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  refuse(name, {&texts::kNotAChoice, {{"choices", joined(choices)}}});
  return 0;
}

std::int64_t Parameters::cursor(std::string_view name) {
  const std::string value = text(name);
  if (value.empty()) return 0;
  const std::optional<std::int64_t> id = parse_id(value);
  if (!id) refuse(name, {&texts::kNotAListCursor, {}});
  return id.value_or(0);
}

std::optional<http::Response> Parameters::refusal() {
  asked_.push_back("lang");
  for (const http::Parameter& parameter : exchange_.query) {
    if (std::find(asked_.begin(), asked_.end(), parameter.name) != asked_.end()) continue;
    Message message{&texts::kUnknownMember, suggestion_arguments(parameter.name, asked_)};
    refuse(parameter.name, std::move(message));
  }
  if (problems_.empty()) return std::nullopt;
  Refusal refusal = records::invalid(std::move(problems_));
  refusal.message = {&texts::kInvalidQuery, {}};
  return problem(refusal, 400, nullptr, exchange_);
}

}  // namespace formwork::routes
