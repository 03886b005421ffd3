#include "dsl/compile/automation_place.h"

#include <algorithm>

#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

// What terms for people are read against where there is no record.
const model::Entity& no_entity() {
  static const model::Entity kNone{};
  return kNone;
}

}  // namespace

AutomationPlace::AutomationPlace(std::string name, const model::Entity* entity, Context& context)
    : name_(std::move(name)), entity_(entity), context_(context) {
  const model::Scopes& scopes = *context.model.scopes;
  scope_ = std::make_shared<feel::Scope>(entity == nullptr ? scopes.of_nothing()
                                                           : scopes.of_automation(*entity));
  own_slots_ = scope_->variables().size();
}

std::optional<feel::Expression> AutomationPlace::compile(const Phrase& phrase,
                                                         const feel::Type& expected) {
  auto expression = compile_phrase(phrase, *scope_, expected, context_);
  if (!expression || !knows_old(*expression, phrase)) return std::nullopt;
  return expression;
}

// Told at the word itself.
bool AutomationPlace::knows_old(const feel::Expression& expression, const Phrase& phrase) {
  if (no_old_.empty() || entity_ == nullptr) return true;
  const auto reads = expression.reads();
  if (std::find(reads.begin(), reads.end(), model::old_slot(*entity_)) == reads.end()) return true;
  const auto& nodes = expression.tree().nodes;
  const auto word = std::find_if(nodes.begin(), nodes.end(), [](const auto& node) {
    return node.kind == feel::syntax::Kind::Name && node.text == "old";
  });
  report_old(word == nodes.end() ? phrase.where() : phrase.place(word->begin, word->end));
  return false;
}

void AutomationPlace::report_old(const Span& where) {
  context_.diagnostics.error(codes::kAutomationOld, where,
                             "nobody knows here what the record was before: " + no_old_,
                             "ask the record as it is, or keep the value in a field of its own");
}

std::optional<feel::Expression> AutomationPlace::read_condition(const yaml::Node& node) {
  if (!node.is_null() && !may_be_condition(node)) {
    report_wrong_type(node, "a condition in FEEL", context_);
    return std::nullopt;
  }
  return read_expression(node, feel::TypeKind::Boolean);
}

std::optional<feel::Expression> AutomationPlace::read_expression(const yaml::Node& node,
                                                                 const feel::Type& expected) {
  const auto phrase = expression_in(node, context_);
  return phrase ? compile(*phrase, expected) : std::nullopt;
}

std::vector<model::FieldValue> AutomationPlace::read_values(const yaml::Node& node,
                                                            const model::Entity& of) {
  const auto in_place = [this](const Phrase& phrase, const feel::Type& expected) {
    return compile(phrase, expected);
  };
  return read_field_values(node, {.entity = of, .scope = *scope_, .compile = in_place}, context_);
}

model::People AutomationPlace::read_people(const yaml::Node& node) {
  const PeoplePlace place{.entity = entity_ == nullptr ? no_entity() : *entity_,
                          .asker = name_,
                          .scope = scope_.get(),
                          .code = codes::kPeopleTerm};
  model::People people = compile::read_people(node, place, context_);
  for (const model::PeopleTerm& term : people.terms) {
    const std::vector<std::size_t> reads = reads_of(model::People{{term}});
    const bool asks_old = entity_ != nullptr && std::find(reads.begin(), reads.end(),
                                                          model::old_slot(*entity_)) != reads.end();
    if (asks_old && !no_old_.empty()) report_old(term.where);
    if (entity_ != nullptr || term.kind != model::PeopleTerm::Kind::Decision) continue;
    context_.diagnostics.error(codes::kPeopleTerm, term.where,
                               "a table decides about a record, and there is none",
                               "name people by `role …`, `team …` or `user …`");
  }
  return people;
}

model::TextTemplate AutomationPlace::read_template(const yaml::Node& node, Lines lines) {
  const auto in_place = [this](const Phrase& phrase, const feel::Type& expected) {
    return compile(phrase, expected);
  };
  return compile::read_template(node, lines, in_place, context_);
}

std::optional<std::size_t> AutomationPlace::add_record(const yaml::Node& node,
                                                       const model::Entity& of) {
  const auto name = read_text(node, "a name", context_);
  if (!name || !check_name(*name, node.span, "a record", context_)) return std::nullopt;
  if (const auto known = scope_->find(*name)) {
    std::string message = "a record that was made before is called `" + *name + "` already";
    if (*known < own_slots_) message = "`" + *name + "` has a meaning here already";
    context_.diagnostics.error(codes::kAutomationName, node.span, message, "choose another name");
    return std::nullopt;
  }
  return scope_->add(*name, feel::Type::record(context_.model.scopes->record_type(of)));
}

}  // namespace formwork::compile
