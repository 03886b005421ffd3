// Expected<T, E>: a value, or the reason why there is none.
//
// The member names are those of std::expected, which GCC 12 offers only in C++23 mode: moving there
// is one alias. Nothing heavy is included, since nearly every file of ours reads this one.
#pragma once

#include <optional>
#include <utility>
#include <variant>

namespace formwork {

template <class E>
class Unexpected {
 public:
  explicit Unexpected(E error) : error_(std::move(error)) {}

  E& error() { return error_; }

  const E& error() const { return error_; }

 private:
  E error_;
};

template <class T, class E>
class [[nodiscard]] Expected {
 public:
  using value_type = T;
  using error_type = E;

  Expected(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)

  template <class G>
  Expected(Unexpected<G> problem)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(problem.error())) {}

  bool has_value() const { return state_.index() == 0; }

  explicit operator bool() const { return has_value(); }

  T& value() { return std::get<0>(state_); }

  const T& value() const { return std::get<0>(state_); }

  T& operator*() { return std::get<0>(state_); }

  const T& operator*() const { return std::get<0>(state_); }

  T* operator->() { return &std::get<0>(state_); }

  const T* operator->() const { return &std::get<0>(state_); }

  E& error() { return std::get<1>(state_); }

  const E& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Expected<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Expected() = default;

  template <class G>
  Expected(Unexpected<G> problem)  // NOLINT(google-explicit-constructor)
      : error_(std::move(problem.error())) {}

  bool has_value() const { return !error_.has_value(); }

  explicit operator bool() const { return has_value(); }

  E& error() { return *error_; }

  const E& error() const { return *error_; }

 private:
  std::optional<E> error_;
};

}  // namespace formwork

#define FW_TRY_JOIN_INNER(a, b) a##b
#define FW_TRY_JOIN(a, b) FW_TRY_JOIN_INNER(a, b)

// FW_TRY(const Money total, sum(lines)); declares `total`, or returns the error to the caller. One
// per line. It is no GNU statement expression, because those crash GCC 12.2 around co_await.
#define FW_TRY(declaration, expression)                                               \
  auto FW_TRY_JOIN(fw_try_, __LINE__) = (expression);                                 \
  if (!FW_TRY_JOIN(fw_try_, __LINE__))                                                \
    return ::formwork::Unexpected(std::move(FW_TRY_JOIN(fw_try_, __LINE__).error())); \
  declaration = std::move(*FW_TRY_JOIN(fw_try_, __LINE__))

// FW_TRY_VOID(commit(decision)); the same where there is no value, or none that is wanted.
#define FW_TRY_VOID(expression)                                                            \
  if (auto FW_TRY_JOIN(fw_try_, __LINE__) = (expression); !FW_TRY_JOIN(fw_try_, __LINE__)) \
  return ::formwork::Unexpected(std::move(FW_TRY_JOIN(fw_try_, __LINE__).error()))
