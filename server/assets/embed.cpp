// embed: the build step that turns files into the tables behind assets.h.
//
//     embed OUT.cpp ICONS.txt ICON_FOLDER FILE...
//
// Runs on the machine that builds, so it may take its time: both compressions use their best level.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <brotli/encode.h>
#include <zlib.h>

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  constexpr int kGzipWrapper = 15 + 16;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWrapper, 9, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("zlib does not start");
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in = text;  // zlib's interface wants bytes that it could write to
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib does not finish");
  return out;
}

std::string brotli(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::vector<std::uint8_t> out(size);
  const auto* in = reinterpret_cast<const std::uint8_t*>(text.data());
  if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                            text.size(), in, &size, out.data()) == BROTLI_FALSE) {
    throw std::runtime_error("brotli does not finish");
  }
  return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)};
}

// Eight hex digits of the content. Only versions of one file compete for a name, so 32 bits do.
std::string hash_of(const std::string& text) {
  const auto* bytes = reinterpret_cast<const Bytef*>(text.data());
  std::array<char, 9> digits{};
  std::snprintf(digits.data(), digits.size(), "%08lx",
                crc32(0, bytes, static_cast<uInt>(text.size())));
  return digits.data();
}

std::string content_type_of(const fs::path& path) {
  static const std::map<std::string, std::string> types{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
  };
  const auto found = types.find(path.extension().string());
  if (found == types.end()) throw std::runtime_error("no content type for " + path.string());
  return found->second;
}

// A string_view over a literal. The length is written out because compressed bytes hold zeros;
// three octal digits cannot swallow the character behind them.
void write_bytes(std::ostream& out, std::string_view bytes) {
  constexpr std::size_t kBytesPerLine = 80;
  out << "std::string_view{";
  for (std::size_t begin = 0; begin < bytes.size(); begin += kBytesPerLine) {
    out << "\n  \"";
    for (const char c : bytes.substr(begin, kBytesPerLine)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = byte >= ' ' && byte < 0x7f && c != '"' && c != '\\' && c != '?';
      if (plain) {
        out << c;
        continue;
      }
      std::array<char, 5> escape{};
      std::snprintf(escape.data(), escape.size(), "\\%03o", static_cast<unsigned>(byte));
      out << escape.data();
    }
    out << '"';
  }
  out << (bytes.empty() ? "\"\"" : "") << ", " << bytes.size() << "}";
}

void write_asset(std::ostream& out, const fs::path& path) {
  const std::string text = read_file(path);
  const std::string hashed = path.stem().string() + "." + hash_of(text) + path.extension().string();
  const std::string url = "/assets/" + hashed;
  const std::string type = content_type_of(path);
  out << "  Asset{";
  for (const std::string& field :
       {path.filename().string(), hashed, url, type, text, gzip(text), brotli(text)}) {
    write_bytes(out, field);
    out << ",\n  ";
  }
  out << "},\n";
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Keeps the shapes of a drawing and drops what ui.css decides: size, stroke, colour.
std::string icon_markup(const fs::path& path) {
  const std::string svg = read_file(path);
  const std::size_t open = svg.find("<svg");
  const std::size_t begin = svg.find('>', open);
  const std::size_t end = svg.rfind("</svg>");
  if (open == std::string::npos || begin == std::string::npos || end == std::string::npos) {
    throw std::runtime_error(path.string() + " is not an SVG drawing");
  }
  std::istringstream lines{svg.substr(begin + 1, end - begin - 1)};
  std::string shapes;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string::npos) shapes += line.substr(first);
  }
  return R"(<svg class="i" viewBox="0 0 24 24" aria-hidden="true">)" +
         replace_all(shapes, " />", "/>") + "</svg>";
}

std::vector<std::string> read_icon_names(const fs::path& path) {
  std::istringstream lines{read_file(path)};
  std::vector<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.front() != '#') names.push_back(line);
  }
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) {
    throw std::runtime_error(path.string() + " names an icon twice");
  }
  return names;
}

void write_tables(std::ostream& out, const fs::path& icon_list, const fs::path& icon_folder,
                  std::vector<fs::path> files) {
  std::ranges::sort(files, {}, [](const fs::path& path) { return path.filename(); });
  out << "// Made by server/assets/embed.cpp.\n#include \"server/assets/assets.h\"\n\n"
      << "namespace formwork::assets {\nnamespace {\n\nconstexpr Asset kAssets[] = {\n";
  for (const fs::path& file : files) write_asset(out, file);
  out << "};\n\nconstexpr Icon kIcons[] = {\n";
  for (const std::string& name : read_icon_names(icon_list)) {
    out << "  Icon{\"" << name << "\", ";
    write_bytes(out, icon_markup(icon_folder / (name + ".svg")));
    out << "},\n";
  }
  out << "};\n\n}  // namespace\n\nstd::span<const Asset> all() { return kAssets; }\n\n"
      << "std::span<const Icon> icons() { return kIcons; }\n\n}  // namespace formwork::assets\n";
}

int run(int argc, char** argv) {
  constexpr int kFirstFile = 4;
  if (argc <= kFirstFile) {
    std::cerr << "usage: embed OUT.cpp ICONS.txt ICON_FOLDER FILE...\n";
    return 2;
  }
  std::ostringstream text;
  write_tables(text, argv[2], argv[3], {argv + kFirstFile, argv + argc});
  std::ofstream out{argv[1], std::ios::binary};
  out << text.str();
  out.close();
  if (!out) throw std::runtime_error(std::string{"cannot write "} + argv[1]);
  return 0;
}

}  // namespace

// No function-try-block: clang-format 14 adds a blank line before its `catch` each time it runs.
int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "embed: " << error.what() << '\n';
    return 3;
  }
}
