#include "server/pages/give_up.h"

#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

constexpr MessageText kGiveUp{"page.give-up", "Give this one up", "放弃此消息"};
constexpr MessageText kGiveUpHint{
    "page.give-up-hint",
    "It is not tried any more, and those behind it go on. It can be sent again later.",
    "不再尝试发送，其后的消息继续发送；以后仍可重新发送。"};

}  // namespace

void append_give_up(Html& html, const Context& context, const engine::OutboxMessage& message) {
  if (message.state != engine::MessageState::Waiting) return;
  open_post(html, context, "/admin/outbox/" + std::to_string(message.id) + "/give-up", {});
  html.markup("<button class=\"btn\" aria-describedby=\"give-up-hint\">");
  html.icon("ban").text(context.words(kGiveUp)).markup("</button>\n<p class=\"hint\"");
  html.markup(" id=\"give-up-hint\">").text(context.words(kGiveUpHint)).markup("</p></form>\n");
}

}  // namespace formwork::pages
