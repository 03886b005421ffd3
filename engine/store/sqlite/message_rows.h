// What is on its way out, its attempts and its destinations, in and out of their tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/sqlite/session.h"
#include "engine/store/store.h"

namespace formwork::store {

MessageId write_new_message(Session& session, const OutboxMessage& message);
void write_message(Session& session, const OutboxMessage& message);
std::optional<OutboxMessage> load_message(Session& session, MessageId id);
// The statement behind load_messages(); of a destination and any state it is asked for each state.
std::string messages_sql(const MessageQuery& query);
std::vector<OutboxMessage> load_messages(Session& session, const MessageQuery& query);
// Some thousands of the oldest in that state, of those that ended before; whether there may be
// more.
bool erase_messages(Session& session, engine::MessageState state, Instant ended_before);
void end_mail(Session& session, Instant due_before, Instant now, std::string_view problem);
std::vector<OutboxMessage> load_messages_due(Session& session, Instant now, std::size_t limit);
std::optional<Instant> load_next_message(Session& session);

std::vector<Attempt> load_attempts(Session& session, MessageId message);
void write_attempt(Session& session, const Attempt& attempt);

std::vector<Destination> load_destinations(Session& session);
void write_destination(Session& session, std::string_view name, bool disabled,
                       std::string_view why);

}  // namespace formwork::store
