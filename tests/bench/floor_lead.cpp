#include "tests/bench/floor_lead.h"

#include <charconv>
#include <cstdlib>
#include <iterator>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace formwork::bench {
namespace {

namespace json = boost::json;

// "1234.5" is 123450 hundredths.
std::int64_t read_money(std::string_view text) {
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  const auto [dot, error] = std::from_chars(text.data(), end, whole);
  std::int64_t hundredths = 0;
  int digits = 0;
  for (const char* at = dot; at != end && digits < 2; ++at) {
    if (*at == '.') continue;
    hundredths = hundredths * 10 + (*at - '0');
    ++digits;
  }
  return whole * 100 + (digits == 1 ? hundredths * 10 : hundredths);
}

FloorValue read_value(const json::value& value, Cell cell) {
  FloorValue read;
  if (value.is_string()) {
    read.present = true;
    if (cell == Cell::Money) {
      read.number = read_money(value.get_string());
    } else {
      read.text = value.get_string();
    }
  } else if (value.is_int64()) {
    read.present = true;
    read.number = value.get_int64() * (cell == Cell::Money ? 100 : 1);
  } else if (value.is_bool()) {
    read.present = true;
    read.number = value.get_bool() ? 1 : 0;
  }
  return read;
}

void write_text(std::string_view text, std::string& out) {
  out += '"';
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else if (static_cast<unsigned char>(byte) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(byte));
    } else {
      out += byte;
    }
  }
  out += '"';
}

void write_value(const FloorValue& value, Cell cell, std::string& out) {
  if (!value.present) {
    out += "null";
    return;
  }
  switch (cell) {
    case Cell::Text:
      return write_text(value.text, out);
    case Cell::Whole:
      fmt::format_to(std::back_inserter(out), "{}", value.number);
      return;
    case Cell::Money:
      fmt::format_to(std::back_inserter(out), R"("{}.{:02}")", value.number / 100,
                     std::abs(value.number % 100));
      return;
    case Cell::Flag:
      out += value.number == 0 ? "false" : "true";
      return;
  }
}

}  // namespace

std::optional<FloorLead> read_lead(std::string_view text) {
  std::array<unsigned char, 8192> memory;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  json::monotonic_resource resource(memory.data(), memory.size());
  json::error_code error;
  const json::value parsed = json::parse(text, error, &resource);
  if (error || !parsed.is_object()) return std::nullopt;
  const json::object& object = parsed.get_object();
  FloorLead lead;
  for (std::size_t i = 0; i < kFloorColumns.size(); ++i) {
    const json::value* const member = object.if_contains(kFloorColumns[i].name);
    if (member != nullptr) lead.values[i] = read_value(*member, kFloorColumns[i].cell);
  }
  return lead;
}

void write_lead(const FloorLead& lead, std::string& out) {
  out += R"({"id":)";
  write_text(lead.id, out);
  fmt::format_to(std::back_inserter(out), R"(,"version":1,"created_at":{},"stage":"new")",
                 lead.created_at_us);
  for (std::size_t i = 0; i < kFloorColumns.size(); ++i) {
    out += ",\"";
    out += kFloorColumns[i].name;
    out += "\":";
    write_value(lead.values[i], kFloorColumns[i].cell, out);
  }
  out += '}';
}

}  // namespace formwork::bench
