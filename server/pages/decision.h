// decision: the panel of a task: why it is here, what it is about, how it went, and what can be
// done.
#pragma once

#include "server/pages/facts.h"
#include "server/pages/form_template.h"

namespace formwork::pages {

class DecisionWriter {
 public:
  DecisionWriter(Html& html, const Context& context, const TasksPage& page,
                 const FormTemplate& form);

  void content();
  // A phone's buttons, at the bottom; nothing when there is nothing to decide.
  void phone_bar();

  bool may_decide() const;

  const std::string& title() const { return title_; }

 private:
  void heading();
  void why();
  void reason(std::string_view icon, const std::string& text, bool is_formula = false);
  void people_reasons();
  void differences();
  void facts();
  std::vector<std::size_t> shown_fields() const;
  void progress();
  void outcome();
  void form();
  void edits();
  void comment();
  void main_buttons();
  void button(engine::TaskAction action, const MessageText& label, std::string_view icon,
              std::string_view css);
  void return_choice();
  void people_choice();
  void small_actions();
  void next_hint();
  std::string next_path() const;

  bool may(engine::TaskAction action) const;
  bool may_mark_read() const;
  bool needs_comment(engine::TaskAction action) const;
  std::string_view sent(std::string_view name) const;

  Html& html_;
  const Context& context_;
  const TasksPage& page_;
  const TaskPanel& panel_;
  const engine::TaskDetail& detail_;
  const FormTemplate& form_;
  std::string title_;
};

}  // namespace formwork::pages
