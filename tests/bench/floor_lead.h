// The lead as the floor knows it: columns, JSON in, JSON out, and nothing checked but the JSON
// itself.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace formwork::bench {

enum class Cell { Text, Whole, Money, Flag };

struct FloorColumn {
  std::string_view name;
  Cell cell;
};

// With id, version, created_at and stage these make the 20 columns of the table.
inline constexpr std::array<FloorColumn, 16> kFloorColumns{{{"company", Cell::Text},
                                                            {"contact", Cell::Text},
                                                            {"title", Cell::Text},
                                                            {"email", Cell::Text},
                                                            {"mobile", Cell::Text},
                                                            {"source", Cell::Text},
                                                            {"industry", Cell::Text},
                                                            {"region", Cell::Text},
                                                            {"city", Cell::Text},
                                                            {"address", Cell::Text},
                                                            {"website", Cell::Text},
                                                            {"budget", Cell::Money},
                                                            {"employees", Cell::Whole},
                                                            {"expected_close", Cell::Text},
                                                            {"newsletter", Cell::Flag},
                                                            {"description", Cell::Text}}};

struct FloorValue {
  bool present = false;
  std::int64_t number = 0;  // whole, hundredths of money, or 0 and 1
  std::string text;
};

struct FloorLead {
  std::string id;
  std::int64_t created_at_us = 0;
  std::array<FloorValue, kFloorColumns.size()> values;
};

// Reads the members that are columns and ignores all others; nothing if the text is no JSON object.
std::optional<FloorLead> read_lead(std::string_view json);

void write_lead(const FloorLead& lead, std::string& json);

}  // namespace formwork::bench
