// Files: who may attach them, of which type and size, and who may read them.
#include <doctest/doctest.h>

#include "tests/support/app.h"
#include "tests/support/desk_app.h"

namespace formwork::records {
namespace {

using testing::App;
using testing::Words;
using testing::words_of;

std::string with_files(const std::string& ids) {
  return R"({"subject":"a","files":[)" + ids + "]}";
}

TEST_CASE("a file is attached once, by the one who uploaded it") {
  App app(testing::kDesk);
  const auto boss = app.actor("boss");
  const auto clerk = app.actor("clerk");
  const engine::File photo = app.upload(clerk, "a.png", "image/png", "bytes");
  REQUIRE(photo.id == 1);
  CHECK(words_of(app.create(boss, "ticket", with_files("1")), app.entity("ticket")) ==
        Words{"/files Files: file 1 does not exist or belongs to another record"});
  CHECK(words_of(app.create(clerk, "ticket", with_files("2")), app.entity("ticket")) ==
        Words{"/files Files: file 2 does not exist or belongs to another record"});
  REQUIRE(app.create(clerk, "ticket", with_files("1")));
  CHECK_FALSE(app.create(clerk, "ticket", with_files("1")));
  // Here it may stay, whoever saves.
  app.upload(boss, "b.png", "image/png", "bytes");
  CHECK(app.update(boss, "ticket", 1, 1, R"({"files":[1,2]})"));
}

TEST_CASE("the type and the size of a file are those that the field accepts") {
  App app(testing::kDesk);
  const auto clerk = app.actor("clerk");

  struct Row {
    std::string_view type;
    std::size_t bytes;
    std::string_view problem;
  };

  for (const Row& row : {
           Row{"image/png", 100, ""},
           Row{"IMAGE/PNG; charset=x", 1, ""},
           Row{"application/pdf", 1, ""},
           Row{"image/png", 101, "/files Files: “f” has 101 bytes; choose files of at most 100"},
           Row{"text/html", 1,
               "/files Files: “f” is of type text/html; choose image/*, application/pdf"},
           Row{"", 1,
               "/files Files: “f” is of type application/octet-stream; choose image/*, "
               "application/pdf"},
           Row{"imagepng", 1,
               "/files Files: “f” is of type imagepng; choose image/*, application/pdf"},
       }) {
    CAPTURE(row.type);
    CAPTURE(row.bytes);
    const engine::File file =
        app.upload(clerk, "f", std::string(row.type), std::string(row.bytes, 'x'));
    const auto made = app.create(clerk, "ticket", with_files(std::to_string(file.id)));
    const Words words = words_of(made, app.entity("ticket"));
    CHECK(words == (row.problem.empty() ? Words{} : Words{std::string(row.problem)}));
  }
}

TEST_CASE("more files than the field takes are a problem of reading") {
  const App app(testing::kDesk);
  CHECK(words_of(app.read("ticket", R"({"files":[1,2,3]})").problems, app.entity("ticket")) ==
        Words{"/files Files: attach at most 2 files; these are 3"});
}

TEST_CASE("a file is read by those who see its record, before that by its uploader alone") {
  App app(testing::kDesk);
  const auto clerk = app.actor("clerk");
  const auto boss = app.actor("boss");
  const auto guest = app.actor("guest");
  const auto sender = app.actor("sender");
  const auto content = [&](const engine::Actor& actor) {
    return app.engine.reader(actor).file_content(1).value_or("-");
  };
  app.upload(clerk, "a.png", "image/png", "bytes");
  CHECK(content(clerk) == "bytes");
  CHECK(content(boss) == "-");
  REQUIRE(app.create(clerk, "ticket", with_files("1")));
  CHECK(content(clerk) == "bytes");
  CHECK(content(guest) == "bytes");
  CHECK(content(sender) == "-");
  REQUIRE(app.remove(boss, "ticket", 1, 1));
  CHECK(content(clerk) == "-");
  CHECK(content(boss) == "bytes");
  CHECK_FALSE(app.engine.reader(boss).file_content(2));
}

}  // namespace
}  // namespace formwork::records
