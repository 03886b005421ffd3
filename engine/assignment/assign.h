// What becomes of a record that is given to somebody, taken, or let go. Decided, not written.
//
// For people it asks rights and limits; what the program does by the documents asks none. A claim
// of a pool that limits claims a day still has to take its number, which only a transaction can
// (engine/pipeline).
#pragma once

#include "engine/assignment/explanation.h"

namespace formwork::assignment {

// Dispatch [派单] or claim [抢单].
Expected<records::Decision, engine::Refusal> decide_assign(const engine::AssignRecord& assign,
                                                           const records::Situation& s);

Expected<records::Decision, engine::Refusal> decide_release(const engine::ReleaseRecord& release,
                                                            const records::Situation& s);

// A record given to whom the rules found, or put into the pool that they name; refuses when that is
// nobody. `told` goes into history with what was picked.
Expected<records::Decision, engine::Refusal> carry_out(
    const Picked& picked, const engine::Record& record, std::string_view action,
    const Explanation& told, std::string_view comment, const records::Situation& s);

// Into the pool, whoever owns it.
Expected<records::Decision, engine::Refusal> release(const model::Entity& entity,
                                                     const engine::Record& record, std::size_t pool,
                                                     std::string detail,
                                                     const records::Situation& s);

// The pool that a record waits in; nothing when it waits in none.
std::optional<std::size_t> pool_of(const model::Entity& entity, const engine::Record& record);

}  // namespace formwork::assignment
