// frame: what surrounds the content of a page: head, navigation, breadcrumb, languages, account.
//
// What is the same for everybody in a locale is rendered once, when the model is loaded.
#pragma once

#include <string>
#include <vector>

#include "server/pages/context.h"

namespace formwork::pages {

class FrameParts {
 public:
  FrameParts(const model::Model& model, std::size_t locale);

 private:
  friend class FrameWriter;

  // One entity in the navigation, with and without the mark of the current page.
  struct Place {
    Fragment side, side_current, tab, tab_current;
  };

  Fragment head_;          // up to the title's text
  Fragment behind_title_;  // from the end of the title up to the name of the app in it
  Fragment to_body_;       // from there up to the attributes of body
  Fragment brand_;         // the sign and the name of the app
  Fragment side_open_, side_foot_, account_menu_, menu_end_, top_open_, tabbar_open_, tab_more_;
  std::vector<Place> places_;  // by Entity::index
};

struct Crumb {
  std::string url;  // empty for the page itself, which stands last
  std::string text;
};

// Where a page is, when that is not with an entity.
enum class Place : unsigned char { Other, Home, Tasks, Notifications };

struct PageHead {
  std::string title;
  bool is_error = false;  // the title then begins by saying so
  const model::Entity* current = nullptr;
  Place place = Place::Other;
  std::vector<Crumb> crumbs;
  bool has_phonebar = false;
  bool is_narrow = false;
};

class FrameWriter {
 public:
  FrameWriter(const model::Model& model, const FrameParts& parts) : model_(model), parts_(parts) {}

  // Everything before and behind the content of `main .wrap`.
  void open(Html& html, const Context& context, const PageHead& head) const;
  void close(Html& html, const Context& context, const PageHead& head) const;
  // Between closing .wrap and main, for a phone's buttons.
  void close_wrap(Html& html) const;

  // A page without navigation, for somebody unknown. Empty `path`: no language links.
  void open_public(Html& html, std::size_t locale, std::string_view title, bool is_error,
                   std::string_view path) const;
  void close_public(Html& html) const;

 private:
  void open_document(Html& html, std::string_view title, bool is_error, const Words& words) const;
  void places(Html& html, const Context& context, const PageHead& head) const;
  void tasks_place(Html& html, const Context& context, const PageHead& head, bool is_tab) const;
  void crumbs(Html& html, const Context& context, const PageHead& head) const;
  void tabbar(Html& html, const Context& context, const PageHead& head) const;
  // Leads to what the caller was told, with how much of it is unread.
  void bell(Html& html, const Context& context, const PageHead& head) const;
  void person(Html& html, const Context& context) const;
  void menu(Html& html, const Context& context) const;

  const model::Model& model_;
  const FrameParts& parts_;
};

// The link that leads to this page in each of the app's languages; nothing with one language.
void append_languages(Html& html, const model::Model& model, std::size_t locale,
                      std::string_view path);

// "99+" for more than that.
std::string count_text(std::int64_t count);

// An entity's icon, or the first letter of its label.
void append_entity_icon(Html& html, const model::Entity& entity, std::size_t locale);

}  // namespace formwork::pages
