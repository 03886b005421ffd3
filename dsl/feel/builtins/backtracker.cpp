#include "dsl/feel/builtins/backtracker.h"

#include <algorithm>
#include <utility>

#include "dsl/base/utf8.h"
#include "dsl/feel/builtins/letter_case.h"

namespace formwork::feel::regex {
namespace {

// Ways still to try, at 24 bytes each.
constexpr std::size_t kMostWays = 1'000'000;

}  // namespace

class Backtracker::Compiler {
 public:
  explicit Compiler(const Syntax& syntax) : syntax_(syntax) {
    for (const CharacterSet& set : syntax.sets) made_.tests_.emplace_back(set);
    made_.groups_ = syntax.groups;
    made_.flags_ = syntax.flags;
  }

  std::optional<Backtracker> compile() {
    node(syntax_.root);
    emit({.op = Instruction::Op::Match});
    if (is_too_long_) return std::nullopt;
    return std::move(made_);
  }

 private:
  std::uint32_t here() const { return static_cast<std::uint32_t>(made_.program_.size()); }

  std::uint32_t emit(Instruction instruction) {
    if (here() >= kLongestProgram) {
      is_too_long_ = true;
      return 0;
    }
    made_.program_.push_back(instruction);
    return here() - 1;
  }

  void node(NodeId id) {
    if (is_too_long_) return;
    const Node& node = syntax_.nodes[id];
    switch (node.kind) {
      case Node::Kind::Set:
        emit({.op = Instruction::Op::Character, .index = node.index});
        break;
      case Node::Kind::Start:
        emit({.op = Instruction::Op::Start});
        break;
      case Node::Kind::End:
        emit({.op = Instruction::Op::End});
        break;
      case Node::Kind::Reference:
        emit({.op = Instruction::Op::Reference, .index = node.index});
        break;
      case Node::Kind::Sequence:
        for (const NodeId child : node.children) this->node(child);
        break;
      case Node::Kind::Choice:
        choice(node);
        break;
      case Node::Kind::Group:
        emit({.op = Instruction::Op::Open, .index = node.index});
        this->node(node.children[0]);
        emit({.op = Instruction::Op::Close, .index = node.index});
        break;
      case Node::Kind::Repeat:
        repeat(node);
        break;
    }
  }

  void choice(const Node& node) {
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
      const std::uint32_t split = emit({.op = Instruction::Op::Split});
      made_.program_[split].next = here();
      this->node(node.children[i]);
      ends.push_back(emit({.op = Instruction::Op::Jump}));
      made_.program_[split].other = here();
    }
    this->node(node.children.back());
    for (const std::uint32_t end : ends) made_.program_[end].next = here();
  }

  void repeat(const Node& node) {
    for (unsigned i = 0; i < node.min && !is_too_long_; ++i) this->node(node.children[0]);
    if (node.max == Node::kUnbounded) {
      loop(node);
      return;
    }
    std::vector<std::uint32_t> splits;
    for (unsigned i = node.min; i < node.max && !is_too_long_; ++i) {
      splits.push_back(emit({.op = Instruction::Op::Split}));
      set_first(splits.back(), node.is_greedy, here());
      this->node(node.children[0]);
    }
    for (const std::uint32_t split : splits) set_last(split, node.is_greedy, here());
  }

  // A turn that reads nothing is the last, as it would go on for ever.
  void loop(const Node& node) {
    const std::uint32_t mark = made_.marks_++;
    const std::uint32_t split = emit({.op = Instruction::Op::Split});
    set_first(split, node.is_greedy, here());
    emit({.op = Instruction::Op::Mark, .index = mark});
    this->node(node.children[0]);
    emit({.op = Instruction::Op::Again, .index = mark, .next = split, .other = here() + 1});
    set_last(split, node.is_greedy, here());
  }

  void set_first(std::uint32_t split, bool is_greedy, std::uint32_t target) {
    (is_greedy ? made_.program_[split].next : made_.program_[split].other) = target;
  }

  void set_last(std::uint32_t split, bool is_greedy, std::uint32_t target) {
    set_first(split, !is_greedy, target);
  }

  const Syntax& syntax_;
  Backtracker made_;
  bool is_too_long_ = false;
};

// One search in one text.
class Backtracker::Run {
 public:
  Run(const Backtracker& pattern, std::string_view text, Evaluation& evaluation)
      : pattern_(pattern),
        text_(text),
        evaluation_(evaluation),
        // Begin and end of each group, then the marks.
        slots_(2 * (std::size_t{pattern.groups_} + 1) + pattern.marks_, Capture::kNone) {}

  std::optional<bool> find(std::size_t from) {
    for (std::size_t start = from;; next_code_point(text_, start)) {
      const std::optional<bool> found = match(start);
      if (!found.has_value() || *found) return found;
      if (start >= text_.size()) return false;
    }
  }

  Capture group(std::size_t number) const { return {slots_[2 * number], slots_[2 * number + 1]}; }

 private:
  // A way to try (slot is kNone), or what a slot held before.
  struct Way {
    std::uint32_t at;
    std::size_t position;
    std::size_t slot;
  };

  std::optional<bool> match(std::size_t start) {
    ways_.clear();
    std::fill(slots_.begin(), slots_.end(), Capture::kNone);
    slots_[0] = start;
    at_ = 0;
    position_ = start;
    for (;;) {
      if (!evaluation_.spend() || ways_.size() > kMostWays) return std::nullopt;
      const Instruction& instruction = pattern_.program_[at_];
      if (instruction.op == Instruction::Op::Match) {
        slots_[1] = position_;
        return true;
      }
      if (!step(instruction) && !go_back()) return false;
    }
  }

  bool go_back() {
    while (!ways_.empty()) {
      const Way way = ways_.back();
      ways_.pop_back();
      if (way.slot == Capture::kNone) {
        at_ = way.at;
        position_ = way.position;
        return true;
      }
      slots_[way.slot] = way.position;
    }
    return false;
  }

  void set(std::size_t slot, std::size_t position) {
    ways_.push_back({0, slots_[slot], slot});
    slots_[slot] = position;
  }

  std::size_t mark(const Instruction& instruction) const {
    return 2 * (std::size_t{pattern_.groups_} + 1) + instruction.index;
  }

  // False when this way ends here.
  bool step(const Instruction& instruction) {
    ++at_;
    switch (instruction.op) {
      case Instruction::Op::Character:
        return position_ < text_.size() &&
               pattern_.tests_[instruction.index].has(next_code_point(text_, position_));
      case Instruction::Op::Start:
        return is_start();
      case Instruction::Op::End:
        return is_end();
      case Instruction::Op::Reference:
        return refers(group(instruction.index));
      case Instruction::Op::Open:
        set(2 * std::size_t{instruction.index}, position_);
        return true;
      case Instruction::Op::Close:
        set(2 * std::size_t{instruction.index} + 1, position_);
        return true;
      case Instruction::Op::Mark:
        set(mark(instruction), position_);
        return true;
      case Instruction::Op::Again:
        at_ = slots_[mark(instruction)] != position_ ? instruction.next : instruction.other;
        return true;
      case Instruction::Op::Split:
        ways_.push_back({instruction.other, position_, Capture::kNone});
        at_ = instruction.next;
        return true;
      case Instruction::Op::Jump:
        at_ = instruction.next;
        return true;
      case Instruction::Op::Match:
        return true;
    }
    return false;
  }

  // A line end that ends the text begins no line, and nothing ends behind it (XPath 2.0, 7.6.1.2).
  bool is_behind_last_line_end() const {
    return position_ == text_.size() && position_ > 0 && text_.back() == '\n';
  }

  bool is_start() const {
    if (position_ == 0) return true;
    return pattern_.flags_.many_lines && text_[position_ - 1] == '\n' && !is_behind_last_line_end();
  }

  bool is_end() const {
    if (!pattern_.flags_.many_lines) return position_ == text_.size();
    if (position_ == text_.size()) return !is_behind_last_line_end();
    return text_[position_] == '\n';
  }

  // A group that took no part stands for nothing.
  bool refers(Capture captured) {
    if (!captured.is_set() || captured.end == Capture::kNone) return true;
    const std::string_view wanted = text_.substr(captured.begin, captured.end - captured.begin);
    if (!pattern_.flags_.ignores_case) {
      if (text_.substr(position_, wanted.size()) != wanted) return false;
      position_ += wanted.size();
      return true;
    }
    for (std::size_t at = 0; at < wanted.size();) {
      if (position_ >= text_.size()) return false;
      if (fold_case(next_code_point(wanted, at)) != fold_case(next_code_point(text_, position_))) {
        return false;
      }
    }
    return true;
  }

  const Backtracker& pattern_;
  std::string_view text_;
  Evaluation& evaluation_;
  std::vector<std::size_t> slots_;
  std::vector<Way> ways_;
  std::uint32_t at_ = 0;
  std::size_t position_ = 0;
};

std::optional<Backtracker> Backtracker::compile(const Syntax& syntax) {
  return Compiler(syntax).compile();
}

std::optional<bool> Backtracker::find(std::string_view text, std::size_t from,
                                      std::vector<Capture>& groups, Evaluation& evaluation) const {
  Run run(*this, text, evaluation);
  const std::optional<bool> found = run.find(from);
  groups.clear();
  for (std::size_t i = 0; i <= groups_; ++i) groups.push_back(run.group(i));
  return found;
}

}  // namespace formwork::feel::regex
