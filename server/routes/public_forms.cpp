#include "server/routes/public_forms.h"

#include <algorithm>

#include "dsl/base/json.h"
#include "dsl/base/percent.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "dsl/feel/json.h"
#include "engine/command/refusal_texts.h"
#include "server/routes/api_request.h"
#include "server/routes/arrival.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_view.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/submission.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;

// Nobody reads more at once.
constexpr std::size_t kMostUnknown = 50;

// A form on its way.
struct Work {
  Exchange exchange;
  const model::PublicForm* form;
  Submission submission = {};  // of the page

  const model::Entity& entity() const {
    return exchange.engine().model().entities[form->intake.entity];
  }
};

const model::PublicForm* find_form(const Exchange& exchange) {
  return exchange.engine().model().find_form(exchange.captures[0]);
}

std::string path_of(const model::PublicForm& form, std::string_view rest = {}) {
  std::string path = "/f/" + percent_encoded(form.name);
  if (!rest.empty()) path += "/" + std::string(rest);
  return path;
}

// With what stood behind the address of the page, so that the form keeps where somebody came from.
std::string with_query(std::string path, const Exchange& exchange) {
  return exchange.request.query.empty() ? path : path + "?" + exchange.request.query;
}

http::Response no_such_form(const Exchange& exchange) {
  return error_page(404, {&texts::kNoSuchForm, {}}, exchange);
}

// Too many from this address; nothing: it may go on.
std::optional<Refusal> refuse_often(session::AddressThrottle& throttle, const Exchange& exchange) {
  const std::int64_t wait =
      throttle.take(exchange.request.remote_address, exchange.engine().clock().now());
  if (wait == 0) return std::nullopt;
  Refusal refusal = engine::refusal_of(RefusalKind::Throttled, texts::kOftenForm,
                                       {{"seconds", std::to_string(wait)}});
  refusal.retry_after_seconds = wait;
  return refusal;
}

// Other reasons than the sender's values are not the sender's to know.
Refusal as_told(Refusal refusal) {
  const bool is_told =
      refusal.kind != RefusalKind::Conflict || refusal.message.text == &engine::texts::kIsThere;
  if (is_told) return refusal;
  return engine::refusal_of(RefusalKind::Conflict, texts::kCannotTakeForm);
}

bool is_live(const model::Entity& entity, const model::PublicForm& form) {
  return std::any_of(form.fields.begin(), form.fields.end(), [&](std::size_t field) {
    return entity.fields[field].visible || entity.fields[field].required_when;
  });
}

// What was asked for, and what the form sets besides. A text of the address that the record cannot
// hold is left out: who fills in the form did not write it, and cannot mend it.
engine::Command command_of(const Work& work, engine::Changes asked, feel::Value body) {
  engine::Engine& engine = work.exchange.engine();
  const auto people = engine.directory();
  const records::Arrival arrival = arrival_of(work.exchange, std::move(body));
  records::Input set = records::read_intake(work.entity(), work.form->intake, arrival,
                                            engine.reading(*people), engine.clock().now());
  for (const engine::FieldProblem& problem : set.problems) {
    std::erase_if(set.changes, [&](const auto& change) { return change.first == problem.field; });
  }
  std::move(set.changes.begin(), set.changes.end(), std::back_inserter(asked));
  return {.actor = intake_actor(engine::Cause::Form, work.exchange),
          .intent = engine::TakeIn{.intake = &work.form->intake,
                                   .values = std::move(asked),
                                   .source = work.form->name,
                                   .form = work.form->index,
                                   .webhook = {}},
          .once = {}};
}

struct Prepared {
  engine::Command command;
  std::vector<engine::FieldProblem> problems;
};

Prepared prepare(const Work& work) {
  engine::Engine& engine = work.exchange.engine();
  const auto people = engine.directory();
  records::Input input = records::read_form(work.entity(), work.form->fields, work.submission.pairs,
                                            engine.reading(*people));
  records::FormPairs typed;
  for (const auto& pair : work.submission.pairs) {
    if (!pair.first.starts_with('_')) typed.push_back(pair);
  }
  return {.command = command_of(work, std::move(input.changes), records::texts_as_value(typed)),
          .problems = std::move(input.problems)};
}

// What formulas make of what was typed.
Expected<records::Preview, Refusal> preview_of(const Work& work, engine::Changes changes) {
  return work.exchange.engine().preview(intake_actor(engine::Cause::Form, work.exchange),
                                        engine::CreateRecord{&work.entity(), std::move(changes)});
}

http::Response form_page(int status, const Work& work, const records::FormPairs* typed,
                         const Refusal* refusal) {
  const Exchange& exchange = work.exchange;
  const model::Entity& entity = work.entity();
  const bool live = is_live(entity, *work.form);
  engine::Changes changes;
  if (live && typed != nullptr) {
    changes = std::get<engine::TakeIn>(prepare(work).command.intent).values;
  }
  const auto preview = preview_of(work, std::move(changes));
  const std::string path = path_without_language(exchange);
  const std::string action = with_query(path_of(*work.form), exchange);
  const std::string live_at = live ? with_query(path_of(*work.form, "live"), exchange) : "";
  const auto people = exchange.engine().directory();
  pages::PublicFormPage page{.form = work.form,
                             .locale = exchange.locale,
                             .path = path,
                             .action = action,
                             .live = live_at,
                             .gate = &exchange.engine().gate(),
                             .directory = people.get(),
                             .typed = typed,
                             .preview = preview ? &*preview : nullptr};
  std::string sentence;
  if (refusal != nullptr) page.problems = refusal->fields;
  if (refusal != nullptr && refusal->fields.empty()) {
    sentence = render(refusal->message, exchange.language(), exchange.locale);
    page.problem = sentence;
  }
  return page_response(status, exchange.services.pages.public_form(page), exchange);
}

void show_refusal(Work& work, const Refusal& refused) {
  const Refusal refusal = as_told(refused);
  const bool is_about_values =
      refusal.kind == RefusalKind::Invalid || refusal.kind == RefusalKind::Conflict;
  if (!is_about_values) return work.exchange.answer(refusal_page(refusal, nullptr, work.exchange));
  work.exchange.answer(form_page(status_of(refusal.kind), work, &work.submission.pairs, &refusal));
}

void thank(Work& work) {
  std::string path = path_of(*work.form, "thanks");
  if (const std::string* language = work.exchange.parameter("lang")) {
    path += "?lang=" + percent_encoded(*language);
  }
  work.exchange.answer(http::redirect_response(303, path));
}

void send(std::shared_ptr<Work> work) {
  engine::Engine& engine = work->exchange.engine();
  Prepared prepared = prepare(*work);
  if (!prepared.problems.empty()) {
    return show_refusal(*work,
                        engine.with_other_problems(prepared.command, std::move(prepared.problems)));
  }
  engine.execute(std::move(prepared.command), [work](Expected<Outcome, Refusal> outcome) {
    if (outcome) return thank(*work);
    // A page is too much work for the thread that writes for everybody.
    auto refusal = std::make_shared<Refusal>(std::move(outcome.error()));
    const bool queued = work->exchange.services.slow_pages.submit(
        [work, refusal] { show_refusal(*work, *refusal); });
    if (!queued) work->exchange.answer(refusal_page(as_told(*refusal), nullptr, work->exchange));
  });
}

// The members of the body that the form asks for, with what is wrong with the others.
json::Value asked_of(const json::Value& body, const Work& work,
                     std::vector<engine::FieldProblem>& problems) {
  std::vector<std::string_view> names;
  for (const std::size_t field : work.form->fields) {
    names.push_back(work.entity().fields[field].name);
  }
  json::Value asked;
  asked.kind = json::Value::Kind::Object;
  for (const json::Value::Member& member : body.members) {
    if (std::find(names.begin(), names.end(), member.first) != names.end()) {
      asked.members.push_back(member);
    } else if (problems.size() < kMostUnknown) {
      Message message{&texts::kUnknownMember, suggestion_arguments(member.first, names)};
      problems.push_back({.name = member.first, .message = std::move(message)});
    }
  }
  return asked;
}

std::string thanks_json(const Work& work) {
  const Exchange& exchange = work.exchange;
  const Localized& thanks = work.form->thanks;
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("sent").boolean(true).key("thanks");
  if (thanks.empty()) {
    writer.null();
  } else {
    writer.string(thanks[exchange.locale]);
  }
  writer.end_object();
  return body;
}

}  // namespace

void page_public_form(Exchange exchange) {
  const model::PublicForm* form = find_form(exchange);
  if (form == nullptr) return exchange.answer(no_such_form(exchange));
  Work work{std::move(exchange), form};
  work.exchange.answer(form_page(200, work, nullptr, nullptr));
}

void page_public_thanks(Exchange exchange) {
  const model::PublicForm* form = find_form(exchange);
  if (form == nullptr) return exchange.answer(no_such_form(exchange));
  const std::string path = path_without_language(exchange);
  exchange.answer(page_response(200,
                                exchange.services.pages.public_thanks(
                                    {.form = form, .locale = exchange.locale, .path = path}),
                                exchange));
}

void post_public_form(Exchange exchange) {
  const model::PublicForm* form = find_form(exchange);
  if (form == nullptr) return exchange.answer(no_such_form(exchange));
  if (const auto refusal = refuse_often(exchange.services.forms, exchange)) {
    return exchange.answer(refusal_page(*refusal, nullptr, exchange));
  }
  auto submission = read_submission(exchange.request);
  if (!submission) {
    return exchange.answer(error_page(400, {&texts::kMalformedForm, {}}, exchange));
  }
  auto work = std::make_shared<Work>(Work{std::move(exchange), form, std::move(*submission)});
  // A program that fills in whatever it finds believes that it was heard.
  if (!work->submission.value(pages::kTrapControl).empty()) return thank(*work);
  send(std::move(work));
}

void post_public_live(Exchange exchange) {
  const model::PublicForm* form = find_form(exchange);
  if (form == nullptr) return exchange.answer(problem(404, {&texts::kNoSuchForm, {}}, exchange));
  if (const auto refusal = refuse_often(exchange.services.live_forms, exchange)) {
    return exchange.answer(problem(*refusal, nullptr, exchange));
  }
  auto submission = read_submission(exchange.request);
  if (!submission) return exchange.answer(problem(400, {&texts::kMalformedForm, {}}, exchange));
  Work work{std::move(exchange), form, std::move(*submission)};
  Prepared prepared = prepare(work);
  const auto preview =
      preview_of(work, std::move(std::get<engine::TakeIn>(prepared.command.intent).values));
  if (!preview) return work.exchange.answer(problem(preview.error(), nullptr, work.exchange));
  work.exchange.answer(
      http::json_response(200, work.exchange.services.pages.public_live(*form, *preview)));
}

void api_public_form(Exchange exchange) {
  const model::PublicForm* form = find_form(exchange);
  if (form == nullptr) return exchange.answer(problem(404, {&texts::kNoSuchForm, {}}, exchange));
  if (const auto refusal = refuse_often(exchange.services.forms, exchange)) {
    return exchange.answer(problem(*refusal, nullptr, exchange));
  }
  auto body = read_object(exchange, "application/json");
  if (!body) return exchange.answer(std::move(body.error()));
  auto key = read_key(exchange);
  if (!key) return exchange.answer(std::move(key.error()));
  auto value = feel::from_json(*body);
  auto work = std::make_shared<Work>(Work{std::move(exchange), form});
  engine::Engine& engine = work->exchange.engine();
  std::vector<engine::FieldProblem> unknown;
  const json::Value asked = asked_of(*body, *work, unknown);
  const auto people = engine.directory();
  records::Input input = records::read_json(work->entity(), asked, engine.reading(*people));
  std::move(unknown.begin(), unknown.end(), std::back_inserter(input.problems));
  engine::Command command =
      command_of(*work, std::move(input.changes), value ? std::move(*value) : feel::Value());
  if (!input.problems.empty()) {
    const Refusal refusal = engine.with_other_problems(command, std::move(input.problems));
    return work->exchange.answer(problem(as_told(refusal), &work->entity(), work->exchange));
  }
  command.once = std::move(*key);
  if (command.once) {
    command.once->key = "form:" + form->name + ":" + command.once->key;
    command.once->answer = [](const Outcome&) { return std::string("sent"); };
  }
  engine.execute(std::move(command), [work](Expected<Outcome, Refusal> outcome) {
    work->exchange.answer(
        outcome ? http::json_response(200, thanks_json(*work))
                : problem(as_told(std::move(outcome.error())), &work->entity(), work->exchange));
  });
}

}  // namespace formwork::routes
