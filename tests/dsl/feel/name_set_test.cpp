#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "dsl/feel/parse.h"

namespace formwork::feel {
namespace {

struct Row {
  std::string_view text;
  std::string_view matched;
};

NameSet some_names() {
  NameSet names;
  for (const std::string_view name : {"date", "date and time", "profit-loss", "Bob's car", "item 1",
                                      "金额 合计", "is valid?", "model.price", "a - b"}) {
    names.add(name);
  }
  return names;
}

TEST_CASE("the longest known name at the start of a text is found") {
  const NameSet names = some_names();
  for (const Row& row :
       {Row{"date and time(x)", "date and time"}, Row{"date and\n  time(x)", "date and\n  time"},
        Row{"date /* of */ and time", "date /* of */ and time"}, Row{"date and timer", "date"},
        Row{"date andtime", "date"}, Row{"dates", ""}, Row{"profit-loss + 1", "profit-loss"},
        Row{"profit - loss", "profit - loss"}, Row{"profit", ""},
        Row{"Bob's car.price", "Bob's car"}, Row{"item 1 + 1", "item 1"}, Row{"item 12", ""},
        Row{"金额 合计 > 3", "金额 合计"}, Row{"金额 合计数", ""},
        Row{"is valid? and x", "is valid?"}, Row{"model.price.x", "model.price"}, Row{"", ""},
        Row{" date", ""}}) {
    CAPTURE(row.text);
    CHECK(row.text.substr(0, names.match(row.text)) == row.matched);
  }
}

TEST_CASE("a name that is found has the blanks it was added with") {
  const NameSet names = some_names();
  CHECK(names.find("a-b").name == "a - b");
  CHECK(names.find("profit - loss").name == "profit-loss");
  CHECK(names.find("date  and\ttime").name == "date and time");
  CHECK(names.find("b").name.empty());
}

TEST_CASE("blanks around and between words become one") {
  CHECK(NameSet::normalize("  date \n and\ttime ") == "date and time");
  CHECK(NameSet::normalize("profit-loss") == "profit-loss");
  CHECK(NameSet::normalize("profit  -loss") == "profit -loss");
  CHECK(NameSet::normalize("金额\u3000合计") == "金额 合计");
  CHECK(NameSet::normalize(" \n ").empty());
}

TEST_CASE("a name is known until every adding of it was taken back") {
  NameSet names;
  names.add("unit price");
  names.add("unit  price");
  names.add("unit");
  names.remove("unit price");
  CHECK(names.match("unit price") == 10);
  names.remove("unit price");
  CHECK(names.match("unit price") == 4);
  names.remove("never added");
  names.remove("unit");
  CHECK(names.match("unit price") == 0);
}

TEST_CASE("names that begin alike do not slow each other down") {
  NameSet names;
  for (int i = 0; i < 20'000; ++i) names.add("unit price " + std::to_string(i));
  std::size_t found = 0;
  for (int i = 0; i < 20'000; ++i) found += names.match("unit price " + std::to_string(i)) != 0;
  CHECK(found == 20'000);
}

}  // namespace
}  // namespace formwork::feel
