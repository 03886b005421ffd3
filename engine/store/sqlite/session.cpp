#include "engine/store/sqlite/session.h"

namespace formwork::store {
namespace {

// Callers choose filters and sorts, so the shapes are many; the few that pages use come back at
// once.
constexpr std::size_t kMaxShapes = 256;

}  // namespace

Session::Session(const Plans& plans, std::unique_ptr<Database> database)
    : plans_(plans), database_(std::move(database)), slots_(plans.statements().size()) {
  database_->seal();
}

Running Session::use(Slot slot) {
  std::optional<Statement>& statement = slots_[slot];
  if (!statement) statement.emplace(database_->handle(), plans_.statements()[slot]);
  return Running(*statement);
}

Statement& Session::keep_shape(const std::string& shape, const std::string& sql) {
  if (shapes_.size() >= kMaxShapes) shapes_.clear();
  return shapes_.emplace(shape, Statement(database_->handle(), sql)).first->second;
}

}  // namespace formwork::store
