// An engine in the bench itself, on a file, with an app of the bench's own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/pipeline/engine.h"

namespace formwork::bench {

// Opens the store in that folder, or makes it; `more` is one more document. Throws
// std::runtime_error when the documents do not compile or the store does not open.
std::unique_ptr<engine::Engine> open_engine(const std::vector<std::filesystem::path>& documents,
                                            const std::filesystem::path& store,
                                            const std::string& more = {});

// Somebody of that role, with a manager or none, made when it is not there yet; the token is of
// this run.
std::string token_of(engine::Engine& engine, const std::string& name, const std::string& role,
                     const std::string& manager = {});

engine::Actor actor_of(engine::Engine& engine, const std::string& token);

}  // namespace formwork::bench
