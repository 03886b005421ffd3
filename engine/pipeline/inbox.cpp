#include "engine/pipeline/inbox.h"

#include "engine/pipeline/turn.h"

namespace formwork::engine {
namespace {

using permissions::Reader;
using permissions::Some;

std::optional<ProcessLine> line_of(Reader& reader, Process process) {
  const model::Model& model = reader.gate().model();
  const model::Entity* entity = model.find_entity(process.entity);
  if (entity == nullptr) return std::nullopt;
  auto record = reader.record(*entity, process.record);
  if (!record) return std::nullopt;
  const model::ApprovalChain* chain = chain_of(process, model);
  return ProcessLine{std::move(process), chain, entity, std::move(*record)};
}

Some<ProcessLine> lines_of(Reader& reader, const store::ProcessQuery& query) {
  Some<Process> found = reader.processes(query);
  Some<ProcessLine> lines{.lines = {}, .next = found.next};
  for (Process& process : found.lines) {
    if (auto line = line_of(reader, std::move(process))) lines.lines.push_back(std::move(*line));
  }
  return lines;
}

}  // namespace

Some<TaskLine> tasks_of(Reader& reader, const store::TaskQuery& query) {
  Some<Task> found = reader.tasks(query);
  Some<TaskLine> lines{.lines = {}, .next = found.next};
  for (Task& task : found.lines) {
    std::optional<Process> process = reader.process(task.process);
    if (!process) continue;
    auto about = line_of(reader, std::move(*process));
    if (!about) continue;
    const bool has_step = task.kind == TaskKind::Decide && about->chain != nullptr &&
                          task.step < about->chain->steps.size();
    lines.lines.push_back({.task = std::move(task),
                           .process = std::move(about->process),
                           .chain = about->chain,
                           .step = has_step ? &about->chain->steps[task.step] : nullptr,
                           .entity = about->entity,
                           .record = std::move(about->record)});
  }
  return lines;
}

Some<ProcessLine> submitted_by(Reader& reader, ProcessId before, std::size_t limit) {
  return lines_of(reader, {.submitter = reader.actor().account, .before = before, .limit = limit});
}

Some<ProcessLine> held_for(Reader& reader, ProcessId before, std::size_t limit) {
  return lines_of(reader, {.held = true, .before = before, .limit = limit});
}

}  // namespace formwork::engine
