// stage: where a record stands in its lifecycle, and what it takes to go on.
#pragma once

#include "server/pages/values.h"

namespace formwork::pages {

class StageWriter {
 public:
  // Of a standing with a lifecycle and a stage.
  StageWriter(Html& html, const Context& context, const model::Entity& entity,
              const engine::Standing& standing);

  // The path through the stages, and the clock of this one.
  void path();
  // What is missing to go on, the checklist, and every move.
  void go_on();
  // How approvals would go that a move begins.
  void routes();

 private:
  struct Place {
    const model::Stage* stage;
    bool is_passed;
  };

  std::vector<Place> places() const;
  void place(const Place& place);
  void clock();
  void purpose();
  void heading();
  void criteria();
  void missing(const lifecycle::Unmet& unmet);
  void met(const model::Criterion& criterion);
  void fix(const lifecycle::Unmet& unmet);
  void checklist();
  void item(const model::ChecklistItem& item);
  void moves();
  void move(const lifecycle::MoveCheck& check);
  void possible(const lifecycle::MoveCheck& check);
  void impossible(const lifecycle::MoveCheck& check);
  void move_button(const lifecycle::MoveCheck& check, bool is_small);

  bool is_ticked(const std::string& code) const;
  bool is_forward(const lifecycle::MoveCheck& check) const;
  std::string label_of(const lifecycle::MoveCheck& check) const;
  std::string moves_path() const;
  // What keeps from the next stage, or where there is none, from leaving this one.
  const std::vector<lifecycle::Unmet>& unmet() const;

  Html& html_;
  const Context& context_;
  const model::Entity& entity_;
  const engine::Standing& standing_;
  const engine::Record& record_;
  const model::Lifecycle& lifecycle_;
  const model::Stage& stage_;
  std::size_t index_ = 0;                       // of the stage
  const lifecycle::MoveCheck* next_ = nullptr;  // the first move that goes forward
};

// The sentence and the values that it saw, as far as the caller may know them.
void append_unmet(Html& html, const Context& context, const model::Entity& entity,
                  const lifecycle::Unmet& unmet);

// A stage as lists and headings show it: coloured by what it means.
void append_stage(Html& html, const Context& context, const model::Stage& stage);

}  // namespace formwork::pages
