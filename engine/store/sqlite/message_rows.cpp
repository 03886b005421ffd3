#include "engine/store/sqlite/message_rows.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/store/sqlite/row_columns.h"

namespace formwork::store {
namespace {

using engine::kMailDestination;
using engine::MessageState;

// Files hold the numbers, and indexes and statements ask for them and for `mail`.
static_assert(static_cast<int>(MessageState::Waiting) == 0 &&
              static_cast<int>(MessageState::Delivered) == 1 &&
              static_cast<int>(MessageState::Dead) == 2);
static_assert(kMailDestination == "mail");
constexpr int kStates = 3;

constexpr std::array kMessageColumns{row_column<&OutboxMessage::key>("key"),
                                     row_column<&OutboxMessage::destination>("destination"),
                                     row_column<&OutboxMessage::to>("receiver"),
                                     row_column<&OutboxMessage::subject>("subject"),
                                     row_column<&OutboxMessage::created_at>("created_at"),
                                     row_column<&OutboxMessage::due_at>("due_at"),
                                     row_column<&OutboxMessage::state>("state"),
                                     row_column<&OutboxMessage::attempts>("attempts"),
                                     row_column<&OutboxMessage::ended_at>("ended_at"),
                                     row_column<&OutboxMessage::problem>("problem"),
                                     row_column<&OutboxMessage::entity>("entity"),
                                     row_column<&OutboxMessage::record>("record"),
                                     row_column<&OutboxMessage::cause>("cause"),
                                     row_column<&OutboxMessage::body>("body")};

OutboxMessage read_message(const Statement& row) {
  int column = 0;
  OutboxMessage message;
  message.id = row.number(column++);
  message.key = row.text(column++);
  message.destination = row.text(column++);
  message.to = row.text(column++);
  message.subject = row.text(column++);
  message.created_at = Instant{row.number(column++)};
  message.due_at = Instant{row.number(column++)};
  message.state = static_cast<MessageState>(row.number(column++));
  message.attempts = row.number(column++);
  message.ended_at = row_columns::read_moment(row, column++);
  message.problem = row.text(column++);
  message.entity = row.text(column++);
  message.record = row.number(column++);
  message.cause = row.number(column++);
  message.body = row.text(column++);
  return message;
}

std::string shape_of(const MessageQuery& query) {
  std::string shape = "messages";
  shape += query.destination.empty() ? '.' : 'd';
  shape += query.state ? 's' : '.';
  return shape;
}

void add_messages(Session& session, const MessageQuery& query,
                  std::vector<OutboxMessage>& messages) {
  const Running select = session.use_shape(shape_of(query), [&] { return messages_sql(query); });
  int parameter = 0;
  if (!query.destination.empty()) select->bind(++parameter, std::string_view(query.destination));
  if (query.state) select->bind(++parameter, static_cast<std::int64_t>(*query.state));
  select->bind(++parameter, row_columns::below(query.before));
  select->bind(++parameter, static_cast<std::int64_t>(query.limit));
  while (select->step()) messages.push_back(read_message(*select));
}

// One name after another, so that many messages to few destinations cost few steps.
std::vector<std::string> names_by(Session& session, System next) {
  std::vector<std::string> names;
  std::string last;
  while (true) {
    const Running select = session.use(next);
    select->bind(1, std::string_view(last));
    if (!select->step() || select->is_null(0)) return names;
    names.emplace_back(select->text(0));
    last = names.back();
  }
}

std::map<std::string, Destination, std::less<>> load_disabled(Session& session) {
  std::map<std::string, Destination, std::less<>> disabled;
  const Running select = session.use(System::DisabledDestinations);
  while (select->step()) {
    std::string name(select->text(0));
    disabled[name] = {.name = name, .disabled = true, .why = std::string(select->text(1))};
  }
  return disabled;
}

struct Waiting {
  MessageId id = 0;
  Instant due_at;
};

// The first that waits for each webhook that is not disabled.
std::vector<Waiting> first_for_webhooks(Session& session) {
  const auto disabled = load_disabled(session);
  std::vector<Waiting> first;
  for (const std::string& name : names_by(session, System::NextWaitingDestination)) {
    if (name == kMailDestination || disabled.count(name) != 0) continue;
    const Running select = session.use(System::FirstWaitingMessage);
    select->bind(1, std::string_view(name));
    if (select->step()) first.push_back({select->number(0), Instant{select->number(1)}});
  }
  return first;
}

bool is_mail_disabled(Session& session) {
  return load_disabled(session).count(kMailDestination) != 0;
}

std::int64_t count_messages(Session& session, std::string_view destination, MessageState state) {
  const Running count = session.use(System::CountMessages);
  count->bind(1, destination);
  count->bind(2, static_cast<std::int64_t>(state));
  return count->step() ? count->number(0) : 0;
}

}  // namespace

MessageId write_new_message(Session& session, const OutboxMessage& message) {
  return insert_row<OutboxMessage>(session, "fw_message", kMessageColumns, message);
}

void write_message(Session& session, const OutboxMessage& message) {
  const std::optional<OutboxMessage> before = load_message(session, message.id);
  if (!before) return;
  OutboxMessage after = *before;
  after.due_at = message.due_at;
  after.state = message.state;
  after.attempts = message.attempts;
  after.ended_at = message.ended_at;
  after.problem = message.problem;
  update_row<OutboxMessage>(session, "fw_message", kMessageColumns, after, *before);
}

std::optional<OutboxMessage> load_message(Session& session, MessageId id) {
  const Running select = session.use(System::FindMessage);
  select->bind(1, id);
  if (!select->step()) return std::nullopt;
  return read_message(*select);
}

std::string messages_sql(const MessageQuery& query) {
  std::string sql = "SELECT ";
  sql.append(message_columns()).append(" FROM fw_message");
  if (!query.destination.empty()) sql += " INDEXED BY fw_message_destination";
  sql += " WHERE true";
  if (!query.destination.empty()) sql += " AND destination = ?";
  if (query.state) sql += " AND state = ?";
  return sql + " AND id < ? ORDER BY id DESC LIMIT ?";
}

std::vector<OutboxMessage> load_messages(Session& session, const MessageQuery& query) {
  std::vector<OutboxMessage> messages;
  if (query.destination.empty() || query.state) {
    add_messages(session, query, messages);
    return messages;
  }
  // The index has those of each state in their order.
  MessageQuery one = query;
  for (int state = 0; state < kStates; ++state) {
    one.state = static_cast<MessageState>(state);
    add_messages(session, one, messages);
  }
  row_columns::keep_newest(messages, query.limit);
  return messages;
}

bool erase_messages(Session& session, MessageState state, Instant ended_before) {
  for (const System what : {System::DeleteAttempts, System::DeleteMessages}) {
    const Running erase = session.use(what);
    erase->bind(1, static_cast<std::int64_t>(state));
    erase->bind(2, row_columns::kErasedAtOnce);
    erase->bind(3, ended_before.microseconds);
    erase->step();
  }
  return session.database().changed_rows() == row_columns::kErasedAtOnce;
}

void end_mail(Session& session, Instant due_before, Instant now, std::string_view problem) {
  const Running update = session.use(System::EndStaleMail);
  update->bind(1, now.microseconds);
  update->bind(2, problem);
  update->bind(3, due_before.microseconds);
  update->step();
}

std::vector<OutboxMessage> load_messages_due(Session& session, Instant now, std::size_t limit) {
  std::vector<OutboxMessage> due;
  for (const Waiting& first : first_for_webhooks(session)) {
    if (due.size() >= limit) return due;
    if (first.due_at <= now) due.push_back(*load_message(session, first.id));
  }
  if (due.size() >= limit || is_mail_disabled(session)) return due;
  const Running select = session.use(System::MailDue);
  select->bind(1, now.microseconds);
  select->bind(2, static_cast<std::int64_t>(limit - due.size()));
  while (select->step()) due.push_back(read_message(*select));
  return due;
}

std::optional<Instant> load_next_message(Session& session) {
  std::optional<Instant> next;
  const auto add = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
  for (const Waiting& first : first_for_webhooks(session)) add(first.due_at);
  if (is_mail_disabled(session)) return next;
  const Running select = session.use(System::NextMail);
  if (select->step()) add(Instant{select->number(0)});
  return next;
}

std::vector<Attempt> load_attempts(Session& session, MessageId message) {
  std::vector<Attempt> attempts;
  const Running select = session.use(System::Attempts);
  select->bind(1, message);
  while (select->step()) {
    attempts.push_back({.message = message,
                        .at = Instant{select->number(0)},
                        .status = select->number(1),
                        .problem = std::string(select->text(2)),
                        .milliseconds = select->number(3)});
  }
  return attempts;
}

void write_attempt(Session& session, const Attempt& attempt) {
  const Running insert = session.use(System::InsertAttempt);
  insert->bind(1, attempt.message);
  insert->bind(2, attempt.at.microseconds);
  insert->bind(3, attempt.status);
  insert->bind(4, std::string_view(attempt.problem));
  insert->bind(5, attempt.milliseconds);
  insert->step();
}

std::vector<Destination> load_destinations(Session& session) {
  auto found = load_disabled(session);
  for (const std::string& name : names_by(session, System::NextDestination)) {
    const std::int64_t waiting = count_messages(session, name, MessageState::Waiting);
    const std::int64_t dead = count_messages(session, name, MessageState::Dead);
    if (waiting + dead == 0) continue;
    Destination& destination = found[name];
    destination.name = name;
    destination.waiting = waiting;
    destination.dead = dead;
  }
  std::vector<Destination> destinations;
  for (auto& [name, destination] : found) destinations.push_back(std::move(destination));
  return destinations;
}

void write_destination(Session& session, std::string_view name, bool disabled,
                       std::string_view why) {
  const Running insert = session.use(System::SetDestination);
  insert->bind(1, name);
  insert->bind(2, std::int64_t{disabled});
  insert->bind(3, why);
  insert->step();
}

}  // namespace formwork::store
