// Reads of ours against static answers of the same size, against the floor's own reads, and against
// themselves as the store grows.
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "tests/bench/benches.h"
#include "tests/bench/rounds.h"

namespace formwork::bench {
namespace {

namespace json = boost::json;

constexpr int kConnections = 64;
constexpr std::size_t kPage = 50;
constexpr double kGrowth = 1.3;
const std::string kList = "/api/v1/records/lead?source=website&sort=-created_at&limit=50";

// Static answers of the floor, as large as the answer that ours gives.
Side same_size(const Lab& lab, const Server& floor, std::size_t size) {
  return {floor, lab.gets(floor, kConnections, {fmt::format("/static/{}", size)}, {})};
}

void add_read_figures(const Rounds& rounds, const std::string& peer, double goal,
                      BenchResult& result) {
  result.figures.push_back(
      figure(rounds, "answers", "/s", peer, &Sample::per_second, Goal{Bound::AtLeast, goal}));
  result.figures.push_back(figure(rounds, "p50", "ms", peer, &Sample::p50_ms));
  result.figures.push_back(figure(rounds, "p99", "ms", peer, &Sample::p99_ms));
  result.figures.push_back(figure(rounds, "CPU an answer", "ms", peer, &Sample::cpu_ms));
  note_disturbance(rounds, result);
}

// A page that holds fewer than it should would be quick for the wrong reason.
void require_full_page(const std::string& text) {
  const json::value page = json::parse(text);
  for (const auto& member : page.as_object()) {
    if (member.value().is_array() && member.value().get_array().size() == kPage) return;
  }
  throw std::runtime_error(fmt::format("expected {} records in {}", kPage, text.substr(0, 300)));
}

Side list_side(const Lab& lab, const Server& server, int connections) {
  require_full_page(body_of(server, kList, server.fields));
  return {server, lab.gets(server, connections, {kList}, server.fields)};
}

}  // namespace

void run_get_json(Lab& lab, BenchResult& result) {
  const Server ours = lab.start_filled(Kind::Product, lab.options().rows);
  const Server floor = lab.start_filled(Kind::Floor, lab.options().rows);
  const auto paths = Lab::lead_paths(ours.store);
  const std::size_t size = body_of(ours, paths.front(), ours.fields).size();
  const Side gets{ours, lab.gets(ours, kConnections, paths, ours.fields)};
  const std::string peer = fmt::format("static {} B", size);
  add_read_figures(measure_in_turn(lab.options(), gets, same_size(lab, floor, size)), peer, 0.60,
                   result);
  const Side floor_gets{floor, lab.gets(floor, kConnections, Lab::lead_paths(floor.store), {})};
  const Rounds rounds = measure_in_turn(lab.options(), gets, floor_gets);
  result.figures.push_back(figure(rounds, "answers", "/s", "floor by key", &Sample::per_second));
}

void run_form_page(Lab& lab, BenchResult& result) {
  const Server ours = lab.start(Kind::Product, lab.copy_of(lab.store_with(Kind::Product, 0)));
  const Server floor = lab.start(Kind::Floor, lab.copy_of(lab.store_with(Kind::Floor, 0)));
  const std::string page = "/lead/new";
  const std::string cookie = lab.sign_in(ours);
  const std::size_t size = body_of(ours, page, cookie).size();
  const Side pages{ours, lab.gets(ours, kConnections, {page}, cookie)};
  add_read_figures(measure_in_turn(lab.options(), pages, same_size(lab, floor, size)),
                   fmt::format("static {} B", size), 0.35, result);
}

void run_list_50(Lab& lab, BenchResult& result) {
  const Options& options = lab.options();
  const Server few = lab.start(Kind::Product, lab.store_with(Kind::Product, options.few_rows));
  const Server many = lab.start(Kind::Product, lab.store_with(Kind::Product, options.many_rows));
  const std::string subject = fmt::format("{} records:", options.many_rows);
  const std::string peer = fmt::format("{} records:", options.few_rows);
  const auto add = [&](const Rounds& rounds, std::string name, std::string unit,
                       double Sample::*member, Goal goal) {
    Figure grown = figure(rounds, std::move(name), std::move(unit), peer, member, goal);
    grown.subject = subject;
    result.figures.push_back(std::move(grown));
  };
  const Rounds one = measure_in_turn(options, list_side(lab, many, 1), list_side(lab, few, 1));
  add(one, "p50, 1 connection", "ms", &Sample::p50_ms, {Bound::AtMost, kGrowth});
  const Rounds many_at_once =
      measure_in_turn(options, list_side(lab, many, 32), list_side(lab, few, 32));
  add(many_at_once, "pages, 32 connections", "/s", &Sample::per_second,
      {Bound::AtLeast, 1 / kGrowth});
  note_disturbance(one, result);
  note_disturbance(many_at_once, result);
  const Server floor = lab.start_filled(Kind::Floor, options.rows);
  const Server ours = lab.start_filled(Kind::Product, options.rows);
  const Rounds beside =
      measure_in_turn(options, list_side(lab, ours, 32), list_side(lab, floor, 32));
  result.figures.push_back(figure(beside, "pages", "/s", "floor", &Sample::per_second));
}

}  // namespace formwork::bench
