#include "engine/command/command.h"

namespace formwork::engine {

std::string_view cause_name(Cause cause) {
  switch (cause) {
    case Cause::Page:
      return "page";
    case Cause::Api:
      return "api";
    case Cause::Program:
      return "program";
  }
  return "program";
}

}  // namespace formwork::engine
