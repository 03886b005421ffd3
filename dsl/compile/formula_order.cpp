#include "dsl/compile/formula_order.h"

#include <algorithm>
#include <string>

#include "dsl/diagnostics/codes.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using model::FormulaPlace;

std::string name_of(const FormulaPlace& place, const model::Entity& entity) {
  const fields::Field& field = entity.fields[place.field];
  if (!place.column) return field.name;
  return field.name + "." + field.fields[*place.column].name;
}

class Sorter {
 public:
  Sorter(const model::Entity& entity, const std::vector<Formula>& formulas,
         Diagnostics& diagnostics)
      : entity_(entity),
        formulas_(formulas),
        diagnostics_(diagnostics),
        marks_(formulas.size(), Mark::New) {}

  std::vector<FormulaPlace> run() {
    for (std::size_t i = 0; i < formulas_.size(); ++i) visit(i);
    return std::move(order_);
  }

 private:
  enum class Mark : unsigned char { New, Open, Done };

  void visit(std::size_t index) {
    if (marks_[index] == Mark::Done) return;
    if (marks_[index] == Mark::Open) return report_circle(index);
    marks_[index] = Mark::Open;
    path_.push_back(index);
    for (const std::size_t slot : formulas_[index].reads) {
      for (std::size_t i = 0; i < formulas_.size(); ++i) {
        if (is_read(formulas_[i].place, slot, formulas_[index].place)) visit(i);
      }
    }
    path_.pop_back();
    marks_[index] = Mark::Done;
    order_.push_back(formulas_[index].place);
  }

  // Whether whoever reads that slot from `reader` reads the formula at `place`. Reading a table is
  // reading all its columns.
  bool is_read(const FormulaPlace& place, std::size_t slot, const FormulaPlace& reader) const {
    if (slot < entity_.fields.size()) return place.field == slot;
    const std::size_t first_column = model::slot_count(entity_);
    return reader.column && place.field == reader.field && slot >= first_column &&
           place.column == slot - first_column;
  }

  void report_circle(std::size_t index) {
    const auto begin = std::find(path_.begin(), path_.end(), index);
    std::string path = name_of(formulas_[index].place, entity_);
    for (auto at = begin + 1; at != path_.end(); ++at) {
      path += (at == begin + 1 ? " reads " : ", which reads ");
      path += name_of(formulas_[*at].place, entity_);
    }
    path += path_.end() - begin == 1 ? " reads " : ", which reads ";
    path += name_of(formulas_[index].place, entity_);
    Diagnostic& finding = diagnostics_.error(
        codes::kFieldCycle, formulas_[index].where,
        "`" + name_of(formulas_[index].place, entity_) + "` needs itself: " + path,
        "compute one of them from fields that do not need it");
    for (auto at = begin + 1; at != path_.end(); ++at) {
      finding.related.push_back(
          {formulas_[*at].where,
           "`" + name_of(formulas_[*at].place, entity_) + "` is computed here"});
    }
  }

  const model::Entity& entity_;
  const std::vector<Formula>& formulas_;
  Diagnostics& diagnostics_;
  std::vector<Mark> marks_;
  std::vector<std::size_t> path_;
  std::vector<FormulaPlace> order_;
};

}  // namespace

std::vector<FormulaPlace> in_order(const model::Entity& entity,
                                   const std::vector<Formula>& formulas, Diagnostics& diagnostics) {
  return Sorter(entity, formulas, diagnostics).run();
}

}  // namespace formwork::compile
