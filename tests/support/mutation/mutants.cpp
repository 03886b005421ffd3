#include "tests/support/mutation/mutants.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/scenario/names.h"
#include "tests/support/mutation/rule_mutants.h"

namespace formwork::testing {
namespace {

using ModelPtr = std::shared_ptr<const model::Model>;
namespace names = scenario::names;

class Maker {
 public:
  Maker(const ModelPtr& model, const Recompile& recompile) : model_(model), recompile_(recompile) {}

  std::vector<Mutant> run() {
    for (const model::Entity& entity : model_->entities) take_from(entity);
    for (const model::ApprovalChain& chain : model_->approvals) take_from(chain);
    for (std::size_t role = 0; role < model_->roles.size(); ++role) take_rights(role);
    for (const model::Decision& decision : model_->decisions) take_from(decision);
    add_rule_mutants(*model_, [this](auto&&... args) { add(std::move(args)...); });
    return std::move(mutants_);
  }

 private:
  using Change = std::function<void(model::Model&)>;

  // Names and places are indices, so a copy is a model of its own; expressions are shared.
  void add(std::string what, std::string exercise, std::string entity, Span where, Change change) {
    mutants_.push_back({std::move(what), std::move(exercise), std::move(entity), std::move(where),
                        [model = model_, change = std::move(change)] {
                          auto copy = std::make_shared<model::Model>(*model);
                          change(*copy);
                          return ModelPtr(std::move(copy));
                        }});
  }

  template <class Member>
  static void erase(std::vector<Member>& from, std::size_t index) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(index));
  }

  void take_from(const model::Entity& entity) {
    const std::size_t e = entity.index;
    for (std::size_t i = 0; i < entity.rules.size(); ++i) {
      const std::string name = names::rule(entity, entity.rules[i]);
      add(name, name, entity.name, entity.rules[i].where,
          [e, i](model::Model& m) { erase(m.entities[e].rules, i); });
    }
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      if (!entity.fields[i].required_from) continue;
      add("required_from of " + entity.name + "." + entity.fields[i].name, {}, entity.name,
          entity.fields[i].where,
          [e, i](model::Model& m) { m.entities[e].fields[i].required_from.reset(); });
    }
    for (std::size_t l = 0; l < entity.lifecycles.size(); ++l) {
      for (std::size_t s = 0; s < entity.lifecycles[l].stages.size(); ++s) {
        take_from_stage(entity, l, s);
      }
    }
  }

  void take_from_stage(const model::Entity& entity, std::size_t l, std::size_t s) {
    const model::Lifecycle& lifecycle = entity.lifecycles[l];
    const model::Stage& stage = lifecycle.stages[s];
    const auto in_stage = [e = entity.index, l, s](model::Model& m) -> model::Stage& {
      return m.entities[e].lifecycles[l].stages[s];
    };
    for (std::size_t i = 0; i < stage.entry.size(); ++i) {
      const std::string name = names::criterion(entity, stage, stage.entry[i], true);
      add(name, name, entity.name, stage.entry[i].where,
          [in_stage, i](model::Model& m) { erase(in_stage(m).entry, i); });
    }
    for (std::size_t i = 0; i < stage.exit.size(); ++i) {
      const std::string name = names::criterion(entity, stage, stage.exit[i], false);
      add(name, name, entity.name, stage.exit[i].where,
          [in_stage, i](model::Model& m) { erase(in_stage(m).exit, i); });
    }
    for (std::size_t i = 0; i < stage.checklist.size(); ++i) {
      if (!stage.checklist[i].required) continue;
      const std::string name = names::item(entity, stage, stage.checklist[i]);
      add("required " + name, name, entity.name, stage.checklist[i].where,
          [in_stage, i](model::Model& m) { in_stage(m).checklist[i].required = false; });
    }
    take_dwell(entity, stage, in_stage);
    take_moves(entity, lifecycle, stage, in_stage);
  }

  template <class InStage>
  void take_dwell(const model::Entity& entity, const model::Stage& stage, InStage in_stage) {
    if (!stage.dwell) return;
    if (stage.dwell->warn) {
      const std::string name = names::dwell(entity, stage, false);
      add(name, name, entity.name, stage.dwell->where,
          [in_stage](model::Model& m) { in_stage(m).dwell->warn.reset(); });
    }
    if (stage.dwell->limit) {
      const std::string name = names::dwell(entity, stage, true);
      add(name, name, entity.name, stage.dwell->where,
          [in_stage](model::Model& m) { in_stage(m).dwell->limit.reset(); });
    }
  }

  // What one line offers to many stages (`backward`) is taken out as one.
  template <class InStage>
  void take_moves(const model::Entity& entity, const model::Lifecycle& lifecycle,
                  const model::Stage& stage, InStage in_stage) {
    for (std::size_t i = 0; i < stage.to.size(); ++i) {
      const model::Transition& move = stage.to[i];
      const std::string name = names::move(entity, lifecycle, stage, move);
      const bool is_known = std::any_of(mutants_.begin(), mutants_.end(),
                                        [&](const Mutant& other) { return other.what == name; });
      if (!is_known) {
        add(name, name, entity.name, move.where,
            [e = entity.index, place = move.where](model::Model& m) { erase_moves(m, e, place); });
      }
      if (move.when && !is_known) {
        add("when of " + name, name, entity.name, move.where,
            [in_stage, i](model::Model& m) { in_stage(m).to[i].when.reset(); });
      }
    }
  }

  static void erase_moves(model::Model& m, std::size_t entity, const Span& place) {
    for (model::Lifecycle& lifecycle : m.entities[entity].lifecycles) {
      for (model::Stage& stage : lifecycle.stages) {
        std::erase_if(stage.to, [&](const model::Transition& move) {
          return move.where.source == place.source && move.where.begin == place.begin &&
                 move.where.end == place.end;
        });
      }
    }
  }

  void take_from(const model::ApprovalChain& chain) {
    const std::size_t c = chain.index;
    const std::string& entity = model_->entities[chain.entity].name;
    for (std::size_t s = 0; s < chain.steps.size(); ++s) {
      const model::ApprovalStep& step = chain.steps[s];
      const std::string applies = names::step(chain, step, true);
      if (chain.steps.size() > 1) {
        add("step " + chain.name + "." + step.id, applies, entity, step.where,
            [c, s](model::Model& m) { erase_step(m.approvals[c], s); });
      }
      if (step.when) {
        add("when of step " + chain.name + "." + step.id, names::step(chain, step, false), entity,
            step.where, [c, s](model::Model& m) { m.approvals[c].steps[s].when.reset(); });
      }
      for (std::size_t d = 0; d < step.within.size(); ++d) {
        const std::string name = names::deadline(chain, step, step.within[d]);
        add(name, name, entity, step.within[d].where,
            [c, s, d](model::Model& m) { erase(m.approvals[c].steps[s].within, d); });
      }
    }
  }

  // Branches and groups that are left without steps go with it; indices behind it move up.
  static void erase_step(model::ApprovalChain& chain, std::size_t gone) {
    erase(chain.steps, gone);
    for (model::ApprovalGroup& group : chain.groups) {
      for (std::vector<std::size_t>& branch : group.branches) {
        std::erase(branch, gone);
        for (std::size_t& step : branch) step -= step > gone ? 1 : 0;
      }
      std::erase_if(group.branches, [](const auto& branch) { return branch.empty(); });
    }
    std::erase_if(chain.groups, [](const auto& group) { return group.branches.empty(); });
    for (std::size_t g = 0; g < chain.groups.size(); ++g) {
      for (std::size_t b = 0; b < chain.groups[g].branches.size(); ++b) {
        for (const std::size_t step : chain.groups[g].branches[b]) {
          chain.steps[step].group = g;
          chain.steps[step].branch = b;
        }
      }
    }
  }

  void take_rights(std::size_t r) {
    const model::Role& role = model_->roles[r];
    for (const model::Entity& entity : model_->entities) {
      const model::Grant& grant = role.grants[entity.index];
      for (std::size_t a = 0; a < model::kActionCount; ++a) {
        if (!grant.rules[a]) continue;
        const std::string name = names::right(role, entity, static_cast<model::Action>(a));
        add(name, name, entity.name, role.where,
            [r, e = entity.index, a](model::Model& m) { m.roles[r].grants[e].rules[a].reset(); });
      }
    }
  }

  // A table is compiled as a whole, so its rules are taken out of the text: a row of a list, with
  // its line.
  void take_from(const model::Decision& decision) {
    for (std::size_t i = 0; i < decision.rules.size(); ++i) {
      const Span& row = decision.rules[i].where;
      const std::string name = names::decision(decision.name, i);
      mutants_.push_back({name, name, {}, row, [model = model_, recompile = recompile_, row] {
                            return recompile(without_row(model->sources, row));
                          }});
    }
  }

  static std::vector<SourcePtr> without_row(std::vector<SourcePtr> sources, const Span& row) {
    for (SourcePtr& source : sources) {
      if (source != row.source) continue;
      std::string text(source->text());
      const std::size_t line = text.rfind('\n', row.begin) + 1;
      const std::size_t end = std::min(text.find('\n', row.end), text.size());
      text.erase(line, end - line);
      source = std::make_shared<const Source>(source->name(), std::move(text));
    }
    return sources;
  }

  const ModelPtr model_;
  const Recompile recompile_;
  std::vector<Mutant> mutants_;
};

// What each scenario exercises in the app as it is.
struct Known {
  std::set<std::string> exercises;
  std::size_t steps = 0;  // of all its cases
};

// Two things that coverage does not count, since they are no rules: who is away, and claims.
void add_steps(const model::Scenario& scenario, std::set<std::string>& exercises) {
  for (const model::ScenarioStep& step : scenario.steps) {
    if (const auto* away = std::get_if<model::ScenarioStep::Away>(&step.action)) {
      exercises.insert(absence_of(away->person));
    }
    const auto* assign = std::get_if<model::ScenarioStep::Assign>(&step.action);
    if (assign != nullptr && assign->to.empty()) exercises.insert(std::string(kClaims));
  }
}

std::vector<Known> watch(const ModelPtr& model, const scenario::MakeStore& make_store) {
  std::vector<Known> known;
  for (const model::Scenario& one : model->scenarios) {
    scenario::Coverage coverage;
    static_cast<void>(scenario::play(model, one, make_store, &coverage));
    add_steps(one, coverage.seen);
    const std::size_t cases = std::max<std::size_t>(one.cases.size(), 1);
    known.push_back({std::move(coverage.seen), cases * one.steps.size()});
  }
  return known;
}

int relevance(const Known& known, const Mutant& mutant) {
  if (known.exercises.contains(mutant.exercise)) return 2;
  const bool is_near =
      std::any_of(known.exercises.begin(), known.exercises.end(), [&](const std::string& name) {
        return !mutant.entity.empty() && name.find(" " + mutant.entity) != std::string::npos;
      });
  return is_near ? 1 : 0;
}

bool is_noticed(const Mutant& mutant, const std::vector<Known>& known,
                const scenario::MakeStore& make_store) {
  const ModelPtr model = mutant.make();
  if (model == nullptr) return true;
  std::vector<std::size_t> order(known.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  // Of those that may notice it as well as others the short ones first.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int more = relevance(known[a], mutant) - relevance(known[b], mutant);
    return more != 0 ? more > 0 : known[a].steps < known[b].steps;
  });
  for (const std::size_t i : order) {
    if (i >= model->scenarios.size()) return true;
    for (const scenario::Result& result : scenario::play(model, model->scenarios[i], make_store)) {
      if (!result.passed) return true;
    }
  }
  return false;
}

std::string line_of(const Mutant& mutant) {
  std::string line = mutant.what;
  if (!mutant.where) return line;
  const Source::Position at = mutant.where.source->position(mutant.where.begin);
  return mutant.where.source->name() + ":" + std::to_string(at.line) + ": " + line;
}

}  // namespace

std::vector<Mutant> make_mutants(const ModelPtr& model, const Recompile& recompile) {
  return Maker(model, recompile).run();
}

Survivors find_survivors(const ModelPtr& model, const std::vector<Mutant>& mutants,
                         const scenario::MakeStore& make_store) {
  const std::vector<Known> known = watch(model, make_store);
  std::vector<char> noticed(mutants.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < mutants.size(); i = next++) {
      noticed[i] = is_noticed(mutants[i], known, make_store) ? 1 : 0;
    }
  };
  {
    const std::jthread other(work);
    work();
  }
  Survivors survivors{mutants.size(), {}};
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (noticed[i] == 0) survivors.lines.push_back(line_of(mutants[i]));
  }
  return survivors;
}

}  // namespace formwork::testing
