// A team or department, and what it is part of.
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {

void compile_team(const Document& document, model::Team& team, Context& context) {
  check_keys(*document.node, keys::kTeam, "a team", context);
  team.label = default_label(team.name, context);
  if (const yaml::Node* label = value_of(*document.node, "label")) {
    if (auto text = read_localized(*label, context)) team.label = std::move(*text);
  }
  if (const yaml::Node* department = value_of(*document.node, "department")) {
    team.is_department = read_boolean(*department, context).value_or(false);
  }
  const yaml::Node* parent = value_of(*document.node, "part_of");
  if (parent == nullptr) return;
  const auto name = read_text(*parent, "the name of a team", context);
  if (name) team.parent = find_team({*name, parent->span}, context);
}

void check_team_circles(Context& context) {
  const std::vector<model::Team>& teams = context.model.teams;
  std::vector<bool> told(teams.size());
  for (std::size_t i = 0; i < teams.size(); ++i) {
    std::string path = "`" + teams[i].name + "`";
    std::vector<std::size_t> members{i};
    auto at = teams[i].parent;
    while (at && *at != i && members.size() <= teams.size()) {
      path += " is part of `" + teams[*at].name + "`, which";
      members.push_back(*at);
      at = teams[*at].parent;
    }
    // A circle is told once, and not of those that only lead into it.
    if (!at || *at != i || told[i]) continue;
    for (const std::size_t member : members) told[member] = true;
    context.diagnostics.error(codes::kTeamCircle, teams[i].where,
                              path + " is part of `" + teams[i].name + "`", "remove one `part_of`");
  }
}

}  // namespace formwork::compile
