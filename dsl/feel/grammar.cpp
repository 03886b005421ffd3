// The grammar of FEEL (DMN 1.5, 10.3.1.2) in Spirit X3; nothing else includes Spirit.
//
// Every rule recognises text and has no attribute: the tree grows in a TreeBuilder, which the
// directives below drive. What begins alike is read once (`(`: brackets, interval, comparison; `[`:
// list, interval), so parsing takes time by the length of the text. Wherever only one thing can
// follow, `must` says in the author's words what is missing.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <boost/spirit/home/x3.hpp>

#include "dsl/feel/fault.h"
#include "dsl/feel/parse.h"
#include "dsl/feel/tokens.h"
#include "dsl/feel/tree_builder.h"

namespace formwork::feel {
namespace {

namespace x3 = boost::spirit::x3;

using Iterator = const char*;
using Form = TreeBuilder::Frame::Form;
using Mark = void (*)(TreeBuilder&);
using syntax::Kind;

struct BuilderTag;

template <typename Context>
TreeBuilder& builder_of(const Context& context) {
  return x3::get<BuilderTag>(context);
}

std::size_t place_of(const TreeBuilder& builder, Iterator at) {
  return static_cast<std::size_t>(at - builder.text().data());
}

std::string_view rest_of(Iterator first, Iterator last) {
  return {first, static_cast<std::size_t>(last - first)};
}

Iterator behind_blanks(Iterator first, Iterator last) {
  return first + tokens::blank_length(rest_of(first, last));
}

// Where something is missing: at the next token, or right behind the last one.
std::size_t place_of_fault(const TreeBuilder& builder, Iterator first, Iterator last) {
  const Iterator next = behind_blanks(first, last);
  return place_of(builder, next == last ? first : next);
}

// ---------------------------------------------------------------------------------- Terminals

// What X3 asks of a parser that yields no value.
struct NoAttribute {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;  // NOLINT(readability-identifier-naming)
};

// A terminal skips blanks and then asks its Reader for the bytes that it takes, 0 for none. It
// moves forward only when there are some, so what was read ends where its last token ends.
template <typename Reader>
struct Terminal : x3::parser<Terminal<Reader>>, NoAttribute {
  constexpr explicit Terminal(Reader with) : reader(with) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext&, Attribute&) const {
    TreeBuilder& builder = builder_of(context);
    const Iterator begin = behind_blanks(first, last);
    const std::size_t length = reader(builder, place_of(builder, begin), rest_of(begin, last));
    if (length == 0) return false;
    first = begin + length;
    return true;
  }

  Reader reader;
};

struct TokenReader {
  std::string_view text;
  char not_before = '\0';
  bool is_word = false;

  std::size_t operator()(TreeBuilder&, std::size_t, std::string_view rest) const {
    if (!rest.starts_with(text)) return 0;
    const std::string_view behind = rest.substr(text.size());
    if (is_word) return tokens::word_length(behind) == 0 ? text.size() : 0;
    return !behind.empty() && behind.front() == not_before ? 0 : text.size();
  }
};

using Token = Terminal<TokenReader>;

constexpr Token token(std::string_view text, char not_before = '\0') {
  return Token{{text, not_before, false}};
}

constexpr Token word(std::string_view text) { return Token{{text, '\0', true}}; }

using Reader = std::size_t (*)(TreeBuilder&, std::size_t, std::string_view);

std::size_t read_number(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  const std::size_t length = tokens::number_length(rest);
  if (length != 0) {
    builder.add_leaf(Kind::Number, at, at + length, std::string{rest.substr(0, length)});
  }
  return length;
}

std::size_t read_string(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  const std::size_t length = tokens::string_length(rest);
  if (length != 0) {
    builder.add_leaf(Kind::String, at, at + length, tokens::decode(rest.substr(0, length)));
  }
  return length;
}

std::size_t read_temporal(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  if (!rest.starts_with('@')) return 0;
  const std::size_t length = tokens::string_length(rest.substr(1));
  if (length == 0) {
    throw expected(builder.text(), at + 1, "a text after @", "write @\"2026-03-02\"");
  }
  builder.add_leaf(Kind::Temporal, at, at + 1 + length, tokens::decode(rest.substr(1, length)));
  return 1 + length;
}

std::size_t read_question(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  if (!rest.starts_with('?')) return 0;
  builder.add_leaf(Kind::Question, at, at + 1, {});
  return 1;
}

std::size_t read_name(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  std::size_t length = tokens::name_start_length(rest);
  if (length == 0) return 0;
  const std::string_view first = rest.substr(0, length);
  if (tokens::is_keyword(first)) {
    Kind kind = Kind::Null;
    if (first == "true")
      kind = Kind::True;
    else if (first == "false")
      kind = Kind::False;
    else if (first != "null")
      return 0;
    builder.add_leaf(kind, at, at + length, {});
    return length;
  }
  std::string_view name = first;
  if (const NameSet::Match known = builder.find_name(rest, false); known.length >= length) {
    length = known.length;
    name = known.name;
  }
  builder.add_leaf(Kind::Name, at, at + length, std::string{name});
  return length;
}

// A member's name becomes the text of the Path; keywords are fine behind a point.
std::size_t read_member(TreeBuilder& builder, std::size_t, std::string_view rest) {
  std::size_t length = tokens::name_start_length(rest);
  if (length == 0) return 0;
  std::string_view name = rest.substr(0, length);
  if (const NameSet::Match known = builder.find_name(rest, true); known.length >= length) {
    length = known.length;
    name = known.name;
  }
  builder.frame().text = name;
  return length;
}

std::size_t read_declared(TreeBuilder& builder, std::size_t, std::string_view rest) {
  const std::size_t length = tokens::declared_name_length(rest);
  builder.frame().text = NameSet::normalize(rest.substr(0, length));
  return length;
}

// The variable of `for`, `some` and `every` ends before `in`. Without `in` it is one word, so that
// the fault is found behind it.
std::size_t read_variable(TreeBuilder& builder, std::size_t, std::string_view rest) {
  std::size_t length = tokens::declared_name_length(rest, "in");
  const std::size_t next = length + tokens::blank_length(rest.substr(length));
  if (!rest.substr(next).starts_with("in")) length = tokens::name_start_length(rest);
  builder.frame().text = NameSet::normalize(rest.substr(0, length));
  return length;
}

std::size_t read_string_key(TreeBuilder& builder, std::size_t, std::string_view rest) {
  const std::size_t length = tokens::string_length(rest);
  if (length != 0) builder.frame().text = tokens::decode(rest.substr(0, length));
  return length;
}

// Whether a name and a colon follow: the argument of a call that has a name.
std::size_t find_named_argument(TreeBuilder&, std::size_t, std::string_view rest) {
  const std::size_t name = tokens::declared_name_length(rest);
  if (name == 0) return 0;
  const std::size_t colon = name + tokens::blank_length(rest.substr(name));
  return rest.substr(colon).starts_with(':') ? name : 0;
}

std::size_t read_comparison(TreeBuilder& builder, std::size_t, std::string_view rest) {
  for (const std::string_view sign : {"<=", ">=", "!=", "<", ">", "="}) {
    if (!rest.starts_with(sign)) continue;
    builder.frame().text = sign;
    return sign.size();
  }
  return 0;
}

std::size_t read_interval_end(TreeBuilder& builder, std::size_t, std::string_view rest) {
  if (rest.empty() || std::string_view{"])["}.find(rest.front()) == std::string_view::npos)
    return 0;
  builder.frame().open_end = rest.front() != ']';
  return 1;
}

std::size_t type_word_length(const TreeBuilder& builder, std::string_view rest) {
  static const NameSet kLongNames = [] {
    NameSet names;
    names.add("date and time");
    names.add("days and time duration");
    names.add("years and months duration");
    return names;
  }();
  const std::size_t first = tokens::name_start_length(rest);
  if (first == 0) return 0;
  return std::max({first, kLongNames.match(rest), builder.find_name(rest, false).length});
}

std::size_t read_type_name(TreeBuilder& builder, std::size_t at, std::string_view rest) {
  std::size_t end = type_word_length(builder, rest);
  if (end == 0) return 0;
  std::string name = NameSet::normalize(rest.substr(0, end));
  while (rest.substr(end).starts_with('.')) {
    const std::size_t part = type_word_length(builder, rest.substr(end + 1));
    if (part == 0) break;
    name += "." + NameSet::normalize(rest.substr(end + 1, part));
    end += 1 + part;
  }
  builder.add_leaf(Kind::TypeName, at, at + end, std::move(name));
  return end;
}

// --------------------------------------------------------------------------------- Directives

template <typename Subject, typename Derived>
struct Directive : x3::unary_parser<Subject, Derived> {
  using attribute_type = x3::unused_type;

  constexpr explicit Directive(const Subject& inner) : x3::unary_parser<Subject, Derived>(inner) {}
};

// The subject has to be there.
template <typename Subject>
struct Must : Directive<Subject, Must<Subject>> {
  constexpr Must(const Subject& inner, std::string_view expected_thing, std::string_view advice)
      : Directive<Subject, Must<Subject>>(inner), what(expected_thing), remedy(advice) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext& rcontext,
             Attribute&) const {
    if (this->subject.parse(first, last, context, rcontext, x3::unused)) return true;
    const TreeBuilder& builder = builder_of(context);
    throw expected(builder.text(), place_of_fault(builder, first, last), std::string{what},
                   std::string{remedy});
  }

  std::string_view what;
  std::string_view remedy;
};

template <typename Parser>
constexpr auto must(const Parser& parser, std::string_view what, std::string_view remedy) {
  return Must<typename x3::extension::as_parser<Parser>::value_type>{x3::as_parser(parser), what,
                                                                     remedy};
}

// One of the brackets that close the innermost frame.
template <typename Subject>
struct Closing : Directive<Subject, Closing<Subject>> {
  constexpr Closing(const Subject& inner, std::string_view expected_closer)
      : Directive<Subject, Closing<Subject>>(inner), closer(expected_closer) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext& rcontext,
             Attribute&) const {
    if (this->subject.parse(first, last, context, rcontext, x3::unused)) return true;
    TreeBuilder& builder = builder_of(context);
    throw not_closed(builder.text(), place_of_fault(builder, first, last), closer,
                     builder.frame().bracket);
  }

  std::string_view closer;
};

constexpr auto closing(std::string_view bracket) { return Closing<Token>{token(bracket), bracket}; }

// A frame around the subject, begun at the token of `token_length` bytes before it, with the next
// token (0), or with the operand before that token.
template <typename Subject>
struct Framed : Directive<Subject, Framed<Subject>> {
  constexpr Framed(const Subject& inner, Form frame_form, Kind frame_kind, std::size_t length,
                   bool after)
      : Directive<Subject, Framed<Subject>>(inner),
        form(frame_form),
        kind(frame_kind),
        token_length(length),
        is_after_operand(after) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext& rcontext,
             Attribute&) const {
    TreeBuilder& builder = builder_of(context);
    const Iterator begin = token_length == 0 ? behind_blanks(first, last) : first - token_length;
    if (is_after_operand) {
      builder.open_after(kind);
      builder.frame().bracket = place_of(builder, begin);
    } else {
      builder.open(form, kind, place_of(builder, begin));
    }
    const Iterator start = first;
    if (this->subject.parse(first, last, context, rcontext, x3::unused)) {
      builder.close(place_of(builder, first));
      return true;
    }
    first = start;
    builder.undo();
    return false;
  }

  Form form;
  Kind kind;
  std::size_t token_length;
  bool is_after_operand;
};

// A node that begins with a token.
template <typename Parser>
constexpr auto node(const Token& start, Kind kind, const Parser& rest) {
  return start >> Framed<Parser>{rest, Form::Node, kind, start.reader.text.size(), false};
}

// A node that begins with whatever the parser reads first.
template <typename Parser>
constexpr auto node(Kind kind, const Parser& parser) {
  return Framed<Parser>{parser, Form::Node, kind, 0, false};
}

// A node that begins with the operand before a token.
template <typename Parser>
constexpr auto after(const Token& operation, Kind kind, const Parser& rest) {
  return operation >> Framed<Parser>{rest, Form::Node, kind, operation.reader.text.size(), true};
}

template <typename Parser>
constexpr auto bracket(const Token& start, const Parser& rest) {
  return start >> Framed<Parser>{rest, Form::Group, Kind::Null, start.reader.text.size(), false};
}

// One level deeper, where filters are possible again.
template <typename Subject>
struct Nested : Directive<Subject, Nested<Subject>> {
  using Directive<Subject, Nested<Subject>>::Directive;

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext& rcontext,
             Attribute&) const {
    TreeBuilder& builder = builder_of(context);
    // The text as a whole is no level.
    if (builder.nesting > kMaxNesting) {
      const std::size_t at = place_of(builder, behind_blanks(first, last));
      throw limit(at, std::min(at + 1, builder.text().size()),
                  "the expression is nested deeper than 100 levels",
                  "divide it, or give parts of it a name");
    }
    ++builder.nesting;
    const bool could_filter = std::exchange(builder.may_filter, true);
    const bool done = this->subject.parse(first, last, context, rcontext, x3::unused);
    builder.may_filter = could_filter;
    --builder.nesting;
    return done;
  }
};

template <typename Parser>
constexpr auto nested(const Parser& parser) {
  return Nested<Parser>{parser};
}

// Sets one of the builder's switches while the subject is read.
template <typename Subject>
struct Switched : Directive<Subject, Switched<Subject>> {
  constexpr Switched(const Subject& inner, bool TreeBuilder::*which, bool to)
      : Directive<Subject, Switched<Subject>>(inner), setting(which), value(to) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context& context, RContext& rcontext,
             Attribute&) const {
    TreeBuilder& builder = builder_of(context);
    const bool before = std::exchange(builder.*setting, value);
    const bool done = this->subject.parse(first, last, context, rcontext, x3::unused);
    builder.*setting = before;
    return done;
  }

  bool TreeBuilder::*setting;
  bool value;
};

// Tells the builder something; takes no text.
struct Tell : x3::parser<Tell>, NoAttribute {
  constexpr explicit Tell(Mark what) : mark(what) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator&, Iterator, const Context& context, RContext&, Attribute&) const {
    mark(builder_of(context));
    return true;
  }

  Mark mark;
};

// Asks the builder something; takes no text.
struct Ask : x3::parser<Ask>, NoAttribute {
  constexpr explicit Ask(bool (*what)(TreeBuilder&)) : question(what) {}

  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator&, Iterator, const Context& context, RContext&, Attribute&) const {
    return question(builder_of(context));
  }

  bool (*question)(TreeBuilder&);
};

struct AtEnd : x3::parser<AtEnd>, NoAttribute {
  template <typename Context, typename RContext, typename Attribute>
  bool parse(Iterator& first, Iterator last, const Context&, RContext&, Attribute&) const {
    return behind_blanks(first, last) == last;
  }
};

template <Kind kind>
void become(TreeBuilder& builder) {
  builder.frame().form = Form::Node;
  builder.frame().kind = kind;
}

void become_interval(TreeBuilder& builder) {
  become<Kind::Interval>(builder);
  builder.frame().open_start = builder.text()[builder.frame().begin] != '[';
}

// -------------------------------------------------------------------------------------- Rules
//
// They are named like rules of a grammar, not like constants.
// NOLINTBEGIN(readability-identifier-naming)

const x3::rule<struct ExpressionRule> expression = "expression";
const x3::rule<struct AdditiveRule> additive = "additive";
const x3::rule<struct PowerRule> power = "power";
const x3::rule<struct UnaryRule> unary = "unary";
const x3::rule<struct StepsRule> steps = "steps";
const x3::rule<struct AdditionsRule> additions = "additions";
const x3::rule<struct FactorsRule> factors = "factors";
const x3::rule<struct PowersRule> powers = "powers";
const x3::rule<struct TypeRule> type = "type";
const x3::rule<struct ContextRule> context_literal = "context";
const x3::rule<struct EntryRule> entry = "entry";
const x3::rule<struct BindingsRule> bindings = "bindings";
const x3::rule<struct ArgumentsRule> arguments = "arguments";
const x3::rule<struct TestRule> test = "test";

const Terminal<Reader> number{read_number};
const Terminal<Reader> string{read_string};
const Terminal<Reader> temporal{read_temporal};
const Terminal<Reader> question{read_question};
const Terminal<Reader> name{read_name};
const Terminal<Reader> member{read_member};
const Terminal<Reader> declared{read_declared};
const Terminal<Reader> variable{read_variable};
const Terminal<Reader> string_key{read_string_key};
const Terminal<Reader> named_ahead{find_named_argument};
const Terminal<Reader> comparison_sign{read_comparison};
const Terminal<Reader> interval_end{read_interval_end};
const Terminal<Reader> type_name{read_type_name};

const Token comma = token(",");
const Token dots = token("..");
const Token colon = token(":");
const Tell bind{[](TreeBuilder& builder) { builder.bind(); }};

constexpr std::string_view kWriteValue = "write a value, a name or a call";

template <typename Parser>
auto operand(const Parser& parser, std::string_view what) {
  return must(parser, what, kWriteValue);
}

// Brackets. An upper endpoint takes no filter, since the `[` in `]1..5[` ends the interval.
const auto interval_rest = dots >> Tell{become_interval} >>
                           nested(Switched{operand(additive, "the end of the interval after .."),
                                           &TreeBuilder::may_filter, false}) >>
                           Closing{interval_end, "] or )"};

// `< 10`, in brackets, after `in` and in the cells of decision tables.
const auto comparison = node(
    Kind::Comparison, comparison_sign >> operand(nested(additive), "an operand after the sign"));

const auto test_def = comparison | operand(expression, "a value or a test");

const auto parenthesis =
    bracket(token("("), (comparison | operand(expression, "an expression after (")) >>
                            (interval_rest | closing(")")));

const auto open_interval =
    bracket(token("]"), operand(expression, "the start of the interval after ]") >>
                            must(interval_rest, ".. in the interval", "write ]1..10["));

const auto list =
    bracket(token("["),
            (token("]") >> Tell{become<Kind::List>}) |
                (operand(expression, "an element or ] after [") >>
                 (interval_rest | (*(comma >> operand(expression, "an element after the comma")) >>
                                   Tell{become<Kind::List>} >> Closing{token("]"), ", or ]"}))));

const auto entry_def =
    node(Kind::ContextEntry, (string_key | declared) >> must(colon, ": after the name of the entry",
                                                             "write entries as name: value") >>
                                 operand(expression, "a value after :")) >>
    bind;

const auto context_literal_def =
    node(token("{"), Kind::Context,
         token("}") |
             (must(entry, "the name of an entry or } after {", "write entries as name: value") >>
              *(comma >> must(entry, "the name of an entry after the comma",
                              "write entries as name: value")) >>
              Closing{token("}"), ", or }"}));

// Control.
const auto binding =
    node(Kind::Binding,
         must(variable, "the name of a variable", "write for item in items") >>
             must(word("in"), "`in` after the variable", "write for item in items") >>
             operand(expression, "a list after `in`") >>
             -after(dots, Kind::Span, operand(expression, "a number after .."))) >>
    bind;

const auto bindings_def = binding >> *(comma >> binding);

const auto conditional =
    node(word("if"), Kind::If,
         operand(expression, "a condition after `if`") >>
             must(word("then"), "`then`", "write if condition then value else value") >>
             operand(expression, "a value after `then`") >>
             must(word("else"), "`else`", "write if condition then value else value") >>
             operand(expression, "a value after `else`"));

const auto iteration =
    node(word("for"), Kind::For,
         bindings >> must(word("return"), "`return`", "write for item in items return value") >>
             operand(expression, "a value after `return`"));

const auto quantifier_rest = bindings >> must(word("satisfies"), "`satisfies`",
                                              "write some item in items satisfies condition") >>
                             operand(expression, "a condition after `satisfies`");

const auto quantified = node(word("some"), Kind::Some, quantifier_rest) |
                        node(word("every"), Kind::Every, quantifier_rest);

const auto parameter =
    node(Kind::Parameter, must(declared, "the name of a parameter", "write function(a, b) a + b") >>
                              -(colon >> must(type, "a type after :", "write a: number"))) >>
    bind;

const auto mark_bracket = Tell{[](TreeBuilder& builder) {
  // Of a function literal the bracket to be closed is the one behind the word.
  const std::string_view text = builder.text();
  builder.frame().bracket = text.find('(', builder.frame().begin);
}};

const auto function =
    node(word("function"), Kind::Function,
         must(token("("), "( after `function`", "write function(a, b) a + b") >> mark_bracket >>
             (token(")") | (parameter >> *(comma >> parameter) >> Closing{token(")"), ", or )"})) >>
             ((word("external") >> &token("{") >>
               Tell{[](TreeBuilder& builder) { builder.frame().is_external = true; }} >>
               context_literal) |
              operand(expression, "the body of the function")));

// Steps behind a value.
const auto named_argument =
    node(Kind::NamedArgument, declared >> colon >> operand(expression, "a value after :"));

const auto arguments_def =
    token(")") |
    (((&named_ahead >> named_argument >>
       *(comma >> must(&named_ahead >> named_argument, "an argument with its name after the comma",
                       "write names before all arguments, or before none"))) |
      (operand(expression, "an argument or ) after (") >>
       *(comma >> operand(expression, "an argument after the comma")))) >>
     Closing{token(")"), ", or )"});

const auto filter_condition = Switched{operand(expression, "a condition or an index after ["),
                                       &TreeBuilder::in_filter, true} >>
                              closing("]");

const auto steps_def =
    *(after(token(".", '.'), Kind::Path,
            must(member, "a name after .", "write the name of a part")) |
      (Ask{[](TreeBuilder& builder) { return builder.may_filter; }} >>
       after(token("["), Kind::Filter, filter_condition)) |
      after(token("("), Kind::Call, arguments)) >>
    *after(word("instance"), Kind::InstanceOf,
           must(word("of"), "`of` after `instance`", "write value instance of type") >>
               must(type, "a type after `of`", "write value instance of number"));

// Types.
const Token less = token("<");

const auto end_of_types = Closing{token(">"), ">"};

const auto type_here = must(type, "a type", "write a type such as number or list<string>");

const auto type_member = node(
    Kind::Parameter,
    must(declared, "the name of an entry", "write context<name: type>") >>
        must(colon, ": after the name of the entry", "write context<name: type>") >> type_here);

const auto mark_types = Tell{[](TreeBuilder& builder) {
  builder.frame().bracket = builder.text().find('<', builder.frame().begin);
}};

const auto type_def = nested(
    node(Kind::ListType, word("list") >> less >> mark_types >> type_here >> end_of_types) |
    node(Kind::RangeType, word("range") >> less >> mark_types >> type_here >> end_of_types) |
    node(Kind::ContextType,
         word("context") >> less >> mark_types >>
             (token(">") | (type_member >> *(comma >> type_member) >> end_of_types))) |
    node(Kind::FunctionType,
         word("function") >> less >> mark_types >>
             (token(">") | (type_here >> *(comma >> type_here) >> end_of_types)) >>
             must(token("->"), "-> after the parameters", "write function<number> -> string") >>
             type_here) |
    type_name);

// Operators, from the tightest.
const auto primary = number | string | temporal | question | parenthesis | list | context_literal |
                     open_interval | conditional | iteration | quantified | function | name;

const auto unary_def =
    node(token("-"), Kind::Negate, operand(nested(unary), "an operand after -")) |
    (primary >> steps);

const auto powers_def = *after(token("**"), Kind::Power, operand(unary, "an operand after **"));

const auto factors_def =
    *(after(token("*", '*'), Kind::Multiply, operand(power, "an operand after *")) |
      after(token("/"), Kind::Divide, operand(power, "an operand after /")));

const auto power_def = unary >> powers;

const auto product = power >> factors;

const auto additions_def =
    *(after(token("+"), Kind::Add, operand(product, "an operand after +")) |
      after(token("-"), Kind::Subtract, operand(product, "an operand after -")));

const auto additive_def = product >> additions;

// After `in`, brackets may hold several tests; with one they are brackets like others, and the
// value may go on behind them: `x in (lists)[1]`.
const auto tests_in_brackets = bracket(
    token("("), test >> (interval_rest | (+(comma >> test) >> Tell{[](TreeBuilder& builder) {
                           builder.frame().form = Form::Splice;
                         }} >> Closing{token(")"), ", or )"}) |
                         Closing{token(")"), ", or )"}));

const Ask is_single{[](TreeBuilder& builder) { return builder.count() == 2; }};

const auto in_tests =
    comparison |
    (tests_in_brackets >> ((is_single >> steps >> powers >> factors >> additions) | x3::eps)) |
    operand(additive, "a value or a test after `in`");

const auto between_rest = operand(additive, "a value after `between`") >>
                          must(word("and"), "`and`", "write value between low and high") >>
                          operand(additive, "a value after `and`");

const auto comparisons =
    *(after(token("="), Kind::Equal, operand(additive, "an operand after =")) |
      after(token("!="), Kind::NotEqual, operand(additive, "an operand after !=")) |
      after(token("<="), Kind::LessEqual, operand(additive, "an operand after <=")) |
      after(token("<"), Kind::Less, operand(additive, "an operand after <")) |
      after(token(">="), Kind::GreaterEqual, operand(additive, "an operand after >=")) |
      after(token(">"), Kind::Greater, operand(additive, "an operand after >")) |
      after(word("between"), Kind::Between, between_rest) | after(word("in"), Kind::In, in_tests));

const auto relation = additive >> comparisons;

const auto conjunction = relation >> *after(word("and"), Kind::And,
                                            operand(relation, "an operand after `and`"));

const auto disjunction = conjunction >> *after(word("or"), Kind::Or,
                                               operand(conjunction, "an operand after `or`"));

const auto expression_def = nested(disjunction);

// Cells of decision tables.
const AtEnd at_end;

const auto any_test = node(Kind::AnyTest, token("-") >> at_end);

const auto not_test = node(Kind::NotTest, word("not") >> token("(") >> (comparison | expression) >>
                                              *(comma >> test) >> token(")") >> at_end);

const auto cell =
    node(Kind::Tests,
         any_test | not_test |
             ((comparison | must(expression, "a test", "write a value, a comparison or -")) >>
              *(comma >> operand(test, "a test after the comma"))));

BOOST_SPIRIT_DEFINE(expression, additive, power, unary, steps, additions, factors, powers, type,
                    context_literal, entry, bindings, arguments, test)

// NOLINTEND(readability-identifier-naming)

// ------------------------------------------------------------------------------------ Entries

template <typename Grammar>
Parsed parse(std::string_view text, const NameSet& names, const Grammar& grammar) {
  Parsed parsed;
  if (text.size() > kMaxTextBytes) {
    parsed.problems.push_back(limit(kMaxTextBytes, text.size(), "the expression is too long",
                                    "divide it; an expression has at most 262,144 bytes")
                                  .problem);
    return parsed;
  }
  parsed.problems = check_literals(text);
  if (!parsed.problems.empty() && !parsed.problems.back().is_warning) return parsed;
  TreeBuilder builder{text, names};
  try {
    Iterator first = text.data();
    const Iterator last = text.data() + text.size();
    const auto with_builder = x3::with<BuilderTag>(builder)[grammar];
    x3::parse(first, last, with_builder);
    first = behind_blanks(first, last);
    if (first != last) throw left_over(text, place_of(builder, first));
    parsed.tree = builder.take();
  } catch (Fault& fault) {
    parsed.problems.push_back(std::move(fault.problem));
  }
  return parsed;
}

}  // namespace

Parsed parse_expression(std::string_view text, const NameSet& names) {
  return parse(text, names, must(expression, "an expression", "write one, such as amount > 1000"));
}

Parsed parse_unary_tests(std::string_view text, const NameSet& names) {
  return parse(text, names, cell);
}

}  // namespace formwork::feel
