// GCC 12.2 destroys twice, or copies bit by bit, what a full expression with co_await builds in
// braces, captures in a lambda, or chooses with ?:. Such things get a name first and are then
// moved. clang-tidy 14 knows no coroutines, so this test reads the text.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/tidy/cpp_text.h"
#include "tests/tidy/source_tree.h"
#include "tests/tidy/statements.h"

namespace formwork::tidy {
namespace {

// Standard types have constructors, which GCC gets right. Ours are PascalCase, and most are
// aggregates.
bool builds_in_braces(std::string_view code) {
  for (std::size_t at = code.find('{'); at != code.npos; at = code.find('{', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_word_char(code[begin - 1])) --begin;
    if (begin < at) {
      if (std::isupper(static_cast<unsigned char>(code[begin])) != 0) return true;
      continue;
    }
    const std::size_t before = at == 0 ? code.npos : code.find_last_not_of(" \n", at - 1);
    if (before != code.npos && (code[before] == '(' || code[before] == ',')) return true;
  }
  return false;
}

// Where the captures of a lambda begin. An index, an attribute or the names of `auto& [a, b]` are
// none.
std::vector<std::size_t> captures_in(std::string_view code) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = code.find('['); at != code.npos; at = code.find('[', at + 1)) {
    const std::size_t last = at == 0 ? code.npos : code.find_last_not_of(" \n", at - 1);
    const std::string_view before = code.substr(0, last + 1);
    const char previous = before.empty() ? '\0' : before.back();
    const bool keyword = before.ends_with("return") || before.ends_with("co_await");
    const bool index = (is_word_char(previous) && !keyword) || previous == ']' || previous == ')';
    const bool names = before.ends_with("auto&") || before.ends_with("auto&&");
    const std::string_view rest = code.substr(at + 1);
    const std::size_t first = rest.find_first_not_of(" \n");
    const bool attribute = previous == '[' || rest.starts_with('[');
    const bool empty = first == rest.npos || rest[first] == ']';
    if (!index && !names && !attribute && !empty) offsets.push_back(at);
  }
  return offsets;
}

// The block that opens first at or behind `at`, with its braces.
std::string_view block_after(std::string_view code, std::size_t at) {
  std::size_t open = code.find('{', at);
  while (open != code.npos && is_initialiser(code, open)) open = code.find('{', open + 1);
  if (open == code.npos) return {};
  std::size_t depth = 0;
  for (std::size_t end = open; end < code.size(); ++end) {
    if (code[end] == '{') ++depth;
    if (code[end] == '}' && --depth == 0) return code.substr(open, end + 1 - open);
  }
  return code.substr(open);
}

constexpr std::string_view kCoroutineWords[] = {"co_await", "co_return", "co_yield"};

bool is_coroutine(std::string_view body) {
  return std::ranges::any_of(kCoroutineWords,
                             [&](auto word) { return !word_offsets(body, word).empty(); });
}

// The captures die with the closure, while the coroutine may live on.
Problems capturing_coroutines(const std::string& path, std::string_view text,
                              std::string_view code) {
  Problems problems;
  for (const std::size_t at : captures_in(code)) {
    if (!is_coroutine(block_after(code, at))) continue;
    problems.push_back(place(path, text, at) +
                       "a lambda with captures is a coroutine; make it a function with parameters");
  }
  return problems;
}

Problems coroutine_hazards(const std::string& path, std::string_view text) {
  const std::string code = code_of(text);
  Problems problems = capturing_coroutines(path, text, code);
  for (const Statement& statement : statements_of(code)) {
    if (word_offsets(statement.code, "co_await").empty()) continue;
    const std::size_t first = statement.code.find_first_not_of(" \n");
    const auto report = [&](std::string_view what) {
      problems.push_back(place(path, text, statement.offset + first) + std::string{what});
    };
    if (builds_in_braces(statement.code)) {
      report("co_await in a statement that builds a struct in braces; name it first, then move it");
    }
    if (statement.code.find('?') != std::string::npos) {
      report("co_await in a statement with ?: ; choose first, into a name");
    }
    if (!captures_in(statement.code).empty()) {
      report("co_await in a statement with a capturing lambda; name it first, then move it");
    }
  }
  return problems;
}

Problems coroutine_words(const std::string& path, std::string_view text) {
  Problems problems;
  const std::string code = code_of(text);
  for (const std::string_view word : kCoroutineWords) {
    for (const std::size_t at : word_offsets(code, word)) {
      problems.push_back(place(path, text, at) + std::string{word} +
                         ": coroutines stay in server, so that dsl and engine can be replayed");
    }
  }
  return problems;
}

bool is_server_source(std::string_view path) {
  return is_cpp(path) && (is_under(path, "server") || is_under(path, "tests/server"));
}

bool is_synchronous_source(std::string_view path) {
  return is_product_source(path) && !is_under(path, "server");
}

TEST_CASE("no statement with co_await holds what GCC 12.2 miscompiles") {
  CHECK(listed(problems_in_tree(is_server_source, coroutine_hazards)) == "");
}

TEST_CASE("coroutines stay in server") {
  CHECK(listed(problems_in_tree(is_synchronous_source, coroutine_words)) == "");
}

TEST_CASE("the rule of coroutines sees each dangerous form") {
  for (const std::string statement : {
           "co_await send(Answer{1, name});",
           "co_await send(http::Answer{.status = 1});",
           "co_await send({name, 1});",
           "auto sent = co_await send(stream,\n                          {name});",
           "FW_CO_TRY(const Sent sent, co_await send(Answer{1}));",
           "co_await send(ready ? first : second);",
           "const int n = ready ? co_await read() : 0;",
           "co_await on_engine([id](Engine& engine) { return engine.find(id); });",
           "co_await on_engine([&](Engine& engine) {\n    int n = 1;\n    return n;\n  });",
           "co_await run([=] { stop(); }, 1);",
           "co_await run([] { stop(); }, Answer{1});",
           "asio::co_spawn(strand, [self]() -> asio::awaitable<void> { co_return; }, detached);",
           "auto serve = [self](int n) -> Task<void> { co_return; };",
           "if (co_await send(Answer{1})) return;",
           "while (auto got = co_await read({1, 2})) use(got);",
           "for (int i = 0; i < 2; ++i) co_await send(Answer{i});",
       }) {
    CAPTURE(statement);
    const std::string text = "awaitable<void> f(int n) {\n  " + statement + "\n}\n";
    CHECK(listed(coroutine_hazards("f.cpp", text)).find("f.cpp:2: ") != std::string::npos);
  }
}

TEST_CASE("the rule of coroutines leaves safe forms alone") {
  for (const std::string statement : {
           "Answer answer{1, name};\n  co_await send(std::move(answer));",
           "co_await send(std::string{name});",
           "co_await send(std::optional<int>{1});",
           "co_await send(names[1], table[n][0]);",
           "const auto& [name, size] = co_await read();",
           "auto serve = [](int n) -> Task<void> { co_return; };",
           "co_await send(\"why? {}\", '?');  // really? Answer{1}",
           "if (n > 0) {\n    co_await send(n);\n  } else {\n    use(n ? 1 : 2);\n  }",
           "auto work = [id](Engine& engine) { return engine.find(id); };\n  co_await run(work);",
           "co_await run([](Engine& engine) { return Answer{engine.ready() ? 1 : 2}; });",
           "switch (n) {\n    case 1: co_await send(n);\n  }\n  use(Answer{1});",
           "for (const int i : {1, 2}) {\n    co_await send(i);\n  }",
           "use(Answer{1});\n  co_return co_await send(n);",
           "use(R\"({\"a\": 1})\");\n  const int big = 1'000'000;\n  co_await send(big);",
       }) {
    CAPTURE(statement);
    const std::string text = "awaitable<void> f(int n) {\n  " + statement + "\n}\n";
    CHECK(listed(coroutine_hazards("f.cpp", text)) == "");
  }
}

TEST_CASE("the rule that keeps coroutines in server sees each of their words") {
  CHECK(coroutine_words("f.cpp", "co_await a();\nco_return;\nco_yield 1;\n").size() == 3);
  CHECK(coroutine_words("f.cpp", "// co_await\nint co_awaited = 1;\n").empty());
}

}  // namespace
}  // namespace formwork::tidy
