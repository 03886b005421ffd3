// The list of an entity's records, and its bin.
#include <algorithm>

#include "engine/assignment/assign.h"
#include "engine/permissions/reader.h"
#include "server/pages/clock.h"
#include "server/pages/columns.h"
#include "server/pages/compiled.h"
#include "server/pages/filters.h"
#include "server/pages/ownership.h"
#include "server/pages/page_texts.h"
#include "server/pages/post_form.h"
#include "server/pages/stage.h"

namespace formwork::pages {
namespace {

using fields::Field;
using fields::Widget;
using model::ColumnRef;

std::string page_title(const Context& context, const ListPage& page) {
  const std::string& plural = context.label(page.entity->plural);
  if (page.pool) return context.words(texts::kPoolOf, {{"entities", plural}});
  return page.deleted ? context.words(texts::kBinOf, {{"entities", plural}}) : plural;
}

class ListWriter {
 public:
  ListWriter(Html& html, const Context& context, const ListPage& page)
      : html_(html),
        context_(context),
        page_(page),
        entity_(*page.entity),
        values_(context, page.title_of),
        plural_(context.words.inside(context.label(page.entity->plural))) {
    choose_columns();
  }

  void content() {
    heading();
    problems();
    if (page_.pool) return pool();
    if (page_.records.empty() && page_.filters.empty() && !page_.is_continued) return no_records();
    html_.markup("<div class=\"card wrap-x\">\n");
    FilterWriter(html_, context_, page_).form();
    if (page_.records.empty()) {
      no_match();
    } else {
      table();
    }
    html_.markup("</div>\n");
  }

 private:
  // What stands where on a phone, in four cells of a row.
  struct Column {
    ColumnRef column;
    const Field* field;
    std::string label;
    std::string_view place;  // "m-1" to "m-4", or empty
  };

  void pool() {
    html_.markup("<div class=\"card wrap-x\">\n");
    if (page_.records.empty()) {
      html_.markup("<div class=\"empty\">").icon("hand").markup("<h2>");
      html_.text(context_.words(texts::kPoolEmpty)).markup("</h2><p>");
      html_.text(context_.words(texts::kPoolEmptyHint)).markup("</p></div>\n");
    } else {
      table();
    }
    html_.markup("</div>\n");
  }

  void choose_columns() {
    std::vector<ColumnRef> wanted = entity_.list.columns;
    if (wanted.empty()) {
      for (const std::size_t index : entity_.title) wanted.push_back(ColumnRef::of_field(index));
      wanted.push_back(ColumnRef::of(model::SystemColumn::CreatedAt));
    }
    for (const ColumnRef& column : wanted) {
      if (!may_see(context_, entity_, column) || (page_.pool && is_of_owners(column))) continue;
      columns_.push_back({.column = column,
                          .field = &field_of(entity_, column),
                          .label = label_of(context_, entity_, column),
                          .place = {}});
    }
    if (columns_.empty()) return;
    columns_.front().place = "m-1";
    give_place("m-4", [this](const Column& c) { return c.column == page_.sort.column; });
    give_place("m-2", [](const Column& c) { return c.field->type->widget == Widget::Choice; });
    give_place("m-3", [](const Column& c) {
      return !is_measure(*c.field) && c.field->type->widget != Widget::User;
    });
  }

  // What nobody's records have empty.
  bool is_of_owners(const ColumnRef& column) const {
    const auto& kept = entity_.assignment_fields;
    const auto is = [&](std::optional<std::size_t> field) {
      return field && column == ColumnRef::of_field(*field);
    };
    return is(entity_.owner) ||
           (kept && (is(kept->assigned_at) || is(kept->respond_by) || is(kept->responded_at)));
  }

  template <class Fits>
  void give_place(std::string_view place, Fits fits) {
    for (Column& column : columns_) {
      if (column.place.empty() && fits(column)) {
        column.place = place;
        return;
      }
    }
  }

  void heading() {
    html_.markup("<div class=\"head\"><div class=\"head__text\"><h1 class=\"vh-phone\">");
    html_.text(page_title(context_, page_));
    html_.markup("</h1>");
    if (page_.pool) quotas();
    html_.markup("</div><div class=\"actions\">");
    if (!page_.pool && !page_.deleted && may_claim()) {
      html_.markup("<a class=\"btn btn--quiet\" href=\"/").segment(entity_.name);
      html_.markup("/pool\">").icon("hand").text(context_.words(texts::kToPool)).markup("</a>");
    }
    if (context_.may(model::Action::Delete, entity_) && !page_.deleted) {
      html_.markup("<a class=\"btn btn--quiet\" href=\"/").segment(entity_.name);
      html_.markup("?deleted=true\">").icon("trash-2").text(context_.words(texts::kBin));
      html_.markup("</a>");
    }
    if (!page_.deleted) new_button(true);
    html_.markup("</div></div>\n");
  }

  bool may_claim() const {
    return !entity_.pools.empty() && context_.may(model::Action::Claim, entity_);
  }

  void quotas() {
    for (std::size_t i = 0; i < page_.quotas.size(); ++i) {
      if (page_.quotas[i]) append_quota(html_, context_, entity_.pools[i], *page_.quotas[i]);
    }
  }

  bool has_quota(const engine::Record& record) const {
    const auto pool = assignment::pool_of(entity_, record);
    return !pool || *pool >= page_.quotas.size() || !page_.quotas[*pool] ||
           page_.quotas[*pool]->left > 0;
  }

  void claim(const engine::Record& record) {
    html_.markup("<td class=\"m-act\">");
    open_post(html_, context_, path_of(entity_, record.id, "claim"), {});
    html_.markup("<button class=\"btn btn--s\"");
    if (!has_quota(record)) {
      const model::Pool& pool = entity_.pools[*assignment::pool_of(entity_, record)];
      html_.markup(" disabled").attribute("aria-describedby", quota_id(pool));
    }
    html_.markup(">").icon("hand");
    html_.text(context_.words(texts::kClaim)).markup("<span class=\"vh\">: ");
    html_.text(permissions::title_of(entity_, record, context_.showing));
    html_.markup("</span></button></form></td>");
  }

  void new_button(bool is_primary) {
    if (!context_.may(model::Action::Create, entity_)) return;
    html_.markup("<a class=\"btn");
    if (is_primary) html_.markup(" btn--primary");
    html_.markup("\" href=\"/").segment(entity_.name).markup("/new\">").icon("plus");
    const std::string name = context_.words.inside(context_.label(entity_.label));
    html_.text(context_.words(texts::kNewRecord, {{"entity", name}})).markup("</a>");
  }

  void problems() {
    if (page_.problems.empty()) return;
    html_.markup("<div class=\"note note--warn\" role=\"alert\">").icon("triangle-alert");
    html_.markup("<div><ul>\n");
    for (const engine::FieldProblem& problem : page_.problems) {
      html_.markup("<li>");
      html_.text(describe(problem, entity_, context_.words.language, context_.words.locale));
      html_.markup("</li>\n");
    }
    html_.markup("</ul></div></div>\n");
  }

  void no_records() {
    const bool may_create = context_.may(model::Action::Create, entity_);
    html_.markup("<div class=\"card\"><div class=\"empty\">");
    if (page_.deleted) {
      html_.icon("trash-2").markup("<h2>").text(context_.words(texts::kBinEmpty));
      html_.markup("</h2><p>").text(words(texts::kBinEmptyHint)).markup("</p></div></div>\n");
      return;
    }
    append_entity_icon(html_, entity_, context_.words.locale);
    html_.markup("<h2>").text(words(texts::kNoneYet)).markup("</h2><p>");
    html_.text(words(may_create ? texts::kNoneYetHint : texts::kNoneYetToSee)).markup("</p>");
    if (may_create) {
      html_.markup("<div class=\"actions\">");
      new_button(false);
      html_.markup("</div>");
    }
    html_.markup("</div></div>\n");
  }

  void no_match() {
    html_.markup("<div class=\"empty\">").icon("search").markup("<h2>");
    html_.text(words(texts::kNoMatch)).markup("</h2><p>").text(words(texts::kNoMatchHint));
    html_.markup("</p><div class=\"actions\"><a class=\"btn btn--quiet\" href=\"/");
    html_.segment(entity_.name);
    if (page_.deleted) html_.markup("?deleted=true");
    html_.markup("\">").text(words(texts::kClearAll)).markup("</a></div></div>\n");
  }

  void table() {
    html_.markup("<div class=\"scroll\"><table class=\"tbl tbl--cards\">\n<caption class=\"vh\">");
    html_.text(context_.words(texts::kCaptionBy,
                              {{"entities", context_.label(entity_.plural)},
                               {"order", order_in_words(context_, entity_, page_.sort)}}));
    html_.markup("</caption>\n<thead><tr>");
    for (const Column& column : columns_) column_head(column);
    if (page_.pool && may_claim()) {
      html_.markup("<th scope=\"col\"><span class=\"vh\">").text(context_.words(texts::kClaim));
      html_.markup("</span></th>");
    }
    html_.markup("</tr></thead>\n<tbody>\n");
    for (const engine::Record& record : page_.records) row(record);
    html_.markup("</tbody>\n</table></div>\n");
    pager();
  }

  void column_head(const Column& column) {
    const bool is_sorted = page_.sort.column == column.column;
    html_.markup("<th scope=\"col\"");
    if (is_measure(*column.field)) html_.markup(" class=\"num\"");
    if (is_sorted && page_.sort.descending) html_.markup(" aria-sort=\"descending\"");
    if (is_sorted && !page_.sort.descending) html_.markup(" aria-sort=\"ascending\"");
    html_.markup(">");
    if (!column.column.is_system && !column.field->type->sortable) {
      html_.text(column.label).markup("</th>");
      return;
    }
    const model::Sort next{column.column,
                           is_sorted ? !page_.sort.descending : is_measure(*column.field)};
    html_.markup("<a").attribute("href", list_address(page_, {.sort = &next})).markup(">");
    html_.text(column.label);
    if (is_sorted) html_.icon(page_.sort.descending ? "arrow-down" : "arrow-up");
    html_.markup("</a></th>");
  }

  void row(const engine::Record& record) {
    html_.markup("<tr>");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const bool is_number = is_measure(*column.field);
      html_.markup("<td");
      if (is_number || !column.place.empty()) {
        html_.markup(" class=\"");
        if (is_number) html_.markup("num");
        if (is_number && !column.place.empty()) html_.markup(" ");
        html_.value(column.place).markup("\"");
      }
      html_.markup(">");
      if (i == 0) {
        name_cell(record, column);
      } else {
        cell(record, column);
      }
      html_.markup("</td>");
    }
    if (page_.pool && may_claim()) claim(record);
    html_.markup("</tr>\n");
  }

  // A stage has a colour, and a clock where no column of its own says since when.
  void cell(const engine::Record& record, const Column& column) {
    const bool is_stage = entity_.stage_fields && !column.column.is_system &&
                          column.column.field == entity_.stage_fields->stage;
    const model::Stage* stage = is_stage ? model::stage_of(entity_, record.values) : nullptr;
    if (stage == nullptr) {
      values_.cell(html_, *column.field, value_of(record, column.column));
      return;
    }
    html_.markup("<span class=\"stage\">");
    append_stage(html_, context_, *stage);
    const feel::Value& since = record.values[entity_.stage_fields->since];
    if (!stage->final && !since.is_null() && !record.deleted_at) clock(*stage, since.instant());
    html_.markup("</span>");
  }

  void clock(const model::Stage& stage, Instant since) {
    html_.markup("<span class=\"clock\">");
    html_.text(span_text(context_.words, since, context_.frame.now));
    if (page_.dwell_of) {
      const DueState due =
          dwell_state(context_.words, page_.dwell_of(stage, since), context_.frame.now);
      if (due.kind != DueState::Kind::Calm) append_due(html_, due);
    }
    html_.markup("</span>");
  }

  void name_cell(const engine::Record& record, const Column& column) {
    const feel::Value value = value_of(record, column.column);
    html_.markup("<a class=\"name\" href=\"/").segment(entity_.name).markup("/");
    html_.number(record.id).markup("\" data-nav>");
    html_.text(value.is_null() ? permissions::title_of(entity_, record, context_.showing)
                               : values_.plain(*column.field, value));
    html_.markup("</a>");
    const std::optional<std::size_t> number = entity_.number;
    if (!number || !context_.may_see(entity_, *number) || record.values[*number].is_null()) return;
    const bool is_column = std::any_of(columns_.begin(), columns_.end(), [&](const Column& one) {
      return one.column == ColumnRef::of_field(*number);
    });
    if (is_column) return;
    html_.markup("<span class=\"sub\">");
    html_.text(context_.show(entity_.fields[*number], record.values[*number]));
    html_.markup("</span>");
  }

  void pager() {
    html_.markup("<div class=\"pager\"><span>").text(count_in_words()).markup("</span>");
    const bool has_back = page_.is_continued || !page_.previous_cursor.empty();
    if (has_back || !page_.next_cursor.empty()) {
      html_.markup("<nav class=\"actions\"");
      html_.attribute("aria-label", context_.words(texts::kPagesNav)).markup(">");
      if (has_back) back();
      if (!page_.next_cursor.empty()) {
        html_.markup("<a class=\"btn btn--s\" rel=\"next\"");
        html_.attribute("href", list_address(page_, {.cursor = page_.next_cursor})).markup(">");
        html_.text(context_.words(texts::kNext)).icon("chevron-right").markup("</a>");
      }
      html_.markup("</nav>");
    }
    html_.markup("</div>\n");
  }

  void back() {
    const bool is_known = !page_.previous_cursor.empty();
    html_.markup("<a class=\"btn btn--s\"");
    if (is_known) html_.markup(" rel=\"prev\"");
    html_.attribute("href", list_address(page_, {.cursor = page_.previous_cursor})).markup(">");
    html_.icon("chevron-left");
    html_.text(context_.words(is_known ? texts::kPrevious : texts::kFirstPage)).markup("</a>");
  }

  std::string count_in_words() const {
    if (!page_.count) {
      return context_.words(texts::kOnPage, {{"count", std::to_string(page_.records.size())}});
    }
    return context_.words(page_.counted_all ? texts::kInAll : texts::kMoreThan,
                          {{"count", std::to_string(*page_.count)}});
  }

  std::string words(const MessageText& text) const {
    return context_.words(text, {{"entities", plural_}});
  }

  Html& html_;
  const Context& context_;
  const ListPage& page_;
  const model::Entity& entity_;
  ValueWriter values_;
  std::string plural_;
  std::vector<Column> columns_;
};

}  // namespace

std::string Pages::list(const Frame& frame, const ListPage& page) const {
  const Context context(model_, frame);
  const std::string& plural = context.label(page.entity->plural);
  PageHead head{.title = page_title(context, page), .current = page.entity};
  if (page.deleted || page.pool) {
    head.crumbs = {{path_of(*page.entity), plural},
                   {{}, context.words(page.pool ? texts::kToPool : texts::kBin)}};
  } else {
    head.crumbs = {{{}, plural}};
  }
  const FrameWriter writer(model_, compiled_->locales[frame.locale].frame);
  Html html;
  html.reserve(64 * 1024);
  writer.open(html, context, head);
  ListWriter(html, context, page).content();
  writer.close_wrap(html);
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
