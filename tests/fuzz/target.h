// Fuzz targets: functions that take any bytes and must neither crash nor break what they promise.
//
// The replayer (replay.cpp) runs them over their corpus and over mutations of it in every test run;
// Clang links the same functions with libFuzzer (FORMWORK_LIBFUZZER). A new target is a function
// here, a line in target.cpp and a folder corpus/<name>/; an input that crashed joins that folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/feel/random.h"

namespace formwork::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
  std::vector<std::string_view> words;  // that mutations insert
  std::size_t rounds;                   // of one test run, about ten seconds with sanitizers
  // Makes an input that means something, for mutations to begin from; null: there is the corpus.
  std::string (*fresh)(feel::Random& random) = nullptr;
};

const std::vector<Target>& targets();

// Parses, prints and parses again; compiles strictly and leniently over the example scope;
// evaluates with a small budget.
void fuzz_expression(std::string_view input);

// The same for the cell of a decision table, over inputs of several types.
void fuzz_unary_tests(std::string_view input);

// Reads and compiles a DMN model and evaluates all that is in it.
void fuzz_dmn(std::string_view input);

// Ends the program, saying what was promised.
[[noreturn]] void broken(std::string_view promise);

}  // namespace formwork::fuzz
