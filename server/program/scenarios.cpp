#include "server/program/scenarios.h"

#include <array>
#include <cstdio>
#include <stdexcept>

#include "engine/store/sqlite/sqlite_store.h"
#include "server/program/app_folder.h"
#include "server/program/commands.h"

namespace formwork::program {
namespace {

// Few pages and one reader: such a store holds a handful of records and lives for milliseconds.
constexpr std::size_t kScratchCacheKib = 2'048;

struct Heading {
  std::string_view kind;
  std::string_view text;
};

constexpr std::array kHeadings{
    Heading{"stage", "Stages that no record came into"},
    Heading{"move", "Moves that nobody made"},
    Heading{"criterion", "Criteria that refused nothing"},
    Heading{"item", "Checklist items that kept nothing back"},
    Heading{"deadline", "Deadlines that never came"},
    Heading{"step", "Steps of approvals"},
    Heading{"outcome", "Outcomes of approvals"},
    Heading{"rule", "Rules that refused nothing"},
    Heading{"right", "Rights that denied nothing"},
    Heading{"decision", "Rules of decisions that never hit"},
    Heading{"automation", "Automations"},
    Heading{"action", "Actions of automations that were never carried out"},
    Heading{"assignment", "Rules of assignments by which nobody got anything"},
    Heading{"response", "Steps of response clocks that never came"},
    Heading{"recycle", "Rules that sent nothing back to a pool"},
    Heading{"webhook", "Webhooks by which nothing came"},
    Heading{"form", "Forms that nobody filled in"},
    Heading{"notification", "Notifications that nobody got"},
};

}  // namespace

Expected<std::shared_ptr<const model::Model>, Exit> app_to_play(const std::string& folder,
                                                                const std::string& format) {
  if (format != "text" && format != "json") {
    return Unexpected(
        complain("--format takes text or json, not `" + format + "`", Exit::WrongUsage));
  }
  auto sources = read_folder(folder);
  if (!sources) return Unexpected(complain(sources.error(), Exit::InputAtFault));
  Compiled compiled = compile_app(std::move(*sources));
  if (compiled.model) return std::move(compiled.model);
  if (format == "json") {
    print_json(compiled.diagnostics);
  } else {
    print_text(compiled.diagnostics);
  }
  return Unexpected(Exit::InputAtFault);
}

scenario::MakeStore make_scratch_stores() {
  return [](std::shared_ptr<const model::Model> model) {
    store::SqliteOptions options;
    options.path = ":memory:";
    options.readers = 1;
    options.cache_kib = kScratchCacheKib;
    auto opened = store::open_sqlite(std::move(model), options);
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  };
}

void print_coverage(const scenario::Coverage& coverage) {
  std::size_t seen = 0;
  for (const std::string& name : coverage.all) seen += coverage.seen.contains(name) ? 1 : 0;
  for (const Heading& heading : kHeadings) {
    bool is_first = true;
    for (const std::string& name : coverage.all) {
      const std::size_t blank = name.find(' ');
      if (name.substr(0, blank) != heading.kind || coverage.seen.contains(name)) continue;
      if (is_first) std::printf("%s:\n", std::string(heading.text).c_str());
      is_first = false;
      std::printf("  %s\n", name.c_str() + blank + 1);
    }
  }
  const std::size_t all = coverage.all.size();
  std::printf("covered: %zu of %zu, %zu %%\n", seen, all, all == 0 ? 100 : seen * 100 / all);
}

}  // namespace formwork::program
