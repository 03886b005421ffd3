#include "engine/pipeline/teller.h"

#include <algorithm>

#include "dsl/base/percent.h"
#include "engine/accounts/secret.h"
#include "engine/pipeline/mail_time.h"
#include "engine/pipeline/notification_texts.h"
#include "engine/pipeline/showing.h"

namespace formwork::engine {
namespace {

// Of one mail; the rest comes in the next one.
constexpr std::size_t kMostInDigest = 200;

// Names the one timer of an account's digest.
std::string digest_rule(AccountId account) { return "digest " + std::to_string(account); }

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

void add_paragraph(std::string& body, const std::string& text) {
  if (!text.empty()) body += text + "\n";
}

}  // namespace

std::string new_message_key(Random& random) { return "msg_" + accounts::new_secret(random); }

std::vector<Told> Teller::tell(const Telling& telling) {
  std::vector<Told> all;
  WordsByLocale words;
  for (const AccountId id : telling.to) {
    const bool is_named_before =
        std::any_of(all.begin(), all.end(), [&](const Told& told) { return told.account == id; });
    if (!is_named_before) all.push_back(tell_one(telling, id, words));
  }
  return all;
}

Told Teller::tell_one(const Telling& telling, AccountId id, WordsByLocale& words) {
  Told told{.account = id};
  const auto leave_out = [&](std::string why) {
    told.why_not = std::move(why);
    return told;
  };
  const Account* account = parts_.directory.account(id);
  if (account == nullptr || !account->active) return leave_out("has no open account");
  if (telling.record != nullptr && !may_see(*account, *telling.entity, *telling.record)) {
    return leave_out("may not see it");
  }
  const std::size_t locale = locale_of(*account);
  const auto [found, is_first] = words.try_emplace(locale);
  if (is_first) {
    found->second = {.title = one_line(telling.title(locale)),
                     .text = telling.text ? telling.text(locale) : std::string()};
  }
  if (!is_new(telling, id, found->second)) return leave_out("was told so already");
  const Way way = telling.mail ? way_to(*account, telling.urgent) : Way{};
  told.inbox = telling.inbox;
  told.mail = way.is_wanted;
  told.why_not = way.why_not;
  if (way.in_digest) wait_for_digest(id, way.preferences);
  if (told.inbox || way.in_digest) keep(telling, found->second, told, way);
  if (way.is_wanted && !way.in_digest) mail(telling, *account, found->second, way);
  return told;
}

bool Teller::is_new(const Telling& telling, AccountId id, const Words& words) {
  std::string key = std::to_string(id);
  if (telling.record != nullptr) {
    key += ' ' + telling.entity->name + ' ' + std::to_string(telling.record->id);
  }
  for (const std::string* part : {&telling.rule, &words.title, &words.text}) key += '\0' + *part;
  return told_.try_emplace(std::move(key), told_.size()).second;
}

void Teller::forget_since(std::size_t told) {
  for (auto i = told_.begin(); i != told_.end();) {
    i = i->second >= told ? told_.erase(i) : std::next(i);
  }
}

Teller::Way Teller::way_to(const Account& account, bool is_urgent) {
  Way way;
  if (account.email.empty()) {
    way.why_not = "has no e-mail address";
    return way;
  }
  way.preferences = parts_.transaction.preferences(account.id);
  way.is_wanted = way.preferences.mail;
  if (!way.is_wanted) way.why_not = "wants no mail";
  way.in_digest =
      way.is_wanted && !is_urgent && way.preferences.digest != Preferences::Digest::None;
  return way;
}

void Teller::keep(const Telling& telling, const Words& words, Told& told, const Way& way) {
  Notification notification{.account = told.account,
                            .at = parts_.now,
                            .title = words.title,
                            .text = words.text,
                            .rule = telling.rule,
                            .urgent = telling.urgent,
                            .in_inbox = told.inbox,
                            .mail_pending = way.in_digest};
  if (telling.record != nullptr) {
    notification.entity = telling.entity->name;
    notification.record = telling.record->id;
  }
  parts_.transaction.insert_notification(notification);
}

void Teller::mail(const Telling& telling, const Account& account, const Words& words,
                  const Way& way) {
  OutboxMessage message{.key = new_message_key(parts_.random),
                        .destination = std::string(kMailDestination),
                        .to = account.email,
                        .subject = words.title,
                        .created_at = parts_.now,
                        .due_at = telling.urgent
                                      ? parts_.now
                                      : behind_quiet_hours(way.preferences, parts_.now, zone()),
                        .cause = telling.cause};
  if (telling.record != nullptr) {
    message.entity = telling.entity->name;
    message.record = telling.record->id;
  }
  add_paragraph(message.body, words.text.empty() ? words.title : words.text);
  const std::string link = link_to(message.entity, message.record);
  if (!link.empty()) message.body += "\n" + link + "\n";
  parts_.transaction.insert_message(message);
}

bool Teller::has_pending(AccountId account) {
  return !parts_.transaction
              .notifications({.account = account, .mail_pending = true, .before = 0, .limit = 1})
              .empty();
}

// The first that waits sets the timer, and what comes later goes with it.
void Teller::wait_for_digest(AccountId account, const Preferences& preferences) {
  if (has_pending(account)) return;
  set_digest_timer(account, next_digest(preferences, parts_.now, zone()), 0);
}

// The record of such a timer is the last notification that a mail before it had.
void Teller::set_digest_timer(AccountId account, Instant at, NotificationId behind) {
  parts_.transaction.insert_timer({.due_at = at,
                                   .kind = Timer::Kind::Digest,
                                   .entity = {},
                                   .record = behind,
                                   .number = account,
                                   .rule = digest_rule(account)});
}

NotificationId Teller::drop_digest_timers(AccountId account) {
  constexpr std::size_t kMore = 10;  // than there are
  NotificationId behind = 0;
  for (const Timer& timer : parts_.transaction.timers_of_rule(digest_rule(account), kMore)) {
    parts_.transaction.delete_timer(timer.id);
    behind = std::max(behind, timer.record);
  }
  return behind;
}

void Teller::follow_preferences(AccountId account, const Preferences& preferences) {
  if (!has_pending(account)) return;
  const NotificationId behind = drop_digest_timers(account);
  if (!preferences.mail) {
    parts_.transaction.clear_mail_pending(account);
    return;
  }
  const Instant at = preferences.digest == Preferences::Digest::None
                         ? behind_quiet_hours(preferences, parts_.now, zone())
                         : next_digest(preferences, parts_.now, zone());
  set_digest_timer(account, at, behind);
}

std::vector<Notification> Teller::still_open(const Account& account,
                                             std::vector<Notification> pending) {
  const auto is_closed = [&](const Notification& one) {
    if (one.entity.empty()) return false;
    const model::Entity* entity = parts_.gate.model().find_entity(one.entity);
    if (entity == nullptr) return true;
    const std::optional<Record> record = parts_.transaction.find_record(*entity, one.record);
    return !record || !may_see(account, *entity, *record);
  };
  pending.erase(std::remove_if(pending.begin(), pending.end(), is_closed), pending.end());
  return pending;
}

void Teller::send_digest(AccountId id, NotificationId behind) {
  const Account* account = parts_.directory.account(id);
  const bool is_wanted = account != nullptr && account->active && !account->email.empty() &&
                         parts_.transaction.preferences(id).mail;
  if (!is_wanted) return parts_.transaction.clear_mail_pending(id);
  std::vector<Notification> pending = parts_.transaction.notifications(
      {.account = id, .mail_pending = true, .before = behind, .limit = kMostInDigest + 1});
  if (pending.size() > kMostInDigest) {
    // What was sent stays pending with the rest, and the timer knows how far the mails are.
    pending.pop_back();
    set_digest_timer(id, parts_.now, pending.back().id);
  } else {
    parts_.transaction.clear_mail_pending(id);
  }
  pending = still_open(*account, std::move(pending));
  if (!pending.empty()) mail_digest(*account, pending);
}

void Teller::mail_digest(const Account& account, const std::vector<Notification>& pending) {
  const model::Model& model = parts_.gate.model();
  const std::size_t locale = locale_of(account);
  const Language language = showing(model, locale, parts_.directory).language;
  const MessageText& subject =
      pending.size() == 1 ? texts::kDigestOneSubject : texts::kDigestSubject;
  OutboxMessage message{.key = new_message_key(parts_.random),
                        .destination = std::string(kMailDestination),
                        .to = account.email,
                        .created_at = parts_.now,
                        .due_at = parts_.now};
  message.subject = one_line(
      render({&subject, {{"app", model.app.label}, {"count", std::to_string(pending.size())}}},
             language, locale));
  for (const Notification& one : pending) {
    if (!message.body.empty()) message.body += "\n";
    add_paragraph(message.body, one.title);
    add_paragraph(message.body, one.text);
    add_paragraph(message.body, link_to(one.entity, one.record));
  }
  parts_.transaction.insert_message(message);
}

bool Teller::may_see(const Account& account, const model::Entity& entity,
                     const Record& record) const {
  const permissions::Actor reader{.account = account.id,
                                  .name = account.name,
                                  .full_name = account.full_name,
                                  .roles = permissions::roles_of(account, parts_.gate.model()),
                                  .locale = account.locale};
  return parts_.gate.may(reader, model::Action::View, entity, record,
                         {.view = parts_.transaction,
                          .people = parts_.directory,
                          .organization = parts_.directory,
                          .now = parts_.now,
                          .zone = &zone()});
}

std::size_t Teller::locale_of(const Account& account) const {
  return find_locale(parts_.gate.model(), account.locale).value_or(0);
}

std::string Teller::link_to(std::string_view entity, RecordId record) const {
  if (parts_.origin.empty()) return {};
  if (entity.empty()) return parts_.origin + "/notifications";
  return parts_.origin + "/" + percent_encoded(entity) + "/" + std::to_string(record);
}

}  // namespace formwork::engine
