#include "tests/dsl/feel/feel_answers.h"

namespace formwork::feel {
namespace {

TEST_CASE("lengths and positions of texts count characters, not bytes") {
  check({
      {R"x(string length(""))x", "0"},
      {R"x(string length("报价单"))x", "3"},
      {R"x(string length("🐎ab"))x", "3"},
      {R"x(string length("e\u0301"))x", "2"},  // a letter and a combining accent
      {R"x(substring("报价单", 2))x", R"x("价单")x"},
      {R"x(substring("报价单", -1))x", R"x("单")x"},
      {R"x(substring("🐎ab", 1, 1))x", R"x("🐎")x"},
      {R"x(substring("foobar", 3))x", R"x("obar")x"},
      {R"x(substring("foobar", 3, 3.8))x", R"x("oba")x"},
      {R"x(substring("foobar", -2, 1))x", R"x("a")x"},
      {R"x(substring("foobar", 3, 100))x", R"x("obar")x"},
      {R"x(substring("foobar", 3, null))x", R"x("obar")x"},
  });
  check_reasons({
      {R"x(substring("foobar", 0))x",
       "`start position` of substring() is 0; the first is 1 and the last is -1"},
      {R"x(substring("foobar", 7))x",
       "`start position` of substring() is 7, and there are 6 characters"},
      {R"x(substring("foobar", -7))x",
       "`start position` of substring() is -7, and there are 6 characters"},
      {R"x(substring("foobar", 3, 0))x", "`length` of substring() is less than 1"},
  });
}

TEST_CASE("letters change their case in every script") {
  check({
      {R"x(upper case("aBc4äé"))x", R"x("ABC4ÄÉ")x"},
      {R"x(upper case("straße ﬁ ŉ"))x", R"x("STRASSE FI ʼN")x"},
      {R"x(upper case("привет ωμέγα"))x", R"x("ПРИВЕТ ΩΜΈΓΑ")x"},
      {R"x(upper case("😀报"))x", R"x("😀报")x"},
      {R"x(upper case("ა"))x", R"x("Ა")x"},
      {R"x(lower case("ÄÉ ПРИВЕТ"))x", R"x("äé привет")x"},
      {R"x(lower case("ΟΔΟΣ ΣΑΣ"))x", R"x("οδος σας")x"},
      {R"x(lower case("𐐀"))x", R"x("𐐨")x"},
      {R"x(lower case("İ"))x", R"x("i̇")x"},
      {R"x(upper case(null))x", "null"},
  });
}

TEST_CASE("texts are cut at a place of another text") {
  check({
      {R"x(substring before("foobar", "bar"))x", R"x("foo")x"},
      {R"x(substring before("foobar", "xyz"))x", R"x("")x"},
      {R"x(substring before("foobar", ""))x", R"x("")x"},
      {R"x(substring after("foobar", "ob"))x", R"x("ar")x"},
      {R"x(substring after("foobar", ""))x", R"x("foobar")x"},
      {R"x(substring after("", "a"))x", R"x("")x"},
      {R"x(substring after("报价单", "价"))x", R"x("单")x"},
      {R"x(contains("foobar", "of"))x", "false"},
      {R"x(contains("", ""))x", "true"},
      {R"x(starts with("foobar", "fo"))x", "true"},
      {R"x(ends with("foobar", "r"))x", "true"},
      {R"x(ends with("foobar", null))x", "null"},
  });
}

TEST_CASE("texts of a list are joined, and null is left out") {
  check({
      {R"x(string join(["a", "b", "c"], "_and_"))x", R"x("a_and_b_and_c")x"},
      {R"x(string join(["a", "b", "c"], null))x", R"x("abc")x"},
      {R"x(string join(["a", "b", "c"]))x", R"x("abc")x"},
      {R"x(string join(["a", null, "c"], "X"))x", R"x("aXc")x"},
      {R"x(string join(["a"], "X"))x", R"x("a")x"},
      {R"x(string join("a", "X"))x", R"x("a")x"},
      {R"x(string join([], "X"))x", R"x("")x"},
      {R"x(string join(["a", 1], "X"))x", "null"},
      {R"x(string join(null, "X"))x", "null"},
  });
}

TEST_CASE("a pattern matches anywhere in a text unless it is anchored") {
  check({
      {R"x(matches("foobar", "^fo*b"))x", "true"},
      {R"x(matches("abracadabra", "bra"))x", "true"},
      {R"x(matches("abracadabra", "^bra"))x", "false"},
      {R"x(matches("abracadabra", "bra", null))x", "true"},
      {R"x(matches("x", ""))x", "true"},
      {R"x(matches("报价单", "^\p{L}{3}$"))x", "true"},
      {R"x(matches("x:y", "^\i\c*$"))x", "true"},
      {R"x(matches("5", "^\i"))x", "false"},
      {R"x(matches("_", "\w"))x", "false"},
      {R"x(matches("$", "\w"))x", "true"},
      {R"x(matches("a.b", "a\.b"))x", "true"},
      {R"x(matches("axb", "a\.b"))x", "false"},
      {R"x(matches("a$", "a\$"))x", "true"},
      {R"x(matches(null, "a"))x", "null"},
      {R"x(matches("a", null))x", "null"},
  });
}

TEST_CASE("a dot is any character but a line end, and with flag s any") {
  check({
      {R"x(matches("Mary\u000DJones", "Mary.Jones"))x", "false"},
      {R"x(matches("a\nb", "a.b"))x", "false"},
      {R"x(matches("a\nb", "a.b", "s"))x", "true"},
      {R"x(matches("😀", "^.$"))x", "true"},
  });
}

TEST_CASE("anchors stand for the text, and with flag m for its lines") {
  check({
      {R"x(matches("a\nb", "^b"))x", "false"},
      {R"x(matches("a\nb", "^b", "m"))x", "true"},
      {R"x(matches("a\n", "a$"))x", "false"},
      {R"x(matches("a\n", "a$", "m"))x", "true"},
      {R"x(matches("\nabcd\ndefg\n", "^$", "m"))x", "true"},
      {R"x(matches("abcd\n\ndefg\n", "^$", "m"))x", "true"},
      // The line end that ends a text begins no line.
      {R"x(matches("abcd\ndefg\n", "^$", "m"))x", "false"},
      {R"x(matches("abcd\ndefg", "^$", "m"))x", "false"},
  });
}

TEST_CASE("with flag i letters match whatever their case, and categories do not") {
  check({
      {R"x(matches("ABC", "abc", "i"))x", "true"},
      {R"x(matches("É", "é", "i"))x", "true"},
      {R"x(matches("\u212A", "k", "i"))x", "true"},
      {R"x(matches("Q", "[^q]", "i"))x", "false"},
      {R"x(matches("x", "[A-Z-[OI]]", "i"))x", "true"},
      {R"x(matches("i", "[A-Z-[OI]]", "i"))x", "false"},
      {R"x(matches("a", "\p{Lu}", "i"))x", "false"},
      {R"x(matches("aA", "(a)\1", "i"))x", "true"},
      {R"x(matches("aB", "(a)\1", "i"))x", "false"},
  });
}

TEST_CASE("with flag x blanks in a pattern do not count, but in classes") {
  check({
      {R"x(matches("helloworld", "hello world", "x"))x", "true"},
      {R"x(matches("hello world", "hello[ ]world", "x"))x", "true"},
      {R"x(matches("hello world", "hello\ sworld", "x"))x", "true"},
      {R"x(matches("a", "\p{ IsBasicLatin }", "x"))x", "true"},
      {R"x(matches("a", "\p{ IsBasicLatin }"))x", "null"},
  });
}

TEST_CASE("classes can be taken from classes, whatever they hold") {
  check({
      {R"x(matches("b", "^[a-z-[aeiou]]$"))x", "true"},
      {R"x(matches("e", "^[a-z-[aeiou]]$"))x", "false"},
      {R"x(matches("x", "^[\w-[\d]]$"))x", "true"},
      {R"x(matches("5", "^[\w-[\d]]$"))x", "false"},
      {R"x(matches("y", "^[^\d-[x]]$"))x", "true"},
      {R"x(matches("x", "^[^\d-[x]]$"))x", "false"},
      {R"x(matches("e", "^[a-z-[aeiou-[e]]]$"))x", "true"},
      {R"x(matches("a", "^[\p{L}-[\p{Lu}é]]$"))x", "true"},
      {R"x(matches("A", "^[\p{L}-[\p{Lu}é]]$"))x", "false"},
      {R"x(matches("é", "^[\p{L}-[\p{Lu}é]]$"))x", "false"},
      {R"x(matches("α", "^\p{IsGreek}$"))x", "true"},
      {R"x(matches("α", "^\p{IsGreekandCoptic}$"))x", "true"},
      {R"x(matches("é", "^\p{IsLatin-1Supplement}$"))x", "true"},
      {R"x(matches("é", "^\P{IsBasicLatin}$"))x", "true"},
      {R"x(matches("-", "^[a-]$"))x", "true"},
      {R"x(matches("-", "^[-a]$"))x", "true"},
      {R"x(matches("]", "^[\]]$"))x", "true"},
      {R"x(matches("\u0378", "^\p{Cn}$"))x", "true"},
      {R"x(matches("\u0378", "^\P{C}$"))x", "false"},
  });
}

TEST_CASE("a back-reference repeats what its group read") {
  check({
      {R"x(matches("abab", "^(ab)\1$"))x", "true"},
      {R"x(matches("abac", "^(ab)\1$"))x", "false"},
      {R"x(matches("b", "^(a)?\1b$"))x", "true"},
      {R"x(matches("aa1", "^(a)\11$"))x", "true"},
      {R"x(replace("banana", "(an)\1", "<$1>"))x", R"x("b<an>a")x"},
      {R"x(matches("报报", "^(\p{L})\1$"))x", "true"},
      {R"x(matches("aaa", "^(a*)*\1$"))x", "true"},
  });
}

TEST_CASE("a pattern that tries without end is given up") {
  const Answer answer = ask(R"x(matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "^(a+)+\1b$"))x");
  CHECK(answer.value.is_null());
  CHECK(answer.is_exhausted);
  CHECK(answer.reasons.back() == "`pattern` of matches() takes too many steps");
}

TEST_CASE("a pattern that cannot be read is null, and the reason says what is wrong with it") {
  check_reasons({
      {R"x(matches("a", "a("))x", "`pattern` of matches() has a parenthesis without its partner"},
      {R"x(matches("a", "a)"))x", "`pattern` of matches() has a parenthesis without its partner"},
      {R"x(matches("a", "[a-"))x", "`pattern` of matches() has a class without its closing ]"},
      {R"x(matches("a", "[a"))x", "`pattern` of matches() has a class without its closing ]"},
      {R"x(matches("a", "[]"))x",
       "`pattern` of matches() has a bracket in a class; \\[ stands for one"},
      {R"x(matches("a", "[z-a]"))x",
       "`pattern` of matches() has a range from a higher to a lower character"},
      {R"x(matches("a", "[a-\d]"))x", "`pattern` of matches() has a range that ends with a class"},
      {R"x(matches("a", "[\d-z]"))x",
       "`pattern` of matches() has a range that begins with a class"},
      {R"x(matches("a", "[a-c-e]"))x",
       "`pattern` of matches() has a hyphen within a class; \\- stands for one"},
      {R"x(matches("a", "a**"))x",
       "`pattern` of matches() has nothing to repeat before a repetition"},
      {R"x(matches("a", "(?=a)"))x",
       "`pattern` of matches() has nothing to repeat before a repetition"},
      {R"x(matches("a", "a{2,1}"))x", "`pattern` of matches() has a repetition from more to less"},
      {R"x(matches("a", "a{,2}"))x", "`pattern` of matches() has a repetition without a number"},
      {R"x(matches("a", "a{1001}"))x", "`pattern` of matches() repeats more than 1000 times"},
      {R"x(matches("a", "((a{1000}){1000}){1000}"))x",
       "`pattern` of matches() repeats too much to be checked quickly"},
      {R"x(matches("a", "a}"))x",
       "`pattern` of matches() has a brace that repeats nothing; \\{ stands for a brace"},
      {R"x(matches("a", "\q"))x", "`pattern` of matches() has an escape that does not exist"},
      {R"x(matches("a", "a\\"))x",
       "`pattern` of matches() ends with a backslash; \\\\ stands for one"},
      {R"x(matches("a", "\p{Xy}"))x",
       "`pattern` of matches() has \\p{Xy}, and there is no such category or block"},
      {R"x(matches("a", "\p"))x", "`pattern` of matches() has a \\p without {name}"},
      {R"x(matches("a", "(a)\2"))x",
       "`pattern` of matches() refers to group 2, which does not end before"},
      {R"x(matches("a", "(a\1)"))x",
       "`pattern` of matches() refers to group 1, which does not end before"},
      {R"x(matches("a", "(a)[\1]"))x", "`pattern` of matches() has a back-reference in a class"},
      {R"x(matches("a", "a", "q"))x",
       "`flags` of matches() are \"q\", and s, m, i and x are possible"},
      {R"x(matches("a", "a", " "))x",
       "`flags` of matches() are \" \", and s, m, i and x are possible"},
  });
  const std::string deep =
      "matches(\"a\", \"" + std::string(200, '(') + "a" + std::string(200, ')') + "\")";
  CHECK(ask(deep).reasons.back() ==
        "`pattern` of matches() has too many parentheses in parentheses");
  const std::string classes = "matches(\"a\", \"" + std::string(300, '[') + "\")";
  CHECK(ask(classes).value.is_null());
  const std::string longest = "matches(\"a\", \"" + std::string(1001, 'a') + "\")";
  CHECK(ask(longest).reasons.back() ==
        "`pattern` of matches() has 1001 bytes, and at most 1000 are possible");
}

TEST_CASE("matches are replaced, and groups named in the replacement") {
  check({
      {R"x(replace("abracadabra", "bra", "*"))x", R"x("a*cada*")x"},
      {R"x(replace("abracadabra", "a.*?a", "*"))x", R"x("*c*bra")x"},
      {R"x(replace("AAAA", "A+?", "b"))x", R"x("bbbb")x"},
      {R"x(replace("facetiously", "[iouy]", "[$0]"))x", R"x("facet[i][o][u]sl[y]")x"},
      {R"x(replace("0123456789", "(\d{3})(\d{3})(\d{4})", "($1) $2-$3"))x",
       R"x("(012) 345-6789")x"},
      {R"x(replace("abc", "(b)", "$11"))x", R"x("ab1c")x"},
      {R"x(replace("abc", "(b)", "$2"))x", R"x("ac")x"},
      {R"x(replace("abc", "b", "\$\\\\"))x", R"x("a$\\c")x"},
      {R"x(replace("报价单", "价", "$0$0"))x", R"x("报价价单")x"},
      {R"x(replace("aaa", "^a", "b"))x", R"x("baa")x"},
      {R"x(replace("a\na", "^a", "b", "m"))x", R"x("b\nb")x"},
      {R"x(replace("abc", "[A-Z]", "#", "i"))x", R"x("###")x"},
      {R"x(replace("abc", "x", "#", null))x", R"x("abc")x"},
      {R"x(replace("abc", null, "#"))x", "null"},
  });
  check_reasons({
      {R"x(replace("abc", ".*?", "$1"))x", "`pattern` of replace() also matches an empty text"},
      {R"x(replace("abc", "b", "$"))x",
       "`replacement` of replace() has a $ without number or a lone \\; \\$ and \\\\ stand "
       "for "
       "these"},
      {R"x(replace("abc", "b", "\\x"))x",
       "`replacement` of replace() has a $ without number or a lone \\; \\$ and \\\\ stand "
       "for "
       "these"},
  });
}

TEST_CASE("a text is split at each match") {
  check({
      {R"x(split("John Doe", "\s"))x", R"x(["John", "Doe"])x"},
      {R"x(split("a;b;c;;", ";"))x", R"x(["a", "b", "c", "", ""])x"},
      {R"x(split("a  b c", "\s+"))x", R"x(["a", "b", "c"])x"},
      {R"x(split("报，价，单", "，"))x", R"x(["报", "价", "单"])x"},
      {R"x(split("abc", ","))x", R"x(["abc"])x"},
      {R"x(split("", ","))x", R"x([""])x"},
      {R"x(split("abc", ""))x", "null"},
  });
}

}  // namespace
}  // namespace formwork::feel
