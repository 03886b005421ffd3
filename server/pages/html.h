// html: the only way in which pages come into being. What is not ours is escaped by where it
// stands: as text, as an attribute, as an address.
//
// Markup takes literals of the source and nothing else, so data cannot be appended unescaped by
// mistake; pieces that were rendered before come back as Fragments, which only an Html makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace formwork::pages {

// A string literal. Not constructible from anything that is known only when the program runs.
class Markup {
 public:
  template <std::size_t N>
  consteval Markup(const char (&literal)[N])  // NOLINT(google-explicit-constructor)
      : text_(literal, N - 1) {}

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// Finished markup, made by an Html.
class Fragment {
 public:
  Fragment() = default;

  std::size_t size() const { return bytes_.size(); }

 private:
  friend class Html;

  explicit Fragment(std::string bytes) : bytes_(std::move(bytes)) {}

  std::string bytes_;
};

class Html {
 public:
  void reserve(std::size_t bytes) { out_.reserve(bytes); }

  std::size_t size() const { return out_.size(); }

  Html& markup(Markup literal) {
    out_ += literal.text();
    return *this;
  }

  Html& fragment(const Fragment& fragment) {
    out_ += fragment.bytes_;
    return *this;
  }

  // The bytes from `begin` up to, excluding, `end`.
  Html& part(const Fragment& fragment, std::size_t begin, std::size_t end) {
    out_.append(fragment.bytes_, begin, end - begin);
    return *this;
  }

  Html& text(std::string_view text);

  // Inside the quotes of an attribute.
  Html& value(std::string_view value);

  // ` name="value"`; the name comes with its leading blank left out: attribute("id", "f-budget").
  Html& attribute(Markup name, std::string_view value);

  // A path of ours in an attribute, percent-encoded where needed: each piece is one segment.
  Html& segment(std::string_view segment);

  // `text` as a link to an address from data, or only as text when is_safe_url() says no.
  Html& link(std::string_view url, std::string_view text);

  Html& number(std::int64_t number);

  // An embedded icon; nothing when there is none of that name.
  Html& icon(std::string_view name);

  Fragment take() { return Fragment(std::exchange(out_, {})); }

  std::string take_document() { return std::exchange(out_, {}); }

 private:
  std::string out_;
};

// http, https, mailto, tel and paths of this site: what a link may lead to (threat model, rule 18).
bool is_safe_url(std::string_view url);

// A query's name or value: everything but unreserved characters percent-encoded.
std::string encode_query(std::string_view text);

}  // namespace formwork::pages
