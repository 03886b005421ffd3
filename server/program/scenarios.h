// What `test` and `explore` share: an app that compiles, and stores that are gone when they are
// done.
#pragma once

#include <memory>
#include <string>

#include "dsl/base/expected.h"
#include "engine/scenario/play.h"
#include "server/program/command_line.h"

namespace formwork::program {

// The app of the folder, without its warnings; or the status, when what is wrong was printed.
Expected<std::shared_ptr<const model::Model>, Exit> app_to_play(const std::string& folder,
                                                                const std::string& format);

scenario::MakeStore make_scratch_stores();

// What was never exercised, by kind, and how much was; on standard output.
void print_coverage(const scenario::Coverage& coverage);

}  // namespace formwork::program
