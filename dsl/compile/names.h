// Names that the product keeps for itself, because addresses and forms use them beside the
// author's.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace formwork::compile {

// First segments of our own addresses, now or planned: `/assets/…` is no list of records.
inline constexpr std::string_view kReservedEntities[] = {
    "absences",    "admin",   "api",     "assets",  "dashboards", "delegations",   "f",
    "files",       "healthz", "hooks",   "metrics", "model",      "notifications", "openapi",
    "preferences", "readyz",  "records", "sign_in", "sign_out",   "tasks",         "todos",
    "version",
};

// Parameters of lists and controls of forms that are no fields: `?sort=…`, `act=items.add`.
inline constexpr std::string_view kReservedFields[] = {
    "act", "cursor", "deleted", "fields", "lang", "limit", "saved", "sort",
};

inline bool is_reserved_entity(std::string_view name) {
  return std::find(std::begin(kReservedEntities), std::end(kReservedEntities), name) !=
         std::end(kReservedEntities);
}

// Also whatever begins with `_`, as the hidden controls of forms do.
inline bool is_reserved_field(std::string_view name) {
  return name.starts_with('_') || std::find(std::begin(kReservedFields), std::end(kReservedFields),
                                            name) != std::end(kReservedFields);
}

}  // namespace formwork::compile
