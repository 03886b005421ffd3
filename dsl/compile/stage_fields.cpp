// The fields that the engine keeps for entities with stages, and what other fields say of stages.
#include <algorithm>
#include <array>

#include "dsl/compile/kept_fields.h"
#include "dsl/compile/lifecycle.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/field_type.h"

namespace formwork::compile {
namespace {

using fields::Field;
using fields::Option;

constexpr KeptField kStage{"stage", "choice", {"stage.stage", "Stage", "阶段"}};
constexpr KeptField kSince{
    "stage_since", "date_time", {"stage.since", "In stage since", "进入阶段时间"}};
constexpr KeptField kFinal{"final", "choice", {"stage.final", "Outcome", "结果"}};
constexpr KeptField kClosedAt{
    "closed_at", "date_time", {"stage.closed-at", "Closed at", "结束时间"}};
constexpr KeptField kChecklist{
    "checklist", "multi_choice", {"stage.checklist", "Done", "已完成事项"}};
constexpr KeptField kLifecycle{"lifecycle", "choice", {"stage.lifecycle", "Process", "流程"}};

// In the order of model::Final.
constexpr MessageText kFinals[] = {{"stage.won", "Won", "赢单"},
                                   {"stage.lost", "Lost", "输单"},
                                   {"stage.neutral", "Ended", "结束"}};

// The stages of all lifecycles, so that those of each stand in its order as far as their orders
// agree.
std::vector<Option> stage_options(const model::Entity& entity) {
  std::vector<Option> options;
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    auto next = options.begin();
    for (const model::Stage& stage : lifecycle.stages) {
      const auto known = std::find_if(options.begin(), options.end(), [&](const Option& option) {
        return option.code == stage.name;
      });
      next = (known != options.end() ? known : options.insert(next, {stage.name, stage.label})) + 1;
    }
  }
  return options;
}

std::vector<Option> item_options(const model::Entity& entity) {
  std::vector<Option> options;
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    for (const model::Stage& stage : lifecycle.stages) {
      for (const model::ChecklistItem& item : stage.checklist) {
        const bool is_known = std::any_of(options.begin(), options.end(),
                                          [&](const Option& o) { return o.code == item.code; });
        if (!is_known) options.push_back({item.code, item.label});
      }
    }
  }
  return options;
}

std::vector<Option> final_options(const Context& context) {
  std::vector<Option> options;
  for (std::size_t i = 0; i < std::size(kFinals); ++i) {
    options.push_back({std::string(model::final_name(static_cast<model::Final>(i))),
                       in_all_locales(kFinals[i], context)});
  }
  return options;
}

std::vector<Option> lifecycle_options(const model::Entity& entity) {
  std::vector<Option> options;
  for (const model::Lifecycle& lifecycle : entity.lifecycles) {
    options.push_back({lifecycle.name, lifecycle.label});
  }
  return options;
}

void add_fields(const Span& where, model::Entity& entity, Context& context) {
  model::StageFields kept;
  kept.stage = add_kept_field(kStage, where, stage_options(entity), entity, context);
  kept.since = add_kept_field(kSince, where, {}, entity, context);
  kept.final = add_kept_field(kFinal, where, final_options(context), entity, context);
  kept.closed_at = add_kept_field(kClosedAt, where, {}, entity, context);
  std::vector<Option> items = item_options(entity);
  if (!items.empty())
    kept.checklist = add_kept_field(kChecklist, where, std::move(items), entity, context);
  if (entity.lifecycles.size() > 1) {
    kept.lifecycle = add_kept_field(kLifecycle, where, lifecycle_options(entity), entity, context);
  }
  entity.stage_fields = kept;
}

void read_required_from(const yaml::Node& node, Field& field, const model::Entity& entity,
                        Context& context) {
  const auto name = read_text(node, "the name of a stage", context);
  if (!name) return;
  if (!entity.stage_fields) {
    context.diagnostics.error(codes::kFieldRequiredFrom, node.span,
                              "`" + entity.name + "` has no stages",
                              "add a `lifecycle`, or write `required: true`");
    return;
  }
  const std::vector<Option>& stages = entity.fields[entity.stage_fields->stage].options;
  std::vector<std::string_view> names;
  for (const Option& stage : stages) names.push_back(stage.code);
  const auto found = std::find(names.begin(), names.end(), *name);
  if (found != names.end()) {
    field.required_from = static_cast<std::size_t>(found - names.begin());
  } else if (!names.empty()) {
    report_missing(codes::kNameUnknown, node.span,
                   "`" + *name + "` is not a stage of " + entity.name, suggest(*name, names),
                   context);
  }
}

}  // namespace

bool is_stage_field(std::string_view name) {
  constexpr std::array kKept{&kStage, &kSince, &kFinal, &kClosedAt, &kChecklist, &kLifecycle};
  return std::any_of(kKept.begin(), kKept.end(),
                     [&](const KeptField* text) { return text->name == name; });
}

void add_stage_fields(const Document& document, const Span& where, model::Entity& entity,
                      Context& context) {
  if (has_lifecycle(*document.node)) add_fields(where, entity, context);
  const yaml::Node* definitions = value_of(*document.node, "fields");
  if (definitions == nullptr || !definitions->is_mapping()) return;
  for (const yaml::Entry& entry : definitions->entries) {
    const std::optional<std::size_t> index = model::field_index(entity, entry.key);
    if (!index || entity.fields[*index].type == nullptr) continue;
    const yaml::Node definition = whole_definition(entry.value, context);
    const yaml::Node* from = value_of(definition, "required_from");
    if (from != nullptr) read_required_from(*from, entity.fields[*index], entity, context);
  }
}

}  // namespace formwork::compile
