#include "server/pages/pages.h"

#include <array>

#include "server/pages/compiled.h"

namespace formwork::pages {
namespace {

constexpr std::array<std::string_view, 5> kDone{"", "created", "changed", "deleted", "restored"};

}  // namespace

std::string_view done_code(Done done) { return kDone[static_cast<std::size_t>(done)]; }

Done find_done(std::string_view code) {
  for (std::size_t i = 0; i < kDone.size(); ++i) {
    if (kDone[i] == code) return static_cast<Done>(i);
  }
  return Done::Nothing;
}

Pages::Compiled::Compiled(const model::Model& model) {
  for (std::size_t locale = 0; locale < model.app.locales.size(); ++locale) {
    PerLocale compiled{FrameParts(model, locale), {}};
    for (const model::Entity& entity : model.entities) {
      compiled.forms.push_back(compile_form(model, entity, locale));
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
