# Compiler settings that every target of ours shares, carried by one interface library.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Without this check CMake compiles for a position-independent program and leaves linking one to chance.
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(FORMWORK_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

add_library(formwork_flags INTERFACE)
target_include_directories(formwork_flags INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
# Designated initialisers leave fields at their default on purpose; GCC 12 sees overlapping copies in
# `"a" + std::string` where there are none (GCC bug 105651).
target_compile_options(formwork_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-missing-field-initializers
  # Clang comes with libFuzzer (tests/fuzz) and sees other things; the code is checked by GCC.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<IF:$<CXX_COMPILER_ID:GNU>,-Werror,-w>
  -fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(formwork_flags INTERFACE -fcf-protection=full)
endif()
target_compile_definitions(formwork_flags INTERFACE
  _GLIBCXX_ASSERTIONS BOOST_ASIO_NO_DEPRECATED
  # Clang 14 mangles names of the packaged library, which GCC built, in another way.
  $<$<CXX_COMPILER_ID:Clang>:FMT_HEADER_ONLY>)
target_link_options(formwork_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(FORMWORK_SANITIZE)
  target_compile_options(formwork_flags INTERFACE
    -fsanitize=${FORMWORK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(formwork_flags INTERFACE -fsanitize=${FORMWORK_SANITIZE})
  if(FORMWORK_SANITIZE MATCHES "thread")
    # Asio fences its reference counts; ThreadSanitizer does not model fences and GCC says so.
    target_compile_options(formwork_flags INTERFACE -Wno-tsan)
  endif()
else()
  # _FORTIFY_SOURCE needs optimisation and clashes with the sanitizers' own checks.
  target_compile_options(formwork_flags INTERFACE $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3>)
endif()
