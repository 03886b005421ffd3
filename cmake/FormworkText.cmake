# fw_text(schemas/system.sql kSystemSchema)
#
# Makes <schemas/system.sql.h>, which holds the file as a std::string_view in namespace formwork, so that the
# program needs no files beside it.
function(fw_text file name)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${file}")
  file(READ "${CMAKE_SOURCE_DIR}/${file}" text)
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/${file}.h" @ONLY CONTENT [=[
#pragma once

#include <string_view>

namespace formwork {

inline constexpr std::string_view @name@ = R"text(@text@)text";

}  // namespace formwork
]=])
endfunction()
