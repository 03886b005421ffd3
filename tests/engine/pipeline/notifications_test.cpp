// Who is told what, in which language, and when mail goes out.
#include <algorithm>

#include <doctest/doctest.h>

#include "engine/pipeline/forecast.h"
#include "engine/pipeline/mail_time.h"
#include "engine/pipeline/notification_texts.h"
#include "engine/pipeline/teller.h"
#include "tests/support/office_app.h"

namespace formwork::engine {
namespace {

using testing::code_of;
using testing::Office;
using testing::Outcome;
using testing::Words;

constexpr TimeOfDay at(int hour, int minute = 0) {
  return {(hour * std::int64_t{3600} + minute * std::int64_t{60}) * kNanosPerSecond};
}

Instant instant(std::string_view text) { return parse_instant(text).value(); }

// The office, in which people may have mail, wishes and another language.
class Desk : public Office {
 public:
  Desk() {
    const auto added = engine.add_account({.name = "ma",
                                           .full_name = "马丽",
                                           .password = {},
                                           .roles = {"manager"},
                                           .locale = "zh-CN",
                                           .manager = "gu",
                                           .teams = {},
                                           .heads = {},
                                           .email = "ma@example.com"});
    REQUIRE(added);
    for (const std::string name : {"lin", "xu", "zhou"}) {
      REQUIRE(engine.change_account(
          name,
          {.roles = {}, .manager = {}, .teams = {}, .heads = {}, .email = name + "@example.com"}));
    }
  }

  AccountId id(const std::string& name) { return who(name).account; }

  Telling about(const Record& quote, const std::vector<std::string>& names) {
    Telling telling{.entity = &entity("quote"), .record = &quote};
    for (const std::string& name : names) telling.to.push_back(id(name));
    telling.title = [](std::size_t locale) {
      return std::string(locale == 0 ? "Look at it" : "请查看");
    };
    telling.text = [](std::size_t) { return std::string("twice\nlong"); };
    telling.mail = true;
    telling.rule = "automation look";
    return telling;
  }

  // Each in one turn of its own: "lin inbox mail", "xu: may not see it".
  Words tell(const Telling& telling, int times = 1) {
    Words words;
    const auto people = engine.directory();
    engine.store().submit_and_wait([&](store::Transaction& transaction) {
      Teller teller({.gate = engine.gate(),
                     .transaction = transaction,
                     .directory = *people,
                     .random = random,
                     .origin = origin,
                     .now = clock.now()});
      for (int i = 0; i < times; ++i) {
        for (const Told& told : teller.tell(telling)) words.push_back(describe(told, *people));
      }
      return true;
    });
    return words;
  }

  static std::string describe(const Told& told, const accounts::Directory& people) {
    std::string text = people.account_name(told.account);
    if (told.inbox) text += " inbox";
    if (told.mail) text += " mail";
    return told.why_not.empty() ? text : text + ": " + told.why_not;
  }

  // "title | text | rule", newest first; `*` before what is unread.
  Words inbox(const std::string& name) {
    Words words;
    for (const Notification& one : engine.reader(who(name)).notifications({}).lines) {
      words.push_back((one.read_at ? "" : "*") + one.title + " | " + one.text + " | " + one.rule);
    }
    return words;
  }

  // Oldest first.
  std::vector<OutboxMessage> mail() {
    std::vector<OutboxMessage> all = engine.store().read()->messages({});
    std::reverse(all.begin(), all.end());
    return all;
  }

  Outcome prefer(const std::string& name, const Preferences& preferences) {
    return run({.actor = who(name), .intent = ChangePreferences{preferences}, .once = {}});
  }

  Outcome read(const std::string& name, std::optional<std::int64_t> one = {}) {
    return run({.actor = who(name), .intent = ReadNotifications{one}, .once = {}});
  }

  std::size_t unread(const std::string& name) {
    return static_cast<std::size_t>(engine.reader(who(name)).count_unread(99));
  }

  ToDoId todo(const std::string& name, RecordId quote) {
    ToDo todo{.assignee = id(name),
              .title = "Call them",
              .entity = "quote",
              .record = quote,
              .rule = "automation call",
              .created_at = clock.now(),
              .due_at = Instant{clock.now().microseconds + 3600 * kMicrosPerSecond}};
    engine.store().submit_and_wait([&](store::Transaction& transaction) {
      todo.id = transaction.insert_todo(todo);
      transaction.insert_timer({.due_at = *todo.due_at,
                                .kind = Timer::Kind::ToDo,
                                .entity = todo.entity,
                                .record = todo.record,
                                .number = todo.id,
                                .rule = todo.rule});
      return true;
    });
    return todo.id;
  }

  Outcome finish(const std::string& name, ToDoId id) {
    return run({.actor = who(name), .intent = FinishToDo{id}, .once = {}});
  }

  Words todos(const std::string& name) {
    Words words;
    for (const ToDo& todo : engine.reader(who(name)).todos({})) words.push_back(todo.title);
    return words;
  }

  std::string origin;
};

Preferences daily(TimeOfDay time) {
  Preferences preferences;
  preferences.digest = Preferences::Digest::Daily;
  preferences.digest_at = time;
  return preferences;
}

Preferences quiet(TimeOfDay from, TimeOfDay to) {
  Preferences preferences;
  preferences.quiet_from = from;
  preferences.quiet_to = to;
  return preferences;
}

}  // namespace

TEST_CASE("quiet hours end at their end, over midnight as well, and a digest waits for them") {
  const TimeZone& zone = *TimeZone::find("Asia/Shanghai");
  const auto behind = [&](const Preferences& preferences, std::string_view text) {
    return to_rfc3339(behind_quiet_hours(preferences, instant(text), zone));
  };
  const Preferences night = quiet(at(22), at(8));
  CHECK(behind(night, "2026-03-02T21:59:59+08:00") == "2026-03-02T13:59:59Z");
  CHECK(behind(night, "2026-03-02T22:00:00+08:00") == "2026-03-03T00:00:00Z");
  CHECK(behind(night, "2026-03-03T00:30:00+08:00") == "2026-03-03T00:00:00Z");
  CHECK(behind(night, "2026-03-03T08:00:00+08:00") == "2026-03-03T00:00:00Z");
  const Preferences noon = quiet(at(12), at(13, 30));
  CHECK(behind(noon, "2026-03-02T12:00:00+08:00") == "2026-03-02T05:30:00Z");
  CHECK(behind(noon, "2026-03-02T13:30:00+08:00") == "2026-03-02T05:30:00Z");
  CHECK(behind({}, "2026-03-02T03:00:00+08:00") == "2026-03-01T19:00:00Z");

  const auto digest = [&](const Preferences& preferences, std::string_view text) {
    return to_rfc3339(next_digest(preferences, instant(text), zone));
  };
  CHECK(digest(daily(at(9)), "2026-03-02T08:59:00+08:00") == "2026-03-02T01:00:00Z");
  CHECK(digest(daily(at(9)), "2026-03-02T09:00:00+08:00") == "2026-03-03T01:00:00Z");
  Preferences hourly;
  hourly.digest = Preferences::Digest::Hourly;
  CHECK(digest(hourly, "2026-03-02T09:00:00+08:00") == "2026-03-02T02:00:00Z");
  CHECK(digest(hourly, "2026-03-02T23:40:00+08:00") == "2026-03-02T16:00:00Z");
  hourly.quiet_from = at(22);
  hourly.quiet_to = at(8);
  CHECK(digest(hourly, "2026-03-02T23:40:00+08:00") == "2026-03-03T00:00:00Z");
}

TEST_CASE("an hourly digest comes at every hour, also in one that clocks repeat") {
  const TimeZone& zone = *TimeZone::find("Europe/Berlin");
  Preferences hourly;
  hourly.digest = Preferences::Digest::Hourly;
  // 2:30 in winter time, after 2:30 in summer time: the next full hour is 3:00.
  const Instant second = instant("2026-10-25T01:30:00Z");
  CHECK(next_digest(hourly, second, zone) > second);
  CHECK(to_rfc3339(next_digest(hourly, second, zone)) == "2026-10-25T02:00:00Z");
}

TEST_CASE("whoever may not see a record, or has no account any more, is told nothing about it") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  REQUIRE(desk.engine.close_account("sun", ""));
  CHECK(desk.tell(desk.about(quote, {"lin", "xu", "sun", "gu"})) ==
        Words{"lin inbox mail", "xu: may not see it", "sun: has no open account",
              "gu inbox: has no e-mail address"});
  CHECK(desk.inbox("xu").empty());
  CHECK(desk.inbox("lin") == Words{"*Look at it | twice\nlong | automation look"});
  REQUIRE(desk.mail().size() == 1);
  const OutboxMessage mail = desk.mail().front();
  CHECK(mail.destination == kMailDestination);
  CHECK(mail.to == "lin@example.com");
  CHECK(mail.subject == "Look at it");
  CHECK(mail.body == "twice\nlong\n");
  CHECK(mail.due_at == desk.clock.now());
  CHECK(mail.entity == "quote");
  CHECK(mail.key.starts_with("msg_"));
  CHECK(mail.key.size() > 30);
}

TEST_CASE(
    "people are told in their own language, and mail leads to the record by the app's address") {
  Desk desk;
  desk.origin = "https://crm.example.com";
  const Record quote = desk.record(desk.quote());
  CHECK(desk.tell(desk.about(quote, {"ma", "zhou"})) == Words{"ma inbox mail", "zhou inbox mail"});
  CHECK(desk.inbox("ma") == Words{"*请查看 | twice\nlong | automation look"});
  CHECK(desk.inbox("zhou") == Words{"*Look at it | twice\nlong | automation look"});
  const std::vector<OutboxMessage> mail = desk.mail();
  CHECK(mail.at(0).subject == "请查看");
  CHECK(mail.at(0).body == "twice\nlong\n\nhttps://crm.example.com/quote/1\n");
  CHECK(mail.at(1).subject == "Look at it");
  CHECK(mail.at(0).key != mail.at(1).key);
}

TEST_CASE("in one turn the same is told to one person once, and something else again") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  Telling telling = desk.about(quote, {"lin", "lin"});
  telling.mail = false;
  CHECK(desk.tell(telling, 2) == Words{"lin inbox", "lin: was told so already"});
  CHECK(desk.inbox("lin").size() == 1);
  CHECK(desk.tell(telling) == Words{"lin inbox"});
  telling.rule = "automation other";
  CHECK(desk.tell(telling) == Words{"lin inbox"});
  CHECK(desk.inbox("lin").size() == 3);
}

TEST_CASE("what was undone may be told again in the same turn") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  const Telling telling = desk.about(quote, {"lin"});
  const auto people = desk.engine.directory();
  desk.engine.store().submit_and_wait([&](store::Transaction& transaction) {
    Teller teller({.gate = desk.engine.gate(),
                   .transaction = transaction,
                   .directory = *people,
                   .random = desk.random,
                   .origin = desk.origin,
                   .now = desk.clock.now()});
    const std::size_t before = teller.told();
    {
      const store::Part part(transaction);
      teller.tell(telling);
    }
    teller.forget_since(before);
    CHECK(teller.tell(telling).front().inbox);
    return true;
  });
  CHECK(desk.inbox("lin").size() == 1);
  CHECK(desk.mail().size() == 1);
}

TEST_CASE("mail waits for the end of quiet hours unless it is urgent, and may be refused") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  REQUIRE(desk.prefer("lin", quiet(at(8), at(10))));
  Telling telling = desk.about(quote, {"lin"});
  CHECK(desk.tell(telling) == Words{"lin inbox mail"});
  CHECK(desk.mail().at(0).due_at == instant("2026-03-02T10:00:00+08:00"));
  telling.urgent = true;
  CHECK(desk.tell(telling) == Words{"lin inbox mail"});
  CHECK(desk.mail().at(1).due_at == desk.clock.now());
  Preferences none;
  none.mail = false;
  REQUIRE(desk.prefer("lin", none));
  CHECK(desk.tell(telling) == Words{"lin inbox: wants no mail"});
  CHECK(desk.mail().size() == 2);
}

TEST_CASE("a digest is one mail with all that waited, in the reader's language, and is sent once") {
  Desk desk;
  desk.origin = "https://crm.example.com";
  const RecordId first = desk.quote();
  const Record quote = desk.record(first);
  const Record other = desk.record(desk.quote(R"({"amount":"7","terms":"net"})"));
  REQUIRE(desk.prefer("ma", daily(at(18))));
  CHECK(desk.tell(desk.about(quote, {"ma"})) == Words{"ma inbox mail"});
  desk.pass(1);
  Telling hidden = desk.about(other, {"ma"});
  hidden.inbox = false;
  CHECK(desk.tell(hidden) == Words{"ma mail"});
  Telling urgent = desk.about(quote, {"ma"});
  urgent.urgent = true;
  CHECK(desk.tell(urgent) == Words{"ma inbox mail"});
  CHECK(desk.mail().size() == 1);
  CHECK(desk.engine.store()
            .read()
            ->timers_of_rule("digest " + std::to_string(desk.id("ma")), 9)
            .size() == 1);
  CHECK(desk.inbox("ma").size() == 2);
  desk.pass(7);
  CHECK(desk.mail().size() == 1);
  desk.pass(1);
  REQUIRE(desk.mail().size() == 2);
  const OutboxMessage digest = desk.mail().at(1);
  CHECK(digest.subject == "Office：2 条通知");
  CHECK(digest.to == "ma@example.com");
  CHECK(digest.due_at == instant("2026-03-02T18:00:00+08:00"));
  // The links are those of the engine, which knows no address here.
  CHECK(digest.body == "请查看\ntwice\nlong\n\n请查看\ntwice\nlong\n");
  desk.pass(48);
  CHECK(desk.mail().size() == 2);
}

TEST_CASE("a digest leaves out what its reader may not see any more, and is not sent for nothing") {
  Desk desk;
  const RecordId id = desk.quote();
  const Record quote = desk.record(id);
  const Record other = desk.record(desk.quote());
  REQUIRE(desk.prefer("lin", daily(at(18))));
  desk.tell(desk.about(quote, {"lin"}));
  desk.tell(desk.about(other, {"lin"}));
  REQUIRE(desk.set("zhou", id, R"({"owner":"xu"})"));
  desk.pass(10);
  REQUIRE(desk.mail().size() == 1);
  CHECK(desk.mail().at(0).subject == "Office: 1 notification");
  desk.tell(desk.about(other, {"lin"}));
  REQUIRE(desk.set("zhou", other.id, R"({"owner":"xu"})"));
  desk.pass(48);
  CHECK(desk.mail().size() == 1);
  CHECK(desk.inbox("lin").empty());
}

TEST_CASE("what is too much for one mail comes in the next, though it is in no inbox") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  REQUIRE(desk.prefer("lin", daily(at(18))));
  int count = 0;
  Telling telling = desk.about(quote, {"lin"});
  telling.inbox = false;
  telling.title = [&](std::size_t) { return "Look " + std::to_string(++count) + "!"; };
  const auto holds = [&](std::size_t mail, const std::string& title) {
    return desk.mail().at(mail).body.find(title + "\n") != std::string::npos;
  };

  SUBCASE("at once") {
    desk.tell(telling, 430);
    desk.pass(10);
    REQUIRE(desk.mail().size() == 3);
    CHECK(desk.mail().at(0).subject == "Office: 200 notifications");
    CHECK(desk.mail().at(1).subject == "Office: 200 notifications");
    CHECK(desk.mail().at(2).subject == "Office: 30 notifications");
    CHECK(desk.mail().at(2).due_at == instant("2026-03-02T18:00:00+08:00"));
    CHECK(holds(0, "Look 1!"));
    CHECK(holds(0, "Look 200!"));
    CHECK_FALSE(holds(0, "Look 201!"));
    CHECK(holds(1, "Look 201!"));
    CHECK(holds(2, "Look 430!"));
    desk.tell(telling);
    desk.pass(48);
    REQUIRE(desk.mail().size() == 4);
    CHECK(desk.mail().at(3).subject == "Office: 1 notification");
    CHECK(holds(3, "Look 431!"));
  }

  SUBCASE("also if its reader wants it at another time meanwhile, and nothing twice") {
    desk.tell(telling, 230);
    desk.clock.advance(DaysDuration::from_microseconds(10 * std::int64_t{3600} * kMicrosPerSecond));
    REQUIRE(desk.engine.fire_timers(1) == 1);
    REQUIRE(desk.prefer("lin", daily(at(21))));
    desk.tell(telling);
    desk.pass(1);
    CHECK(desk.mail().size() == 1);
    desk.pass(2);
    REQUIRE(desk.mail().size() == 2);
    CHECK(desk.mail().at(1).subject == "Office: 31 notifications");
    CHECK_FALSE(holds(1, "Look 200!"));
    CHECK(holds(1, "Look 201!"));
    CHECK(holds(1, "Look 231!"));
  }
}

TEST_CASE("what waits for a digest follows its reader's new wishes") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  REQUIRE(desk.prefer("lin", daily(at(18))));
  desk.tell(desk.about(quote, {"lin"}));
  REQUIRE(desk.prefer("lin", daily(at(12))));
  desk.pass(4);
  REQUIRE(desk.mail().size() == 1);
  CHECK(desk.mail().at(0).due_at == instant("2026-03-02T12:00:00+08:00"));
  desk.tell(desk.about(quote, {"lin"}));
  REQUIRE(desk.prefer("lin", {}));
  desk.pass(1);
  CHECK(desk.mail().size() == 2);
  REQUIRE(desk.prefer("lin", daily(at(18))));
  desk.tell(desk.about(quote, {"lin"}));
  Preferences none;
  none.mail = false;
  REQUIRE(desk.prefer("lin", none));
  desk.pass(48);
  CHECK(desk.mail().size() == 2);
  CHECK(code_of(desk.prefer("lin", quiet(at(8), at(8)))) == "preferences.quiet-hours");
  Preferences half;
  half.quiet_from = at(8);
  CHECK(code_of(desk.prefer("lin", half)) == "preferences.quiet-hours");
}

TEST_CASE("an approval tells those whom it asks, and its submitter how it ends") {
  Desk desk;
  const RecordId id = desk.quote();
  REQUIRE(desk.move("lin", id, "review"));
  CHECK(desk.inbox("zhou") ==
        Words{"*q waits for your approval: Manager | Submitted by lin | approval discount"});
  CHECK(desk.inbox("lin").empty());
  CHECK(desk.inbox("ma").empty());
  REQUIRE(desk.act("lin", {.task = desk.task("zhou", id), .action = TaskAction::Urge}));
  CHECK(desk.inbox("zhou").front() ==
        "*q still waits for your approval: Manager | By lin | approval discount");
  desk.pass(9);
  CHECK(desk.inbox("zhou").front() ==
        "*q still waits for your approval: Manager |  | approval discount");
  REQUIRE(desk.act("zhou", {.task = desk.task("zhou", id),
                            .action = TaskAction::Transfer,
                            .comment = "yours",
                            .to = desk.id("ma")}));
  CHECK(desk.inbox("ma") == Words{"*q 的审批已转给您：Manager | zhou：yours | approval discount"});
  REQUIRE(desk.act(
      "ma", {.task = desk.task("ma", id), .action = TaskAction::Return, .comment = "too cheap"}));
  CHECK(desk.inbox("lin") == Words{"*q was returned to you: Discount | 马丽: too cheap | approval "
                                   "discount"});
  REQUIRE(desk.act("lin", {.task = desk.task("lin", id), .action = TaskAction::Resubmit}));
  REQUIRE(desk.approve("zhou", id));
  CHECK(desk.inbox("lin").front() == "*q was approved: Discount | By zhou | approval discount");
  CHECK(desk.mail().empty());
}

TEST_CASE("whoever acts for somebody is told as well what that one is asked") {
  Desk desk;
  const RecordId id = desk.quote();
  REQUIRE(desk.run({.actor = desk.who("zhou"),
                    .intent = Delegate{.to = desk.id("ma"),
                                       .starts_at = desk.clock.now(),
                                       .ends_at = instant("2026-03-09T00:00:00Z")},
                    .once = {}}));
  REQUIRE(desk.move("lin", id, "review"));
  CHECK(desk.inbox("zhou").size() == 1);
  CHECK(desk.inbox("ma") ==
        Words{"*q 等待 zhou 审批，您可代为处理：Manager | 提交人：lin | approval discount"});
}

TEST_CASE("whose record it becomes by somebody else, and whose stays for long, is told") {
  Desk desk;
  const RecordId id = desk.quote();
  CHECK(desk.inbox("lin").empty());
  REQUIRE(desk.set("zhou", id, R"({"owner":"xu"})"));
  CHECK(desk.inbox("xu") == Words{"*q is yours now | By zhou | owner"});
  REQUIRE(desk.set("zhou", id, R"({"owner":"zhou"})"));
  CHECK(desk.inbox("zhou").empty());
  REQUIRE(desk.set("zhou", id, R"({"owner":"xu"})"));
  desk.pass(48);
  CHECK(desk.inbox("xu").front() == "*q has been in Draft for long |  | stage draft");
  desk.pass(72);
  CHECK(desk.inbox("xu").front() == "*q was in Draft for too long |  | stage draft");
}

TEST_CASE("notifications are read one by one or all, each by whom it is for") {
  Desk desk;
  const Record quote = desk.record(desk.quote());
  Telling telling = desk.about(quote, {"lin", "zhou"});
  telling.mail = false;
  desk.tell(telling);
  desk.tell(telling);
  desk.tell(telling);
  CHECK(desk.unread("lin") == 3);
  const auto lines = desk.engine.reader(desk.who("lin")).notifications({.limit = 2});
  REQUIRE(lines.lines.size() == 2);
  CHECK(lines.next == lines.lines.back().id);
  CHECK(code_of(desk.read("zhou", lines.lines.front().id)) == "notification.unknown");
  CHECK(code_of(desk.read("lin", 4711)) == "notification.unknown");
  const auto read = desk.read("lin", lines.lines.front().id);
  REQUIRE(read);
  CHECK(read->changed);
  CHECK_FALSE(desk.read("lin", lines.lines.front().id)->changed);
  CHECK(desk.unread("lin") == 2);
  CHECK(desk.engine.reader(desk.who("lin")).notifications({.unread = true}).lines.size() == 2);
  REQUIRE(desk.read("lin"));
  CHECK(desk.unread("lin") == 0);
  CHECK(desk.unread("zhou") == 3);
}

TEST_CASE("things to do are done by their assignee or whoever may assign, and told when due") {
  Desk desk;
  const RecordId id = desk.quote();
  const ToDoId first = desk.todo("lin", id);
  const ToDoId second = desk.todo("lin", id);
  CHECK(desk.todos("lin") == Words{"Call them", "Call them"});
  CHECK(code_of(desk.finish("xu", first)) == "todo.unknown");
  CHECK(code_of(desk.finish("sun", first)) == "record.forbidden");
  CHECK(code_of(desk.finish("lin", 4711)) == "todo.unknown");
  const auto coming = [&] {
    Words words;
    const Instant until{desk.clock.now().microseconds + kMicrosPerDay};
    for (const Coming& one : forecast(desk.engine, {.until = until}).lines) {
      words.push_back(render(one.what, Language::English));
    }
    return words;
  };
  CHECK(coming() == Words{"reminds lin of what is to be done: Call them",
                          "reminds lin of what is to be done: Call them"});
  REQUIRE(desk.finish("zhou", first));
  CHECK(coming().size() == 1);
  CHECK_FALSE(desk.finish("lin", first)->changed);
  desk.pass(2);
  CHECK(desk.inbox("lin") == Words{"*Due now: Call them | About q | automation call"});
  REQUIRE(desk.finish("lin", second));
  CHECK(desk.todos("lin").empty());
  const auto done = desk.engine.store().read()->find_todo(first);
  CHECK(done->done_by == desk.id("zhou"));
}

TEST_CASE("whoever leaves hands over what there was to do") {
  Desk desk;
  const RecordId id = desk.quote();
  desk.todo("lin", id);
  const auto refused = desk.engine.close_account("lin", "");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.text->code == "account.tasks-left");
  REQUIRE(desk.engine.close_account("lin", "zhou"));
  CHECK(desk.todos("zhou") == Words{"Call them"});
  CHECK(desk.inbox("zhou") == Words{"*You take over what lin had to do: 1 |  | account closed"});
}

TEST_CASE("an address is kept as it is mailed to, and a wrong one is refused") {
  Desk desk;
  const auto change = [&](std::string address) {
    return desk.engine.change_account(
        "lin", {.roles = {}, .manager = {}, .teams = {}, .heads = {}, .email = std::move(address)});
  };
  CHECK(change("Lin@Example.COM")->email == "Lin@example.com");
  CHECK_FALSE(change("lin@example.com, xu@example.com"));
  CHECK(change("")->email.empty());
}

TEST_CASE("each sentence about notifications is said in both languages") {
  for (const MessageText* text : all_notification_texts()) {
    INFO(text->code);
    CHECK_FALSE(text->english.empty());
    CHECK_FALSE(text->chinese.empty());
    CHECK(std::count(text->english.begin(), text->english.end(), '{') ==
          std::count(text->chinese.begin(), text->chinese.end(), '{'));
  }
}

}  // namespace formwork::engine
