// approval: how an approval went, who is waited for, and what is to come, as a timeline.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/permissions/visible_reasons.h"
#include "server/pages/values.h"

namespace formwork::pages {

struct ApprovalView {
  const engine::Process& process;
  const model::ApprovalChain* chain = nullptr;  // null: the model no longer has it
  const std::vector<approvals::Planned>& to_come;
  std::span<const engine::TaskStanding> tasks = {};  // with which the caller may do something here
  std::string here = {};                             // the path to come back to after an action
};

class ApprovalWriter {
 public:
  ApprovalWriter(Html& html, const Context& context, const model::Entity& entity)
      : html_(html),
        context_(context),
        entity_(entity),
        reasons_(*context.frame.gate, *context.frame.actor, entity) {}

  // The timeline alone, oldest first.
  void timeline(const ApprovalView& view);
  // With its heading, its state and what its submitter may do.
  void card(const ApprovalView& view);
  // How an approval would go if the record were submitted now.
  void route(const std::vector<approvals::Planned>& steps);

  // The reason of a step, unless it reads a field that the caller may not see.
  std::string told(const std::string& reason, const model::ApprovalStep* step) const;

 private:
  enum class Dot : unsigned char { Plain, Ok, Bad, Now, Next };

  void open_entry(Dot dot, std::string_view icon);

  void close_entry() { html_.markup("</div></li>\n"); }

  void submitted(const ApprovalView& view);
  void step(const ApprovalView& view, std::size_t index);
  void quiet_step(const engine::ProcessStep& step, const model::ApprovalStep* known);
  void held(const ApprovalView& view, std::size_t index, const model::ApprovalStep* known);
  void planned(const approvals::Planned& planned, const MessageText& verb);
  void task(const ApprovalView& view, const engine::Task& task, const model::ApprovalStep* known,
            bool is_first);
  void decided(const engine::Task& task);
  void asked(const ApprovalView& view, const engine::Task& task);
  void about(const ApprovalView& view, const engine::Task& task, const model::ApprovalStep* known,
             bool is_first);
  void ended(const ApprovalView& view);
  void copies(const ApprovalView& view);
  void urge(const ApprovalView& view, const engine::Task& task);
  void foot(const ApprovalView& view);
  void action(const ApprovalView& view, engine::TaskId task, engine::TaskAction action,
              const MessageText& label);
  std::string label_of(const model::ApprovalStep* step, const std::string& id) const;

  Html& html_;
  const Context& context_;
  const model::Entity& entity_;
  permissions::VisibleReasons reasons_;
};

// "In progress", and the colour that it has.
void append_process_state(Html& html, const Context& context, engine::ProcessState state);

// "Han Mei, Sun Hao".
std::string names_of(const Context& context, const std::vector<engine::AccountId>& accounts);

// How many of several have to agree, in words; empty for one, and where any of them decides it says
// so.
std::string mode_text(const Words& words, const model::ApprovalStep& step, std::size_t seats);

}  // namespace formwork::pages
