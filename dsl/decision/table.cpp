#include "dsl/decision/table.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "dsl/decision/frame.h"
#include "dsl/feel/operators.h"

namespace formwork::decision {

using feel::Evaluation;
using feel::Value;

namespace {

// Memory for a few elements without the heap: most tables have few inputs and few rules.
template <class T, std::size_t kInline>
class Scratch {
 public:
  explicit Scratch(std::size_t size) : size_(size) {
    if (size > kInline) heap_.resize(size);
  }

  T* data() { return size_ > kInline ? heap_.data() : inline_.data(); }

  std::size_t size() const { return size_; }

  T& operator[](std::size_t index) { return data()[index]; }

 private:
  std::size_t size_;
  std::array<T, kInline> inline_{};
  std::vector<T> heap_;
};

// A list whose first elements need no heap.
template <class T, std::size_t kInline>
class Few {
 public:
  void push_back(T value) {
    if (size_ < kInline) {
      inline_[size_] = value;
    } else {
      if (size_ == kInline) heap_.assign(inline_.begin(), inline_.end());
      heap_.push_back(value);
    }
    ++size_;
  }

  std::size_t size() const { return size_; }

  bool empty() const { return size_ == 0; }

  const T* begin() const { return size_ > kInline ? heap_.data() : inline_.data(); }

  const T* end() const { return begin() + size_; }

 private:
  std::size_t size_ = 0;
  std::array<T, kInline> inline_{};
  std::vector<T> heap_;
};

}  // namespace

// One evaluation of a table.
class TableRun {
 public:
  TableRun(const Table& table, Evaluation& evaluation, TableTrace* trace)
      : table_(table),
        evaluation_(evaluation),
        trace_(trace),
        inputs_(table.columns_.size()),
        computed_(table.columns_.size()),
        rules_((table.rule_count_ + 63) / 64),
        variables_(table.slots_ + 1) {}

  Value run() {
    if (!evaluation_.spend(1 + table_.rule_count_ / 16) || !read_inputs()) return {};
    look_up();
    find_hits();
    if (trace_ != nullptr) trace_->hits.assign(hits_.begin(), hits_.end());
    return result();
  }

 private:
  // A variable of the right kind is looked at where it is, all else is computed or converted.
  bool read_inputs() {
    for (std::size_t i = 0; i < table_.columns_.size(); ++i) {
      const Table::Column& column = table_.columns_[i];
      const Value* input = column.slot ? &evaluation_.variable(*column.slot) : nullptr;
      if (input == nullptr || !is_as_declared(*input, column.type)) {
        const Value value = input != nullptr ? *input : column.expression.evaluate(evaluation_);
        computed_[i] = conform(value, column.type, column.name, evaluation_);
        input = &computed_[i];
      }
      if (column.allowed && !input->is_null() &&
          conform(*input, *column.allowed, column.name, evaluation_).is_null()) {
        return false;
      }
      if (trace_ != nullptr) trace_->inputs.push_back(*input);
      inputs_[i] = input;
    }
    return true;
  }

  static bool is_as_declared(const Value& value, const ItemType& type) {
    return type.is_open() ||
           (type.constraint == nullptr && value.kind() == kind_of(type.type.kind()));
  }

  // Leaves in rules_ those that may hit, by the columns' indexes.
  void look_up() {
    for (std::size_t word = 0; word < rules_.size(); ++word) {
      const std::size_t left = table_.rule_count_ - 64 * word;
      rules_[word] = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    }
    for (std::size_t i = 0; i < table_.columns_.size(); ++i) {
      const Table::Column& column = table_.columns_[i];
      const std::optional<std::size_t> segment = column.partition.find(*inputs_[i]);
      is_looked_up_[i % kMaxFlags] = segment.has_value();
      if (!segment) {
        all_looked_up_ = false;
        continue;
      }
      const RuleSet& set = column.rules_by_segment[*segment];
      for (std::size_t word = 0; word < rules_.size(); ++word) rules_[word] &= set[word];
    }
    if (table_.columns_.size() > kMaxFlags) all_looked_up_ = false;
  }

  bool was_looked_up(std::size_t column) const {
    return all_looked_up_ || (table_.columns_.size() <= kMaxFlags && is_looked_up_[column]);
  }

  void find_hits() {
    const std::size_t enough =
        table_.policy_.hit == HitPolicy::First
            ? 1
            : (table_.policy_.hit == HitPolicy::Unique && trace_ == nullptr ? 2
                                                                            : table_.rule_count_);
    for (std::size_t word = 0; word < rules_.size(); ++word) {
      for (std::uint64_t bits = rules_[word]; bits != 0; bits &= bits - 1) {
        const std::size_t rule = 64 * word + static_cast<std::size_t>(__builtin_ctzll(bits));
        if (!remaining_cells_hit(rule)) continue;
        hits_.push_back(rule);
        if (hits_.size() >= enough) return;
      }
    }
  }

  // The cells of a rule that no index has answered.
  bool remaining_cells_hit(std::size_t rule) {
    for (std::size_t i = 0; i < table_.columns_.size(); ++i) {
      const Table::Column& column = table_.columns_[i];
      const Table::Cell cell = column.cells[rule];
      if (cell == Table::Cell::Anything) continue;
      if (cell == Table::Cell::Indexed && was_looked_up(i)) continue;
      if (!cell_hits(column.tests[rule], *inputs_[i])) return false;
    }
    return true;
  }

  bool cell_hits(const feel::Expression& tests, const Value& input) {
    if (!has_variables_) {
      for (std::size_t slot = 0; slot < table_.slots_; ++slot) {
        variables_[slot] = &evaluation_.variable(slot);
      }
      has_variables_ = true;
    }
    variables_[table_.slots_] = &input;
    const Value answer =
        with_variables(evaluation_, Variables(variables_.data(), variables_.size()),
                       [&](Evaluation& inner) { return tests.evaluate(inner); });
    const bool* hit = answer.if_boolean();
    return hit != nullptr && *hit;
  }

  Value output(std::size_t index, std::size_t rule) {
    const Table::Output& output = table_.outputs_[index];
    if (const Value* constant = output.values[rule]) return *constant;
    const Value value = output.cells[rule].evaluate(evaluation_);
    return conform(value, output.type, output.name.empty() ? "the output" : output.name,
                   evaluation_);
  }

  // Of one rule: the value, or a context of several.
  Value outputs(std::size_t rule) {
    if (table_.outputs_.size() == 1) return output(0, rule);
    feel::Context context{table_.shape_, {}};
    for (std::size_t i = 0; i < table_.outputs_.size(); ++i) {
      context.values.push_back(output(i, rule));
    }
    return Value(std::move(context));
  }

  Value result() {
    if (table_.outputs_.empty()) return evaluation_.null("the table has no output");
    if (hits_.empty()) return without_hit();
    if (hits_.size() == 1 && trace_ == nullptr && !table_.policy_.gives_list() &&
        table_.policy_.aggregation == Aggregation::None) {
      return outputs(*hits_.begin());
    }
    std::vector<Value> values;
    values.reserve(hits_.size());
    for (const std::size_t rule : hits_) values.push_back(outputs(rule));
    if (trace_ != nullptr) trace_->outputs = values;
    switch (table_.policy_.hit) {
      case HitPolicy::Unique:
        return hits_.size() == 1 ? std::move(values.front()) : refuse("the table allows only one");
      case HitPolicy::First:
        return std::move(values.front());
      case HitPolicy::Any:
        return std::all_of(values.begin(), values.end(),
                           [&](const Value& value) { return value == values.front(); })
                   ? std::move(values.front())
                   : refuse("they do not agree");
      case HitPolicy::Priority:
        return std::move(values[ranked(values).front()]);
      case HitPolicy::OutputOrder:
        return in_order(values, ranked(values));
      case HitPolicy::RuleOrder:
        return Value(feel::List(std::move(values)));
      case HitPolicy::Collect:
        return collected(std::move(values));
    }
    return {};
  }

  Value without_hit() {
    if (table_.policy_.aggregation == Aggregation::Count) return Value(feel::Number(0));
    const bool has_fallback =
        std::any_of(table_.outputs_.begin(), table_.outputs_.end(),
                    [](const auto& each) { return each.fallback.has_value(); });
    if (!has_fallback) return evaluation_.null("no rule of the table hits");
    if (trace_ != nullptr) trace_->used_fallback = true;
    feel::Context context{table_.shape_, {}};
    for (const Table::Output& output : table_.outputs_) {
      const Value value = output.fallback ? output.fallback->evaluate(evaluation_) : Value();
      context.values.push_back(conform(value, output.type, output.name, evaluation_));
    }
    if (context.values.size() == 1) return std::move(context.values.front());
    return Value(std::move(context));
  }

  Value refuse(std::string_view why) {
    if (!evaluation_.wants_reasons()) return {};
    std::string rules;
    for (const std::size_t rule : hits_) {
      rules += (rules.empty() ? "" : ", ") + std::to_string(rule + 1);
    }
    return evaluation_.null("rules " + rules + " hit, and " + std::string(why));
  }

  // Places of `values`, highest priority first; equals keep the order of their rules.
  std::vector<std::size_t> ranked(const std::vector<Value>& values) {
    std::vector<std::vector<std::size_t>> ranks;
    for (const Value& value : values) ranks.push_back(ranks_of(value));
    std::vector<std::size_t> places(values.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    return places;
  }

  std::vector<std::size_t> ranks_of(const Value& value) {
    std::vector<std::size_t> ranks;
    for (std::size_t i = 0; i < table_.outputs_.size(); ++i) {
      const Value& part = table_.outputs_.size() == 1 ? value : value.context().values[i];
      ranks.push_back(rank_of(part, table_.outputs_[i].ranking));
    }
    return ranks;
  }

  // What is not among the allowed values comes last.
  std::size_t rank_of(const Value& value, const std::vector<feel::Expression>& ranking) {
    const std::array<const Value*, 1> variables{&value};
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      const Value answer = with_variables(
          evaluation_, variables, [&](Evaluation& inner) { return ranking[i].evaluate(inner); });
      if (answer.if_boolean() != nullptr && answer.boolean()) return i;
    }
    return ranking.size();
  }

  static Value in_order(std::vector<Value>& values, const std::vector<std::size_t>& places) {
    feel::List list;
    for (const std::size_t place : places) list.push_back(std::move(values[place]));
    return Value(std::move(list));
  }

  Value collected(std::vector<Value> values) {
    if (table_.policy_.aggregation == Aggregation::None)
      return Value(feel::List(std::move(values)));
    if (table_.outputs_.size() == 1) return aggregated(values);
    feel::Context context{table_.shape_, {}};
    for (std::size_t i = 0; i < table_.outputs_.size(); ++i) {
      std::vector<Value> column;
      for (const Value& value : values) column.push_back(value.context().values[i]);
      context.values.push_back(aggregated(column));
    }
    return Value(std::move(context));
  }

  Value aggregated(const std::vector<Value>& values) {
    if (table_.policy_.aggregation == Aggregation::Count) {
      return Value(feel::Number(static_cast<std::int64_t>(values.size())));
    }
    Value total = values.front();
    if (table_.policy_.aggregation == Aggregation::Sum && total.if_number() == nullptr) {
      return refuse("not all their outputs are numbers");
    }
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (!take(total, values[i])) return refuse("their outputs make no total");
    }
    return total;
  }

  bool take(Value& total, const Value& next) {
    if (table_.policy_.aggregation == Aggregation::Sum) {
      if (next.if_number() == nullptr) return false;
      const std::optional<feel::Number> sum = add(total.number(), next.number());
      if (sum) total = Value(*sum);
      return sum.has_value();
    }
    const std::optional<int> order = feel::order(next, total, *evaluation_.environment().zone);
    if (!order) return false;
    const bool is_better = table_.policy_.aggregation == Aggregation::Min ? *order < 0 : *order > 0;
    if (is_better) total = next;
    return true;
  }

  static constexpr std::size_t kMaxFlags = 64;

  const Table& table_;
  Evaluation& evaluation_;
  TableTrace* trace_;
  Scratch<const Value*, 8> inputs_;
  Scratch<Value, 8> computed_;
  Scratch<std::uint64_t, 4> rules_;
  Scratch<const Value*, 32> variables_;
  bool has_variables_ = false;
  bool all_looked_up_ = true;
  std::array<bool, kMaxFlags> is_looked_up_{};  // of the first columns; more are evaluated
  Few<std::size_t, 8> hits_;
};

Value evaluate(const Table& table, Evaluation& evaluation, TableTrace* trace) {
  return TableRun(table, evaluation, trace).run();
}

}  // namespace formwork::decision
