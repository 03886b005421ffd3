// What a forecast looks like on the command line.
#pragma once

#include <string>

#include "engine/pipeline/forecast.h"

namespace formwork::program {

// A line for each timer, in the app's time zone.
std::string forecast_text(const engine::Forecast& forecast, const engine::Engine& engine);

// {"until","timers":[{"at","kind","entity","record","title","what","rule"}],"more"}
std::string forecast_json(const engine::Forecast& forecast, Instant until,
                          const engine::Engine& engine);

}  // namespace formwork::program
