#include "dsl/compile/compile.h"

#include <algorithm>
#include <array>
#include <map>

#include "dsl/compile/context.h"
#include "dsl/compile/formulas.h"
#include "dsl/compile/names.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"
#include "dsl/yaml/parse.h"

namespace formwork::compile {
namespace {

// First keys that make a document. `named` kinds carry the name as the value of that key.
struct Kind {
  std::string_view key;
  bool named;
};

constexpr std::array<Kind, 5> kKinds{
    Kind{"app", true}, {"fields", false}, {"option_sets", false}, {"entity", true}, {"role", true}};

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
    declare_entities();
    for (std::size_t i = 0; i < entity_documents_.size(); ++i) {
      compile_entity(entity_documents_[i], model_->entities[i], context_);
    }
    model_->scopes = std::make_shared<const model::Scopes>(*model_);
    for (std::size_t i = 0; i < entity_documents_.size(); ++i) {
      compile_formulas(entity_documents_[i], model_->entities[i], context_);
    }
    compile_seconds();
    compile_dictionary(context_);
    compile_roles();
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
      report_wrong_type(
          node, "a document that begins with one of: app, fields, option_sets, entity, role",
          context_);
      return;
    }
    const yaml::Entry& first = node.entries.front();
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const Kind& k) { return k.key == first.key; });
    if (kind == kKinds.end()) {
      diagnostics_.error(codes::kDocumentKind, first.key_span,
                         "`" + first.key + "` is not a kind of document",
                         suggest(first.key, names));
      return;
    }
    Document document{&node, kind->key, {}, first.key_span};
    if (kind->named && !read_name(first, document)) {
      has_nameless_app_ = has_nameless_app_ || kind->key == "app";
      return;
    }
    documents_.push_back(std::move(document));
  }

  bool read_name(const yaml::Entry& first, Document& document) {
    const auto name = read_text(first.value, "a name", context_);
    if (!name) return false;
    document.name = *name;
    document.name_where = first.value.span;
    const std::string_view article =
        document.kind == "app" || document.kind == "entity" ? "an " : "a ";
    const std::string what = std::string(article) + std::string(document.kind);
    if (!check_name(*name, first.value.span, what, context_)) return false;
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

  // Whoever renames one of two has to meet no further mistake in it.
  void compile_seconds() {
    for (const Document& document : seconds_) {
      if (document.kind == "entity") {
        model::Entity entity;
        entity.name = document.name;
        entity.where = document.name_where;
        compile_entity(document, entity, context_);
      } else if (document.kind == "role") {
        model::Role role;
        role.name = document.name;
        role.where = document.name_where;
        compile_role(document, role, context_);
      }
    }
  }

  void compile_roles() {
    for (const Document& document : of_kind("role")) {
      model::Role role;
      role.name = document.name;
      role.where = document.name_where;
      compile_role(document, role, context_);
      model_->roles.push_back(std::move(role));
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
