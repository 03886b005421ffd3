# fw_assets(server/assets)
#
# The library of a folder of browser files: a tool built here compresses them and writes them, with the
# icons that icons.txt names, into a generated .cpp. Nothing but a C++ compiler takes part.
find_package(PkgConfig REQUIRED)
pkg_check_modules(brotlienc REQUIRED IMPORTED_TARGET libbrotlienc)

set(FORMWORK_ICONS "${CMAKE_SOURCE_DIR}/node_modules/lucide-static/icons" CACHE PATH
  "Folder of the icon drawings")

function(fw_assets folder)
  if(NOT EXISTS "${FORMWORK_ICONS}")
    message(FATAL_ERROR
      "The icons of the pages are not installed (looked in ${FORMWORK_ICONS}).\n"
      "Run `./dev setup`: it installs them from package-lock.json.")
  endif()
  string(REPLACE "/" "_" target "${folder}")
  set(source "${CMAKE_SOURCE_DIR}/${folder}")
  set(tables "${CMAKE_BINARY_DIR}/generated/${folder}/tables.cpp")
  file(GLOB files CONFIGURE_DEPENDS "${source}/*.css" "${source}/*.js" "${source}/*.svg")
  list(SORT files)

  add_executable(${target}_embed "${source}/embed.cpp")
  target_link_libraries(${target}_embed PRIVATE formwork_flags ZLIB::ZLIB PkgConfig::brotlienc)
  add_custom_command(
    OUTPUT "${tables}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${CMAKE_BINARY_DIR}/generated/${folder}"
    COMMAND ${target}_embed "${tables}" "${source}/icons.txt" "${FORMWORK_ICONS}" ${files}
    DEPENDS ${target}_embed "${source}/icons.txt" "${FORMWORK_ICONS}/../package.json" ${files}
    COMMENT "Embedding ${folder}"
    VERBATIM)

  add_library(${target} STATIC "${source}/assets.cpp" "${tables}")
  target_link_libraries(${target} PUBLIC formwork_flags)
endfunction()
