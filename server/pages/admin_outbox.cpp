// What leaves the system: webhooks and mail, and where they go.
#include "server/pages/admin.h"
#include "server/pages/automation_words.h"
#include "server/pages/post_form.h"

namespace formwork::pages {
namespace {

using engine::MessageState;

constexpr MessageState kStates[] = {MessageState::Waiting, MessageState::Dead,
                                    MessageState::Delivered};

const MessageText& state_text(MessageState state) {
  switch (state) {
    case MessageState::Waiting:
      return texts::kMessageWaiting;
    case MessageState::Delivered:
      return texts::kMessageDelivered;
    case MessageState::Dead:
      return texts::kMessageDead;
  }
  return texts::kMessageWaiting;
}

class OutboxWriter : public AdminWriter {
 public:
  using AdminWriter::AdminWriter;

  void content(const OutboxPage& page) {
    open(context_.words(texts::kOutbox), AdminSection::Outbox);
    destinations(page.destinations);
    open_card(texts::kOutbox);
    html_.markup("<nav class=\"tabs\"");
    html_.attribute("aria-label", context_.words(texts::kMessageState)).markup(">");
    tab("/admin/outbox", texts::kAllOutcomes, !page.state);
    for (const MessageState state : kStates) {
      tab("/admin/outbox?state=" + std::string(engine::message_state_name(state)),
          state_text(state), page.state == state);
    }
    html_.markup("</nav>\n");
    if (page.messages.empty()) {
      nothing(texts::kNoMessages, "mail");
    } else {
      open_table(texts::kOutbox, {&texts::kRunWhen, &texts::kDestination, &texts::kMessageSubject,
                                  &texts::kMessageState, &texts::kAttempts, &texts::kLastProblem});
      for (const engine::OutboxMessage& message : page.messages) row(message);
      close_table();
    }
    if (page.next != 0) {
      std::string path = "/admin/outbox?after=" + std::to_string(page.next);
      if (page.state) path += "&state=" + std::string(engine::message_state_name(*page.state));
      more(path);
    }
    close_card();
    close();
  }

  void message(const MessagePage& page) {
    const engine::OutboxMessage& message = page.detail.message;
    open(context_.words(texts::kMessageTitle, {{"id", std::to_string(message.id)}}),
         AdminSection::Outbox);
    open_card(texts::kMessageBody);
    html_.markup("<div class=\"card__body stack\">\n");
    facts(page);
    html_.markup("<pre class=\"scroll\" tabindex=\"0\">");
    html_.text(message.body).markup("</pre>\n");
    if (message.state != MessageState::Delivered) {
      open_post(html_, context_, "/admin/outbox/" + std::to_string(message.id) + "/resend", {});
      html_.markup("<button class=\"btn btn--primary\">").icon("send");
      html_.text(context_.words(message.attempts == 0 ? texts::kSendNow : texts::kSendAgain));
      html_.markup("</button></form>\n");
    }
    if (message.state == MessageState::Waiting) give_up(message);
    html_.markup("</div>\n");
    close_card();
    if (!page.detail.attempts.empty()) attempts(page.detail.attempts);
    close();
  }

 private:
  void give_up(const engine::OutboxMessage& message) {
    open_post(html_, context_, "/admin/outbox/" + std::to_string(message.id) + "/give-up", {});
    html_.markup("<button class=\"btn\" aria-describedby=\"give-up-hint\">").icon("ban");
    html_.text(context_.words(texts::kGiveUp)).markup("</button>\n<p class=\"hint\"");
    html_.markup(" id=\"give-up-hint\">").text(context_.words(texts::kGiveUpHint));
    html_.markup("</p></form>\n");
  }

  void state(MessageState state) {
    if (state == MessageState::Dead) {
      html_.markup("<span class=\"chip chip--danger\">").icon("triangle-alert");
    } else if (state == MessageState::Delivered) {
      html_.markup("<span class=\"chip chip--ok\">").icon("check");
    } else {
      html_.markup("<span class=\"chip chip--line\">");
    }
    html_.text(context_.words(state_text(state))).markup("</span>");
  }

  void facts(const MessagePage& page) {
    const engine::OutboxMessage& message = page.detail.message;
    html_.markup("<dl class=\"facts\">");
    open_fact(texts::kDestination);
    html_.text(destination_words(message.destination, context_));
    if (!message.to.empty()) {
      html_.markup("<span class=\"sub\">").text(message.to).markup("</span>");
    }
    close_fact();
    open_fact(texts::kMessageSubject);
    html_.text(message.subject);
    close_fact();
    open_fact(texts::kMessageState);
    state(message.state);
    close_fact();
    open_fact(texts::kMessageCreated);
    append_moment(html_, context_, message.created_at);
    close_fact();
    if (message.state == MessageState::Waiting) {
      open_fact(texts::kMessageNext);
      append_moment(html_, context_, message.due_at);
      close_fact();
    }
    if (page.entity != nullptr) {
      open_fact(texts::kMessageAbout);
      record(page.entity, message.record, page.title);
      close_fact();
    }
    html_.markup("</dl>\n");
  }

  void destinations(const std::vector<engine::Destination>& all) {
    if (all.empty()) return;
    open_card(texts::kDestinations);
    open_table(texts::kDestinations, {&texts::kDestination, &texts::kMessageWaiting,
                                      &texts::kMessageDead, &texts::kMessageState});
    for (const engine::Destination& one : all) destination(one);
    close_table();
    close_card();
  }

  void destination(const engine::Destination& one) {
    const std::string said = destination_words(one.name, context_);
    html_.markup("<tr><td><b>").text(said).markup("</b></td>");
    figure(texts::kMessageWaiting, one.waiting);
    figure(texts::kMessageDead, one.dead);
    html_.markup("<td><div class=\"actions\">");
    if (one.disabled) {
      html_.markup("<span class=\"chip chip--danger\">").icon("ban");
      html_.text(context_.words(texts::kIsDisabled)).markup("</span>");
    } else {
      html_.markup("<span class=\"chip chip--ok\">").icon("check");
      html_.text(context_.words(texts::kDestinationWorks)).markup("</span>");
    }
    open_post(
        html_, context_,
        "/admin/destinations/" + encode_query(one.name) + (one.disabled ? "/enable" : "/disable"),
        {});
    html_.markup("<button class=\"btn btn--s\">");
    html_.text(context_.words(one.disabled ? texts::kEnable : texts::kDisable));
    html_.markup("<span class=\"vh\">: ").text(said).markup("</span></button></form></div>");
    if (one.disabled && !one.why.empty()) {
      html_.markup("<span class=\"sub\">").text(one.why).markup("</span>");
    }
    html_.markup("</td></tr>\n");
  }

  void row(const engine::OutboxMessage& message) {
    html_.markup("<tr><td>");
    append_moment(html_, context_, message.created_at);
    html_.markup("</td><td>").text(destination_words(message.destination, context_));
    if (!message.to.empty()) {
      html_.markup("<span class=\"sub\">").text(message.to).markup("</span>");
    }
    html_.markup("</td><td><a href=\"/admin/outbox/").number(message.id).markup("\">");
    html_.text(message.subject).markup("</a></td><td>");
    state(message.state);
    html_.markup("</td>");
    figure(texts::kAttempts, message.attempts);
    html_.markup("<td>").text(message.problem).markup("</td></tr>\n");
  }

  void attempts(const std::vector<engine::Attempt>& all) {
    open_card(texts::kAttempts);
    html_.markup("<div class=\"card__head\"><h2>").text(context_.words(texts::kAttempts));
    html_.markup("</h2></div>\n");
    open_table(texts::kAttempts,
               {&texts::kRunWhen, &texts::kAttemptStatus, &texts::kLastProblem, &texts::kRunTook});
    for (const engine::Attempt& one : all) {
      html_.markup("<tr><td>");
      append_moment(html_, context_, one.at);
      html_.markup("</td><td").attribute("data-l", context_.words(texts::kAttemptStatus));
      html_.markup(">");
      if (one.status == 0) {
        html_.text(context_.words(texts::kNoAnswer));
      } else {
        html_.number(one.status);
      }
      html_.markup("</td><td>").text(one.problem).markup("</td><td>").number(one.milliseconds);
      html_.markup(" ms</td></tr>\n");
    }
    close_table();
    close_card();
  }
};

}  // namespace

std::string Pages::outbox(const Frame& frame, const OutboxPage& page) const {
  const Words words = words_of(model_, frame.locale);
  return admin_page(
      frame, words(texts::kOutbox), AdminSection::Outbox,
      [&](Html& html, const Context& context) { OutboxWriter(html, context).content(page); });
}

std::string Pages::message(const Frame& frame, const MessagePage& page) const {
  const Words words = words_of(model_, frame.locale);
  const std::string id = std::to_string(page.detail.message.id);
  return admin_page(
      frame, words(texts::kMessageTitle, {{"id", id}}), AdminSection::Outbox,
      [&](Html& html, const Context& context) { OutboxWriter(html, context).message(page); });
}

}  // namespace formwork::pages
