#include "server/program/version.h"

namespace formwork::program {

std::string_view version() { return FORMWORK_VERSION; }

}  // namespace formwork::program
