#include "server/http/headers.h"

#include "server/http/characters.h"

namespace formwork::http {

void HeaderList::add(std::string_view name, std::string_view value) {
  if (slots_.empty()) {
    slots_.reserve(16);
    text_.reserve(512);
  }
  slots_.push_back({static_cast<std::uint32_t>(text_.size()),
                    static_cast<std::uint32_t>(name.size()),
                    static_cast<std::uint32_t>(value.size())});
  text_.append(name).append(value);
}

HeaderList::Field HeaderList::operator[](std::size_t index) const {
  const Slot& slot = slots_[index];
  const std::string_view text = text_;
  return {text.substr(slot.begin, slot.name_bytes),
          text.substr(slot.begin + slot.name_bytes, slot.value_bytes)};
}

std::string_view HeaderList::find(std::string_view name) const {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const Field field = (*this)[i];
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return {};
}

std::size_t HeaderList::count(std::string_view name) const {
  std::size_t found = 0;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (equals_ignoring_case((*this)[i].name, name)) ++found;
  }
  return found;
}

bool has_list_element(std::string_view value, std::string_view element) {
  while (!value.empty()) {
    if (equals_ignoring_case(trim_blanks(take_until(value, ',')), element)) return true;
  }
  return false;
}

}  // namespace formwork::http
