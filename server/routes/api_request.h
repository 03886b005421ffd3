// What the API's handlers share: bodies, versions and keys on the way in, records on the way out.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/base/json.h"
#include "server/http/response.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

std::string etag(std::int64_t version);

// "/api/v1/records/lead/42"
std::string record_path(const model::Entity& entity, engine::RecordId id);

// What the caller may see of it.
std::string record_json(const Exchange& exchange, const model::Entity& entity,
                        const engine::Record& record);

// The version in If-Match; nothing without the header.
Expected<std::optional<std::int64_t>, http::Response> sent_version(const Exchange& exchange);

// The same where a missing one is refused: a write that has not seen the record would undo what it
// does not know of.
Expected<std::int64_t, http::Response> expected_version(const Exchange& exchange);

// The body as a JSON object.
Expected<json::Value, http::Response> read_object(const Exchange& exchange,
                                                  std::string_view also_accepted);

// The Idempotency-Key of the request; nothing when it has none.
Expected<std::optional<engine::Once>, http::Response> read_key(const Exchange& exchange);

// All that the answer of a granted command needs. It is what is remembered under a key: "42
// 1\n{…}".
struct Remembered {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string body;
};

// Runs a command under the request's key, if it has one, and answers. `remember` is called inside
// the transaction, `respond` after it or for a request that came again. `entity` names fields in
// problems and may be null.
struct Answers {
  std::function<Remembered(const Exchange&, const engine::Outcome&)> remember;
  std::function<http::Response(const Exchange&, const Remembered&)> respond;
  std::string_view fields_at = {};  // where the body has the record's fields: "/values"
};

void run_once(Exchange exchange, engine::Intent intent, const model::Entity* entity,
              Answers answers);

// The record that the command changed, with its ETag.
Answers answers_record();

// Ends a list and the object around it: `],"next":"42"}`, null where there is no more.
void write_next(json::Writer& writer, std::int64_t next);

// "approve, reject, return"
std::string joined(std::span<const std::string_view> names);

// The members of a body that is no record. Each is asked for by name; what is wrong with them, and
// what nobody asked for, is refused together.
class Members {
 public:
  // Both must outlive it.
  Members(const json::Value& body, const Exchange& exchange) : body_(body), exchange_(exchange) {}

  std::string text(std::string_view name);
  std::string needed_text(std::string_view name);
  std::optional<bool> truth(std::string_view name);
  std::optional<std::int64_t> number(std::string_view name);
  std::optional<Instant> instant(std::string_view name);
  // `09:30`
  std::optional<TimeOfDay> time(std::string_view name);
  std::optional<engine::AccountId> person(std::string_view name);
  std::optional<engine::AccountId> needed_person(std::string_view name);
  // A list of names of accounts.
  std::vector<engine::AccountId> people(std::string_view name);
  const json::Value* object(std::string_view name);
  std::optional<std::size_t> choice(std::string_view name,
                                    std::span<const std::string_view> choices);

  // Refuses when it is missing.
  void need(std::string_view name);
  void refuse(std::string_view name, Message message);

  // A 422 with all that was found; call it last.
  std::optional<http::Response> refusal();

  const Exchange& exchange() const { return exchange_; }

 private:
  const json::Value* find(std::string_view name);

  const json::Value& body_;
  const Exchange& exchange_;
  std::vector<std::string_view> asked_;
  std::vector<engine::FieldProblem> problems_;
};

// Parameters of an address that is no list of records. What is wrong with them, and what nobody
// asked for, is refused together.
class Parameters {
 public:
  explicit Parameters(const Exchange& exchange) : exchange_(exchange) {}

  // Empty without the parameter.
  std::string text(std::string_view name);
  bool truth(std::string_view name);
  // From 1 to `most`.
  std::size_t number(std::string_view name, std::size_t fallback, std::size_t most);
  // One of these, the first without the parameter.
  std::size_t choice(std::string_view name, std::span<const std::string_view> choices);
  // A number that an answer of this list gave as `next`; 0 without the parameter.
  std::int64_t cursor(std::string_view name);

  void refuse(std::string_view name, Message message);

  // A 400 with all that was found; call it last.
  std::optional<http::Response> refusal();

 private:
  const Exchange& exchange_;
  std::vector<std::string_view> asked_;
  std::vector<engine::FieldProblem> problems_;
};

}  // namespace formwork::routes
