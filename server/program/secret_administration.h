// What `formwork secret …` asks of a store.
#pragma once

#include "server/program/administration.h"

namespace formwork::program {

AdminAnswer set_secret(const AdminRequest& request, engine::Engine& engine);
AdminAnswer list_secrets(engine::Engine& engine);
AdminAnswer remove_secret(const AdminRequest& request, engine::Engine& engine);

// A line for each webhook that receives or sends and has no secret yet.
std::string missing_secrets(engine::Engine& engine);

}  // namespace formwork::program
