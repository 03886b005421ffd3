// Tells people something: in their inboxes, and by mail when and as they want it.
//
// Whoever may not see a record is told nothing about it; that is asked when something is told and,
// for a digest, once more when it is sent.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/accounts/directory.h"
#include "engine/command/environment.h"
#include "engine/permissions/gate.h"
#include "engine/store/store.h"

namespace formwork::engine {

// Something about a record, or about nothing.
struct Telling {
  const model::Entity* entity = nullptr;
  const Record* record = nullptr;
  std::vector<AccountId> to;
  // In the language of that locale, with values as its readers see them.
  std::function<std::string(std::size_t locale)> title;
  std::function<std::string(std::size_t locale)> text;  // may be empty
  bool inbox = true;
  bool mail = false;
  bool urgent = false;
  std::string rule;  // `automation first_response_sla`
  std::int64_t cause = 0;
};

struct Told {
  AccountId account = 0;
  bool inbox = false;
  bool mail = false;    // at once, later, or with the digest
  std::string why_not;  // empty: it was told in all the ways that were asked for
};

// `msg_…`: what a message is known by in all attempts to send it.
std::string new_message_key(Random& random);

class Teller {
 public:
  // All of them outlive the teller.
  struct Parts {
    const permissions::Gate& gate;
    store::Transaction& transaction;
    const accounts::Directory& directory;
    Random& random;
    const std::string& origin;
    Instant now;
  };

  explicit Teller(const Parts& parts) : parts_(parts) {}

  // Once for each who is to be told, in their order. Nobody is told the same thing about the same
  // record for the same rule twice.
  std::vector<Told> tell(const Telling& telling);

  // What was told after `told()` said so is undone: it may be told again.
  std::size_t told() const { return told_.size(); }

  void forget_since(std::size_t told);

  // One mail with what waits for it behind that notification, as far as its reader may still see
  // what it is about. Where that is much, a timer sends the rest.
  void send_digest(AccountId account, NotificationId behind);

  // What waits for a digest goes as the account wants it from now on.
  void follow_preferences(AccountId account, const Preferences& preferences);

 private:
  struct Words {
    std::string title;
    std::string text;
  };

  struct Way {
    bool is_wanted = false;
    bool in_digest = false;
    std::string why_not;
    Preferences preferences;
  };

  using WordsByLocale = std::map<std::size_t, Words>;

  Told tell_one(const Telling& telling, AccountId id, WordsByLocale& words);
  bool is_new(const Telling& telling, AccountId id, const Words& words);
  Way way_to(const Account& account, bool is_urgent);
  void keep(const Telling& telling, const Words& words, Told& told, const Way& way);
  void mail(const Telling& telling, const Account& account, const Words& words, const Way& way);
  void wait_for_digest(AccountId account, const Preferences& preferences);
  bool has_pending(AccountId account);
  void set_digest_timer(AccountId account, Instant at, NotificationId behind);
  NotificationId drop_digest_timers(AccountId account);  // behind which they were to send

  void mail_digest(const Account& account, const std::vector<Notification>& pending);
  std::vector<Notification> still_open(const Account& account, std::vector<Notification> pending);
  bool may_see(const Account& account, const model::Entity& entity, const Record& record) const;
  std::size_t locale_of(const Account& account) const;
  // Empty without an origin.
  std::string link_to(std::string_view entity, RecordId record) const;

  const TimeZone& zone() const { return *parts_.gate.model().app.time_zone; }

  const Parts parts_;
  std::unordered_map<std::string, std::size_t> told_;  // in which order
};

}  // namespace formwork::engine
