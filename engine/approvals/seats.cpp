#include "engine/approvals/seats.h"

#include <algorithm>
#include <map>
#include <set>

namespace formwork::approvals {

using engine::Process;
using engine::Task;
using engine::TaskKind;
using engine::TaskOutcome;
using engine::TaskState;
using model::Mode;

namespace {

constexpr std::size_t kHundred = 100;

// The places of a seat, by number: those without a task that counts do not matter.
using Places = std::map<std::size_t, SeatState>;

SeatState state_of(const Task& task) {
  // One that became void with the step's end was undecided then, and says so ever after.
  const bool was_undecided = task.state == TaskState::Void && task.outcome == TaskOutcome::None;
  if (is_live(task) || was_undecided) return SeatState::Undecided;
  if (task.state != TaskState::Done || !is_vote(task.outcome)) return SeatState::NoVote;
  return is_approval(task.outcome) ? SeatState::Approved : SeatState::Rejected;
}

// What decides in a place wins over what waits in it.
SeatState stronger(SeatState a, SeatState b) { return std::max(a, b); }

SeatState state_of(const Places& places) {
  SeatState seat = SeatState::NoVote;
  for (const auto& [number, place] : places) {
    if (place == SeatState::Rejected) return SeatState::Rejected;
    if (place == SeatState::NoVote) continue;
    const bool waits = place == SeatState::Undecided || seat == SeatState::Undecided;
    seat = waits ? SeatState::Undecided : SeatState::Approved;
  }
  return seat;
}

struct Table {
  std::map<std::size_t, Places> seats;
  std::set<std::size_t> skipped;  // seats of a submitter who is passed over
  std::set<std::size_t> left;     // seats that somebody has left
};

Table table_of(const Process& process, std::size_t step) {
  Table table;
  for (const Task& task : process.tasks) {
    if (!is_seated(process, task, step)) continue;
    SeatState& place = table.seats[task.seat].try_emplace(task.place).first->second;
    place = stronger(place, state_of(task));
    if (task.state != TaskState::Done) continue;
    if (task.outcome == TaskOutcome::SubmitterSkipped) table.skipped.insert(task.seat);
    if (task.outcome == TaskOutcome::HandedOver) table.left.insert(task.seat);
  }
  return table;
}

}  // namespace

bool is_approval(TaskOutcome outcome) {
  return outcome == TaskOutcome::Approved || outcome == TaskOutcome::CountedBefore ||
         outcome == TaskOutcome::ApprovedByTimeout;
}

bool is_vote(TaskOutcome outcome) {
  return is_approval(outcome) || outcome == TaskOutcome::Rejected ||
         outcome == TaskOutcome::RejectedByTimeout;
}

bool is_live(const Task& task) {
  return task.state == TaskState::Open || task.state == TaskState::Waiting;
}

bool is_seated(const Process& process, const Task& task, std::size_t step) {
  return task.kind == TaskKind::Decide && task.step == step &&
         task.seat >= process.steps[step].first_seat;
}

std::vector<Seat> seats_of(const Process& process, std::size_t step) {
  const Table table = table_of(process, step);
  std::vector<Seat> seats;
  for (const auto& [number, places] : table.seats) {
    const SeatState state = state_of(places);
    seats.push_back({.number = number,
                     .state = state,
                     .is_skipped = table.skipped.contains(number),
                     .is_vacant = state == SeatState::NoVote && table.left.contains(number)});
  }
  return seats;
}

std::size_t needed(const model::ApprovalStep& step, std::size_t votes) {
  switch (step.mode) {
    case Mode::Any:
      return 1;
    case Mode::All:
    case Mode::InOrder:
      return std::max<std::size_t>(votes, 1);
    case Mode::Quorum:
      return step.threshold;
    case Mode::Percent:
      return std::max<std::size_t>((votes * step.threshold + kHundred - 1) / kHundred, 1);
  }
  return 1;
}

Tally tally(const model::ApprovalStep& step, const Process& process, std::size_t index) {
  std::size_t votes = 0;
  std::size_t approved = 0;
  std::size_t rejected = 0;
  std::size_t vacant = 0;
  bool is_skipped = false;
  for (const Seat& seat : seats_of(process, index)) {
    is_skipped = is_skipped || seat.is_skipped;
    votes += seat.state == SeatState::NoVote ? 0 : 1;
    vacant += seat.is_vacant ? 1 : 0;
    approved += seat.state == SeatState::Approved ? 1 : 0;
    rejected += seat.state == SeatState::Rejected ? 1 : 0;
  }
  // Who left has neither approved nor rejected: the seat counts until somebody is named for it.
  const std::size_t seats = votes + vacant;
  if (seats == 0 && is_skipped) return Tally::Approved;
  const std::size_t need = needed(step, seats);
  if (approved >= need) return Tally::Approved;
  if (step.mode == Mode::Any && rejected > 0) return Tally::Rejected;
  if (votes - rejected >= need) return Tally::Undecided;
  return rejected > 0 && seats - rejected < need ? Tally::Rejected : Tally::TooFew;
}

bool is_asked(const Process& process, std::size_t step, engine::AccountId account) {
  return std::any_of(process.tasks.begin(), process.tasks.end(), [&](const Task& task) {
    if (!is_seated(process, task, step) || task.assignee != account) return false;
    return is_live(task) || (task.state == TaskState::Done && is_vote(task.outcome));
  });
}

std::vector<bool> due_tasks(const model::ApprovalStep& step, const Process& process,
                            std::size_t index) {
  const Table table = table_of(process, index);
  std::map<std::size_t, std::size_t> open;  // the place of each seat whose turn it is
  for (const auto& [number, places] : table.seats) {
    const auto turn = std::find_if(places.begin(), places.end(), [](const auto& place) {
      return place.second == SeatState::Undecided;
    });
    const SeatState state = state_of(places);
    if (turn != places.end() && state == SeatState::Undecided) open[number] = turn->first;
    const bool is_first = step.mode == Mode::InOrder && state == SeatState::Undecided;
    if (is_first) break;
  }
  std::vector<bool> due(process.tasks.size());
  for (std::size_t i = 0; i < due.size(); ++i) {
    const Task& task = process.tasks[i];
    if (!is_seated(process, task, index) || !is_live(task)) continue;
    const auto place = open.find(task.seat);
    due[i] = place != open.end() && place->second == task.place;
  }
  return due;
}

std::size_t vacant_seat(const Process& process, std::size_t step) {
  for (const Seat& seat : seats_of(process, step)) {
    if (seat.is_vacant) return seat.number;
  }
  return next_seat(process, step);
}

std::size_t next_place(const Process& process, std::size_t step, std::size_t seat) {
  std::size_t next = 0;
  for (const Task& task : process.tasks) {
    if (is_seated(process, task, step) && task.seat == seat) next = std::max(next, task.place + 1);
  }
  return next;
}

std::vector<bool> overtaken_tasks(const Process& process, std::size_t step) {
  const Table table = table_of(process, step);
  std::vector<bool> overtaken(process.tasks.size());
  for (std::size_t i = 0; i < overtaken.size(); ++i) {
    const Task& task = process.tasks[i];
    if (!is_seated(process, task, step) || !is_live(task)) continue;
    const Places& places = table.seats.at(task.seat);
    const SeatState place = places.at(task.place);
    overtaken[i] = place == SeatState::Approved || place == SeatState::Rejected ||
                   state_of(places) == SeatState::Rejected;
  }
  return overtaken;
}

std::size_t next_seat(const Process& process, std::size_t step) {
  std::size_t next = 0;
  for (const Task& task : process.tasks) {
    if (task.kind == TaskKind::Decide && task.step == step) next = std::max(next, task.seat + 1);
  }
  return next;
}

void insert_place(Process& process, std::size_t step, std::size_t seat, std::size_t place) {
  for (Task& task : process.tasks) {
    const bool is_behind =
        is_seated(process, task, step) && task.seat == seat && task.place >= place;
    if (is_behind) ++task.place;
  }
}

}  // namespace formwork::approvals
