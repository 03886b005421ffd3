// What an administrator asks of a store from the command line: accounts, tokens, history. The same
// requests work on a file at rest and, through its control socket, on a running server.
#pragma once

#include <optional>
#include <string>

#include "engine/pipeline/engine.h"

namespace formwork::program {

struct AdminRequest {
  std::string action;  // "user add", "token create", "audit verify", "forecast", …
  std::string user;
  std::string full_name;
  std::string password;
  std::string locale;
  std::string label;
  std::string heir;  // who takes over
  // Of a user that is changed nothing means as it is. Lists are separated by commas.
  std::optional<std::string> roles = {};
  std::optional<std::string> manager = {};
  std::optional<std::string> teams = {};
  std::optional<std::string> heads = {};
  std::optional<std::string> email = {};
  std::string days;              // of a forecast
  std::string entity;            // of a forecast: its records only; empty: all
  std::string format;            // text or json
  std::string secret;            // its name
  std::string value;             // and itself
  std::string keep;              // how long the one before holds: an ISO 8601 duration
  std::string by;                // of advancing the clock: an ISO 8601 duration
  std::string state = {};        // of the outbox: those in it; empty: all
  std::string destination = {};  // the same
  std::string message = {};      // its number
};

struct AdminAnswer {
  bool granted = false;
  std::string text;  // for standard output, or what is wrong
};

// `clock` is the engine's when it may be moved.
AdminAnswer perform(const AdminRequest& request, engine::Engine& engine,
                    engine::ShiftedClock* clock = nullptr);

// As one line of JSON each, for the socket.
std::string to_line(const AdminRequest& request);
std::string to_line(const AdminAnswer& answer);
AdminRequest parse_request(const std::string& line);
AdminAnswer parse_answer(const std::string& line);

}  // namespace formwork::program
