// Where records stand, approvals and tasks, as JSON: for /why, the inbox and decisions. Texts are
// in the reader's language, people are the names of accounts, and what a condition saw is told only
// to those who may see it.
#pragma once

#include <memory>
#include <span>

#include "dsl/base/json.h"
#include "engine/permissions/visible_reasons.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/forecast.h"
#include "engine/pipeline/inbox.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

// Writes about records of one entity for the caller of one exchange; both must outlive it.
class StandingWriter {
 public:
  StandingWriter(json::Writer& writer, const Exchange& exchange, const model::Entity& entity);

  void standing(const engine::Standing& standing);

  // An object each. `may` is what the caller may do with the task; null: not asked.
  void task(const engine::Task& task, const engine::Process& process,
            const std::vector<engine::TaskAction>* may);
  // With its steps and their tasks. `to_come` are its pending steps as they are expected to go.
  void process(const engine::Process& process, const model::ApprovalChain* chain,
               std::span<const approvals::Planned> to_come);
  // The same without steps.
  void process_head(const engine::Process& process, const model::ApprovalChain* chain);
  void planned(const approvals::Planned& planned);
  // A timer to come.
  void coming(const engine::Coming& coming);

  // {"entity","id","version","title"}
  void record(const engine::Record& record);
  // {"name","label"}, or null.
  void stage(const model::Stage* stage);
  // The name of the account, or null.
  void person(engine::AccountId account);
  void instant(std::optional<Instant> instant);

  // Members of an open object: what the task is about.
  void task_subject(const model::ApprovalChain* chain, const model::ApprovalStep* step);

 private:
  void text(std::string_view key, const Localized& text);
  void text_or_null(std::string_view key, std::string_view text);
  void message(std::string_view key, const Message& message);
  void field_names(std::string_view key, const std::vector<std::size_t>& fields);
  void move(const lifecycle::MoveCheck& move);
  void unmet(const std::vector<lifecycle::Unmet>& unmet);
  void unmet_one(const lifecycle::Unmet& unmet);
  void owner(const engine::Standing& standing);
  void assignment(const engine::OwnerStanding& owner);
  void response(const engine::Standing& standing);
  void decisions(const engine::Standing& standing);
  void checklist(const engine::Standing& standing);
  void dwell(const engine::Standing& standing);
  void stays(const engine::Standing& standing);
  void processes(const engine::Standing& standing);
  void routes(const engine::Standing& standing);
  void head_members(const engine::Process& process, const model::ApprovalChain* chain);
  void process_members(const engine::Process& process, const model::ApprovalChain* chain);
  void step(const engine::Process& process, const model::ApprovalChain* chain, std::size_t index);
  void find_stage_label(std::string_view key, const model::Lifecycle* lifecycle,
                        std::string_view name);

  json::Writer& writer_;
  const Exchange& exchange_;
  const model::Entity& entity_;
  std::shared_ptr<const accounts::Directory> people_;
  permissions::VisibleReasons reasons_;
};

std::string_view task_kind_name(engine::TaskKind kind);

}  // namespace formwork::routes
