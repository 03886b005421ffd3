// assets: the files a browser loads beside a page, and the icons that pages draw inline.
//
// All of it is compiled into the program, already compressed, so serving a file is copying bytes
// and an installation is one file. The name that a browser asks for carries a hash of the content:
// it may keep the file for ever, and a new version is a new name.
#pragma once

#include <span>
#include <string_view>

namespace formwork::assets {

struct Asset {
  std::string_view name;          // "ui.css", what the source calls it
  std::string_view hashed_name;   // "ui.1a2b3c4d.css"
  std::string_view url;           // "/assets/ui.1a2b3c4d.css"
  std::string_view content_type;  // with charset where the type has one
  std::string_view identity;      // the bytes as they are
  std::string_view gzip;          // the same, for Accept-Encoding: gzip
  std::string_view brotli;        // the same, for Accept-Encoding: br
};

struct Icon {
  std::string_view name;    // "trash-2", a line of icons.txt
  std::string_view markup;  // complete <svg>; size, stroke and colour come from ui.css
};

// Every embedded file, sorted by name.
std::span<const Asset> all();

// What the path segment behind /assets/ names, or nullptr. Only the current hash is known: an older
// page asks for an older name and gets a 404, as it would from any server that was replaced.
const Asset* find_by_hashed_name(std::string_view hashed_name);

// The address to write into pages. The name is ours, so an unknown one is a defect: throws
// std::invalid_argument.
std::string_view url_of(std::string_view name);

// Every embedded icon, sorted by name.
std::span<const Icon> icons();

// The markup of an icon, empty when it is not embedded. A model may name one that is not.
std::string_view icon(std::string_view name);

}  // namespace formwork::assets
