#include "server/routes/page_tasks.h"

#include "engine/permissions/reader.h"
#include "server/routes/page_errors.h"
#include "server/routes/page_view.h"
#include "server/routes/targets.h"

namespace formwork::routes {
namespace {

using pages::TaskBox;
using Box = store::TaskQuery::Box;

constexpr std::size_t kLinesOnPage = 30;
constexpr std::size_t kHistoryForChanges = 50;
constexpr std::int64_t kCountAtMost = 100;

TaskBox box_of(const Exchange& exchange) {
  const std::string* asked = exchange.parameter("box");
  return asked == nullptr ? TaskBox::ToDo : pages::find_box(*asked).value_or(TaskBox::ToDo);
}

// Whether the caller may name approvers for records of any entity that has to be approved.
bool may_name(PageView& view, const model::Model& model) {
  for (const model::ApprovalChain& chain : model.approvals) {
    if (view.reader().may(model::Action::Assign, model.entities[chain.entity])) return true;
  }
  return false;
}

template <class Line>
void take(permissions::Some<Line> some, const PageView& view, pages::TasksPage& page) {
  for (Line& line : some.lines) {
    page.items.push_back(inbox_item(std::move(line), view.showing()));
  }
  page.next = some.next;
}

void fill_lines(pages::TasksPage& page, PageView& view, std::int64_t after) {
  const auto tasks = [&](Box box) {
    take(engine::tasks_of(view.reader(), {.box = box, .after = after, .limit = kLinesOnPage}), view,
         page);
  };
  switch (page.box) {
    case TaskBox::ToDo:
      return tasks(Box::ToDo);
    case TaskBox::Done:
      return tasks(Box::Done);
    case TaskBox::Copies:
      return tasks(Box::Copies);
    case TaskBox::Mine:
      return take(engine::submitted_by(view.reader(), after, kLinesOnPage), view, page);
    case TaskBox::Held:
      return take(engine::held_for(view.reader(), after, kLinesOnPage), view, page);
  }
}

void fill_counts(pages::TasksPage& page, PageView& view) {
  const auto count = [&](TaskBox box, std::int64_t found) {
    page.counts[static_cast<std::size_t>(box)] = found;
  };
  count(TaskBox::ToDo, view.counted_frame().tasks);
  count(TaskBox::Copies,
        view.reader().count_tasks({.box = Box::Copies, .unread = true}, kCountAtMost));
  if (!page.has_held) return;
  const auto held = engine::held_for(view.reader(), 0, kLinesOnPage);
  count(TaskBox::Held, static_cast<std::int64_t>(held.lines.size()));
}

http::Response show(int status, const engine::TaskDetail* detail, const pages::RefusedForm* refused,
                    const Exchange& exchange) {
  PageView view(exchange);
  const std::string* after = exchange.parameter("after");
  pages::TasksPage page;
  page.box = box_of(exchange);
  page.has_held = may_name(view, exchange.engine().model());
  if (page.box == TaskBox::Held && !page.has_held) page.box = TaskBox::ToDo;
  fill_lines(page, view, after == nullptr ? 0 : parse_id(*after).value_or(0));
  fill_counts(page, view);
  page.title_of = view.title_of();
  page.options_of = view.options_of();
  page.file_of = view.file_of();
  pages::TaskPanel panel;
  std::vector<engine::HistoryEntry> history;
  if (detail != nullptr) {
    auto found = view.reader().history(*detail->entity, detail->record.id, 0, kHistoryForChanges);
    if (found) history = std::move(*found);
    panel = {.detail = detail, .history = history, .refused = {}};
    if (refused != nullptr) panel.refused = *refused;
    page.panel = &panel;
  } else {
    page.delegations = view.reader().delegations();
    if (refused != nullptr) page.refused = *refused;
  }
  return page_response(status, exchange.services.pages.tasks(view.counted_frame(), page), exchange);
}

http::Response show_task(int status, engine::TaskId id, const pages::RefusedForm* refused,
                         const Exchange& exchange) {
  // Before the view takes a snapshot: a thread holds one at a time.
  const auto detail = exchange.engine().task(exchange.actor(), id);
  if (!detail) return refusal_page(detail.error(), nullptr, exchange);
  return show(status, &*detail, refused, exchange);
}

}  // namespace

void page_tasks(Exchange exchange) { exchange.answer(show(200, nullptr, nullptr, exchange)); }

void page_task(Exchange exchange) {
  const engine::TaskId id = parse_id(exchange.captures[0]).value_or(0);
  exchange.answer(show_task(200, id, nullptr, exchange));
}

http::Response task_page(int status, engine::TaskId id, const pages::RefusedForm& refused,
                         const Exchange& exchange) {
  return show_task(status, id, &refused, exchange);
}

http::Response inbox_page(int status, const pages::RefusedForm& refused, const Exchange& exchange) {
  return show(status, nullptr, &refused, exchange);
}

pages::InboxItem inbox_item(engine::TaskLine line, const fields::Showing& showing) {
  return {.task = std::move(line.task),
          .process = std::move(line.process),
          .chain = line.chain,
          .entity = line.entity,
          .title = permissions::title_of(*line.entity, line.record, showing)};
}

pages::InboxItem inbox_item(engine::ProcessLine line, const fields::Showing& showing) {
  return {.task = {},
          .process = std::move(line.process),
          .chain = line.chain,
          .entity = line.entity,
          .title = permissions::title_of(*line.entity, line.record, showing)};
}

}  // namespace formwork::routes
