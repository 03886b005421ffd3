# fw_registry(TARGET dsl_fields FOLDER dsl/fields PATTERN *_field.cpp NAMESPACE formwork::fields
#             TYPE FieldType LIST all_field_types HEADER dsl/fields/field_type.h)
#
# Adds to TARGET the function LIST, which gives everything that the folder's files of that pattern define: a
# file `x_field.cpp` defines `const TYPE& x_field()`. HEADER declares TYPE and
# `std::span<const TYPE* const> LIST()`. The order is that of the names.
#
# The list is generated instead of self-registering globals, which the linker drops from a static library.
function(fw_registry)
  cmake_parse_arguments(ARG "" "TARGET;FOLDER;PATTERN;NAMESPACE;TYPE;LIST;HEADER" "" ${ARGN})
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${ARG_FOLDER}/${ARG_PATTERN}")
  set(names)
  foreach(file IN LISTS files)
    cmake_path(GET file STEM name)
    list(APPEND names ${name})
  endforeach()
  list(SORT names)

  set(declarations "")
  set(entries "")
  foreach(name IN LISTS names)
    string(APPEND declarations "const ${ARG_TYPE}& ${name}();\n")
    string(APPEND entries "      &${name}(),\n")
  endforeach()
  set(output "${CMAKE_BINARY_DIR}/generated/${ARG_FOLDER}/${ARG_LIST}.cpp")
  file(CONFIGURE OUTPUT "${output}" @ONLY CONTENT [[
// Generated from the files @ARG_PATTERN@ in @ARG_FOLDER@.
#include "@ARG_HEADER@"

namespace @ARG_NAMESPACE@ {

@declarations@
std::span<const @ARG_TYPE@* const> @ARG_LIST@() {
  static const @ARG_TYPE@* const kAll[] = {
@entries@  };
  return kAll;
}

}  // namespace @ARG_NAMESPACE@
]])
  target_sources(${ARG_TARGET} PRIVATE "${output}")
endfunction()
