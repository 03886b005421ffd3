// Automations that set each other off for ever (docs/adr/0016-loops-by-constants.md).
#include <algorithm>

#include <fmt/format.h>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/loops/chains.h"

namespace formwork::lint {
namespace {

using model::Automation;

std::string quoted(std::string_view name) { return "`" + std::string(name) + "`"; }

std::string in_words(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) words += i + 1 == names.size() ? " and " : ", ";
    words += names[i];
  }
  return words;
}

class Report {
 public:
  Report(const model::Model& model, Graph& graph, Diagnostics& diagnostics)
      : model_(model), graph_(graph), diagnostics_(diagnostics) {}

  // One circle of each tangle. Those that only go on because of dates, or because people leave
  // something undone, are looked for among what is left.
  void run() {
    std::vector<bool> told(model_.automations.size());
    for (const bool with_slow : {false, true}) {
      const auto counts = [&](const Edge& edge) {
        return (with_slow || !edge.way.is_slow()) && !told[edge.from] && !told[edge.to];
      };
      for (EndlessChain& chain : endless_chains(graph_, counts)) {
        for (const std::size_t index : chain.tangle) told[index] = true;
        tell(std::move(chain), with_slow);
      }
    }
  }

 private:
  static bool stands_before(const Automation& a, const Automation& b) {
    const std::string_view first = a.where ? a.where.source->name() : std::string_view();
    const std::string_view second = b.where ? b.where.source->name() : std::string_view();
    return first != second ? first < second : a.where.begin < b.where.begin;
  }

  void tell(EndlessChain chain, bool is_slow) {
    std::vector<Edge>& circle = chain.circle;
    // From the one that stands first in the documents.
    std::rotate(circle.begin(),
                std::min_element(circle.begin(), circle.end(),
                                 [&](const Edge& a, const Edge& b) {
                                   return stands_before(of(a.from), of(b.from));
                                 }),
                circle.end());
    const std::vector<std::string> names = names_of(circle);
    const bool is_one = names.size() == 1;
    const bool takes_time = std::any_of(circle.begin(), circle.end(),
                                        [](const Edge& edge) { return edge.way.takes_time(); });
    std::string message = in_words(names);
    message += is_one ? " sets itself off again" : " set each other off";
    message += takes_time ? ", for ever as time passes" : " without end";
    if (!chain.is_alone) {
      message += is_one ? ", with what is written beside it" : ", with what is written beside them";
    }
    const Span where = of(circle.front().from).where;
    if (is_slow) {
      add_path(circle, diagnostics_.warning(codes::kAutomationLoopInTime, where, message,
                                            "if that is not what you want, add a `when` that ends "
                                            "it, or `once: true`"));
      return;
    }
    const bool has_date = std::any_of(circle.begin(), circle.end(), [](const Edge& edge) {
      return edge.way.kind == Way::Kind::Date;
    });
    const std::string_view one = is_one ? "it" : "one of them";
    const std::string_view fewer =
        has_date ? "set its date at least an hour ahead" : "name fewer fields in its `on`";
    add_path(circle, diagnostics_.error(
                         codes::kAutomationLoop, where, message,
                         fmt::format("give {} a `when` that no longer holds when its work is done, "
                                     "{}, or write `once: true`",
                                     one, fewer)));
  }

  // Each once, though the circle may pass it several times.
  std::vector<std::string> names_of(const std::vector<Edge>& circle) const {
    std::vector<std::string> names;
    for (const Edge& edge : circle) {
      std::string name = quoted(of(edge.from).name);
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
    return names;
  }

  void add_path(const std::vector<Edge>& circle, Diagnostic& finding) {
    for (const Edge& edge : circle) {
      const Happening* happening = graph_.happening_of(edge);
      if (happening != nullptr) finding.related.push_back(step_of(edge, *happening));
    }
  }

  Related step_of(const Edge& edge, const Happening& happening) const {
    const Automation& from = of(edge.from);
    Did did = did_of(edge, happening);
    return {did.where, quoted(from.name) + " " + did.what + did.then + effect_of(edge, happening)};
  }

  struct Did {
    std::string what;
    Span where;
    std::string then = " here";
  };

  // What that action does, in a few words, and where that is said.
  Did did_of(const Edge& edge, const Happening& happening) const {
    const model::AutomationAction& action = of(edge.from).actions[edge.action];
    const model::Entity& entity = happening.entity();
    if (const auto* set = std::get_if<model::SetAction>(&action.what)) {
      return did_set(set->values, edge, happening, action.where);
    }
    if (std::holds_alternative<model::CreateAction>(action.what)) {
      return {"makes a record of " + quoted(entity.name), action.where};
    }
    if (const auto* update = std::get_if<model::UpdateAction>(&action.what)) {
      if (!update->stage.empty()) {
        return {"moves records of " + quoted(entity.name) + " to " + quoted(update->stage),
                action.where};
      }
      Did did = did_set(update->values, edge, happening, action.where);
      did.what += " of records of " + quoted(entity.name);
      return did;
    }
    if (const auto* move = std::get_if<model::MoveAction>(&action.what)) {
      return {"moves the record to " + quoted(move->stage), action.where};
    }
    if (const auto* assign = std::get_if<model::AssignAction>(&action.what)) {
      return {assign->pool
                  ? "puts the record into the pool " + quoted(entity.pools[*assign->pool].name)
                  : "gives the record to somebody",
              action.where};
    }
    if (std::holds_alternative<model::TagAction>(action.what)) {
      return {"changes `tags`", action.where};
    }
    return {"gives somebody something to do", action.where};
  }

  // The field that matters, or one that it is computed from.
  Did did_set(const std::vector<model::FieldValue>& values, const Edge& edge,
              const Happening& happening, const Span& where) const {
    const model::Entity& entity = happening.entity();
    const Heard heard = hear(of(edge.to), happening);
    const model::FieldValue* direct = nullptr;
    for (const model::FieldValue& value : values) {
      if (direct == nullptr && happening.changed.contains(value.field)) direct = &value;
      if (heard.fields.contains(value.field)) {
        return {"sets " + quoted(entity.fields[value.field].name), value.where};
      }
    }
    if (direct == nullptr) return {"changes the record", where};
    Did did{"sets " + quoted(entity.fields[direct->field].name), direct->where};
    if (!heard.fields.empty()) {
      did.then =
          " here, on which " + quoted(entity.fields[*heard.fields.begin()].name) + " depends";
    }
    return did;
  }

  std::string effect_of(const Edge& edge, const Happening& happening) const {
    const Automation& to = of(edge.to);
    const std::string triggers = ", which triggers " + quoted(to.name);
    switch (edge.way.kind) {
      case Way::Kind::Now:
        return triggers;
      case Way::Kind::Delayed:
        return triggers + (to.after
                               ? " " + calendar::to_string(*to.after) + " later"
                               : " when that has rested for " + calendar::to_string(*to.debounce));
      case Way::Kind::Stay:
        return "; when it stays there too long it comes to " +
               quoted(happening.stays[edge.way.stay].back()->name) + triggers;
      case Way::Kind::Date:
        return "; when that time comes it triggers " + quoted(to.name);
      case Way::Kind::Overdue:
        return "; when nothing is done about it in time, that triggers " + quoted(to.name);
    }
    return {};
  }

  const Automation& of(std::size_t index) const { return model_.automations[index]; }

  const model::Model& model_;
  Graph& graph_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_automation_loops(const model::Model& model, Diagnostics& diagnostics) {
  if (model.automations.empty()) return;
  const Ground ground(model);
  Graph graph(ground);
  Report(model, graph, diagnostics).run();
}

}  // namespace formwork::lint
