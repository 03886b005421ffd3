// Seats and places: how the tasks of an open step make its outcome. Pure, over a process and
// nothing else.
//
// A seat is one vote. Its places come one after another; a place is through when one of its tasks
// is approved. Seats below ProcessStep::first_seat are of an earlier time that the step was open
// and count for nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "dsl/model/approval.h"
#include "engine/command/process.h"

namespace formwork::approvals {

enum class SeatState : unsigned char {
  NoVote,  // of the submitter and skipped, or of nobody now
  Undecided,
  Approved,
  Rejected,
};

struct Seat {
  std::size_t number = 0;
  SeatState state = SeatState::NoVote;
  bool is_skipped = false;  // there was a submitter in it
  bool is_vacant = false;   // somebody left it, and nobody has it now
};

enum class Tally : unsigned char {
  Undecided,
  Approved,
  Rejected,
  TooFew,  // fewer votes than the mode asks for: somebody has to be named
};

// A decision that counts, whoever or whatever made it.
bool is_vote(engine::TaskOutcome outcome);
bool is_approval(engine::TaskOutcome outcome);

// Whether it waits for somebody or will.
bool is_live(const engine::Task& task);

// Whether the task decides in the step as it is asked now.
bool is_seated(const engine::Process& process, const engine::Task& task, std::size_t step);

// In their order.
std::vector<Seat> seats_of(const engine::Process& process, std::size_t step);

// So many seats have to approve, of so many that vote.
std::size_t needed(const model::ApprovalStep& step, std::size_t votes);

Tally tally(const model::ApprovalStep& step, const engine::Process& process, std::size_t index);

// Whether the account has a task in the step that waits or that it has decided.
bool is_asked(const engine::Process& process, std::size_t step, engine::AccountId account);

// Tasks that are to be open, by their seats, places and the mode.
std::vector<bool> due_tasks(const model::ApprovalStep& step, const engine::Process& process,
                            std::size_t index);

// Tasks that wait though others have made them needless: their place is decided, or their seat.
std::vector<bool> overtaken_tasks(const engine::Process& process, std::size_t step);

// The first seat that nobody sits in any more, or a new one.
std::size_t vacant_seat(const engine::Process& process, std::size_t step);

// The place behind all of the seat.
std::size_t next_place(const engine::Process& process, std::size_t step, std::size_t seat);

// The seat number behind all that the step ever had.
std::size_t next_seat(const engine::Process& process, std::size_t step);

// Makes room for a place of a seat by moving those from there on behind.
void insert_place(engine::Process& process, std::size_t step, std::size_t seat, std::size_t place);

}  // namespace formwork::approvals
