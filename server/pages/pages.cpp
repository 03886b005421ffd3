#include "server/pages/pages.h"

#include <array>

#include "server/pages/compiled.h"

namespace formwork::pages {
namespace {

constexpr std::array<std::string_view, 28> kDone{
    "",          "created",     "changed",        "deleted",       "restored",
    "moved",     "assigned",    "claimed",        "approved",      "rejected",
    "returned",  "transferred", "approver-added", "taken-back",    "resubmitted",
    "withdrawn", "urged",       "read",           "delegated",     "delegation-ended",
    "todo-done", "preferences", "absence-added",  "absence-ended", "released",
    "commented", "sent-again",  "destination"};
static_assert(kDone.size() == static_cast<std::size_t>(Done::DestinationChanged) + 1);

constexpr std::array<std::string_view, kTaskBoxCount> kBoxes{"todo", "done", "mine", "copies",
                                                             "held"};

}  // namespace

std::string_view done_code(Done done) { return kDone[static_cast<std::size_t>(done)]; }

Done find_done(std::string_view code) {
  for (std::size_t i = 0; i < kDone.size(); ++i) {
    if (kDone[i] == code) return static_cast<Done>(i);
  }
  return Done::Nothing;
}

Done done_by(engine::TaskAction action) {
  switch (action) {
    case engine::TaskAction::Approve:
      return Done::Approved;
    case engine::TaskAction::Reject:
      return Done::Rejected;
    case engine::TaskAction::Return:
      return Done::Returned;
    case engine::TaskAction::Transfer:
      return Done::Transferred;
    case engine::TaskAction::AddApprover:
      return Done::ApproverAdded;
    case engine::TaskAction::TakeBack:
      return Done::TakenBack;
    case engine::TaskAction::Resubmit:
      return Done::Resubmitted;
    case engine::TaskAction::Withdraw:
      return Done::Withdrawn;
    case engine::TaskAction::Urge:
      return Done::Urged;
    case engine::TaskAction::MarkRead:
      return Done::Read;
  }
  return Done::Nothing;
}

std::string_view box_code(TaskBox box) { return kBoxes[static_cast<std::size_t>(box)]; }

std::optional<TaskBox> find_box(std::string_view code) {
  for (std::size_t i = 0; i < kBoxes.size(); ++i) {
    if (kBoxes[i] == code) return static_cast<TaskBox>(i);
  }
  return std::nullopt;
}

Pages::Compiled::Compiled(const model::Model& model) {
  for (std::size_t locale = 0; locale < model.app.locales.size(); ++locale) {
    PerLocale compiled{FrameParts(model, locale), {}};
    for (const model::Entity& entity : model.entities) {
      compiled.forms.push_back(compile_form(model, entity, locale));
      compiled.public_forms.push_back(compile_form(model, entity, locale, FormFor::Anybody));
    }
    locales.push_back(std::move(compiled));
  }
}

Pages::Pages(const model::Model& model)
    : model_(model), compiled_(std::make_unique<const Compiled>(model)) {}

Pages::~Pages() = default;

std::string path_of(const model::Entity& entity) { return "/" + entity.name; }

std::string path_of(const model::Entity& entity, engine::RecordId id, std::string_view rest) {
  std::string path = "/" + entity.name + "/" + std::to_string(id);
  if (!rest.empty()) path += "/" + std::string(rest);
  return path;
}

}  // namespace formwork::pages
