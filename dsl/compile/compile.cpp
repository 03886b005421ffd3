#include "dsl/compile/compile.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "dsl/compile/assignment.h"
#include "dsl/compile/context.h"
#include "dsl/compile/formulas.h"
#include "dsl/compile/lifecycle.h"
#include "dsl/compile/names.h"
#include "dsl/compile/people.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"
#include "dsl/yaml/parse.h"

namespace formwork::compile {
namespace {

// What the value of a document's first key is.
enum class Title : unsigned char {
  None,      // the contents
  Name,      // how other documents call it
  Sentence,  // any text
};

// First keys that make a document.
struct Kind {
  std::string_view key;
  Title title;
};

constexpr Kind kKinds[] = {
    {"app", Title::Name},        {"fields", Title::None},       {"option_sets", Title::None},
    {"entity", Title::Name},     {"decision", Title::Name},     {"role", Title::Name},
    {"approval", Title::Name},   {"scenario", Title::Sentence}, {"team", Title::Name},
    {"calendar", Title::Name},   {"people", Title::None},       {"webhook", Title::Name},
    {"form", Title::Name},       {"notification", Title::Name}, {"automation", Title::Name},
    {"assignment", Title::Name},
};

std::string all_kinds() {
  std::string text;
  for (const Kind& kind : kKinds) text += (text.empty() ? "" : ", ") + std::string(kind.key);
  return text;
}

class Compiler {
 public:
  Compiler(Input input, Diagnostics& diagnostics)
      : diagnostics_(diagnostics), context_{diagnostics, *model_, {}, {}, {}, {}} {
    model_->fingerprint = std::move(input.fingerprint);
    model_->sources = std::move(input.sources);
  }

  std::shared_ptr<const model::Model> run() {
    read_documents();
    compile_apps();
    for (const Document& document : of_kind("fields")) collect_dictionary(document, context_);
    for (const Document& document : of_kind("option_sets")) collect_dictionary(document, context_);
    for (const Document& document : of_kind("decision")) read_decision(document, context_);
    declare(model_->teams, "team");
    compile_each("team", model_->teams, compile_team);
    check_team_circles(context_);
    compile_calendars();
    declare_entities();
    declare(model_->roles, "role");
    declare(model_->approvals, "approval");
    settle_approvals();
    declare(model_->assignments, "assignment");
    declare(model_->notifications, "notification");
    declare(model_->webhooks, "webhook");
    declare(model_->forms, "form");
    declare(model_->automations, "automation");
    settle_assignments(of_kind("assignment"), seconds_, context_);
    for (std::size_t i = 0; i < entity_documents_.size(); ++i) {
      compile_entity(entity_documents_[i], model_->entities[i], context_);
    }
    model_->scopes = std::make_shared<const model::Scopes>(*model_);
    for (std::size_t i = 0; i < entity_documents_.size(); ++i) {
      compile_formulas(entity_documents_[i], model_->entities[i], context_);
      compile_lifecycles(entity_documents_[i], model_->entities[i], context_);
    }
    compile_each("webhook", model_->webhooks, compile_webhook);
    compile_each("form", model_->forms, compile_form);
    compile_people();
    compile_each("approval", model_->approvals, compile_approval);
    compile_each("assignment", model_->assignments, compile_assignment);
    compile_each("notification", model_->notifications, compile_notification);
    compile_each("automation", model_->automations, compile_automation);
    compile_seconds();
    finish_decisions(context_);
    compile_dictionary(context_);
    compile_each("role", model_->roles, compile_role);
    declare(model_->scenarios, "scenario");
    compile_each("scenario", model_->scenarios, compile_scenario);
    order_automations();
    diagnostics_.sort();
    if (diagnostics_.has_errors()) return nullptr;
    return model_;
  }

 private:
  void read_documents() {
    trees_.reserve(model_->sources.size());
    for (const SourcePtr& source : model_->sources) {
      const std::size_t found = diagnostics_.all().size();
      trees_.push_back(yaml::parse(source, diagnostics_));
      note_damage(trees_.back(), diagnostics_.all().subspan(found));
      for (const yaml::Document& document : trees_.back()) read_document(document.root);
    }
  }

  void note_damage(const std::vector<yaml::Document>& documents,
                   std::span<const Diagnostic> findings) {
    for (const Diagnostic& finding : findings) {
      if (finding.code == codes::kYamlDuplicateKey) continue;  // it hides nothing
      context_.yaml_problems.push_back(finding.where);
      for (const yaml::Document& document : documents) {
        const bool inside =
            document.span.begin <= finding.where.begin && finding.where.begin <= document.span.end;
        if (inside) context_.damaged.push_back(document.span);
      }
    }
  }

  void read_document(const yaml::Node& node) {
    std::vector<std::string_view> names;
    for (const Kind& kind : kKinds) names.push_back(kind.key);
    if (!node.is_mapping() || node.entries.empty()) {
      report_wrong_type(node, "a document that begins with one of: " + all_kinds(), context_);
      return;
    }
    const yaml::Entry& first = node.entries.front();
    const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const Kind& k) { return k.key == first.key; });
    if (kind == std::end(kKinds)) {
      diagnostics_.error(codes::kDocumentKind, first.key_span,
                         "`" + first.key + "` is not a kind of document",
                         suggest(first.key, names));
      return;
    }
    Document document{&node, kind->key, {}, first.key_span};
    if (kind->title != Title::None && !read_title(first, kind->title, document)) {
      has_nameless_app_ = has_nameless_app_ || kind->key == "app";
      return;
    }
    documents_.push_back(std::move(document));
  }

  bool read_title(const yaml::Entry& first, Title title, Document& document) {
    const bool is_name = title == Title::Name;
    const auto name = read_text(first.value, is_name ? "a name" : "a sentence", context_);
    if (!name) return false;
    document.name = *name;
    document.name_where = first.value.span;
    const std::string what = with_article(document.kind);
    if (is_name && !check_name(*name, first.value.span, what, context_)) return false;
    if (document.kind == "entity" && is_reserved_entity(*name)) report_reserved(document);
    return !is_second(document);
  }

  // The entity is compiled all the same, so that mentions of it are not mistakes of their own.
  void report_reserved(const Document& entity) {
    diagnostics_.error(codes::kNameReserved, entity.name_where,
                       "`" + entity.name + "` begins addresses of the program's own",
                       "give the entity another name");
  }

  // Two documents of one name: the second is reported, read for mistakes of its own, and left out.
  bool is_second(const Document& document) {
    for (const Document& other : documents_) {
      if (other.kind != document.kind || other.name != document.name) continue;
      diagnostics_
          .error(codes::kDocumentDuplicate, document.name_where,
                 "the " + std::string(document.kind) + " `" + document.name + "` is defined twice",
                 "rename or remove one")
          .related.push_back({other.name_where, "it is defined here too"});
      seconds_.push_back(document);
      return true;
    }
    return false;
  }

  std::vector<Document> of_kind(std::string_view kind) const {
    std::vector<Document> found;
    for (const Document& document : documents_) {
      if (document.kind == kind) found.push_back(document);
    }
    return found;
  }

  void compile_apps() {
    const std::vector<Document> apps = of_kind("app");
    if (apps.empty()) {
      Span where;
      if (!model_->sources.empty()) where = {model_->sources.front(), 0, 0};
      if (!has_nameless_app_) {
        diagnostics_.error(codes::kAppMissing, where, "no document says what this app is",
                           "add one that begins with `app: <name>`");
      }
      model_->app.locales = {"en"};
      model_->app.currency = "CNY";
      model_->app.time_zone = &TimeZone::utc();
      return;
    }
    compile_app(apps.front(), context_);
    for (std::size_t i = 1; i < apps.size(); ++i) {
      diagnostics_
          .error(codes::kDocumentDuplicate, apps[i].name_where,
                 "a folder holds one app, and `" + apps[i].name + "` is the second", "remove one")
          .related.push_back({apps.front().name_where, "the first is here"});
    }
    read_navigation(apps.front());
  }

  void read_navigation(const Document& app) {
    if (const yaml::Node* node = value_of(*app.node, "navigation")) {
      navigation_ = read_text_list(*node, "a list of entities", context_);
    }
    for (std::size_t i = 0; i < navigation_.size(); ++i) {
      const auto end = navigation_.begin() + static_cast<std::ptrdiff_t>(i);
      const auto same = [&](const PlacedText& other) { return other.text == navigation_[i].text; };
      const auto first = std::find_if(navigation_.begin(), end, same);
      if (first == end) continue;
      diagnostics_
          .error(codes::kDocumentDuplicate, navigation_[i].where,
                 "`" + navigation_[i].text + "` is listed twice", "remove one")
          .related.push_back({first->where, "it is here too"});
    }
  }

  // Entities exist before any is compiled, because they point to each other. Those that the app's
  // navigation names come first, in its order.
  void declare_entities() {
    entity_documents_ = of_kind("entity");
    std::vector<std::string_view> names;
    for (const Document& document : entity_documents_) names.push_back(document.name);
    for (const PlacedText& name : navigation_) {
      if (std::find(names.begin(), names.end(), name.text) != names.end()) continue;
      diagnostics_.error(codes::kNameUnknown, name.where, "there is no entity `" + name.text + "`",
                         suggest(name.text, names));
    }
    const auto rank = [this](const Document& document) {
      const auto place =
          std::find_if(navigation_.begin(), navigation_.end(),
                       [&](const PlacedText& name) { return name.text == document.name; });
      return place - navigation_.begin();
    };
    std::stable_sort(entity_documents_.begin(), entity_documents_.end(),
                     [&](const Document& a, const Document& b) { return rank(a) < rank(b); });
    for (const Document& document : entity_documents_) {
      model::Entity entity;
      entity.name = document.name;
      entity.index = model_->entities.size();
      entity.where = document.name_where;
      model_->entities.push_back(std::move(entity));
    }
    if (entity_documents_.empty() && !of_kind("app").empty()) {
      diagnostics_.error(codes::kDocumentEmpty, of_kind("app").front().name_where,
                         "this app has no entities",
                         "add a document that begins with `entity: <name>`");
    }
  }

  // As they run on one event.
  void order_automations() {
    std::vector<model::Automation>& automations = model_->automations;
    std::sort(automations.begin(), automations.end(),
              [](const model::Automation& a, const model::Automation& b) {
                return std::tie(a.order, a.name) < std::tie(b.order, b.name);
              });
    for (std::size_t i = 0; i < automations.size(); ++i) automations[i].index = i;
  }

  // Whoever renames one of two has to meet no further mistake in it.
  void compile_seconds() {
    for (const Document& document : seconds_) {
      if (document.kind == "entity") compile_second(document, compile_entity);
      if (document.kind == "role") compile_second(document, compile_role);
      if (document.kind == "team") compile_second(document, compile_team);
      if (document.kind == "calendar") compile_calendar(document, context_);
      if (document.kind == "approval") compile_second(document, compile_approval);
      if (document.kind == "assignment") compile_second(document, compile_assignment);
      if (document.kind == "webhook") compile_second(document, compile_webhook);
      if (document.kind == "form") compile_second(document, compile_form);
      if (document.kind == "notification") compile_second(document, compile_notification);
      if (document.kind == "automation") compile_second(document, compile_automation);
      if (document.kind == "scenario") compile_second(document, compile_scenario);
    }
  }

  template <class Item>
  void compile_second(const Document& document, void (*step)(const Document&, Item&, Context&)) {
    Item item;
    item.name = document.name;
    item.where = document.name_where;
    step(document, item, context_);
  }

  // Names first, so that documents may point to each other in any order.
  template <class Item>
  void declare(std::vector<Item>& items, std::string_view kind) {
    for (const Document& document : of_kind(kind)) {
      Item item;
      item.name = document.name;
      item.where = document.name_where;
      if constexpr (requires { item.index; }) item.index = items.size();
      items.push_back(std::move(item));
    }
  }

  template <class Item>
  void compile_each(std::string_view kind, std::vector<Item>& items,
                    void (*step)(const Document&, Item&, Context&)) {
    const std::vector<Document> documents = of_kind(kind);
    for (std::size_t i = 0; i < documents.size(); ++i) step(documents[i], items[i], context_);
  }

  void compile_calendars() {
    for (const Document& document : of_kind("calendar")) {
      model_->calendars.push_back(compile_calendar(document, context_));
    }
    const std::vector<Document> apps = of_kind("app");
    const yaml::Node* node = apps.empty() ? nullptr : value_of(*apps.front().node, "calendar");
    if (node != nullptr) {
      if (const auto name = read_text(*node, "the name of a calendar", context_)) {
        return choose_calendar({*name, node->span});
      }
    }
    model_->app.calendar = model_->calendars.size();
    model_->calendars.push_back({.name = {},
                                 .label = {},
                                 .calendar = calendar::Calendar::plain(*model_->app.time_zone),
                                 .where = {}});
  }

  void choose_calendar(const PlacedText& name) {
    std::vector<std::string_view> names;
    for (const model::BusinessCalendar& calendar : model_->calendars) {
      if (calendar.name == name.text) model_->app.calendar = names.size();
      names.push_back(calendar.name);
    }
    if (std::find(names.begin(), names.end(), name.text) != names.end()) return;
    diagnostics_.error(codes::kNameUnknown, name.where, "there is no calendar `" + name.text + "`",
                       suggest(name.text, names));
  }

  void compile_people() {
    const std::vector<Document> documents = of_kind("people");
    for (const Document& document : documents) collect_people(document, context_);
    for (const Document& document : documents) settle_managers(document, context_);
    check_manager_circles(context_);
  }

  // Stages ask for which entity a chain is before chains are compiled.
  void settle_approvals() {
    const std::vector<Document> documents = of_kind("approval");
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const yaml::Node* of = value_of(*documents[i].node, "of");
      const model::Entity* entity = of == nullptr ? nullptr : model_->find_entity(of->text);
      context_.approval_entities.push_back(entity == nullptr ? std::nullopt
                                                             : std::optional(entity->index));
    }
  }

  Diagnostics& diagnostics_;
  std::shared_ptr<model::Model> model_ = std::make_shared<model::Model>();
  Context context_;
  std::vector<std::vector<yaml::Document>> trees_;  // documents point into them
  std::vector<Document> documents_;
  std::vector<Document> seconds_;  // of a name that another document has already
  std::vector<Document> entity_documents_;
  std::vector<PlacedText> navigation_;
  bool has_nameless_app_ = false;  // there is one, and what is wrong with its name was said
};

}  // namespace

std::shared_ptr<const model::Model> compile(Input input, Diagnostics& diagnostics) {
  return Compiler(std::move(input), diagnostics).run();
}

std::vector<std::string_view> document_kinds() {
  std::vector<std::string_view> kinds;
  for (const Kind& kind : kKinds) kinds.push_back(kind.key);
  return kinds;
}

}  // namespace formwork::compile
