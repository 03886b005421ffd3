// Conditions of a record that the program asks for its own sake: criteria of stages, which
// lifecycle it is, whether a move is offered. They see everything, so that what they answer depends
// on the record and the clock alone, whoever asks; the values that they saw are told as far as the
// actor may see them.
#pragma once

#include <span>
#include <string>

#include "dsl/model/scope.h"
#include "engine/permissions/related_records.h"
#include "engine/records/decide.h"

namespace formwork::records {

class Conditions {
 public:
  // The record must outlive this object and keep its values where they are.
  Conditions(const model::Entity& entity, const engine::Record& record, const Situation& situation);
  Conditions(const Conditions&) = delete;
  Conditions& operator=(const Conditions&) = delete;

  // Null does not hold.
  bool holds(const feel::Expression& condition);

  // `amount = 0, region = null`; empty when the actor may not see one of them.
  std::string saw(const feel::Expression& condition);

  // The same whoever asks, for what is kept.
  std::string saw_all(const feel::Expression& condition);

 private:
  permissions::RelatedRecords all_;
  permissions::RelatedRecords visible_;
  feel::Environment environment_;
  model::Variables variables_;
};

// The values that an answer hung on, each once, without those that the author wrote as values.
std::string values_seen(const feel::Expression& condition, std::span<const feel::Explained> parts,
                        const TimeZone& zone);

}  // namespace formwork::records
