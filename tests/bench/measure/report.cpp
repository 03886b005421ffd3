#include "tests/bench/measure/report.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace formwork::bench {
namespace {

namespace json = boost::json;

// Three digits are what the measurements bear; large numbers are grouped for the eye.
std::string number_text(double value) {
  if (std::abs(value) < 10) return fmt::format("{:.2f}", value);
  if (std::abs(value) < 100) return fmt::format("{:.1f}", value);
  std::string digits = fmt::format("{:.0f}", value);
  for (std::ptrdiff_t at = std::ssize(digits) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return digits;
}

std::string_view sign_of(Bound bound) { return bound == Bound::AtLeast ? ">=" : "<="; }

std::string goal_text(const Figure& figure) {
  if (!figure.goal) return {};
  return fmt::format("   goal {} {:.2f}: {}", sign_of(figure.goal->bound), figure.goal->ratio,
                     figure.is_met() ? "met" : "MISSED");
}

json::array array_of(const std::vector<double>& values) {
  return json::array(values.begin(), values.end());
}

json::object object_of(const Figure& figure) {
  json::object object{{"name", figure.name},
                      {"unit", figure.unit},
                      {"subject", figure.subject},
                      {"value", figure.value()},
                      {"peer", figure.peer},
                      {"peer_value", figure.peer_value()},
                      {"ratio", figure.ratio()},
                      {"rounds", array_of(figure.values)},
                      {"peer_rounds", array_of(figure.peer_values)}};
  if (figure.goal) {
    object["goal"] = {{"bound", sign_of(figure.goal->bound)}, {"ratio", figure.goal->ratio}};
    object["met"] = figure.is_met();
  }
  return object;
}

json::object object_of(const BenchResult& result) {
  json::array figures;
  for (const Figure& figure : result.figures) figures.push_back(object_of(figure));
  json::object object{{"name", result.name}, {"about", result.about}, {"figures", figures}};
  object["notes"] = json::array(result.notes.begin(), result.notes.end());
  if (!result.skipped.empty()) object["skipped"] = result.skipped;
  return object;
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

double Figure::value() const { return median(values); }

double Figure::peer_value() const { return median(peer_values); }

double Figure::ratio() const {
  if (values.size() != peer_values.size()) return value() / peer_value();
  std::vector<double> ratios;
  for (std::size_t i = 0; i < values.size(); ++i) ratios.push_back(values[i] / peer_values[i]);
  return median(std::move(ratios));
}

bool Figure::is_met() const {
  if (!goal) return true;
  return goal->bound == Bound::AtLeast ? ratio() >= goal->ratio : ratio() <= goal->ratio;
}

std::string text_of(const BenchResult& result) {
  std::string text = fmt::format("{}: {}\n", result.name, result.about);
  if (!result.skipped.empty()) return text + fmt::format("  SKIPPED: {}\n", result.skipped);
  for (const Figure& figure : result.figures) {
    const std::string ours = fmt::format("{} {}", figure.subject, number_text(figure.value()));
    const std::string beside = fmt::format("{} {}", figure.peer, number_text(figure.peer_value()));
    text += fmt::format("  {:<32} {:<20} {:<26} ratio {:<5.2f}{}\n",
                        fmt::format("{} [{}]", figure.name, figure.unit), ours, beside,
                        figure.ratio(), goal_text(figure));
  }
  for (const std::string& note : result.notes) text += fmt::format("  note: {}\n", note);
  return text;
}

std::string json_of(const Machine& machine, const std::vector<BenchResult>& results) {
  json::array benches;
  for (const BenchResult& result : results) benches.push_back(object_of(result));
  const json::object whole{{"machine",
                            {{"cpu", machine.cpu},
                             {"cores", machine.cores},
                             {"memory_gib", machine.memory_gib},
                             {"kernel", machine.kernel},
                             {"fdatasync_median_ms", machine.flush_median_ms},
                             {"fdatasync_p99_ms", machine.flush_p99_ms}}},
                           {"benches", benches}};
  return json::serialize(whole) + '\n';
}

}  // namespace formwork::bench
