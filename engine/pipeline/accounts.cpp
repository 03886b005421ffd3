// The engine's commands for accounts: who there is, and who belongs where.
#include <algorithm>

#include "dsl/base/json.h"
#include "dsl/base/utf8.h"
#include "dsl/diagnostics/did_you_mean.h"
#include "engine/accounts/password.h"
#include "engine/pipeline/engine.h"
#include "engine/pipeline/submit.h"

namespace formwork::engine {
namespace {

bool is_account_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), fits);
}

Refusal no_such_account(const std::string& name) {
  return refusal_of(RefusalKind::NotFound, texts::kNoSuchAccount, {{"name", name}});
}

template <class Named>
std::optional<Refusal> find_unknown(const std::vector<std::string>& wanted,
                                    const std::vector<Named>& known, const MessageText& text) {
  std::vector<std::string_view> names;
  for (const Named& one : known) names.push_back(one.name);
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    auto arguments = suggestion_arguments(name, names);
    arguments.emplace_back("name", name);
    return refusal_of(RefusalKind::Invalid, text, std::move(arguments));
  }
  return std::nullopt;
}

// A file that no app was served from yet takes any role and team; one that the app then lacks
// grants nothing and leads to nobody.
std::optional<Refusal> find_unknown(const Account& account, const model::Model& model) {
  if (model.sources.empty()) return std::nullopt;
  if (auto fault = find_unknown(account.roles, model.roles, texts::kNoSuchRole)) return fault;
  if (auto fault = find_unknown(account.teams, model.teams, texts::kNoSuchTeam)) return fault;
  return find_unknown(account.heads, model.teams, texts::kNoSuchTeam);
}

// As an e-mail field keeps it.
std::optional<Refusal> read_address(const std::string& text, std::string& address) {
  auto read = fields::find_field_type("email")->read(text, fields::Field{}, fields::Reading{});
  if (!read) {
    return Refusal{RefusalKind::Invalid, std::move(read.error()), {}, {}, 0};
  }
  address = read->is_null() ? std::string() : read->string();
  return std::nullopt;
}

std::optional<Refusal> find_fault(const NewAccount& account) {
  if (!is_account_name(account.name)) return refusal_of(RefusalKind::Invalid, texts::kAccountName);
  const std::size_t characters = count_characters(account.password);
  const bool weak = characters < accounts::kMinPasswordCharacters ||
                    account.password.size() > accounts::kMaxPasswordBytes;
  if (account.password.empty() || !weak) return std::nullopt;
  return refusal_of(RefusalKind::Invalid, texts::kWeakPassword,
                    {{"limit", std::to_string(accounts::kMinPasswordCharacters)}});
}

// Puts the account below its manager, who must be there and not below it.
std::optional<Refusal> put_below(const std::string& name, Account& account, store::View& view) {
  account.manager = 0;
  if (name.empty()) return std::nullopt;
  std::optional<Account> above = view.find_account(name);
  if (!above) return no_such_account(name);
  if (!above->active)
    return refusal_of(RefusalKind::Conflict, texts::kAccountClosed, {{"name", name}});
  account.manager = above->id;
  std::vector<AccountId> passed;
  while (above && std::find(passed.begin(), passed.end(), above->id) == passed.end()) {
    const bool is_itself = account.id == 0 ? above->name == account.name : above->id == account.id;
    if (is_itself) {
      return refusal_of(RefusalKind::Invalid, texts::kOwnManager,
                        {{"name", account.name}, {"manager", name}});
    }
    passed.push_back(above->id);
    above = view.find_account(above->manager);
  }
  return std::nullopt;
}

void write_list(json::Writer& writer, const std::vector<std::string>& texts) {
  writer.begin_array();
  for (const std::string& text : texts) writer.string(text);
  writer.end_array();
}

// {"roles":{"from":["sales"],"to":[]},…}, of what differs.
std::string changes_between(const Account& before, const Account& after, store::View& view) {
  std::string text;
  json::Writer writer(text);
  writer.begin_object();
  const auto list = [&](std::string_view key, const auto& from, const auto& to) {
    if (from == to) return;
    writer.key(key).begin_object().key("from");
    write_list(writer, from);
    writer.key("to");
    write_list(writer, to);
    writer.end_object();
  };
  list("roles", before.roles, after.roles);
  list("teams", before.teams, after.teams);
  list("heads", before.heads, after.heads);
  if (before.manager != after.manager) {
    const auto name = [&](AccountId id) {
      const std::optional<Account> manager = view.find_account(id);
      return manager ? manager->name : std::string();
    };
    writer.key("manager").begin_object();
    writer.key("from").string(name(before.manager)).key("to").string(name(after.manager));
    writer.end_object();
  }
  if (before.email != after.email) {
    writer.key("email").begin_object();
    writer.key("from").string(before.email).key("to").string(after.email);
    writer.end_object();
  }
  writer.end_object();
  return text;
}

// How many tasks and things to do wait for the account itself.
std::int64_t open_tasks(AccountId account, store::View& view) {
  constexpr std::int64_t kAtMost = 1'000;
  const std::size_t todos =
      view.todos({.assignee = account, .record = 0, .limit = std::size_t{kAtMost}}).size();
  return static_cast<std::int64_t>(todos) + view.count_tasks({.box = store::TaskQuery::Box::ToDo,
                                                              .assignees = {account},
                                                              .entity = {},
                                                              .record = 0,
                                                              .unread = false,
                                                              .after = 0,
                                                              .limit = 1},
                                                             kAtMost);
}

}  // namespace

Expected<Account, Refusal> Engine::add_account(const NewAccount& wanted) {
  if (auto fault = find_fault(wanted)) return Unexpected(std::move(*fault));
  Account account{.name = wanted.name,
                  .full_name = wanted.full_name,
                  .roles = wanted.roles,
                  .locale = wanted.locale,
                  .teams = wanted.teams,
                  .heads = wanted.heads};
  if (auto fault = find_unknown(account, *model_)) return Unexpected(std::move(*fault));
  if (auto fault = read_address(wanted.email, account.email)) return Unexpected(std::move(*fault));
  if (!wanted.password.empty()) account.password = accounts::hash_password(wanted.password);
  auto added = submit_and_wait<Account>(
      [&, account](store::Transaction& transaction) mutable -> Expected<Account, Refusal> {
        if (transaction.find_account(account.name)) {
          return Unexpected(
              refusal_of(RefusalKind::Conflict, texts::kAccountExists, {{"name", account.name}}));
        }
        if (auto fault = put_below(wanted.manager, account, transaction)) {
          return Unexpected(std::move(*fault));
        }
        account.id = transaction.insert_account(account);
        note_account(transaction, account, "created");
        return account;
      });
  if (added) reload_directory();
  return added;
}

Expected<Account, Refusal> Engine::change_account(const std::string& name,
                                                  const AccountChange& change) {
  auto changed =
      submit_and_wait<Account>([&](store::Transaction& transaction) -> Expected<Account, Refusal> {
        const std::optional<Account> before = transaction.find_account(name);
        if (!before) return Unexpected(no_such_account(name));
        Account after = *before;
        // What it had may be of an older app; what it is to have is of this one.
        Account wanted;
        if (change.roles) after.roles = wanted.roles = *change.roles;
        if (change.teams) after.teams = wanted.teams = *change.teams;
        if (change.heads) after.heads = wanted.heads = *change.heads;
        if (auto fault = find_unknown(wanted, *model_)) return Unexpected(std::move(*fault));
        if (change.email) {
          auto fault = read_address(*change.email, after.email);
          if (fault) return Unexpected(std::move(*fault));
        }
        if (change.manager) {
          auto fault = put_below(*change.manager, after, transaction);
          if (fault) return Unexpected(std::move(*fault));
        }
        std::string changes = changes_between(*before, after, transaction);
        if (changes == "{}") return after;
        transaction.update_account(after);
        note_account(transaction, after, "updated", nullptr, std::move(changes));
        return after;
      });
  if (changed) reload_directory();
  return changed;
}

Expected<Account, Refusal> Engine::close_account(const std::string& name, const std::string& heir) {
  auto closed = submit_and_wait<Account>([&](store::Transaction& transaction)
                                             -> Expected<Account, Refusal> {
    std::optional<Account> account = transaction.find_account(name);
    if (!account) return Unexpected(no_such_account(name));
    if (!account->active) {
      return Unexpected(refusal_of(RefusalKind::Conflict, texts::kAccountClosed, {{"name", name}}));
    }
    const std::optional<Account> next = transaction.find_account(heir);
    if (!heir.empty() && !next) return Unexpected(no_such_account(heir));
    if (next && (!next->active || next->id == account->id)) {
      return Unexpected(
          refusal_of(RefusalKind::Invalid, texts::kNoHeir, {{"name", heir}, {"closed", name}}));
    }
    const std::int64_t tasks = open_tasks(account->id, transaction);
    if (tasks > 0 && !next) {
      return Unexpected(refusal_of(RefusalKind::Conflict, texts::kTasksLeft,
                                   {{"name", name}, {"count", std::to_string(tasks)}}));
    }
    account->active = false;
    transaction.update_account(*account);
    transaction.delete_credentials_of(account->id);
    note_account(transaction, *account, "closed");
    if (tasks > 0) FW_TRY_VOID(hand_over_tasks(transaction, account->id, next->id));
    return std::move(*account);
  });
  if (closed) reload_directory();
  return closed;
}

void Engine::note_account(store::Transaction& transaction, const Account& account,
                          std::string action, const Actor* by, std::string changes) {
  append(transaction, {.at = clock_.now(),
                       .actor = by == nullptr ? kSystemAccount : by->account,
                       .actor_name = by == nullptr ? std::string() : by->name,
                       .entity = std::string(kAccountEntity),
                       .record = account.id,
                       .action = std::move(action),
                       .cause = std::string(cause_name(by == nullptr ? Cause::Program : by->cause)),
                       .changes = std::move(changes)});
}

}  // namespace formwork::engine
