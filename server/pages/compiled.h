// compiled: everything that is rendered once per model and locale.
#pragma once

#include <vector>

#include "server/pages/form_template.h"
#include "server/pages/frame.h"

namespace formwork::pages {

struct Pages::Compiled {
  explicit Compiled(const model::Model& model);

  struct PerLocale {
    FrameParts frame;
    std::vector<FormTemplate> forms;         // by Entity::index
    std::vector<FormTemplate> public_forms;  // the same, as anybody sees them
  };

  std::vector<PerLocale> locales;
};

// Paths of records: "/lead", "/lead/42", "/lead/42/edit".
std::string path_of(const model::Entity& entity);
std::string path_of(const model::Entity& entity, engine::RecordId id, std::string_view rest = {});

}  // namespace formwork::pages
