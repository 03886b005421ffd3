// One record: its facts by section, its line items, its history; deleted ones can be restored.
#include <algorithm>

#include "engine/permissions/reader.h"
#include "server/pages/approval.h"
#include "server/pages/compiled.h"
#include "server/pages/facts.h"
#include "server/pages/history.h"
#include "server/pages/ownership.h"
#include "server/pages/page_texts.h"
#include "server/pages/people.h"
#include "server/pages/post_form.h"
#include "server/pages/refused.h"
#include "server/pages/stage.h"
#include "server/pages/todos.h"

namespace formwork::pages {
namespace {

class DetailWriter {
 public:
  DetailWriter(Html& html, const Context& context, const DetailPage& page, std::string_view title)
      : html_(html),
        context_(context),
        page_(page),
        entity_(*page.entity),
        record_(*page.record),
        standing_(page.standing),
        title_(title),
        values_(context, page.title_of),
        facts_(html, context, *page.entity, *page.record, page.title_of, page.file_of),
        name_(context.words.inside(context.label(page.entity->label))) {}

  void content() {
    heading();
    if (page_.refused)
      append_refused(html_, context_, entity_, record_.id, *page_.refused->refusal);
    if (record_.deleted_at) deleted_note();
    if (has_stage()) StageWriter(html_, context_, entity_, *standing_).path();
    html_.markup("<div class=\"split\">\n<div class=\"stack\">\n");
    if (has_stage()) StageWriter(html_, context_, entity_, *standing_).go_on();
    if (entity_.sections.empty()) {
      model::Section all;
      for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
        // What the engine keeps is told by the path.
        if (!entity_.fields[i].kept_by_engine) all.fields.push_back(i);
      }
      section(all);
    }
    for (const model::Section& one : entity_.sections) section(one);
    HistoryWriter(html_, context_, page_).card();
    html_.markup("</div>\n");
    aside();
    html_.markup("</div>\n");
  }

 private:
  bool has_stage() const {
    return standing_ != nullptr && standing_->lifecycle != nullptr && standing_->stage != nullptr;
  }

  void heading() {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1>").text(title_);
    html_.markup("</h1>");
    meta();
    if (const model::Pool* pool = pool_with_quota()) {
      append_quota(html_, context_, *pool, *page_.claim_quota);
    }
    html_.markup("</div>");
    if (!record_.deleted_at) actions();
    html_.markup("</div>\n");
  }

  // Where the record waits to be claimed, if that pool has a limit a day.
  const model::Pool* pool_with_quota() const {
    if (record_.deleted_at || standing_ == nullptr || !page_.claim_quota) return nullptr;
    if (!standing_->owner || !standing_->owner->pool) return nullptr;
    return &entity_.pools[*standing_->owner->pool];
  }

  // The number, and who owns it.
  void meta() {
    const std::optional<std::size_t> number = entity_.number;
    const bool has_number = number && is_visible(*number) && !record_.values[*number].is_null();
    const bool has_owner = standing_ != nullptr && entity_.owner && is_visible(*entity_.owner);
    if (!has_number && !has_owner) return;
    html_.markup("<p class=\"head__meta\">");
    if (has_number) {
      html_.markup("<span class=\"chip chip--line\">");
      html_.text(context_.show(entity_.fields[*number], record_.values[*number]));
      html_.markup("</span>");
    }
    if (has_owner) {
      const feel::Value& owner = record_.values[*entity_.owner];
      values_.cell(html_, entity_.fields[*entity_.owner], owner);
    }
    if (standing_ != nullptr) {
      OwnershipWriter(html_, context_, entity_, *standing_, page_.title_of).clock();
    }
    html_.markup("</p>");
  }

  void actions() {
    const bool may_edit =
        standing_ != nullptr ? standing_->may_edit : context_.may(model::Action::Edit, entity_);
    const bool may_delete =
        standing_ != nullptr ? standing_->may_delete : context_.may(model::Action::Delete, entity_);
    const bool may_assign = standing_ != nullptr && standing_->may_assign && entity_.owner;
    const bool may_claim = standing_ != nullptr && standing_->may_claim && entity_.owner;
    if (standing_ == nullptr && !may_edit && !may_delete) return;
    html_.markup("<div class=\"actions\">");
    if (may_claim) claim();
    if (may_edit) {
      html_.markup("<a class=\"btn\"").attribute("href", path_of(entity_, record_.id, "edit"));
      html_.markup(">").icon("pencil").text(context_.words(texts::kEdit)).markup("</a>");
    }
    if (may_assign) assign();
    if (standing_ != nullptr) {
      if (standing_->may_release && standing_->owner && standing_->owner->account != 0) release();
      comment();
    }
    more_actions(may_delete, standing_ != nullptr && may_try());
    html_.markup("</div>");
  }

  // What automations would do with it is for those who run the app.
  bool may_try() const {
    const auto& all = context_.model.automations;
    return context_.frame.gate->is_admin(*context_.frame.actor) &&
           std::any_of(all.begin(), all.end(), [this](const model::Automation& automation) {
             return automation.entity == entity_.index;
           });
  }

  void more_actions(bool may_delete, bool may_try) {
    if (!may_delete && !may_try) return;
    html_.markup("<details class=\"menu\"><summary class=\"btn btn--icon\"");
    html_.attribute("aria-label", context_.words(texts::kMoreActions)).markup(">");
    html_.icon("ellipsis").markup("</summary><div class=\"menu__pop\">");
    if (may_try) {
      html_.markup("<a href=\"/admin?entity=").value(encode_query(entity_.name));
      html_.markup("&amp;record=").number(record_.id).markup("\">").icon("settings");
      html_.text(context_.words(texts::kDryRunOnRecord)).markup("</a>");
    }
    if (may_delete) {
      html_.markup("<a").attribute("href", path_of(entity_, record_.id, "delete")).markup(">");
      html_.icon("trash-2").text(context_.words(texts::kDelete)).markup("</a>");
    }
    html_.markup("</div></details>");
  }

  void claim() {
    open_post(html_, context_, path_of(entity_, record_.id, "claim"), {});
    hidden(html_, "_version", std::to_string(record_.version));
    html_.markup("<button class=\"btn btn--primary\"");
    const model::Pool* pool = pool_with_quota();
    if (pool != nullptr && page_.claim_quota->left == 0) {
      html_.markup(" disabled").attribute("aria-describedby", quota_id(*pool));
    }
    html_.markup(">").icon("hand");
    html_.text(context_.words(texts::kClaim)).markup("</button></form>");
  }

  void assign() {
    html_.markup("<details class=\"menu menu--form\"><summary class=\"btn\">");
    html_.icon("user-plus").text(context_.words(texts::kAssign));
    html_.markup("</summary><div class=\"menu__pop\">");
    open_post(html_, context_, path_of(entity_, record_.id, "assign"), "stack");
    hidden(html_, "_version", std::to_string(record_.version));
    append_people_field(html_, context_,
                        {.id = "assign-to",
                         .name = "to",
                         .label = context_.words(texts::kNewOwner),
                         .entity = &entity_,
                         .action = model::Action::View,
                         .with_me = true});
    append_comment(html_, context_, "assign-comment", false);
    html_.markup("<button class=\"btn btn--primary\">").text(context_.words(texts::kAssign));
    html_.markup("</button></form>");
    dispatch();
    html_.markup("</div></details>");
  }

  // By the rules of an assignment, instead of to somebody.
  void dispatch() {
    bool is_first = true;
    for (const model::Assignment& assignment : context_.model.assignments) {
      if (assignment.entity != entity_.index) continue;
      if (is_first) {
        open_post(html_, context_, path_of(entity_, record_.id, "dispatch"), "stack");
        html_.markup("<div class=\"field\"><label for=\"dispatch-by\">");
        html_.text(context_.words(texts::kDispatchBy));
        html_.markup("</label><select class=\"input\" id=\"dispatch-by\" name=\"by\">");
      }
      is_first = false;
      html_.markup("<option").attribute("value", assignment.name).markup(">");
      html_.text(context_.label(assignment.label)).markup("</option>");
    }
    if (is_first) return;
    html_.markup("</select></div><button class=\"btn\">").text(context_.words(texts::kDispatch));
    html_.markup("</button></form>");
  }

  void release() {
    html_.markup("<details class=\"menu menu--form\"><summary class=\"btn\">").icon("undo-2");
    html_.text(context_.words(texts::kRelease)).markup("</summary><div class=\"menu__pop\">");
    open_post(html_, context_, path_of(entity_, record_.id, "release"), "stack");
    html_.markup("<div class=\"field\"><label for=\"release-to\">");
    html_.text(context_.words(texts::kReleaseTo));
    html_.markup("</label><select class=\"input\" id=\"release-to\" name=\"pool\">");
    for (const model::Pool& pool : entity_.pools) {
      html_.markup("<option").attribute("value", pool.name).markup(">");
      html_.text(context_.label(pool.label)).markup("</option>");
    }
    html_.markup("</select></div>");
    append_comment(html_, context_, "release-comment", false);
    html_.markup("<button class=\"btn btn--primary\">").text(context_.words(texts::kRelease));
    html_.markup("</button></form></div></details>");
  }

  void comment() {
    html_.markup("<details class=\"menu menu--form\"><summary class=\"btn\">");
    html_.icon("message-square").text(context_.words(texts::kAddComment));
    html_.markup("</summary><div class=\"menu__pop\">");
    open_post(html_, context_, path_of(entity_, record_.id, "comment"), "stack");
    append_comment(html_, context_, "record-comment", true);
    html_.markup("<button class=\"btn btn--primary\">").text(context_.words(texts::kAddComment));
    html_.markup("</button></form></div></details>");
  }

  void deleted_note() {
    const std::string time = to_string(context_.showing.zone->to_local(*record_.deleted_at).date);
    html_.markup("<div class=\"note note--warn\">").icon("trash-2").markup("<div><b>");
    html_.text(context_.words(texts::kIsDeleted, {{"entity", name_}})).markup("</b>\n<p>");
    html_.text(context_.words(texts::kIsDeletedHint, {{"time", time}})).markup("</p>\n");
    if (context_.may(model::Action::Delete, entity_)) {
      html_.markup("<form class=\"actions\" method=\"post\"");
      html_.attribute("action", path_of(entity_, record_.id, "restore"));
      html_.markup("><input type=\"hidden\" name=\"_csrf\"");
      html_.attribute("value", context_.frame.csrf);
      html_.markup("><input type=\"hidden\" name=\"_version\" value=\"").number(record_.version);
      html_.markup("\"><button class=\"btn btn--primary\">").icon("undo-2");
      html_.text(context_.words(texts::kRestore, {{"entity", name_}}));
      html_.markup("</button></form>\n");
    }
    html_.markup("</div></div>\n");
  }

  bool is_visible(std::size_t index) const { return context_.may_see(entity_, index); }

  void section(const model::Section& section) {
    std::vector<std::size_t> facts;
    for (const std::size_t index : section.fields) {
      if (is_visible(index) && !is_table(entity_.fields[index])) facts.push_back(index);
    }
    if (!facts.empty()) {
      const Localized& label = section.label.empty() ? entity_.label : section.label;
      ++sections_;
      html_.markup("<section class=\"card\" aria-labelledby=\"s-").number(sections_);
      html_.markup("\">\n<div class=\"card__head\"><h2 id=\"s-").number(sections_).markup("\">");
      html_.text(context_.label(label)).markup("</h2></div>\n<div class=\"card__body\">");
      html_.markup("<dl class=\"facts\">\n");
      for (const std::size_t index : facts) facts_.fact(index);
      html_.markup("</dl></div>\n</section>\n");
    }
    for (const std::size_t index : section.fields) {
      if (is_visible(index) && is_table(entity_.fields[index])) facts_.lines(index);
    }
  }

  void aside() {
    html_.markup("<aside class=\"stack\"").attribute("aria-label", context_.words(texts::kRecord));
    html_.markup(">\n");
    if (standing_ != nullptr) {
      OwnershipWriter ownership(html_, context_, entity_, *standing_, page_.title_of);
      ownership.owner();
      ownership.decisions();
    }
    append_todos(html_, context_, page_.todos, path_of(entity_, record_.id), true);
    approvals();
    html_.markup("<section class=\"card\" aria-labelledby=\"s-record\">\n");
    html_.markup("<div class=\"card__head\"><h2 id=\"s-record\">");
    html_.text(context_.words(texts::kRecord));
    html_.markup("</h2></div>\n<div class=\"card__body\"><dl class=\"kv\"><dt>");
    html_.text(context_.words(texts::kCreated)).markup("</dt><dd>");
    values_.instant(html_, record_.created_at, false);
    html_.markup("</dd><dt>").text(context_.words(texts::kCreatedBy)).markup("</dt><dd>");
    values_.account(html_, record_.created_by);
    html_.markup("</dd><dt>").text(context_.words(texts::kChangedAt)).markup("</dt><dd>");
    values_.instant(html_, record_.updated_at, false);
    html_.markup("</dd><dt>").text(context_.words(texts::kChangedBy)).markup("</dt><dd>");
    values_.account(html_, record_.updated_by);
    html_.markup("</dd><dt>").text(context_.words(texts::kVersion)).markup("</dt><dd>");
    html_.number(record_.version).markup("</dd></dl></div>\n</section>\n</aside>\n");
  }

  // What runs, then what ran before, folded away.
  void approvals() {
    if (standing_ == nullptr) return;
    if (has_stage() && !record_.deleted_at) {
      StageWriter(html_, context_, entity_, *standing_).routes();
    }
    const std::string here = record_.deleted_at ? std::string() : path_of(entity_, record_.id);
    bool is_first = true;
    for (const engine::ProcessStanding& one : standing_->processes) {
      const bool is_folded = !is_first && !one.process.is_under_way();
      if (is_folded) {
        html_.markup("<details class=\"earlier\"><summary>");
        html_.text(context_.words(texts::kEarlierApproval)).markup(" ");
        values_.instant(html_, one.process.submitted_at, true);
        html_.markup("</summary>\n");
      }
      ApprovalWriter(html_, context_, entity_)
          .card({one.process, one.chain, one.to_come, one.tasks, here});
      if (is_folded) html_.markup("</details>\n");
      is_first = false;
    }
  }

  Html& html_;
  const Context& context_;
  const DetailPage& page_;
  const model::Entity& entity_;
  const engine::Record& record_;
  const engine::Standing* standing_;
  std::string_view title_;
  ValueWriter values_;
  FactWriter facts_;
  std::string name_;
  std::int64_t sections_ = 0;
};

}  // namespace

std::string Pages::detail(const Frame& frame, const DetailPage& page) const {
  const Context context(model_, frame);
  const std::string title = permissions::title_of(*page.entity, *page.record, context.showing);
  const PageHead head{
      .title = title,
      .is_error = page.refused.has_value(),
      .current = page.entity,
      .crumbs = {{path_of(*page.entity), context.label(page.entity->plural)}, {{}, title}}};
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(48 * 1024);
  writer.open(html, context, head);
  DetailWriter(html, context, page, title).content();
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
