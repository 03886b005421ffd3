// What fields say about a value that does not fit: one table of sentences in both languages.
//
// A sentence is worded to stand behind the field's label ("Budget: enter 100 or more; this is 50").
// It says what would be right, with the real limit, and what there is, with the real value.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/base/message.h"

namespace formwork::fields {

enum class Say : unsigned char {
  TooLong,
  TooShort,
  LineBreak,
  ControlCharacter,
  NoMatch,
  NoMatchSay,
  NotANumber,
  DecimalComma,
  NotWhole,
  TooManyDecimals,
  NumberOutOfRange,
  TooSmall,
  TooLarge,
  TooEarly,
  TooLate,
  OtherCurrency,
  ShareAboveOne,
  NotYesOrNo,
  NotADate,
  NoSuchMonth,
  NoSuchDay,
  NotATime,
  NotADateTime,
  NotAnInstant,
  NotADuration,
  NotMonths,
  NotIsoDays,
  NotIsoMonths,
  DurationTooLong,
  NotAnOption,
  EmailAt,
  EmailName,
  EmailDomain,
  EmailBlank,
  EmailCharacter,
  PhoneCharacter,
  PhoneMobileLength,
  PhoneMobileStart,
  PhoneAreaCode,
  PhoneLandlineLength,
  PhoneServiceLength,
  PhoneNoCountry,
  PhoneUnknownCountry,
  PhoneLength,
  UrlScheme,
  UrlHost,
  UrlCredentials,
  UrlPort,
  UrlBlank,
  UrlCharacter,
  NoSuchUser,
  NotARecord,
  NotAFile,
  TooManyFiles,
  TooManyRows,
  WrongJson,
  NoLimit,
  FormulaMisfit,
};

// Words that sentences share; they differ by language, and in English by number.
enum class Word : unsigned char {
  Character,
  Characters,
  Decimal,
  Decimals,
  File,
  Files,
  Row,
  Rows,
  IsThis,
  AreThese,
  Date,
  Time,
  JsonNull,
  JsonBoolean,
  JsonNumber,
  JsonString,
  JsonArray,
  JsonObject,
  JsonDecimal,
  JsonId,
};

const MessageText& text_of(Say sentence);
const MessageText* word(Word word);

// Every sentence and every word.
std::span<const MessageText> field_messages();
std::span<const MessageText> field_words();

using Arguments = std::vector<std::pair<std::string_view, Argument>>;

Message say(Say sentence, Arguments arguments = {});

// A sentence with {limit}, {unit}, {these} and {actual}, where units are counted.
Message say_count(Say sentence, std::size_t limit, std::size_t actual, Word one, Word many);

// What someone typed, fit to be repeated to them: at most 40 characters, without control
// characters.
std::string repeated(std::string_view input);

// 1234567 as "1,234,567".
std::string grouped(std::size_t count);

}  // namespace formwork::fields
