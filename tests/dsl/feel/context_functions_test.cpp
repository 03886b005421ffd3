#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("values of contexts are read by name and by path") {
  check({
      {R"(get value({a: 1}, "a"))", "1"},
      {R"(get value({报价: 1}, "报价"))", "1"},
      {R"(get value({a: {b: 2}}, ["a", "b"]))", "2"},
      {R"(get value({a: 1}, "b"))", "null"},
      {R"(get value({a: 1}, ["a", "b"]))", "null"},
      {R"(get value({a: 1}, []))", "null"},
      {R"(get value(null, "a"))", "null"},
      {R"(get value({a: 1}, null))", "null"},
      {R"(get entries({a: 1, b: null}))", R"([{key: "a", value: 1}, {key: "b", value: null}])"},
      {R"(get entries({}))", "[]"},
  });
}

TEST_CASE("contexts are made of entries") {
  check({
      {R"(context([{key: "a", value: 1}, {key: "b", value: null}]))", "{a: 1, b: null}"},
      {R"(context({key: "a", value: 1}))", "{a: 1}"},
      {R"(context([{key: "a", value: 1, more: 2}]))", "{a: 1}"},
      {"context([])", "{}"},
      {"context(null)", "null"},
      {R"(context([null]))", "null"},
  });
  check_reasons({
      {R"(context([{key: "a", value: 1}, {key: "a", value: 2}]))",
       "context() has two entries \"a\""},
      {R"(context([{key: "a"}]))", "element 1 of `entries` of context() has no `value`"},
      {R"(context([{key: 1, value: 2}]))",
       "`key` of element 1 of context() is a number, and text is needed"},
  });
}

TEST_CASE("an entry is put into a context, or into one within it") {
  check({
      {R"(context put({a: 1}, "b", 2))", "{a: 1, b: 2}"},
      {R"(context put({a: 1}, "a", null))", "{a: null}"},
      {R"(context put({}, "a", 1))", "{a: 1}"},
      {R"(context put({a: {b: 1}, c: 3}, ["a", "b"], 2))", "{a: {b: 2}, c: 3}"},
      {R"(context put({a: 1}, ["b"], 2))", "{a: 1, b: 2}"},
      {R"(context put({a: 1}, ["b", "c"], 2))", "null"},
      {R"(context put({a: 1}, ["a", "c"], 2))", "null"},
      {R"(context put({a: 1}, [], 2))", "null"},
      {R"(context put({a: 1}, ["a", null], 2))", "null"},
      {R"(context put(null, "a", 2))", "null"},
      {R"(context put({a: 1}, null, 2))", "null"},
  });
}

TEST_CASE("contexts are merged, the last value of a name counts") {
  check({
      {"context merge([{a: 1, b: 2}, {b: 3, c: 4}])", "{a: 1, b: 3, c: 4}"},
      {"context merge({a: 1})", "{a: 1}"},
      {"context merge([])", "{}"},
      {"context merge([{a: 1}, null])", "null"},
      {"context merge([{a: 1}, 1])", "null"},
      {"context merge(null)", "null"},
  });
}

}  // namespace
}  // namespace formwork::feel
