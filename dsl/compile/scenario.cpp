// A scenario: what people do with an app and what comes of it.
#include <algorithm>
#include <utility>

#include "dsl/compile/keys.h"
#include "dsl/compile/scenario_expect.h"

namespace formwork::compile {
namespace {

using Step = model::ScenarioStep;

class ScenarioReader {
 public:
  ScenarioReader(const Document& document, model::Scenario& scenario, Context& context)
      : document_(document),
        node_(*document.node),
        scenario_(scenario),
        context_(context),
        names_(context),
        cases_(scenario, context),
        values_(names_, cases_, context),
        expect_(names_, cases_, values_, context) {}

  void read() {
    check_keys(node_, keys::kScenario, "a scenario", context_);
    if (const yaml::Node* cases = value_of(node_, "cases")) cases_.read(*cases);
    if (const yaml::Node* as = value_of(node_, "as")) scenario_.as = read_person(*as);
    if (const yaml::Node* at = value_of(node_, "at")) read_moment(*at);
    const yaml::Node* steps = value_of(node_, "steps");
    if (steps == nullptr || !steps->is_sequence() || steps->items.empty()) {
      report_missing(codes::kDocumentMissingKey, document_.name_where, "this scenario has no steps",
                     "write `steps: [ … ]`", context_);
      return;
    }
    for (const yaml::Entry& entry : node_.entries) {
      if (entry.key == "as" || entry.key == "steps") cases_.note_uses(entry.value);
    }
    for (const yaml::Node& step : steps->items) read_step(step);
    cases_.report_unused();
  }

 private:
  // A text that names a person, placeholders included.
  std::string read_person(const yaml::Node& node) {
    const auto text = read_text(node, "the name of a person", context_);
    if (!text) return {};
    for (const PlacedText& person : cases_.texts_of(node)) names_.check_person(person);
    return *text;
  }

  void read_moment(const yaml::Node& node) {
    const auto text = read_text(node, "a date and time", context_);
    if (!text) return;
    scenario_.at = parse_instant(*text);
    if (scenario_.at) return;
    if (const auto local = parse_local_date_time(*text)) {
      scenario_.at = context_.model.app.time_zone->to_instant(*local);
      return;
    }
    context_.diagnostics.error(codes::kScenarioStep, node.span,
                               "`" + *text + "` is no date and time",
                               "write it as 2026-03-02T09:00, or with an offset: "
                               "2026-03-02T09:00+08:00");
  }

  void read_step(const yaml::Node& node) {
    if (!node.is_mapping() || node.entries.empty()) {
      report_wrong_type(node, "a step: a mapping such as { approve: q }", context_);
      return;
    }
    read_actor(node);
    const yaml::Entry* verb = find_verb(node);
    if (verb == nullptr) return;
    refused_ = false;
    refusal_.clear();
    action_.reset();
    times_ = 1;
    std::string as = std::exchange(actor_, {});
    if (const yaml::Node* refused = value_of(node, "refused")) read_refused(*refused, verb->key);
    if (!has_actor_ && scenario_.as.empty()) report_nobody(verb->key_span);
    has_actor_ = true;
    read_verb(*verb, node);
    if (!action_) return;
    const Step step{.as = std::move(as),
                    .action = std::move(*action_),
                    .refused = refused_,
                    .refusal = std::move(refusal_),
                    .where = verb->key_span};
    scenario_.steps.insert(scenario_.steps.end(), times_, step);
  }

  // Whoever stands alone acts in the next step.
  void read_actor(const yaml::Node& node) {
    const yaml::Node* as = value_of(node, "as");
    if (as == nullptr) return;
    actor_ = read_person(*as);
    has_actor_ = true;
  }

  void report_nobody(const Span& where) {
    report_missing(codes::kScenarioStep, where, "nobody acts in this step",
                   "write `as: …` above the steps, or in this one", context_);
  }

  // What the step does. Null: nothing, which is reported unless it only says who acts. A comment
  // beside something else belongs to that.
  const yaml::Entry* find_verb(const yaml::Node& node) {
    const yaml::Entry* verb = nullptr;
    for (const yaml::Entry& entry : node.entries) {
      if (!is_verb(entry.key)) continue;
      if (verb == nullptr || verb->key == "comment") {
        verb = &entry;
        continue;
      }
      if (entry.key == "comment") continue;
      context_.diagnostics.error(
          codes::kScenarioStep, entry.key_span,
          "a step does one thing, and this one has `" + verb->key + "` already",
          "make it a step of its own");
    }
    if (verb == nullptr) report_no_verb(node);
    return verb;
  }

  static bool is_verb(std::string_view key) {
    return std::find(std::begin(keys::kScenarioVerbs), std::end(keys::kScenarioVerbs), key) !=
           std::end(keys::kScenarioVerbs);
  }

  void report_no_verb(const yaml::Node& node) {
    for (const yaml::Entry& entry : node.entries) {
      if (entry.key == "as") continue;
      context_.diagnostics.error(codes::kScenarioStep, entry.key_span,
                                 "`" + entry.key + "` is nothing that a step does",
                                 suggest(entry.key, keys::kScenarioVerbs));
      return;
    }
  }

  void read_refused(const yaml::Node& node, std::string_view verb) {
    if (verb == "expect" || verb == "pass") {
      context_.diagnostics.error(codes::kScenarioStep, node.span,
                                 "`" + std::string(verb) + "` is never refused",
                                 "remove `refused`");
      return;
    }
    if (node.is_scalar() && !node.quoted && (node.text == "true" || node.text == "false")) {
      refused_ = node.text == "true";
      return;
    }
    refused_ = true;
    for (const PlacedText& text : read_text_list(node, "texts of the refusal, or true", context_)) {
      json::Value value;
      value.kind = json::Value::Kind::String;
      value.text = text.text;
      refusal_.push_back({std::move(value), text.where});
    }
  }

  // Beside the verb the step may have these keys.
  void allow(const yaml::Node& step, std::string_view verb,
             std::initializer_list<std::string_view> more) {
    std::vector<std::string_view> known{"as", "refused"};
    known.insert(known.end(), more.begin(), more.end());
    for (const yaml::Entry& entry : step.entries) {
      if (entry.key == verb || (is_verb(entry.key) && entry.key != "comment")) continue;
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      context_.diagnostics.error(
          codes::kDocumentUnknownKey, entry.key_span,
          "`" + entry.key + "` is not a key beside `" + std::string(verb) + "`",
          suggest(entry.key, known));
    }
  }

  void read_verb(const yaml::Entry& verb, const yaml::Node& step) {
    const std::string_view key = verb.key;
    if (key == "create") return read_create(verb.value, step);
    if (key == "edit") return read_edit(verb.value, step);
    if (key == "delete" || key == "restore") return read_remove(verb, step);
    if (key == "move") return read_move(verb.value, step);
    if (key == "check" || key == "uncheck") return read_check(verb, step);
    if (key == "claim" || key == "assign") return read_assign(verb, step);
    if (key == "dispatch") return read_dispatch(verb.value, step);
    if (key == "release") return read_release(verb.value, step);
    if (key == "comment") return read_comment(verb.value, step);
    if (key == "done") return read_done(verb.value, step);
    if (key == "away") return read_away(verb.value, step);
    if (key == "post") return read_post(verb.value, step);
    if (key == "submit") return read_submit(verb.value, step);
    if (key == "delegate") return read_delegate(verb.value, step);
    if (key == "leave") return read_leave(verb.value, step);
    if (key == "pass") return read_pass(verb.value, step);
    if (key == "expect") {
      allow(step, key, {});
      action_ = expect_.read(verb.value);
      return;
    }
    read_decide(verb, step);
  }

  // The record that a step is about; its entity is null when it is not known.
  struct Subject {
    std::string name;
    const model::Entity* entity = nullptr;
  };

  Subject read_subject(const yaml::Node& node) {
    const auto text = read_text(node, "the name of a record", context_);
    if (!text) return {};
    Subject subject{*text, nullptr};
    for (const PlacedText& name : cases_.texts_of(node)) subject.entity = names_.check_record(name);
    return subject;
  }

  Subject read_subject(const std::string& key, const Span& where) {
    return {key, names_.check_record({key, where})};
  }

  // `{ q: review }`: the one entry, or null when it is something else, which is reported.
  const yaml::Entry* read_pair(const yaml::Node& node, std::string_view what) {
    if (node.is_mapping() && node.entries.size() == 1) return &node.entries.front();
    report_wrong_type(node, what, context_);
    return nullptr;
  }

  std::string text_beside(const yaml::Node& step, std::string_view key) {
    const yaml::Node* node = value_of(step, key);
    return node == nullptr ? "" : read_text(*node, "a text", context_).value_or("");
  }

  void read_create(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "create", {"with", "call_it", "times"});
    read_times(step);
    Step::Create create;
    const auto name = read_text(node, "the name of an entity", context_);
    const model::Entity* entity =
        name ? names_.check_entity(PlacedText{*name, node.span}) : nullptr;
    if (entity != nullptr) {
      create.entity = entity->index;
      create.with = read_with(step, *entity);
    }
    create.call_it =
        read_call_it(step, entity == nullptr ? std::nullopt : std::optional(entity->index));
    action_ = std::move(create);
  }

  // Many records that are alike; none of them has a name then.
  void read_times(const yaml::Node& step) {
    const yaml::Node* times = value_of(step, "times");
    if (times == nullptr) return;
    constexpr std::int64_t kMost = 1'000;
    times_ = static_cast<std::size_t>(
        read_integer(*times, "how many records", 1, kMost, context_).value_or(1));
    const yaml::Node* call_it = value_of(step, "call_it");
    if (call_it == nullptr) return;
    context_.diagnostics.error(codes::kScenarioStep, call_it->span,
                               "records that are made by `times` have no name",
                               "make the one that needs it in a step of its own");
  }

  // The name of the record that the step brings, unless it is refused.
  std::string read_call_it(const yaml::Node& step, std::optional<std::size_t> entity) {
    const yaml::Node* call_it = value_of(step, "call_it");
    if (call_it == nullptr) return {};
    std::string name = read_text(*call_it, "a name", context_).value_or("");
    if (entity && !name.empty() && !refused_) names_.introduce({name, call_it->span}, *entity);
    return name;
  }

  model::PlacedValues read_with(const yaml::Node& step, const model::Entity& entity) {
    const yaml::Node* with = value_of(step, "with");
    return with == nullptr ? model::PlacedValues{} : values_.read_with(*with, entity, refused_);
  }

  void read_edit(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "edit", {"with"});
    const Subject subject = read_subject(node);
    Step::Edit edit{subject.name, {}};
    if (subject.entity != nullptr) edit.with = read_with(step, *subject.entity);
    if (value_of(step, "with") == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "this edit changes nothing",
                     "write `with: { … }`", context_);
    }
    action_ = std::move(edit);
  }

  void read_remove(const yaml::Entry& verb, const yaml::Node& step) {
    allow(step, verb.key, {});
    action_ = Step::Remove{read_subject(verb.value).name, verb.key == "restore"};
  }

  // `move: { q: review }`, or `move: q` with `to: review`.
  void read_move(const yaml::Node& node, const yaml::Node& step) {
    Subject subject;
    const yaml::Node* to = nullptr;
    if (node.is_scalar()) {
      allow(step, "move", {"to", "comment"});
      subject = read_subject(node);
      to = value_of(step, "to");
    } else {
      allow(step, "move", {"comment"});
      const yaml::Entry* pair = read_pair(node, "a record and a stage: { q: review }");
      if (pair == nullptr) return;
      subject = read_subject(pair->key, pair->key_span);
      to = &pair->value;
    }
    if (to == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span, "this does not say where to",
                     "write `move: { " + subject.name + ": STAGE }`", context_);
      return;
    }
    Step::Move move{subject.name, read_text(*to, "a stage", context_).value_or(""),
                    text_beside(step, "comment")};
    if (subject.entity != nullptr && to->is_scalar()) {
      for (const PlacedText& stage : cases_.texts_of(*to)) {
        names_.check_stage(*subject.entity, stage);
      }
    }
    action_ = std::move(move);
  }

  void read_check(const yaml::Entry& verb, const yaml::Node& step) {
    allow(step, verb.key, {});
    const yaml::Entry* pair =
        read_pair(verb.value, "a record and items of its checklist: { q: [call] }");
    if (pair == nullptr) return;
    const Subject subject = read_subject(pair->key, pair->key_span);
    Step::Check check{subject.name, {}, verb.key == "check"};
    for (PlacedText& item : read_text_list(pair->value, "items of the checklist", context_)) {
      if (subject.entity != nullptr) names_.check_item(*subject.entity, item);
      check.items.push_back(std::move(item.text));
    }
    action_ = std::move(check);
  }

  void read_assign(const yaml::Entry& verb, const yaml::Node& step) {
    allow(step, verb.key, {});
    if (verb.key == "claim") {
      action_ = Step::Assign{read_subject(verb.value).name, {}};
      return;
    }
    const yaml::Entry* pair = read_pair(verb.value, "a record and a person: { q: han.mei }");
    if (pair == nullptr) return;
    action_ = Step::Assign{read_subject(pair->key, pair->key_span).name, read_person(pair->value)};
  }

  // What stands beside the verb and has to; null: it is missing, which is reported.
  const yaml::Node* needed_beside(const yaml::Node& step, std::string_view key,
                                  const yaml::Node& verb, std::string_view what) {
    const yaml::Node* node = value_of(step, key);
    if (node == nullptr) {
      report_missing(codes::kDocumentMissingKey, verb.span,
                     "this does not say " + std::string(what),
                     "write `" + std::string(key) + ": …` beside it", context_);
    }
    return node;
  }

  void read_dispatch(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "dispatch", {"by"});
    const Subject subject = read_subject(node);
    const yaml::Node* by = needed_beside(step, "by", node, "by which assignment");
    if (by == nullptr) return;
    Step::Dispatch dispatch{subject.name,
                            read_text(*by, "the name of an assignment", context_).value_or("")};
    if (subject.entity != nullptr && !dispatch.by.empty()) {
      for (const PlacedText& name : cases_.texts_of(*by)) {
        names_.check_assignment(*subject.entity, name);
      }
    }
    action_ = std::move(dispatch);
  }

  void read_release(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "release", {"to", "comment"});
    const Subject subject = read_subject(node);
    const yaml::Node* to = needed_beside(step, "to", node, "into which pool");
    if (to == nullptr) return;
    Step::Release release{subject.name, read_text(*to, "the name of a pool", context_).value_or(""),
                          text_beside(step, "comment")};
    if (subject.entity != nullptr && !release.pool.empty()) {
      for (const PlacedText& name : cases_.texts_of(*to)) names_.check_pool(*subject.entity, name);
    }
    action_ = std::move(release);
  }

  void read_comment(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "comment", {"text"});
    const Subject subject = read_subject(node);
    if (needed_beside(step, "text", node, "what is said") == nullptr) return;
    action_ = Step::Comment{subject.name, text_beside(step, "text")};
  }

  void read_done(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "done", {});
    const auto two = read_two(node, keys::kScenarioDone, "{ person: han.mei, title: Call }");
    if (!two) return;
    action_ = Step::Finish{read_person(*two->first),
                           read_text(*two->second, "a part of the title", context_).value_or("")};
  }

  void read_away(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "away", {});
    const auto two = read_two(node, keys::kScenarioAway, "{ person: han.mei, for: P3D }");
    if (!two) return;
    Step::Away away{read_person(*two->first), {}};
    if (const auto period = read_period(*two->second, context_)) away.during = *period;
    action_ = std::move(away);
  }

  void read_post(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "post", {"call_it"});
    const yaml::Node* name =
        read_arrival(node, keys::kScenarioPost, "webhook", "{ webhook: ads, body: { … } }");
    const model::Webhook* webhook = name == nullptr ? nullptr : names_.check_inbound(*name);
    if (webhook == nullptr) return;
    Step::Post post{
        .webhook = webhook->index, .body = {}, .query = read_query(node), .call_it = {}};
    if (const yaml::Node* body = value_of(node, "body")) post.body = to_json(*body);
    post.call_it = read_call_it(step, webhook->inbound()->intake.entity);
    action_ = std::move(post);
  }

  void read_submit(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "submit", {"call_it"});
    const yaml::Node* name =
        read_arrival(node, keys::kScenarioSubmit, "form", "{ form: contact_us, with: { … } }");
    const model::PublicForm* form = name == nullptr ? nullptr : names_.check_form(*name);
    if (form == nullptr) return;
    Step::Submit submit{.form = form->index, .with = {}, .query = read_query(node), .call_it = {}};
    const model::Entity& entity = context_.model.entities[form->intake.entity];
    if (const yaml::Node* with = value_of(node, "with")) {
      submit.with = values_.read_with(*with, entity, refused_);
      names_.check_asked(*form, *with);
    }
    submit.call_it = read_call_it(step, form->intake.entity);
    action_ = std::move(submit);
  }

  // By which door it comes; null when that is not said, which is reported.
  template <std::size_t N>
  const yaml::Node* read_arrival(const yaml::Node& node, const std::string_view (&known)[N],
                                 std::string_view door, std::string_view what) {
    if (!node.is_mapping()) {
      report_wrong_type(node, what, context_);
      return nullptr;
    }
    check_keys(node, known, "this step", context_);
    const yaml::Node* name = value_of(node, door);
    if (name == nullptr) {
      report_missing(codes::kDocumentMissingKey, node.span,
                     "`" + std::string(door) + "` is missing here", "write " + std::string(what),
                     context_);
      return nullptr;
    }
    return read_text(*name, "a name", context_) ? name : nullptr;
  }

  model::PlacedValues read_query(const yaml::Node& node) {
    model::PlacedValues query;
    const yaml::Node* texts = value_of(node, "query");
    if (texts == nullptr) return query;
    if (!texts->is_mapping()) {
      report_wrong_type(*texts, "a mapping of names to texts, as in the address", context_);
      return query;
    }
    for (const yaml::Entry& entry : texts->entries) {
      if (!read_text(entry.value, "a text", context_)) continue;
      query.emplace_back(entry.key, model::PlacedValue{to_json(entry.value), entry.value.span});
    }
    return query;
  }

  // Two values of a mapping that both have to be there; nothing when one is not.
  struct Two {
    const yaml::Node* first;
    const yaml::Node* second;
  };

  std::optional<Two> read_two(const yaml::Node& node, const std::string_view (&keys)[2],
                              std::string_view what) {
    if (!node.is_mapping()) {
      report_wrong_type(node, what, context_);
      return std::nullopt;
    }
    check_keys(node, keys, "this step", context_);
    const Two two{value_of(node, keys[0]), value_of(node, keys[1])};
    if (two.first != nullptr && two.second != nullptr) return two;
    const std::string missing(keys[two.first == nullptr ? 0 : 1]);
    report_missing(codes::kDocumentMissingKey, node.span, "`" + missing + "` is missing here",
                   "write " + std::string(what), context_);
    return std::nullopt;
  }

  void read_delegate(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "delegate", {});
    const auto two = read_two(node, keys::kScenarioDelegate, "{ to: han.mei, for: P7D }");
    if (!two) return;
    Step::Delegate delegate{read_person(*two->first), {}};
    if (const auto period = read_period(*two->second, context_)) delegate.during = *period;
    action_ = std::move(delegate);
  }

  void read_leave(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "leave", {});
    const auto two =
        read_two(node, keys::kScenarioLeave, "{ person: zhou.min, hand_over_to: sun.hao }");
    if (!two) return;
    action_ = Step::Leave{read_person(*two->first), read_person(*two->second)};
  }

  void read_pass(const yaml::Node& node, const yaml::Node& step) {
    allow(step, "pass", {});
    const yaml::Node* time = &node;
    if (node.is_mapping()) {
      check_keys(node, keys::kScenarioPass, "`pass`", context_);
      time = value_of(node, "business");
      if (time == nullptr) return;
    }
    auto period = read_period(*time, context_);
    if (!period) return;
    period->business = node.is_mapping();
    action_ = Step::Pass{*period};
  }

  void read_decide(const yaml::Entry& verb, const yaml::Node& step) {
    const std::string& action = verb.key;
    const bool decides = action == "approve" || action == "reject" || action == "return";
    const bool has_to = action == "transfer" || action == "add_approver" || action == "return";
    allow_decide(step, action, decides, has_to);
    const Subject subject = read_subject(verb.value);
    Step::Decide decide;
    decide.action = action;
    decide.record = subject.name;
    decide.comment = text_beside(step, "comment");
    if (subject.entity != nullptr && names_.check_approval(*subject.entity, verb.key_span)) {
      decide.with = read_with(step, *subject.entity);
    }
    if (has_to) read_to(verb, step, subject, decide);
    read_where(step, decide);
    action_ = std::move(decide);
  }

  void allow_decide(const yaml::Node& step, std::string_view action, bool decides, bool has_to) {
    if (action == "add_approver") return allow(step, action, {"comment", "to", "where"});
    if (decides && has_to) return allow(step, action, {"comment", "to", "with"});
    if (decides) return allow(step, action, {"comment", "with"});
    if (has_to) return allow(step, action, {"comment", "to"});
    allow(step, action, {"comment"});
  }

  void read_to(const yaml::Entry& verb, const yaml::Node& step, const Subject& subject,
               Step::Decide& decide) {
    const yaml::Node* to = value_of(step, "to");
    const bool needs_person = decide.action == "transfer" || decide.action == "add_approver";
    if (to == nullptr) {
      if (!needs_person) return;
      report_missing(codes::kDocumentMissingKey, verb.key_span, "this does not say to whom",
                     "write `to: …`, the name of a person", context_);
      return;
    }
    if (needs_person) {
      decide.to = read_person(*to);
      return;
    }
    decide.to = read_text(*to, "a step, `previous` or `submitter`", context_).value_or("");
    if (subject.entity == nullptr || decide.to.empty()) return;
    for (const PlacedText& name : cases_.texts_of(*to)) {
      if (name.text != "submitter" && name.text != "previous") {
        names_.check_approval_step(*subject.entity, name);
      }
    }
  }

  void read_where(const yaml::Node& step, Step::Decide& decide) {
    constexpr std::string_view kPlaces[] = {"before", "after", "alongside"};
    const yaml::Node* where = value_of(step, "where");
    if (where == nullptr) return;
    decide.where = read_text(*where, "before, after or alongside", context_).value_or("");
    if (decide.where.empty()) return;
    for (const PlacedText& place : cases_.texts_of(*where)) {
      names_.check_word(place, kPlaces, "place for another approver");
    }
  }

  const Document& document_;
  const yaml::Node& node_;
  model::Scenario& scenario_;
  Context& context_;
  ScenarioNames names_;
  ScenarioCases cases_;
  ScenarioValues values_;
  ScenarioExpect expect_;
  std::optional<Step::Action> action_;  // of the step that is read
  bool refused_ = false;
  std::vector<model::PlacedValue> refusal_;
  std::size_t times_ = 1;   // how often the step is played
  std::string actor_;       // who acts from the next step on, if somebody else
  bool has_actor_ = false;  // somebody does
};

}  // namespace

void compile_scenario(const Document& document, model::Scenario& scenario, Context& context) {
  scenario.where = document.name_where;
  ScenarioReader(document, scenario, context).read();
}

}  // namespace formwork::compile
