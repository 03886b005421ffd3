#include "engine/pipeline/apply.h"

#include <stdexcept>

#include "dsl/fields/serial_number.h"

namespace formwork::engine {
namespace {

void give_numbers(records::Decision& decision, store::Transaction& transaction,
                  const TimeZone& zone) {
  const Date today = zone.to_local(decision.after.created_at).date;
  for (std::size_t i = 0; i < decision.entity->fields.size(); ++i) {
    const fields::Field& field = decision.entity->fields[i];
    if (field.serial.empty()) continue;
    const std::int64_t number = transaction.next_number(decision.entity->name + "." + field.name,
                                                        fields::serial_period(field.serial, today));
    decision.after.values[i] = feel::Value(fields::format_serial(field.serial, today, number));
    decision.changed.push_back(i);
  }
}

void attach_files(const records::Decision& decision, store::Transaction& transaction) {
  for (const std::size_t index : decision.changed) {
    const feel::Value& value = decision.after.values[index];
    if (decision.entity->fields[index].type->column != fields::Column::Files || value.is_null()) {
      continue;
    }
    for (const feel::Value& file : value.list()) {
      transaction.attach_file(file.record().id, decision.entity->name, decision.after.id);
    }
  }
}

}  // namespace

void write(records::Decision& decision, store::Transaction& transaction, const TimeZone& zone) {
  if (!decision.before) {
    give_numbers(decision, transaction, zone);
    decision.after.id = transaction.insert_record(*decision.entity, decision.after);
  } else if (!transaction.update_record(*decision.entity, decision.after,
                                        decision.before->version)) {
    throw std::logic_error("a record changed under the only writer");
  }
  attach_files(decision, transaction);
}

}  // namespace formwork::engine
