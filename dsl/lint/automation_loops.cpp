// Automations that set each other off for ever (docs/adr/0016-loops-by-constants.md).
#include <algorithm>

#include "dsl/diagnostics/codes.h"
#include "dsl/lint/lint.h"
#include "dsl/lint/loops/walk.h"

namespace formwork::lint {
namespace {

using model::Automation;

// Circles grow with the factorial of what is tangled. Beyond so many steps nobody has understood
// the automations either.
constexpr std::size_t kSteps = 20'000;

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
  // something undone, are looked for where there are no others.
  void run() {
    std::vector<bool> told(model_.automations.size());
    for (const bool with_slow : {false, true}) {
      const auto& arcs = choose(with_slow);
      for (const auto& tangle : tangles(model_.automations.size(), arcs)) {
        const bool is_told = std::any_of(tangle.begin(), tangle.end(),
                                         [&](std::size_t index) { return told[index]; });
        if (!is_told && tell(tangle, arcs)) {
          for (const std::size_t index : tangle) told[index] = true;
        }
      }
    }
  }

 private:
  const std::vector<Arc>& choose(bool with_slow) {
    arcs_.clear();
    edges_.clear();
    for (std::size_t i = 0; i < graph_.edges().size(); ++i) {
      if (!with_slow && graph_.edges()[i].way.is_slow()) continue;
      arcs_.push_back(graph_.arcs()[i]);
      edges_.push_back(i);
    }
    return arcs_;
  }

  std::vector<std::size_t> edges_of(std::span<const std::size_t> arcs) const {
    std::vector<std::size_t> edges;
    for (const std::size_t arc : arcs) edges.push_back(edges_[arc]);
    return edges;
  }

  // One that goes on by itself is the better example of one that others keep going.
  FoundCircle find(const std::vector<std::size_t>& tangle, const std::vector<Arc>& arcs) {
    for (const bool alone : {true, false}) {
      FoundCircle found =
          find_circle(tangle, arcs, kSteps, [&](std::span<const std::size_t> circle) {
            return !graph_.ends(edges_of(circle), alone);
          });
      if (!found.arcs.empty()) return found;
    }
    return {};
  }

  bool tell(const std::vector<std::size_t>& tangle, const std::vector<Arc>& arcs) {
    const FoundCircle found = find(tangle, arcs);
    if (found.arcs.empty()) return false;
    std::vector<Edge> circle;
    for (const std::size_t edge : edges_of(found.arcs)) circle.push_back(graph_.edges()[edge]);
    // From the one that stands first in the documents.
    std::rotate(circle.begin(),
                std::min_element(circle.begin(), circle.end(),
                                 [&](const Edge& a, const Edge& b) {
                                   return stands_before(of(a.from), of(b.from));
                                 }),
                circle.end());
    found.gave_up ? tell_many(tangle, circle) : tell_circle(circle);
    return true;
  }

  static bool stands_before(const Automation& a, const Automation& b) {
    const std::string_view first = a.where ? a.where.source->name() : std::string_view();
    const std::string_view second = b.where ? b.where.source->name() : std::string_view();
    return first != second ? first < second : a.where.begin < b.where.begin;
  }

  void tell_circle(const std::vector<Edge>& circle) {
    const auto any = [&](bool (Way::*is)() const) {
      return std::any_of(circle.begin(), circle.end(),
                         [&](const Edge& edge) { return (edge.way.*is)(); });
    };
    std::vector<std::string> names;
    for (const Edge& edge : circle) names.push_back(quoted(of(edge.from).name));
    std::string message = in_words(names);
    message += circle.size() == 1 ? " sets itself off again" : " set each other off";
    message += any(&Way::takes_time) ? ", for ever as time passes" : " without end";
    const Span where = of(circle.front().from).where;
    if (any(&Way::is_slow)) {
      add_path(circle, diagnostics_.warning(codes::kAutomationLoopInTime, where, message,
                                            "if that is not what you want, add a `when` that ends "
                                            "it, or `once: true`"));
      return;
    }
    const std::string_view one = circle.size() == 1 ? "it" : "one of them";
    add_path(circle,
             diagnostics_.error(codes::kAutomationLoop, where, message,
                                "give " + std::string(one) +
                                    " a `when` that no longer holds when its work is done, name "
                                    "fewer fields in its `on`, or write `once: true`"));
  }

  void tell_many(const std::vector<std::size_t>& tangle, const std::vector<Edge>& circle) {
    Diagnostic& finding = diagnostics_.error(
        codes::kAutomationLoop, of(circle.front().from).where,
        std::to_string(tangle.size()) +
            " automations set each other off in more ways than can be checked for loops",
        "name in each `on` the fields that matter, so that fewer of them listen for each other");
    finding.related.push_back({of(circle.front().from).where, "this is one of these ways:"});
    add_path(circle, finding);
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
  std::vector<Arc> arcs_;
  std::vector<std::size_t> edges_;  // of the graph, by index of arcs_
};

}  // namespace

void check_automation_loops(const model::Model& model, Diagnostics& diagnostics) {
  if (model.automations.empty()) return;
  const Ground ground(model);
  Graph graph(ground);
  Report(model, graph, diagnostics).run();
}

}  // namespace formwork::lint
