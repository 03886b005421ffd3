#include "dsl/compile/people_terms.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "dsl/compile/reading.h"
#include "dsl/decision/table_expression.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

using feel::Type;
using feel::TypeKind;
using model::PeopleTerm;
using Kind = PeopleTerm::Kind;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::array<std::string_view, 7> kFirstWords{"user",    "role",     "team",  "head",
                                                      "manager", "managers", "decide"};
constexpr std::string_view kUpTo = " up to ";
constexpr std::int64_t kMaxLevels = 50;

// The place behind a word and the blanks after it, when the text begins with both.
std::optional<std::size_t> behind(std::string_view text, std::string_view word) {
  if (!text.starts_with(word) || text.size() == word.size()) return std::nullopt;
  const std::size_t next = text.find_first_not_of(kBlanks, word.size());
  if (next == word.size() || next == std::string_view::npos) return std::nullopt;
  return next;
}

// Whether a value of that type is an account or a list of accounts.
bool is_people(const Type& type, const Type& account) {
  if (type.is(TypeKind::List)) return type.element().is_open() || conforms(type.element(), account);
  return type.is_open() || (!type.is(TypeKind::Null) && conforms(type, account));
}

bool is_name_byte(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return is_letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// The first word of several, when these look like words and not like a formula: `manger of owner`.
std::string_view first_of_words(std::string_view text) {
  const std::size_t blank = text.find_first_of(kBlanks);
  if (blank == std::string_view::npos) return {};
  const std::size_t next = text.find_first_not_of(kBlanks, blank);
  const std::string_view first = text.substr(0, blank);
  const bool is_word = std::all_of(first.begin(), first.end(), is_name_byte);
  return is_word && next != std::string_view::npos && is_name_byte(text[next]) ? first : "";
}

// False: it reads `approver` where nobody is, which is reported.
bool is_without_approver(const feel::Expression& expression, const Span& where,
                         const PeoplePlace& place, Context& context) {
  if (place.has_approver || place.scope != nullptr) return true;
  const auto reads = expression.reads();
  const std::size_t slot = model::approver_slot(place.entity);
  if (std::find(reads.begin(), reads.end(), slot) == reads.end()) return true;
  context.diagnostics.error(codes::kApprovalApprover, where,
                            "`approver` is whoever a deadline finds waiting, and nobody is here",
                            "name a field such as `owner`, or `submitter`");
  return false;
}

// At commas and ` and ` outside of brackets and quotes.
std::vector<Phrase> split_terms(const Phrase& phrase) {
  constexpr std::string_view kAnd = " and ";
  std::vector<Phrase> terms;
  std::size_t begin = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < phrase.text.size(); ++at) {
    const char c = phrase.text[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    const bool is_and = phrase.text.substr(at).starts_with(kAnd);
    if (depth != 0 || (c != ',' && !is_and)) continue;
    terms.push_back(phrase.part(begin, at));
    begin = at + (is_and ? kAnd.size() : 1);
  }
  terms.push_back(phrase.part(begin));
  return terms;
}

class TermReader {
 public:
  TermReader(const Phrase& phrase, const PeoplePlace& place, bool is_outcome, Context& context)
      : phrase_(phrase),
        text_(phrase.text),
        place_(place),
        is_outcome_(is_outcome),
        context_(context) {}

  // Nothing when it is in error.
  std::optional<PeopleTerm> read() {
    term_.text = std::string(text_);
    term_.where = phrase_.where();
    return read_kind() ? std::optional(std::move(term_)) : std::nullopt;
  }

 private:
  bool read_kind() {
    if (const auto at = behind(text_, "user")) return read_account(*at);
    if (const auto at = behind(text_, "role")) return read_role(*at, Kind::Role, term_.index);
    if (const auto at = behind(text_, "team")) return read_team(*at, Kind::Team);
    if (const auto at = behind(text_, "head")) return read_head(*at);
    if (const auto at = behind_of("manager")) return read_persons(*at, text_.size(), Kind::Manager);
    if (const auto at = behind_of("managers")) return read_managers(*at);
    if (const auto at = behind(text_, "decide")) return read_decision(*at);
    return !is_slip() && read_persons(0, text_.size(), Kind::Persons);
  }

  // Behind `WORD of`.
  std::optional<std::size_t> behind_of(std::string_view word) const {
    const auto at = behind(text_, word);
    if (!at) return std::nullopt;
    const auto name = behind(text_.substr(*at), "of");
    return name ? std::optional(*at + *name) : std::nullopt;
  }

  bool report(std::size_t begin, std::size_t end, std::string message, std::string remedy) {
    context_.diagnostics.error(place_.code, phrase_.place(begin, end), std::move(message),
                               std::move(remedy));
    return false;
  }

  // The single name that the rest of the text is.
  std::optional<std::string> name_at(std::size_t at, std::string_view what) {
    const std::size_t blank = text_.find_first_of(kBlanks, at);
    if (blank == std::string_view::npos) return std::string(text_.substr(at));
    const std::size_t more = text_.find_first_not_of(kBlanks, blank);
    report(more, text_.size(),
           "behind `" + std::string(what) + "` stands one name and nothing else",
           "write several as a list: [" + std::string(text_.substr(0, blank)) + ", …]");
    return std::nullopt;
  }

  bool read_account(std::size_t at) {
    auto name = name_at(at, "user");
    if (!name) return false;
    term_.kind = Kind::User;
    term_.account = std::move(*name);
    return true;
  }

  bool read_role(std::size_t at, Kind kind, std::size_t& index) {
    term_.kind = kind;
    const auto name = name_at(at, "role");
    const auto role =
        name ? find_role({*name, phrase_.place(at, text_.size())}, context_) : std::nullopt;
    index = role.value_or(0);
    return role.has_value();
  }

  bool read_team(std::size_t at, Kind kind) {
    term_.kind = kind;
    const auto name = name_at(at, "team");
    const auto team =
        name ? find_team({*name, phrase_.place(at, text_.size())}, context_) : std::nullopt;
    term_.index = team.value_or(0);
    return team.has_value();
  }

  bool read_head(std::size_t at) {
    const auto of = behind(text_.substr(at), "of");
    const std::size_t whom = at + of.value_or(0);
    if (const auto team = behind(text_.substr(whom), "team"); of && team) {
      return read_team(whom + *team, Kind::TeamHead);
    }
    if (const auto department = behind(text_.substr(whom), "department"); of && department) {
      const std::size_t behind_it = whom + *department;
      if (const auto member = behind(text_.substr(behind_it), "of")) {
        return read_persons(behind_it + *member, text_.size(), Kind::Department);
      }
    }
    return report(0, text_.size(), "`" + term_.text + "` does not say whose head is meant",
                  "write `head of team NAME`, or `head of department of owner`");
  }

  bool read_persons(std::size_t begin, std::size_t end, Kind kind) {
    term_.kind = kind;
    const Phrase words = phrase_.part(begin, end);
    auto expression = compile_in_place(words, TypeKind::Any, place_, context_);
    if (!expression) return false;
    const Type account = Type::record(context_.model.scopes->user_type());
    if (!is_people(expression->type(), account)) {
      context_.diagnostics.error(
          place_.code, words.where(),
          "`" + std::string(words.text) + "` gives " + expression->type().to_string() +
              ", and people are accounts",
          "name a field of type user, or write `role …`, `team …` or `manager of …`");
      return false;
    }
    term_.persons = std::move(*expression);
    return true;
  }

  bool read_managers(std::size_t at) {
    const std::size_t limit = text_.rfind(kUpTo);
    if (limit == std::string_view::npos || limit < at) {
      return read_persons(at, text_.size(), Kind::Managers);
    }
    const std::size_t last = text_.find_first_not_of(kBlanks, limit + kUpTo.size());
    const bool is_limited = last != std::string_view::npos && read_limit(last);
    return read_persons(at, limit, Kind::Managers) && is_limited;
  }

  bool read_limit(std::size_t at) {
    if (const auto role = behind(text_.substr(at), "role")) {
      term_.up_to_role = 0;
      return read_role(at + *role, Kind::Managers, *term_.up_to_role);
    }
    std::int64_t levels = 0;
    const char* const end = text_.data() + text_.size();
    const auto [rest, error] = std::from_chars(text_.data() + at, end, levels);
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    if (error == std::errc() && (unit == " levels" || unit == " level") && levels >= 1 &&
        levels <= kMaxLevels) {
      term_.up_to_level = static_cast<std::size_t>(levels);
      return true;
    }
    return report(at, text_.size(),
                  "`" + std::string(text_.substr(at)) + "` does not say where the managers end",
                  "write `up to role director`, or `up to 3 levels` (1 to " +
                      std::to_string(kMaxLevels) + ")");
  }

  bool read_decision(std::size_t at) {
    if (is_outcome_) {
      return report(0, text_.size(), "a decision cannot hand on to another decision",
                    "write the people of `" + std::string(text_.substr(at)) + "` here");
    }
    const auto name = name_at(at, "decide");
    if (!name) return false;
    const Span asked_at = phrase_.place(at, text_.size());
    const auto asked = ask_table(*name, asked_at,
                                 {.entity = place_.entity,
                                  .columns = {},
                                  .field = place_.asker,
                                  .scope = scope_of(place_, context_),
                                  .expected = {}},
                                 context_);
    if (!asked) return false;
    term_.kind = Kind::Decision;
    term_.table = asked->table;
    return is_without_approver(decision::as_expression(asked->table), asked_at, place_, context_) &&
           check_outputs(*asked, asked_at) && read_outcomes(*asked);
  }

  bool check_outputs(const AskedTable& asked, const Span& asked_at) {
    const auto counts = asked.table->policy().aggregation != decision::Aggregation::None;
    if (asked.table->outputs().size() == 1 && !counts) return true;
    const std::string& name = asked.text->decision.name;
    context_.diagnostics
        .error(place_.code, asked_at, "`" + name + "` decides on people, and has to give one text",
               counts ? "let it collect without sum, min, max or count" : "keep one output")
        .related.push_back({asked.text->decision.where, "`" + name + "` is defined here"});
    return false;
  }

  bool read_outcomes(const AskedTable& asked) {
    const decision::Table::Output& output = asked.table->outputs().front();
    const decision::TableText& text = asked.text->table;
    bool is_good = true;
    for (std::size_t i = 0; i < output.cells.size(); ++i) {
      is_good = read_outcome(output.cells[i], text.rules[i].outputs.front(), asked) && is_good;
    }
    if (output.fallback) {
      is_good = read_outcome(*output.fallback, text.outputs.front().fallback, asked) && is_good;
    }
    return is_good;
  }

  // Nobody, when the cell is null.
  bool read_outcome(const feel::Expression& cell, const decision::Text& text,
                    const AskedTable& asked) {
    const feel::Value* value = cell.constant();
    if (value != nullptr && value->is_null()) return true;
    if (value == nullptr || value->if_string() == nullptr) {
      context_.diagnostics
          .error(place_.code, text.where, "this cell is no text, and says nobody",
                 "write who it is as a text: '\"role finance\"'")
          .related.push_back({term_.where, "it decides for `" + place_.asker + "` here"});
      return false;
    }
    const std::string outcome(value->string());
    if (term_.outcomes.contains(outcome)) return true;
    const std::size_t errors = context_.diagnostics.error_count();
    std::vector<PeopleTerm>& terms = term_.outcomes[outcome];
    for (const Phrase& part : split_terms(outcome_phrase(outcome, text, asked))) {
      auto term = TermReader(part, place_, true, context_).read();
      if (term) terms.push_back(std::move(*term));
    }
    return context_.diagnostics.error_count() == errors;
  }

  // The words inside of the quotes; all of the cell when something in it is written otherwise.
  static Phrase outcome_phrase(const std::string& outcome, const decision::Text& cell,
                               const AskedTable& asked) {
    const auto node = asked.text->nodes.find({cell.where.begin, cell.where.end});
    const bool is_plain =
        node != asked.text->nodes.end() && node->second->text == "\"" + outcome + "\"";
    if (!is_plain) return {outcome, [where = cell.where](auto, auto) { return where; }};
    return {outcome, [node = node->second](std::size_t begin, std::size_t end) {
              return node->span_of(begin + 1, end + 1);
            }};
  }

  // A name that wants a word in front of it, or such a word misspelt.
  bool is_slip() {
    for (const auto& role : context_.model.roles) {
      if (is_bare(role.name)) return !report_bare("a role", "role");
    }
    for (const auto& team : context_.model.teams) {
      if (is_bare(team.name)) return !report_bare("a team", "team");
    }
    for (const auto& person : context_.model.people) {
      if (is_bare(person.name)) return !report_bare("a person", "user");
    }
    const std::string_view first = first_of_words(text_);
    if (first.empty() || is_known(first) || nearest(first, kFirstWords).empty()) return false;
    return !report(0, first.size(), "`" + std::string(first) + "` is no word for people",
                   suggest(first, kFirstWords));
  }

  bool is_known(std::string_view name) const {
    return scope_of(place_, context_).find(name).has_value();
  }

  bool is_bare(std::string_view name) const {
    return text_ == name && !is_known(name.substr(0, name.find('.')));
  }

  bool report_bare(std::string_view what, std::string_view word) {
    return report(0, text_.size(), "`" + term_.text + "` is " + std::string(what),
                  "write `" + std::string(word) + " " + term_.text + "`");
  }

  const Phrase& phrase_;
  std::string_view text_;
  const PeoplePlace& place_;
  bool is_outcome_;  // of a decision
  Context& context_;
  PeopleTerm term_;
};

void read_term(const Phrase& phrase, const PeoplePlace& place, model::People& people,
               Context& context) {
  auto term = TermReader(phrase, place, false, context).read();
  if (term) people.terms.push_back(std::move(*term));
}

}  // namespace

const feel::Scope& scope_of(const PeoplePlace& place, const Context& context) {
  return place.scope != nullptr ? *place.scope : context.model.scopes->of_approval(place.entity);
}

model::People read_people(const yaml::Node& node, const PeoplePlace& place, Context& context) {
  model::People people;
  if (!node.is_scalar() && !(node.is_sequence() && !node.items.empty())) {
    report_wrong_type(node, "people, such as `role legal` or `manager of owner`", context);
    return people;
  }
  const std::span<const yaml::Node> terms =
      node.is_scalar() ? std::span(&node, 1) : std::span(node.items);
  for (const yaml::Node& term : terms) {
    if (!read_text(term, "people, such as `role legal` or `manager of owner`", context)) continue;
    read_term(phrase_of(term).part(0), place, people, context);
  }
  return people;
}

model::People read_people(const Phrase& phrase, const PeoplePlace& place, Context& context) {
  model::People people;
  for (const Phrase& term : split_terms(phrase)) read_term(term, place, people, context);
  return people;
}

std::optional<feel::Expression> compile_in_place(const Phrase& phrase, const Type& expected,
                                                 const PeoplePlace& place, Context& context) {
  auto expression = compile_phrase(phrase, scope_of(place, context), expected, context);
  if (!expression || !is_without_approver(*expression, phrase.where(), place, context)) {
    return std::nullopt;
  }
  return expression;
}

std::vector<std::size_t> reads_of(const model::People& people) {
  std::vector<std::size_t> reads;
  const auto add = [&](std::span<const std::size_t> slots) {
    reads.insert(reads.end(), slots.begin(), slots.end());
  };
  for (const PeopleTerm& term : people.terms) {
    add(term.persons.reads());
    if (term.table != nullptr) add(decision::as_expression(term.table).reads());
    for (const auto& [outcome, terms] : term.outcomes) add(reads_of(model::People{terms}));
  }
  return reads;
}

}  // namespace formwork::compile
