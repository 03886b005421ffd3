// What the program tells people by itself, into their inboxes: what an approval asks of them or
// made of theirs, which records became theirs, and which stay for long.
//
// Nobody is told what they did themselves.
#include <algorithm>

#include "engine/pipeline/notification_texts.h"
#include "engine/pipeline/showing.h"
#include "engine/pipeline/turn.h"

namespace formwork::engine {
namespace {

using approvals::Effects;

bool is_opened(const Task& task, const Task* before) {
  if (task.state != TaskState::Open) return false;
  return before == nullptr || before->state != TaskState::Open ||
         before->opened_at != task.opened_at;
}

// Whether the task came to its assignee in that way.
bool came_by(std::string_view action, const Task& task, const Effects& effects) {
  return std::any_of(effects.events.begin(), effects.events.end(), [&](const auto& event) {
    return event.action == action && event.whom == task.assignee;
  });
}

// What a task that has just changed says to its assignee; null: nothing.
const MessageText* news_of(const Task& task, const Task* before, const Effects& effects) {
  if (before != nullptr && task.urged > before->urged) return &texts::kRemindsYou;
  if (!is_opened(task, before)) return nullptr;
  if (task.kind == TaskKind::Copy) return &texts::kCopiedToYou;
  if (task.kind == TaskKind::Resubmit) return &texts::kReturnedToYou;
  if (came_by("escalated", task, effects)) return &texts::kEscalatedToYou;
  if (came_by("transferred", task, effects)) return &texts::kPassedOnToYou;
  return &texts::kAsksYou;
}

// What the end of an approval says to its submitter; null: nothing.
const MessageText* news_of(ProcessState state) {
  if (state == ProcessState::Approved) return &texts::kWasApproved;
  if (state == ProcessState::Rejected) return &texts::kWasRejected;
  if (state == ProcessState::Withdrawn) return &texts::kWasWithdrawn;
  return nullptr;
}

AccountId owner_of(const model::Entity& entity, const Record& record) {
  if (!entity.owner || record.values.size() <= *entity.owner) return 0;
  const feel::Value& owner = record.values[*entity.owner];
  return owner.is_null() ? 0 : owner.record().id;
}

}  // namespace

Turn::Telling Turn::telling_of(const MessageText& title, const model::Entity& entity,
                               const Record& record, Arguments arguments) const {
  Telling telling{.entity = &entity, .record = &record};
  telling.title = [this, &title, &entity, &record,
                   arguments = std::move(arguments)](std::size_t locale) mutable {
    const fields::Showing shown = showing(model_, locale, directory_);
    Message message{&title, arguments};
    message.arguments.emplace_back("record", permissions::title_of(entity, record, shown));
    return render(message, shown.language, locale);
  };
  return telling;
}

// Who did it and what they said; nothing when it was the program.
Turn::Text Turn::by_actor(const Effects& effects) const {
  if (actor_.account == kSystemAccount) return {};
  Message message{&texts::kBy, {{"who", directory_.full_name(actor_.account)}}};
  if (!effects.events.empty() && !effects.events.front().comment.empty()) {
    message.text = &texts::kByWithComment;
    message.arguments.emplace_back("comment", effects.events.front().comment);
  }
  return text_of(std::move(message));
}

Turn::Text Turn::text_of(Message message) const {
  return [this, message = std::move(message)](std::size_t locale) {
    return render(message, showing(model_, locale, directory_).language, locale);
  };
}

void Turn::tell_of_approval(const Process& process, const Process* before, const Effects& effects,
                            const model::Entity& entity, const Record& record, Sequence cause) {
  const model::ApprovalChain* chain = chain_of(process, model_);
  if (chain == nullptr) return;
  const auto send = [&](const MessageText& title, std::vector<AccountId> to, Text text,
                        Arguments arguments) {
    to.erase(std::remove(to.begin(), to.end(), actor_.account), to.end());
    if (to.empty()) return;
    arguments.emplace_back("chain", chain->label);
    Telling telling = telling_of(title, entity, record, std::move(arguments));
    telling.to = std::move(to);
    telling.text = std::move(text);
    telling.rule = "approval " + process.chain;
    telling.cause = cause;
    tell(telling);
  };
  const Text submitted =
      text_of({&texts::kSubmittedBy, {{"who", directory_.full_name(process.submitter)}}});
  for (std::size_t i = 0; i < process.tasks.size(); ++i) {
    const Task& task = process.tasks[i];
    const Task* old = before != nullptr && i < before->tasks.size() ? &before->tasks[i] : nullptr;
    const MessageText* news = news_of(task, old, effects);
    if (news == nullptr) continue;
    const bool decides = task.kind == TaskKind::Decide;
    const Localized step = decides ? chain->steps[task.step].label : Localized{};
    send(*news, {task.assignee}, news == &texts::kAsksYou ? submitted : by_actor(effects),
         {{"step", step}});
    if (!decides) continue;
    send(texts::kAsksFor, directory_.delegates_of(task.assignee, situation_.now), submitted,
         {{"step", step}, {"who", directory_.full_name(task.assignee)}});
  }
  const bool is_new_state = before == nullptr || before->state != process.state;
  const MessageText* end = is_new_state ? news_of(process.state) : nullptr;
  if (end != nullptr) send(*end, {process.submitter}, by_actor(effects), {});
}

void Turn::tell_new_owner(const Decision& decision, Sequence cause) {
  const AccountId owner = owner_of(*decision.entity, decision.after);
  const AccountId before = decision.before ? owner_of(*decision.entity, *decision.before) : 0;
  if (owner == 0 || owner == before || owner == actor_.account) return;
  Telling telling = telling_of(texts::kIsYours, *decision.entity, decision.after, {});
  telling.to = {owner};
  telling.text = by_actor({});
  telling.rule = "owner";
  telling.cause = cause;
  tell(telling);
}

void Turn::tell_of_dwell(const model::Entity& entity, const Record& record,
                         const model::Stage& stage, bool is_over, Sequence cause) {
  const AccountId owner = owner_of(entity, record);
  if (owner == 0) return;
  Telling telling = telling_of(is_over ? texts::kStayedTooLong : texts::kStaysLong, entity, record,
                               {{"stage", stage.label}});
  telling.to = {owner};
  telling.rule = "stage " + stage.name;
  telling.cause = cause;
  tell(telling);
}

}  // namespace formwork::engine
