// fuzz TARGET [FILE]...: runs a fuzz target over its corpus, then over mutations of it, or only
// over the files named.
//
// Inputs follow from a seed, so a run can be repeated. FORMWORK_FUZZ_ROUNDS sets how many mutations
// are tried, FORMWORK_FUZZ_SEED where they begin. An input that crashes, breaks a promise or takes
// too long is left in `crash-TARGET` of the working folder; add it to the corpus with its repair.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"
#include "tests/support/feel/random.h"

extern "C" {
// Of the sanitizers' run time; null without them.
__attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());  // NOLINT
}

namespace formwork::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = 4'096;
constexpr double kMaxSeconds = 20;  // of the processor, with sanitizers on a busy machine

// What is being tried, for the moment of a crash.
std::string crash_file;
const std::string* current = nullptr;

void keep_current() {
  if (current == nullptr) return;
  if (std::FILE* file = std::fopen(crash_file.c_str(), "wb")) {
    std::fwrite(current->data(), 1, current->size(), file);
    std::fclose(file);
  }
  std::fprintf(stderr, "\nthe input is in %s\n", crash_file.c_str());
  current = nullptr;
}

void on_signal(int signal) {
  keep_current();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void try_input(const Target& target, const std::string& input) {
  current = &input;
  const std::clock_t start = std::clock();
  target.run(input);
  if (static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC > kMaxSeconds) {
    broken("an input is done with in time");
  }
  current = nullptr;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> read_corpus(std::string_view target) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(fs::path("tests/fuzz/corpus") / target)) {
    paths.push_back(entry.path());
  }
  // The order of a folder differs between machines.
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const fs::path& path : paths) inputs.push_back(read_file(path));
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, const Target& target, std::uint64_t seed)
      : corpus_(corpus), target_(target), random_(seed) {}

  std::string next() {
    const bool is_fresh = target_.fresh != nullptr && random_.one_in(2);
    std::string input = is_fresh ? target_.fresh(random_) : random_.one_of(corpus_);
    const std::size_t times = 1 + random_.below(4);
    for (std::size_t i = 0; i < times; ++i) mutate(input);
    if (input.size() > kMaxBytes) input.resize(kMaxBytes);
    return input;
  }

 private:
  void mutate(std::string& input) {
    const std::size_t at = random_.below(input.size() + 1);
    const std::size_t length = random_.below(std::min<std::size_t>(input.size() - at, 30) + 1);
    switch (random_.below(8)) {
      case 0:  // flip a bit
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random_.below(8)));
        return;
      case 1:  // cut a piece out
        input.erase(at, length);
        return;
      case 2:  // repeat a piece
        input.insert(at, input.substr(at, length));
        return;
      case 3: {  // the beginning of one, the end of another
        const std::string& other = random_.one_of(corpus_);
        input = input.substr(0, at) + other.substr(random_.below(other.size() + 1));
        return;
      }
      case 4: {  // a piece of another in place of one
        const std::string& other = random_.one_of(corpus_);
        const std::size_t from = random_.below(other.size() + 1);
        input.replace(at, length, other.substr(from, random_.below(40)));
        return;
      }
      case 5:  // a word in place of a piece
        input.replace(at, length, random_.one_of(target_.words));
        return;
      default:
        input.insert(at, random_.one_of(target_.words));
    }
  }

  const std::vector<std::string>& corpus_;
  const Target& target_;
  feel::Random random_;
};

std::size_t number_from_environment(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

int run(const Target& target, const std::vector<std::string>& files) {
  crash_file = "crash-" + std::string(target.name);
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) {
    // The sanitizers report a bad access better than we could.
    if (__sanitizer_set_death_callback == nullptr || signal == SIGABRT) {
      std::signal(signal, on_signal);
    }
  }
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keep_current);
  for (const std::string& file : files) try_input(target, read_file(file));
  if (!files.empty()) return 0;
  const std::vector<std::string> corpus = read_corpus(target.name);
  for (const std::string& input : corpus) try_input(target, input);
  const std::size_t rounds = number_from_environment("FORMWORK_FUZZ_ROUNDS", target.rounds);
  Mutator mutator(corpus, target, number_from_environment("FORMWORK_FUZZ_SEED", 1));
  for (std::size_t i = 0; i < rounds; ++i) try_input(target, mutator.next());
  std::printf("%zu inputs of the corpus and %zu mutations\n", corpus.size(), rounds);
  return 0;
}

int main_of(int count, char** texts) {
  const std::vector<std::string> arguments(texts + 1, texts + count);
  for (const Target& target : targets()) {
    if (!arguments.empty() && arguments.front() == target.name) {
      return run(target, {arguments.begin() + 1, arguments.end()});
    }
  }
  std::fputs("usage: fuzz TARGET [FILE]...\ntargets:", stderr);
  for (const Target& target : targets()) {
    std::fprintf(stderr, " %.*s", static_cast<int>(target.name.size()), target.name.data());
  }
  std::fputs("\n", stderr);
  return 2;
}

}  // namespace
}  // namespace formwork::fuzz

int main(int count, char** texts) {
  try {
    return formwork::fuzz::main_of(count, texts);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fuzz: %s\n", error.what());
    formwork::fuzz::keep_current();
    return 1;
  }
}
