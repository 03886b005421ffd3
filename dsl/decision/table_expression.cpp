#include "dsl/decision/table_expression.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "dsl/feel/code.h"

namespace formwork::decision {
namespace {

using feel::Value;
using Place = feel::Evaluation::Place;

class TableNode final : public feel::code::Node {
 public:
  TableNode(Place place, std::shared_ptr<const Table> table, std::vector<Place> inputs)
      : Node(place), table_(std::move(table)), inputs_(std::move(inputs)) {}

  Value evaluate(feel::code::Frame& frame) const override {
    frame.evaluation.place = place();
    return decision::evaluate(*table_, frame.evaluation);
  }

  const Table& table() const { return *table_; }

  void explain(feel::code::Frame& frame, std::vector<feel::Explained>& out) const override {
    TableTrace trace;
    decision::evaluate(*table_, frame.evaluation, &trace);
    for (std::size_t i = 0; i < trace.inputs.size(); ++i) {
      if (table_->columns()[i].expression.constant() != nullptr) continue;
      out.push_back({inputs_[i].begin, inputs_[i].end, std::move(trace.inputs[i])});
    }
  }

 private:
  std::shared_ptr<const Table> table_;
  std::vector<Place> inputs_;  // in the text of the expression
};

// What a table reads, as far as it is of the scope: `?` of cells is the table's own.
class Reads {
 public:
  explicit Reads(std::size_t slots) : slots_(slots) {}

  void add(const feel::Expression& expression) {
    for (const std::size_t slot : expression.reads()) {
      if (slot < slots_) found_.push_back(slot);
    }
    clock_ = clock_ || expression.reads_clock();
  }

  void add(const std::vector<feel::Expression>& expressions) {
    for (const feel::Expression& expression : expressions) add(expression);
  }

  bool clock() const { return clock_; }

  std::vector<std::size_t> take() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  std::size_t slots_;
  std::vector<std::size_t> found_;
  bool clock_ = false;
};

Reads reads_of(const Table& table) {
  Reads reads(table.slot_count());
  for (const Table::Column& column : table.columns()) {
    reads.add(column.expression);
    reads.add(column.tests);
  }
  for (const Table::Output& output : table.outputs()) {
    reads.add(output.cells);
    if (output.fallback) reads.add(*output.fallback);
  }
  return reads;
}

}  // namespace

feel::Expression as_expression(std::shared_ptr<const Table> table) {
  auto program = std::make_shared<feel::code::Program>();
  std::vector<Place> inputs;
  for (const Table::Column& column : table->columns()) {
    if (!program->text.empty()) program->text += ", ";
    const std::size_t begin = program->text.size();
    program->text += column.name;
    inputs.push_back({begin, program->text.size()});
  }
  Reads reads = reads_of(*table);
  program->reads_clock = reads.clock();
  program->reads = reads.take();
  // Whatever the cells are, no rule may hit, or too many.
  program->type = table->result_type().or_null();
  const Place whole{0, program->text.size()};
  program->root = std::make_unique<TableNode>(whole, std::move(table), std::move(inputs));
  return feel::Expression(std::move(program));
}

const Table* table_of(const feel::Expression& expression) {
  const auto* node = dynamic_cast<const TableNode*>(expression.program().root.get());
  return node == nullptr ? nullptr : &node->table();
}

}  // namespace formwork::decision
