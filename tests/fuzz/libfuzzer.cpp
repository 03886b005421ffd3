// The entry that libFuzzer calls; FORMWORK_FUZZ_TARGET is the function that this program fuzzes.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  formwork::fuzz::FORMWORK_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
