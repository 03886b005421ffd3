// What page handlers share: the caller's reader, the frame around the page, and the callbacks that
// pages ask for titles, options and files.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/pages/pages.h"
#include "server/routes/exchange.h"

namespace formwork::routes {

class PageView {
 public:
  // The exchange must outlive the view.
  explicit PageView(const Exchange& exchange);

  // Taken when first asked for: a page of refusal is often made while another view holds a
  // snapshot, and threads that each hold one and wait for a second would wait for ever.
  permissions::Reader& reader();

  const fields::Showing& showing() const { return showing_; }

  const fields::People& people() const { return *people_; }

  const pages::Frame& frame() const { return frame_; }

  // With the numbers of the caller's tasks and unread notifications, which the reader's snapshot
  // knows.
  const pages::Frame& counted_frame();

  // Valid as long as the view.
  pages::TitleOf title_of();
  pages::OptionsOf options_of();
  pages::FileOf file_of();

 private:
  const Exchange& exchange_;
  std::shared_ptr<const accounts::Directory> people_;
  std::optional<permissions::Reader> reader_;
  fields::Showing showing_;
  std::string path_;
  pages::Frame frame_;
};

// A page; remembers a language that the address asked for.
http::Response page_response(int status, std::string html, const Exchange& exchange);

// After a change: 303 to the page that shows it.
http::Response see_other(const std::string& path, pages::Done done);

// Path and query of the page without what chose its language.
std::string path_without_language(const Exchange& exchange);

std::string page_path(const model::Entity& entity, engine::RecordId id);

}  // namespace formwork::routes
