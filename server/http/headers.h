// Header fields: those of a request as one packed list, those of a response as plain pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace formwork::http {

// A field of a response.
struct Header {
  std::string name;
  std::string value;
};

// The fields of a request in the order of arrival, in one block of text: a request has a dozen of
// them, and a pair of strings each would cost more than reading them.
class HeaderList {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;  // without blanks at its ends
  };

  void add(std::string_view name, std::string_view value);

  std::size_t size() const { return slots_.size(); }

  Field operator[](std::size_t index) const;

  // The value of the first field of that name, whatever its case; empty when there is none.
  std::string_view find(std::string_view name) const;

  bool contains(std::string_view name) const { return count(name) > 0; }

  std::size_t count(std::string_view name) const;

 private:
  struct Slot {
    std::uint32_t begin;
    std::uint32_t name_bytes;
    std::uint32_t value_bytes;
  };

  std::string text_;  // name, value, name, value, …
  std::vector<Slot> slots_;
};

// Whether a comma-separated field value has that element, whatever its case.
bool has_list_element(std::string_view value, std::string_view element);

}  // namespace formwork::http
