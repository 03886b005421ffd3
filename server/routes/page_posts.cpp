// What forms send: create, save, delete, restore, and the check while a form is corrected.
#include <algorithm>
#include <future>

#include "dsl/base/json.h"
#include "dsl/base/percent.h"
#include "engine/command/refusal_texts.h"
#include "engine/records/input.h"
#include "server/http/url_coding.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_form.h"
#include "server/routes/page_records.h"
#include "server/routes/page_view.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/submission.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using engine::Outcome;
using engine::Refusal;
using engine::RefusalKind;

constexpr std::size_t kHistoryForConflict = 50;

// A form on its way: who sent it, what it says and what it is about.
struct Work {
  Exchange exchange;
  Submission submission;
  const model::Entity* entity;
  engine::RecordId id = 0;  // 0: a new record

  bool is_new() const { return id == 0; }
};

engine::Intent intent_of(const Work& work, engine::Changes changes) {
  if (work.is_new()) return engine::CreateRecord{work.entity, std::move(changes)};
  return engine::UpdateRecord{work.entity, work.id, seen_version(work.submission),
                              std::move(changes)};
}

struct Prepared {
  engine::Command command;
  std::vector<engine::FieldProblem> problems;
};

// What formulas make of the record with these changes; nothing where the entity has none, or where
// the caller may not do this.
std::optional<records::Preview> preview_of(const Work& work, engine::Changes changes) {
  if (!pages::is_live(*work.entity)) return std::nullopt;
  auto preview =
      work.exchange.engine().preview(work.exchange.actor(), intent_of(work, std::move(changes)));
  if (!preview) return std::nullopt;
  return std::move(*preview);
}

Prepared prepare(const Work& work) {
  const Exchange& exchange = work.exchange;
  const PageView view(exchange);
  // What is read-only is decided by the record as it stands, and was not sent.
  const std::vector<fields::Field>& all = work.entity->fields;
  const bool asks = std::any_of(all.begin(), all.end(), [](const fields::Field& field) {
    return field.read_only.has_value();
  });
  std::optional<records::Preview> stands;
  if (asks) stands = preview_of(work, {});
  const auto fields = pages::form_fields(view.frame(), *work.entity, stands ? &*stands : nullptr);
  records::Input input =
      records::read_form(*work.entity, fields, pages::as_input(*work.entity, work.submission.pairs),
                         exchange.engine().reading(view.people()));
  return {.command = {.actor = exchange.actor(),
                      .intent = intent_of(work, std::move(input.changes)),
                      .once = {}},
          .problems = std::move(input.problems)};
}

// What formulas make of the form as it is filled.
std::optional<records::Preview> preview_of(const Work& work) {
  if (!pages::is_live(*work.entity)) return std::nullopt;
  Prepared prepared = prepare(work);
  return std::visit(
      [&](auto& intent) -> std::optional<records::Preview> {
        if constexpr (requires { intent.values; }) {
          return preview_of(work, std::move(intent.values));
        }
        return std::nullopt;
      },
      prepared.command.intent);
}

// The form again, as it was filled, with what is wrong.
void show_again(Work& work, int status, const Refusal* refusal) {
  Exchange& exchange = work.exchange;
  // Before the view takes a snapshot: a thread holds one at a time.
  const std::optional<records::Preview> preview = preview_of(work);
  PageView view(exchange);
  std::optional<engine::Record> record;
  if (!work.is_new()) {
    auto found = view.reader().record(*work.entity, work.id);
    if (!found) return exchange.answer(refusal_page(found.error(), work.entity, exchange));
    record = std::move(*found);
  }
  pages::FormPage page{.entity = work.entity,
                       .record = record ? &*record : nullptr,
                       .typed = &work.submission.pairs,
                       .preview = preview ? &*preview : nullptr,
                       .act = work.submission.value("act"),
                       .title_of = view.title_of(),
                       .options_of = view.options_of(),
                       .file_of = view.file_of()};
  std::vector<engine::HistoryEntry> history;
  if (refusal != nullptr) page.problems = refusal->fields;
  if (refusal != nullptr && refusal->kind == RefusalKind::Stale) {
    auto entries = view.reader().history(*work.entity, work.id, 0, kHistoryForConflict);
    if (entries) history = std::move(*entries);
    page.conflict = pages::EditConflict{seen_version(work.submission), history};
  }
  exchange.answer(
      page_response(status, exchange.services.pages.form(view.counted_frame(), page), exchange));
}

void show_refusal(Work& work, const Refusal& refusal) {
  if (refusal.kind == RefusalKind::Invalid) return show_again(work, 422, &refusal);
  if (refusal.kind == RefusalKind::Stale) return show_again(work, 409, &refusal);
  work.exchange.answer(refusal_page(refusal, work.entity, work.exchange));
}

// What one may not see any more after a change is shown to nobody: then the list is next, or home.
std::string path_behind(const Work& work, const Outcome& outcome) {
  if (!outcome.record.values.empty()) return page_path(*work.entity, outcome.record.id);
  const bool has_list =
      work.exchange.engine().gate().may(work.exchange.actor(), model::Action::View, *work.entity);
  return has_list ? "/" + percent_encoded(work.entity->name) : "/";
}

void save(std::shared_ptr<Work> work) {
  engine::Engine& engine = work->exchange.engine();
  Prepared prepared = prepare(*work);
  if (!prepared.problems.empty()) {
    const Refusal refusal =
        engine.with_other_problems(prepared.command, std::move(prepared.problems));
    return show_refusal(*work, refusal);
  }
  engine.execute(std::move(prepared.command), [work](Expected<Outcome, Refusal> outcome) {
    if (outcome) {
      const auto done = work->is_new()     ? pages::Done::Created
                        : outcome->changed ? pages::Done::Changed
                                           : pages::Done::Nothing;
      return work->exchange.answer(see_other(path_behind(*work, *outcome), done));
    }
    // A page is too much work for the thread that writes for everybody.
    auto refusal = std::make_shared<Refusal>(std::move(outcome.error()));
    const bool queued = work->exchange.services.slow_pages.submit(
        [work, refusal] { show_refusal(*work, *refusal); });
    if (!queued) work->exchange.answer(refusal_page(*refusal, work->entity, work->exchange));
  });
}

// Stores the files first and puts their ids into the form, as if they had been there when it was
// opened.
void upload_and_save(const std::shared_ptr<Work>& work) {
  for (Submission::File& file : work->submission.files) {
    std::promise<Expected<engine::File, Refusal>> promise;
    auto stored = promise.get_future();
    work->exchange.engine().upload(work->exchange.actor(), std::move(file.upload),
                                   [&promise](Expected<engine::File, Refusal> result) {
                                     promise.set_value(std::move(result));
                                   });
    const auto result = stored.get();
    if (!result) return show_refusal(*work, result.error());
    work->submission.pairs.emplace_back(file.control, std::to_string(result->id));
  }
  work->submission.files.clear();
  save(work);
}

bool is_row_button(std::string_view act) {
  return act.ends_with(".add") || act.find(".remove:") != std::string_view::npos;
}

void process(Work started) {
  auto work = std::make_shared<Work>(std::move(started));
  if (is_row_button(work->submission.value("act"))) return show_again(*work, 200, nullptr);
  if (work->submission.files.empty()) return save(work);
  const bool queued = work->exchange.services.slow_pages.submit([work] { upload_and_save(work); });
  if (!queued) {
    show_refusal(*work, {RefusalKind::Busy, {&engine::texts::kBusy, {}}, {}, {}, 1});
  }
}

std::string control_name(const engine::FieldProblem& problem, const model::Entity& entity,
                         const records::FormPairs& pairs) {
  if (!problem.field) return {};
  const fields::Field& field = entity.fields[*problem.field];
  if (!problem.row || !problem.column) return field.name;
  const std::vector<std::size_t> rows = records::form_row_numbers(field, pairs);
  const std::size_t number = *problem.row < rows.size() ? rows[*problem.row] : *problem.row + 1;
  return field.name + "[" + std::to_string(number) + "]." + field.fields[*problem.column].name;
}

http::Response check_answer(const Work& work, const std::optional<Refusal>& refusal) {
  // Names of fields need not be ASCII, so the script sends them percent-encoded.
  const std::string control =
      http::decode_percent(work.exchange.request.header("X-Formwork-Check"), http::Plus::IsPlus)
          .value_or("");
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("field").string(control).key("message");
  const engine::FieldProblem* found = nullptr;
  if (refusal) {
    for (const engine::FieldProblem& problem : refusal->fields) {
      if (control_name(problem, *work.entity, work.submission.pairs) == control) found = &problem;
    }
  }
  if (found == nullptr) {
    writer.null();
  } else {
    writer.string(
        engine::describe(*found, *work.entity, work.exchange.language(), work.exchange.locale));
  }
  writer.end_object();
  return http::json_response(200, std::move(body));
}

template <class Intent>
void change(Exchange exchange, const Target& target, Intent intent, pages::Done done,
            std::string location) {
  auto shared = Exchange::share(std::move(exchange));
  shared->engine().execute({.actor = shared->actor(), .intent = std::move(intent), .once = {}},
                           [shared, done, entity = target.entity,
                            location = std::move(location)](Expected<Outcome, Refusal> outcome) {
                             shared->answer(outcome
                                                ? see_other(location, done)
                                                : refusal_page(outcome.error(), entity, *shared));
                           });
}

}  // namespace

void post_new(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
  auto submission = accept(exchange);
  if (!submission) return;
  if (!exchange.engine().gate().may(exchange.actor(), model::Action::Create, **entity)) {
    return exchange.answer(refusal_page(
        exchange.engine().gate().explain(model::Action::Create, **entity), *entity, exchange));
  }
  process({std::move(exchange), std::move(*submission), *entity});
}

void post_edit(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  auto submission = accept(exchange);
  if (!submission) return;
  if (!exchange.engine().gate().may(exchange.actor(), model::Action::Edit, *target->entity)) {
    return exchange.answer(
        refusal_page(exchange.engine().gate().explain(model::Action::Edit, *target->entity),
                     target->entity, exchange));
  }
  process({std::move(exchange), std::move(*submission), target->entity, target->id});
}

void post_remove(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  const auto submission = accept(exchange);
  if (!submission) return;
  change(std::move(exchange), *target,
         engine::DeleteRecord{target->entity, target->id, seen_version(*submission)},
         pages::Done::Deleted, "/" + target->entity->name);
}

void post_restore(Exchange exchange) {
  const auto target = find_target(exchange);
  if (!target) return exchange.answer(refusal_page(target.error(), nullptr, exchange));
  const auto submission = accept(exchange);
  if (!submission) return;
  change(std::move(exchange), *target,
         engine::RestoreRecord{target->entity, target->id, seen_version(*submission)},
         pages::Done::Restored, page_path(*target->entity, target->id));
}

void post_check(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(refusal_page(entity.error(), nullptr, exchange));
  auto submission = accept(exchange);
  if (!submission) return;
  const std::int64_t id =
      exchange.captures.size() > 1 ? parse_id(exchange.captures[1]).value_or(0) : 0;
  submission->files.clear();
  Work work{std::move(exchange), std::move(*submission), *entity, id};
  Prepared prepared = prepare(work);
  engine::Engine& engine = work.exchange.engine();
  std::optional<Refusal> refusal;
  if (prepared.problems.empty()) {
    refusal = engine.check(work.exchange.actor(), prepared.command.intent);
  } else {
    refusal = engine.with_other_problems(prepared.command, std::move(prepared.problems));
  }
  work.exchange.answer(check_answer(work, refusal));
}

void post_live(Exchange exchange) {
  const auto entity = find_entity(exchange.captures[0], exchange);
  if (!entity) return exchange.answer(problem(entity.error(), nullptr, exchange));
  auto submission = accept(exchange);
  if (!submission) return;
  const std::int64_t id =
      exchange.captures.size() > 1 ? parse_id(exchange.captures[1]).value_or(0) : 0;
  submission->files.clear();
  Work work{std::move(exchange), std::move(*submission), *entity, id};
  Prepared prepared = prepare(work);
  const auto preview =
      work.exchange.engine().preview(work.exchange.actor(), std::move(prepared.command.intent));
  if (!preview) return work.exchange.answer(problem(preview.error(), *entity, work.exchange));
  PageView view(work.exchange);
  const pages::LiveForm form{.entity = *entity,
                             .preview = &*preview,
                             .typed = &work.submission.pairs,
                             .title_of = view.title_of()};
  work.exchange.answer(
      http::json_response(200, work.exchange.services.pages.live(view.frame(), form)));
}

}  // namespace formwork::routes
