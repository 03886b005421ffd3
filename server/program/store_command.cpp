#include "server/program/store_command.h"

#include <cstdio>
#include <filesystem>
#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "engine/store/sqlite/sqlite_store.h"
#include "engine/versions/bundle.h"
#include "server/program/app_folder.h"
#include "server/program/control_socket.h"

namespace formwork::program {
namespace {

// The model that the file was last served with. Before that there is none, and only accounts can be
// kept.
Expected<std::shared_ptr<const model::Model>, std::string> model_of(const std::string& path) {
  const auto bundle = store::peek_setting(path, versions::kBundleSetting);
  if (!bundle) return std::make_shared<const model::Model>();
  auto sources = versions::read_bundle(*bundle);
  if (!sources) return Unexpected(path + " holds an app that cannot be read");
  Compiled compiled = compile_app(std::move(*sources));
  if (!compiled.model) {
    return Unexpected(path + " holds an app that this version of the program does not accept");
  }
  return compiled.model;
}

Exit print(const AdminAnswer& answer) {
  if (!answer.granted) return complain(answer.text, Exit::InputAtFault);
  std::fputs(answer.text.c_str(), stdout);
  return Exit::Success;
}

// A terminal that does not show what is typed, while this lives.
class Silent {
 public:
  explicit Silent(const char* prompt)
      : active_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!active_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    std::fputs(prompt, stderr);
  }

  ~Silent() {
    if (!active_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputs("\n", stderr);
  }

  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;

 private:
  termios before_{};
  bool active_;
};

}  // namespace

Exit ask_store(const std::string& path, const AdminRequest& request) {
  // Only a first account may begin a file; a misspelt name must not pass for an empty history.
  if (request.action != "user add" && !std::filesystem::exists(path)) {
    return complain(path + " does not exist", Exit::EnvironmentAtFault);
  }
  auto model = model_of(path);
  if (!model) return complain(model.error(), Exit::EnvironmentAtFault);
  auto store = store::open_sqlite(*model, {.path = path, .readers = 1});
  if (store) {
    engine::Engine engine({.model = *model,
                           .store = std::move(*store),
                           .clock = &engine::system_clock(),
                           .random = &engine::system_random()});
    return print(perform(request, engine));
  }
  if (store.error().in_use) {
    if (const auto answer = ask(control_path(path), to_line(request))) {
      return print(parse_answer(*answer));
    }
  }
  return complain(store.error().message + "; " + store.error().remedy, Exit::EnvironmentAtFault);
}

std::string read_secret(const char* prompt) {
  const Silent silent(prompt);
  std::string line;
  std::getline(std::cin, line);
  return line;
}

}  // namespace formwork::program
