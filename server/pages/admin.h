// What the pages of those who run the app share: heading, the way between them, tables that become
// cards on a phone.
#pragma once

#include <initializer_list>
#include <string>

#include "server/pages/clock.h"
#include "server/pages/compiled.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {

std::string automation_path(std::string_view name);
const MessageText& outcome_text(engine::RunOutcome outcome);

// In the order in which they are told.
inline constexpr engine::RunOutcome kOutcomes[] = {
    engine::RunOutcome::Done,    engine::RunOutcome::Declined, engine::RunOutcome::Skipped,
    engine::RunOutcome::Waiting, engine::RunOutcome::Failed,   engine::RunOutcome::Stopped};

class AdminWriter {
 public:
  AdminWriter(Html& html, const Context& context) : html_(html), context_(context) {}

 protected:
  // Opens a stack of cards below the tabs, which close() ends.
  void open(const std::string& title, AdminSection section);
  void close();

  void open_card(const MessageText& label);
  void close_card();

  void tab(const std::string& path, const MessageText& text, bool is_current);

  void open_table(const MessageText& caption, std::initializer_list<const MessageText*> heads);
  void close_table();
  // A cell with a figure; on a phone it stands behind what it counts.
  void figure(const MessageText& label, std::int64_t number);

  // Of a <dl class="facts">; what is written in between is its value.
  void open_fact(const MessageText& text, bool is_wide = false);
  void close_fact();

  void nothing(const MessageText& text, std::string_view icon);
  void outcome(engine::RunOutcome outcome);
  void record(const model::Entity* entity, engine::RecordId id, const std::string& title);
  // What sets the automation off, one a line.
  void triggers(const model::Automation& automation);
  void more(const std::string& path);

  Html& html_;
  const Context& context_;
};

template <class Write>
std::string Pages::admin_page(const Frame& frame, const std::string& title, AdminSection within,
                              const Write& write) const {
  const Context context(model_, frame);
  PageHead head{.title = title, .crumbs = {{"/admin", context.words(texts::kAdmin)}}};
  if (within == AdminSection::Automations && title != context.words(texts::kAutomations)) {
    head.crumbs.push_back({"/admin", context.words(texts::kAutomations)});
  } else if (within == AdminSection::Runs && title != context.words(texts::kRunLog)) {
    head.crumbs.push_back({"/admin/runs", context.words(texts::kRunLog)});
  } else if (within == AdminSection::Outbox && title != context.words(texts::kOutbox)) {
    head.crumbs.push_back({"/admin/outbox", context.words(texts::kOutbox)});
  }
  head.crumbs.push_back({{}, title});
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(48 * 1024);
  writer.open(html, context, head);
  write(html, context);
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
