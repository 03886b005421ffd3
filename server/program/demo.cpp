#include "server/program/demo.h"

#include <filesystem>

#include "engine/command/standard_webhooks.h"
#include "engine/scenario/perform.h"
#include "server/program/demo_story.h"

namespace formwork::program {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPassword = "formwork-demo";

std::string explain(const scenario::Hitch& hitch, const model::Model& model) {
  if (!hitch.refusal) return hitch.fault;
  std::string text;
  for (const std::string& one : scenario::sentences(*hitch.refusal, hitch.entity, model, 0)) {
    text += (text.empty() ? "" : "; ") + one;
  }
  return text;
}

// Everything as it happened: deadlines that pass between two events fire in their time.
Expected<void, std::string> play(std::vector<DemoEvent> events, scenario::World& world) {
  for (DemoEvent& event : events) {
    world.pass_until(event.at);
    std::optional<engine::Actor> actor = world.actor(event.by);
    if (!actor) return Unexpected(event.place + "nobody is called " + event.by);
    actor->cause = engine::Cause::Page;
    const model::ScenarioStep step{
        .as = {}, .action = std::move(event.action), .refused = false, .refusal = {}, .where = {}};
    const auto done = scenario::perform(step, *actor, world);
    if (done) continue;
    return Unexpected(event.place + scenario::describe(step, world.model()) + ": " +
                      explain(done.error(), world.model()));
  }
  return {};
}

std::string sign_ins_of(const model::Model& model) {
  std::string text = "demo sign-ins (user / password / roles):\n";
  for (const model::Person& person : model.people) {
    std::string roles;
    for (const std::string& role : person.roles) roles += (roles.empty() ? "" : ", ") + role;
    text += "  " + person.name + " / " + kPassword + " / " + roles + "\n";
  }
  return text;
}

// Secrets that anybody may know, as the passwords are: so that what comes in can be tried at once.
std::string add_secrets(engine::Engine& engine) {
  std::string text;
  for (const model::Webhook& webhook : engine.model().webhooks) {
    const model::InboundWebhook* way = webhook.inbound();
    if (way == nullptr) continue;
    const std::string secret = "formwork-demo-" + way->secret;
    engine.set_secret(way->secret, secret, {});
    text += "webhook " + webhook.name + ": POST /hooks/" + webhook.name + ", signed with " +
            engine::show_webhook_secret(secret) + "\n";
  }
  return text;
}

}  // namespace

Expected<std::string, std::string> fill_with_demo(const std::string& folder, const Demo& demo) {
  if (!demo.store->read()->accounts().empty()) {
    return std::string("the store holds data already; demo data was not added\n");
  }
  const fs::path data = fs::path(folder) / "demo";
  if (!fs::is_directory(data)) return Unexpected(folder + " has no demo data");
  FW_TRY(std::vector<DemoEvent> events, read_demo_story(data, *demo.model, demo.now));
  const Instant begin = events.empty() ? demo.now : events.front().at;
  scenario::World world(demo.model, demo.store, begin,
                        {.password = kPassword, .random = &engine::system_random()});
  FW_TRY_VOID(play(std::move(events), world));
  world.pass_until(demo.now);
  return sign_ins_of(*demo.model) + add_secrets(world.engine());
}

}  // namespace formwork::program
