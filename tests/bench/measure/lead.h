// The record that every bench writes: one lead of about 600 bytes, the same for our server and the
// floor.
#pragma once

#include <cstdint>
#include <string>

namespace formwork::bench {

// A lead as the JSON body of a create. Each number gives another lead: another e-mail address and
// mobile number, spread over the whole range so that index pages are hit at random as with real
// people.
std::string lead_body(std::uint64_t number);

// Spreads consecutive numbers over 64 bits, one to one (SplitMix64), so that distinct stays
// distinct.
std::uint64_t spread(std::uint64_t number);

}  // namespace formwork::bench
