// Lifecycles as far as others name them: the stages, their checklists, and what both are called.
#include "dsl/compile/lifecycle.h"

#include <algorithm>
#include <map>

#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"

namespace formwork::compile {
namespace {

// Labels of what several lifecycles have in common, by name, with the place where each was given.
class SharedLabels {
 public:
  SharedLabels(std::string_view what, Context& context) : what_(what), context_(context) {}

  void note(const std::string& name, const Localized& label, const Span& where) {
    const auto [known, is_new] = labels_.try_emplace(name, Given{label, where});
    if (is_new || known->second.label.by_locale == label.by_locale) return;
    context_.diagnostics
        .error(
            codes::kStageShared, where,
            "two lifecycles call the " + std::string(what_) + " `" + name + "` by different labels",
            "write the same label, or give one of them another name")
        .related.push_back({known->second.where, "the other label is here"});
  }

  // What another lifecycle calls it counts where nothing is said.
  void complete(const std::string& name, Localized& label) const {
    const auto known = labels_.find(name);
    if (known != labels_.end()) label = known->second.label;
  }

 private:
  struct Given {
    Localized label;
    Span where;
  };

  std::string_view what_;
  Context& context_;
  std::map<std::string, Given, std::less<>> labels_;
};

class Declaration {
 public:
  Declaration(model::Entity& entity, Context& context)
      : entity_(entity), context_(context), stages_("stage", context), items_("item", context) {}

  void add(const LifecycleText& text, bool is_named) {
    model::Lifecycle lifecycle;
    lifecycle.name = text.name;
    lifecycle.where = text.where;
    lifecycle.label = default_label(text.name.empty() ? entity_.name : text.name, context_);
    if (text.node->is_mapping()) {
      read(*text.node, is_named, lifecycle);
    } else {
      report_wrong_type(*text.node, "a lifecycle: a mapping with `stages`", context_);
    }
    entity_.lifecycles.push_back(std::move(lifecycle));
  }

  void complete_labels() {
    for (model::Lifecycle& lifecycle : entity_.lifecycles) {
      for (model::Stage& stage : lifecycle.stages) {
        stages_.complete(stage.name, stage.label);
        for (model::ChecklistItem& item : stage.checklist) items_.complete(item.code, item.label);
      }
    }
  }

 private:
  void read(const yaml::Node& node, bool is_named, model::Lifecycle& lifecycle) {
    if (is_named) check_keys(node, keys::kNamedLifecycle, "a lifecycle among several", context_);
    if (!is_named) check_keys(node, keys::kLifecycle, "a lifecycle", context_);
    const yaml::Node* label = is_named ? value_of(node, "label") : nullptr;
    if (label != nullptr) {
      if (auto text = read_localized(*label, context_)) lifecycle.label = std::move(*text);
    }
    const yaml::Node* stages = value_of(node, "stages");
    if (stages == nullptr) {
      report_missing(codes::kDocumentMissingKey, lifecycle.where, "a lifecycle has no stages",
                     "write `stages: …`", context_);
      return;
    }
    if (!stages->is_mapping() || stages->entries.empty()) {
      report_wrong_type(*stages, "the stages: a mapping of names to stages", context_);
      return;
    }
    codes_.clear();
    for (const yaml::Entry& entry : stages->entries) read_stage(entry, lifecycle);
  }

  void read_stage(const yaml::Entry& entry, model::Lifecycle& lifecycle) {
    if (!check_name(entry.key, entry.key_span, "a stage", context_)) return;
    model::Stage stage;
    stage.name = entry.key;
    stage.where = entry.key_span;
    stage.label = default_label(entry.key, context_);
    if (entry.value.is_mapping()) {
      check_keys(entry.value, keys::kStage, "a stage", context_);
      if (const yaml::Node* label = value_of(entry.value, "label")) {
        if (read_label(*label, stage.label)) stages_.note(stage.name, stage.label, label->span);
      }
      if (const yaml::Node* checklist = value_of(entry.value, "checklist")) {
        read_checklist(*checklist, stage);
      }
    } else if (!entry.value.is_null()) {
      report_wrong_type(entry.value, "a stage: a mapping", context_);
    }
    lifecycle.stages.push_back(std::move(stage));
  }

  void read_checklist(const yaml::Node& node, model::Stage& stage) {
    if (!node.is_mapping() || node.entries.empty()) {
      report_wrong_type(node, "a checklist: a mapping of names to what is to be done", context_);
      return;
    }
    for (const yaml::Entry& entry : node.entries) {
      if (!check_name(entry.key, entry.key_span, "an item", context_)) continue;
      const auto [known, is_new] = codes_.try_emplace(entry.key, entry.key_span);
      if (!is_new) {
        context_.diagnostics
            .error(codes::kDocumentDuplicate, entry.key_span,
                   "the item `" + entry.key + "` stands in two stages", "rename one of them")
            .related.push_back({known->second, "it is here too"});
        continue;
      }
      stage.checklist.push_back(read_item(entry));
    }
  }

  model::ChecklistItem read_item(const yaml::Entry& entry) {
    model::ChecklistItem item{.code = entry.key,
                              .label = default_label(entry.key, context_),
                              .hint = {},
                              .required = false,
                              .where = entry.key_span};
    const yaml::Node* label = &entry.value;
    if (is_described(entry.value)) {
      check_keys(entry.value, keys::kChecklistItem, "an item", context_);
      label = value_of(entry.value, "label");
      if (const yaml::Node* hint = value_of(entry.value, "hint")) read_label(*hint, item.hint);
      if (const yaml::Node* required = value_of(entry.value, "required")) {
        item.required = read_boolean(*required, context_).value_or(false);
      }
    }
    if (label == nullptr || label->is_null()) return item;
    if (read_label(*label, item.label)) items_.note(item.code, item.label, label->span);
    return item;
  }

  // A mapping is either the label in each locale, or more than the label.
  static bool is_described(const yaml::Node& node) {
    return node.is_mapping() &&
           std::any_of(std::begin(keys::kChecklistItem), std::end(keys::kChecklistItem),
                       [&](std::string_view key) { return node.find(key) != nullptr; });
  }

  bool read_label(const yaml::Node& node, Localized& into) {
    auto text = read_localized(node, context_);
    if (!text) return false;
    into = std::move(*text);
    return true;
  }

  model::Entity& entity_;
  Context& context_;
  SharedLabels stages_;
  SharedLabels items_;
  std::map<std::string, Span, std::less<>> codes_;  // of the items of one lifecycle
};

}  // namespace

bool has_lifecycle(const yaml::Node& entity) {
  return value_of(entity, "lifecycle") != nullptr || value_of(entity, "lifecycles") != nullptr;
}

std::vector<LifecycleText> lifecycle_texts(const yaml::Node& entity) {
  std::vector<LifecycleText> texts;
  if (const yaml::Entry* only = entity.find("lifecycle")) {
    texts.push_back({"", only->key_span, &only->value});
    return texts;
  }
  const yaml::Node* several = value_of(entity, "lifecycles");
  if (several == nullptr || !several->is_mapping()) return texts;
  for (const yaml::Entry& entry : several->entries) {
    texts.push_back({entry.key, entry.key_span, &entry.value});
  }
  return texts;
}

void declare_lifecycles(const Document& document, model::Entity& entity, Context& context) {
  const yaml::Node& node = *document.node;
  if (!has_lifecycle(node)) {
    add_stage_fields(document, {}, entity, context);
    return;
  }
  const yaml::Entry* only = node.find("lifecycle");
  const yaml::Entry* several = node.find("lifecycles");
  if (only != nullptr && several != nullptr) {
    context.diagnostics.error(codes::kLifecycleWhen, several->key_span,
                              "an entity has one lifecycle, or several with names",
                              "move `lifecycle` into `lifecycles`, as the last of them");
  }
  if (several != nullptr && (!several->value.is_mapping() || several->value.entries.empty())) {
    report_wrong_type(several->value, "the lifecycles: a mapping of names to lifecycles", context);
  }
  Declaration declaration(entity, context);
  for (const LifecycleText& text : lifecycle_texts(node)) {
    const bool is_named = only == nullptr;
    if (is_named) check_name(text.name, text.where, "a lifecycle", context);
    declaration.add(text, is_named);
  }
  declaration.complete_labels();
  add_stage_fields(document, only != nullptr ? only->key_span : several->key_span, entity, context);
}

}  // namespace formwork::compile
