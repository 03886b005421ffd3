// The pages to create and to edit a record.
#include "engine/permissions/reader.h"
#include "server/pages/compiled.h"
#include "server/pages/conflict.h"
#include "server/pages/form_render.h"
#include "server/pages/page_texts.h"

namespace formwork::pages {
namespace {

struct FormWords {
  std::string title, back_url, action, check, live, save;
};

FormWords words_for(const Context& context, const FormPage& page, const std::string& record_title) {
  const model::Entity& entity = *page.entity;
  const Words& words = context.words;
  const std::string name = words.inside(context.label(entity.label));
  if (page.record == nullptr) {
    return {.title = words(texts::kNewRecord, {{"entity", name}}),
            .back_url = path_of(entity),
            .action = path_of(entity) + "/new",
            .check = path_of(entity) + "/check",
            .live = path_of(entity) + "/live",
            .save = words(texts::kSaveRecord, {{"entity", name}})};
  }
  return {.title = words(texts::kEditRecord, {{"title", record_title}}),
          .back_url = path_of(entity, page.record->id),
          .action = path_of(entity, page.record->id, "edit"),
          .check = path_of(entity, page.record->id, "check"),
          .live = path_of(entity, page.record->id, "live"),
          .save = words(texts::kSaveChanges)};
}

PageHead head_of(const Context& context, const FormPage& page, const FormWords& text,
                 const std::string& record_title) {
  PageHead head{.title = text.title,
                .is_error = !page.problems.empty(),
                .current = page.entity,
                .crumbs = {{path_of(*page.entity), context.label(page.entity->plural)}},
                .has_phonebar = true,
                .is_narrow = true};
  if (page.record == nullptr) {
    head.crumbs.push_back({{}, text.title});
  } else {
    head.crumbs.push_back({text.back_url, record_title});
    head.crumbs.push_back({{}, context.words(texts::kEdit)});
  }
  return head;
}

void append_save(Html& html, const FormWords& text) {
  html.markup("<button class=\"btn btn--primary\" form=\"record\" name=\"act\" value=\"save\">");
  html.text(text.save).markup("</button>");
}

void append_heading(Html& html, const Context& context, const FormPage& page,
                    const FormWords& text) {
  html.markup("<div class=\"head\"><div class=\"head__text\"><h1>").text(text.title);
  html.markup("</h1>");
  const std::optional<std::size_t> number = page.entity->number;
  if (page.record != nullptr && number && context.may_see(*page.entity, *number) &&
      !page.record->values[*number].is_null()) {
    html.markup("<p class=\"head__meta\"><span class=\"chip chip--line\">");
    html.text(context.show(page.entity->fields[*number], page.record->values[*number]));
    html.markup("</span></p>");
  }
  html.markup("</div><div class=\"actions hide-phone\"><a class=\"btn btn--quiet\"");
  html.attribute("href", text.back_url).markup(">").text(context.words(texts::kCancel));
  html.markup("</a>");
  append_save(html, text);
  html.markup("</div></div>\n");
}

void open_form(Html& html, const Context& context, const FormPage& page, const FormWords& text,
               bool has_files) {
  html.markup("<form class=\"stack\" id=\"record\" method=\"post\"");
  html.attribute("action", text.action);
  if (has_files) html.markup(" enctype=\"multipart/form-data\"");
  html.markup(" novalidate").attribute("data-check", text.check);
  if (is_live(*page.entity)) html.attribute("data-live", text.live);
  html.attribute("data-fixed", context.words(texts::kCorrected));
  html.markup(">\n<input type=\"hidden\" name=\"_csrf\"").attribute("value", context.frame.csrf);
  html.markup(">");
  if (page.record != nullptr) {
    html.markup("<input type=\"hidden\" name=\"_version\" value=\"").number(page.record->version);
    html.markup("\">");
  }
  html.markup("\n");
}

}  // namespace

std::string Pages::form(const Frame& frame, const FormPage& page) const {
  const Context context(model_, frame);
  const Compiled::PerLocale& compiled = compiled_->locales[frame.locale];
  const FormTemplate& form = compiled.forms[page.entity->index];
  const std::vector<std::size_t> shown = form_fields(frame, *page.entity, page.preview);
  FormState state = read_state(context, page, form, shown);
  std::vector<Clash> clashes;
  const bool is_conflict = page.conflict && page.record != nullptr && page.typed != nullptr;
  if (is_conflict) clashes = settle_conflict(context, page, shown, state);

  const std::string record_title =
      page.record == nullptr ? std::string()
                             : permissions::title_of(*page.entity, *page.record, context.showing);
  const FormWords text = words_for(context, page, record_title);
  const PageHead head = head_of(context, page, text, record_title);
  const FrameWriter writer(model_, compiled.frame);
  Html html;
  html.reserve(48 * 1024);
  writer.open(html, context, head);
  append_heading(html, context, page, text);
  if (is_conflict) append_conflict(html, context, page, clashes);
  append_summary(html, context.words, state);
  open_form(html, context, page, text, form.has_files);
  FormRenderer(html, context, page, form).render(state, shown);
  html.markup("</form>\n");
  writer.close_wrap(html);
  html.markup("<div class=\"phonebar\"><a class=\"btn\"").attribute("href", text.back_url);
  html.markup(">").text(context.words(texts::kCancel)).markup("</a>");
  append_save(html, text);
  html.markup("</div>\n");
  writer.close(html, context, head);
  return html.take_document();
}

}  // namespace formwork::pages
