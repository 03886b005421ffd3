#include "dsl/fields/serial_number.h"
#include "tests/dsl/fields/field_testing.h"

namespace formwork::fields::testing {
namespace {

constexpr Date kToday{2026, 11, 3};

std::vector<SerialPart> parts_of(std::string_view format) {
  const auto parts = parse_serial_format(format);
  REQUIRE_MESSAGE(parts.has_value(), (parts ? "" : parts.error().message));
  return *parts;
}

TEST_CASE("a serial number is written by its format") {
  struct Written {
    std::string_view format;
    std::int64_t sequence;
    std::string_view text;
    std::string_view period;
  };

  for (const Written& row :
       {Written{"L-{yyyy}{mm}-{seq:5}", 42, "L-202611-00042", "202611"},
        Written{"Q-{yy}{mm}-{seq:4}", 132, "Q-2611-0132", "202611"},
        Written{"{yyyy}{mm}{dd}{seq:3}", 7, "20261103007", "20261103"},
        Written{"合同{yyyy}第{seq:1}号", 9, "合同2026第9号", "2026"},
        Written{"{seq:12}", 1, "000000000001", ""}, Written{"A{seq:2}", 12345, "A12345", ""},
        Written{"{dd}.{mm}.{yyyy}/{seq:2}", 1, "03.11.2026/01", "20261103"}}) {
    CAPTURE(row.format);
    CHECK(format_serial(parts_of(row.format), kToday, row.sequence) == row.text);
    CHECK(serial_period(parts_of(row.format), kToday) == row.period);
  }
}

TEST_CASE("a wrong format is told with its place") {
  struct Wrong {
    std::string_view format;
    std::size_t offset;
    std::size_t length;
    std::string_view message;
  };

  for (const Wrong& row : {
           Wrong{"L-{yyyy}", 0, 8, "a serial number needs its running number, such as {seq:5}"},
           Wrong{"", 0, 0, "a serial number needs its running number, such as {seq:5}"},
           Wrong{"L-{seq}", 2, 5,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{seq:0}", 0, 7,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{seq:13}", 0, 8,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{seq:-1}", 0, 8,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{}{seq:1}", 0, 2,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{{seq:1}}", 0, 8,
                 "possible here: {yyyy}, {yy}, {mm}, {dd}, and {seq:N} with 1 to 12 digits N"},
           Wrong{"{seq:1}-{seq:2}", 8, 7, "this part is there already"},
           Wrong{"{yyyy}{yy}{seq:2}", 6, 4, "this part is there already"},
           Wrong{"{mm}{seq:2}", 0, 4,
                 "{mm} needs {yyyy} or {yy}: else each year gives the same numbers"},
           Wrong{"{yyyy}{dd}{seq:2}", 6, 4,
                 "{dd} needs {mm}: else each month gives the same numbers"},
           Wrong{"L{seq:5", 1, 6, "{ without its }"},
           Wrong{"L}{seq:5}", 1, 1, "} without its {"},
           Wrong{"L\t{seq:5}", 1, 1, "a format has no control characters"},
       }) {
    CAPTURE(row.format);
    const auto parts = parse_serial_format(row.format);
    REQUIRE_FALSE(parts.has_value());
    CHECK(parts.error().message == row.message);
    CHECK(parts.error().offset == row.offset);
    CHECK(parts.error().length == row.length);
  }
  CHECK(parse_serial_format(std::string(53, 'x') + "{seq:5}").has_value());
  const auto long_format = parse_serial_format(std::string(54, 'x') + "{seq:5}");
  REQUIRE_FALSE(long_format.has_value());
  CHECK(long_format.error().message == "a format has at most 60 characters; this has 61");
}

TEST_CASE("filters read a serial number as text") {
  check_form(field_of("serial"),
             {
                 {" L-202611-00042 ", R"("L-202611-00042")"},
                 {"a\nb", "! write it on one line, without line breaks / 请写在一行内，不要换行"},
             });
  check_json(field_of("serial"),
             {
                 {R"("L-1")", R"("L-1")"},
                 {"1", "! send a string; this is a number / 应为字符串，现在是数字"},
             });
  CHECK(field_of("serial").type->set_by_engine);
}

TEST_CASE("serial numbers come back from the control and from JSON") {
  check_round_trips(field_of("serial"), {"L-202611-00042", "合同2026第9号"});
}

}  // namespace
}  // namespace formwork::fields::testing
