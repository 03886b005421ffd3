// What happens when a task of an approval waits for too long: `within: { PT8H: remind, P3D: reject
// }`.
#pragma once

#include <vector>

#include "dsl/compile/people_terms.h"
#include "dsl/model/approval.h"

namespace formwork::compile {

// Those of a step's mapping, in the order of their time.
std::vector<model::Deadline> read_deadlines(const yaml::Node& step, const PeoplePlace& place,
                                            Context& context);

}  // namespace formwork::compile
