// Small commands about a store: on the file itself, or through the server that has it open.
#pragma once

#include "server/program/administration.h"
#include "server/program/commands.h"

namespace formwork::program {

// The options that all of them have.
inline constexpr Option kDbOption{
    .name = "--db", .value = "FILE", .summary = "the store", .required = true};

// Performs the request and prints its answer.
Exit ask_store(const std::string& path, const AdminRequest& request);

// Standard input up to its first line end; a terminal asks for it with `prompt`.
std::string read_secret(const char* prompt = "Password: ");

}  // namespace formwork::program
