#include "server/routes/page_view.h"

#include "dsl/base/percent.h"

namespace formwork::routes {
std::string path_without_language(const Exchange& exchange) {
  std::string path = exchange.request.path;
  char separator = '?';
  for (const http::Parameter& parameter : exchange.query) {
    if (parameter.name == "lang" || parameter.name == "saved") continue;
    path += separator;
    path += percent_encoded(parameter.name) + "=" + percent_encoded(parameter.value);
    separator = '&';
  }
  return path;
}

PageView::PageView(const Exchange& exchange)
    : exchange_(exchange),
      people_(exchange.engine().directory()),
      showing_(exchange.engine().showing(exchange.locale, *people_)),
      path_(path_without_language(exchange)) {
  const std::string* saved = exchange.parameter("saved");
  frame_ = {.actor = &exchange.actor(),
            .gate = &exchange.engine().gate(),
            .directory = people_.get(),
            .locale = exchange.locale,
            .csrf = exchange.caller->proof,
            .path = path_,
            .done = saved == nullptr ? pages::Done::Nothing : pages::find_done(*saved),
            .now = exchange.engine().clock().now()};
}

const pages::Frame& PageView::counted_frame() {
  constexpr std::int64_t kMostCounted = 100;
  if (!exchange_.engine().model().approvals.empty()) {
    frame_.tasks = reader().count_tasks({.box = store::TaskQuery::Box::ToDo}, kMostCounted);
  }
  frame_.unread = reader().count_unread(kMostCounted);
  return frame_;
}

permissions::Reader& PageView::reader() {
  if (!reader_) reader_.emplace(exchange_.engine().reader(exchange_.actor()));
  return *reader_;
}

pages::TitleOf PageView::title_of() {
  return [this](const model::Entity& entity, engine::RecordId id) {
    return reader().title(entity, id, showing_);
  };
}

pages::OptionsOf PageView::options_of() {
  return [this](const model::Entity& entity, std::size_t most) {
    std::vector<pages::RecordOption> options;
    store::Query query;
    query.entity = &entity;
    query.limit = most;
    query.sort = {entity.title.empty() ? model::ColumnRef::of(model::SystemColumn::Id)
                                       : model::ColumnRef::of_field(entity.title.front()),
                  false};
    const auto page = reader().list(query);
    if (!page) return options;
    for (const engine::Record& record : page->records) {
      options.push_back({record.id, permissions::title_of(entity, record, showing_)});
    }
    return options;
  };
}

pages::FileOf PageView::file_of() {
  return [this](std::int64_t id) { return reader().file(id); };
}

http::Response page_response(int status, std::string html, const Exchange& exchange) {
  http::Response response = http::html_response(status, std::move(html));
  if (exchange.parameter("lang") != nullptr) {
    response.add("Set-Cookie",
                 "formwork-lang=" + exchange.engine().model().app.locales[exchange.locale] +
                     "; Path=/; Max-Age=31536000; SameSite=Lax");
  }
  return response;
}

http::Response see_other(const std::string& path, pages::Done done) {
  std::string location = path;
  if (done != pages::Done::Nothing) {
    location += location.find('?') == std::string::npos ? "?saved=" : "&saved=";
    location += pages::done_code(done);
  }
  return http::redirect_response(303, location);
}

std::string page_path(const model::Entity& entity, engine::RecordId id) {
  return "/" + percent_encoded(entity.name) + "/" + std::to_string(id);
}

}  // namespace formwork::routes
