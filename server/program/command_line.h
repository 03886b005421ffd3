// The program's commands as data: what they are called, what they take, what they do. One parser
// reads them, and help is made from them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace formwork::program {

// Exit statuses (design, section 5).
enum class Exit : int { Success = 0, InputAtFault = 1, WrongUsage = 2, EnvironmentAtFault = 3 };

struct Option {
  std::string_view name;   // "--db", or "DIR" for an argument without dashes
  std::string_view value;  // "FILE"; empty: a flag
  std::string_view summary;
  bool required = false;
  std::string_view fallback = {};  // shown in help and taken when the option is not given
  bool repeatable = false;         // may be given several times
};

class Arguments {
 public:
  void set(std::string_view name, std::string value) {
    values_[std::string(name)] = {std::move(value)};
  }

  // One more of an option that is repeatable.
  void add(std::string_view name, std::string value) {
    values_[std::string(name)].push_back(std::move(value));
  }

  bool has(std::string_view name) const { return values_.contains(std::string(name)); }

  std::optional<std::string> find(std::string_view name) const {
    if (!has(name)) return std::nullopt;
    return (*this)[name];
  }

  // The value; empty when it was not given.
  std::string operator[](std::string_view name) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::string() : found->second.front();
  }

  // All that were given, in their order.
  std::vector<std::string> all(std::string_view name) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::vector<std::string>() : found->second;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;  // none of them without one
};

struct Command {
  std::string_view name;  // "check", "user add"
  std::string_view summary;
  std::span<const Option> options;
  Exit (*run)(const Arguments& arguments);
};

// Every command, in the order of help.
std::span<const Command* const> all_commands();

// Reads the command line and runs its command; says on standard error what is wrong with it.
Exit run(int count, const char* const* texts);

}  // namespace formwork::program
