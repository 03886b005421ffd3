#include "dsl/fields/field_messages.h"

#include <array>

#include "dsl/base/utf8.h"

namespace formwork::fields {
namespace {

template <class Key>
struct Row {
  Key key;
  MessageText text;
};

constexpr std::array kSentences{
    Row<Say>{Say::TooLong,
             {"field.too-long", "enter at most {limit} {unit}; {these} {actual}",
              "最多 {limit} {unit}，现在是 {actual} {unit}"}},
    Row<Say>{Say::TooShort,
             {"field.too-short", "enter at least {limit} {unit}; {these} {actual}",
              "至少 {limit} {unit}，现在是 {actual} {unit}"}},
    Row<Say>{Say::LineBreak,
             {"field.line-break", "write it on one line, without line breaks",
              "请写在一行内，不要换行"}},
    Row<Say>{Say::ControlCharacter,
             {"field.control-character",
              "remove the invisible character {character} at position {position}",
              "请删除第 {position} 位的不可见字符 {character}"}},
    Row<Say>{Say::NoMatch,
             {"field.no-match", "write it in the form {pattern}; this is “{value}”",
              "格式应为 {pattern}，现在是“{value}”"}},
    Row<Say>{Say::NoMatchSay, {"field.no-match", "{say}", "{say}"}},
    Row<Say>{Say::NotANumber,
             {"field.not-a-number", "enter a number such as {example}; this is “{value}”",
              "请填写数字，例如 {example}；现在是“{value}”"}},
    Row<Say>{
        Say::DecimalComma,
        {"field.decimal-comma",
         "write decimals with a point, 12.5, and thousands with a comma, 1,234; this is “{value}”",
         "小数请写作 12.5，千位分隔请写作 1,234；现在是“{value}”"}},
    Row<Say>{
        Say::NotWhole,
        {"field.not-whole", "enter a whole number; this is {value}", "请填写整数，现在是 {value}"}},
    Row<Say>{Say::TooManyDecimals,
             {"field.too-many-decimals", "enter at most {limit} {unit}; {these} {actual}",
              "最多 {limit} {unit}，现在是 {actual} {unit}"}},
    Row<Say>{Say::NumberOutOfRange,
             {"field.out-of-range", "enter a number between -{limit} and {limit}",
              "请填写 -{limit} 到 {limit} 之间的数"}},
    Row<Say>{Say::TooSmall,
             {"field.too-small", "enter {limit} or more; this is {actual}",
              "不能低于 {limit_zh}，现在是 {actual_zh}"}},
    Row<Say>{Say::TooLarge,
             {"field.too-large", "enter {limit} or less; this is {actual}",
              "不能超过 {limit_zh}，现在是 {actual_zh}"}},
    Row<Say>{Say::TooEarly,
             {"field.too-early", "choose {limit} or later; this is {actual}",
              "请选择 {limit_zh} 或之后的{unit}，现在是 {actual_zh}"}},
    Row<Say>{Say::TooLate,
             {"field.too-late", "choose {limit} or earlier; this is {actual}",
              "请选择 {limit_zh} 或之前的{unit}，现在是 {actual_zh}"}},
    Row<Say>{Say::OtherCurrency,
             {"field.other-currency", "enter an amount in {currency}; this is in {actual}",
              "请填写以 {currency} 计的金额，现在是 {actual}"}},
    Row<Say>{Say::ShareAboveOne,
             {"field.share-above-one",
              "write a share of one, such as 0.15 for 15 %; {actual} would be {percent}",
              "请填写比例，例如 15 % 写作 0.15；{actual} 表示 {percent}"}},
    Row<Say>{Say::NotYesOrNo,
             {"field.not-yes-or-no", "choose yes or no; this is “{value}”",
              "请选择“是”或“否”；现在是“{value}”"}},
    Row<Say>{Say::NotADate,
             {"field.not-a-date", "write a date as 2026-11-23; this is “{value}”",
              "日期请写作 2026-11-23；现在是“{value}”"}},
    Row<Say>{Say::NoSuchMonth,
             {"field.no-such-month", "a year has 12 months; this is month {month}",
              "一年有 12 个月，现在是 {month} 月"}},
    Row<Say>{Say::NoSuchDay,
             {"field.no-such-day", "{month} has {days} days; this is day {day}",
              "{month_zh}有 {days} 天，现在是 {day} 日"}},
    Row<Say>{
        Say::NotATime,
        {"field.not-a-time", "write a time from 00:00 to 23:59, such as 09:30; this is “{value}”",
         "时间请写作 00:00 到 23:59，例如 09:30；现在是“{value}”"}},
    Row<Say>{Say::NotADateTime,
             {"field.not-a-date-time", "write date and time as 2026-11-23 09:30; this is “{value}”",
              "日期和时间请写作 2026-11-23 09:30；现在是“{value}”"}},
    Row<Say>{Say::NotAnInstant,
             {"field.not-an-instant",
              "write date, time and offset as 2026-11-23T09:30:00+08:00; this is “{value}”",
              "日期、时间和时差请写作 2026-11-23T09:30:00+08:00；现在是“{value}”"}},
    Row<Say>{Say::NotADuration,
             {"field.not-a-duration",
              "enter a duration with its unit, such as 3 d, 8:30 or 90 min; this is “{value}”",
              "请填写带单位的时长，例如 3 天、8:30 或 90 分钟；现在是“{value}”"}},
    Row<Say>{Say::NotMonths,
             {"field.not-months", "enter years and months, such as 1 y 6 mo; this is “{value}”",
              "请填写年数和月数，例如 1 年 6 个月；现在是“{value}”"}},
    Row<Say>{
        Say::NotIsoDays,
        {"field.not-iso-duration",
         "write an ISO 8601 duration of days and time, such as P3D or PT8H30M; this is “{value}”",
         "请填写 ISO 8601 的天数和时间，例如 P3D 或 PT8H30M；现在是“{value}”"}},
    Row<Say>{Say::NotIsoMonths,
             {"field.not-iso-duration",
              "write an ISO 8601 duration of years and months, such as P1Y6M; this is “{value}”",
              "请填写 ISO 8601 的年数和月数，例如 P1Y6M；现在是“{value}”"}},
    Row<Say>{Say::DurationTooLong,
             {"field.duration-too-long", "enter a duration of at most {limit}; this is “{value}”",
              "时长不能超过 {limit_zh}；现在是“{value}”"}},
    Row<Say>{Say::NotAnOption,
             {"field.not-an-option", "choose one of the options; “{value}” is not among them",
              "请选择列表中的一项；“{value}”不在其中"}},
    Row<Say>{Say::EmailAt,
             {"field.email-at",
              "write an address with one @, such as name@example.com; this has {actual}",
              "邮箱地址应有一个 @，例如 name@example.com；现在有 {actual} 个"}},
    Row<Say>{
        Say::EmailName,
        {"field.email-name", "write a name of at most 64 characters before @; this is “{value}”",
         "@ 前应有名称，最多 64 个字符；现在是“{value}”"}},
    Row<Say>{Say::EmailDomain,
             {"field.email-domain",
              "write a domain with a dot after @, such as example.com; this is “{value}”",
              "@ 后应是带点的域名，例如 example.com；现在是“{value}”"}},
    Row<Say>{Say::EmailBlank,
             {"field.email-blank", "write the address without blanks; there is one after “{value}”",
              "邮箱地址不含空格；“{value}”之后有空格"}},
    Row<Say>{Say::EmailCharacter,
             {"field.email-character", "write the address alone, without “{character}”",
              "请只填写邮箱地址，不要带“{character}”"}},
    Row<Say>{Say::PhoneCharacter,
             {"field.phone-character", "enter a number such as {example}, without “{character}”",
              "请填写号码，例如 {example}，不要带“{character}”"}},
    Row<Say>{Say::PhoneMobileLength,
             {"field.phone-mobile-length", "a mobile number has 11 digits; this one has {actual}",
              "手机号应为 11 位，现在是 {actual} 位"}},
    Row<Say>{Say::PhoneMobileStart,
             {"field.phone-mobile-start",
              "a mobile number begins with 13 to 19; this one begins with {actual}",
              "手机号应以 13 至 19 开头，现在以 {actual} 开头"}},
    Row<Say>{Say::PhoneAreaCode,
             {"field.phone-area-code",
              "write a mobile number with 11 digits, or a landline with its area code, such as "
              "0571 8888 6666; "
              "this is “{value}”",
              "请填写 11 位手机号，或带区号的座机号，例如 0571 8888 6666；现在是“{value}”"}},
    Row<Say>{Say::PhoneLandlineLength,
             {"field.phone-landline-length",
              "a landline has {expected} digits after area code {area}; this one has {actual}",
              "区号 {area} 后应为 {expected} 位，现在是 {actual} 位"}},
    Row<Say>{
        Say::PhoneServiceLength,
        {"field.phone-service-length", "a {prefix} number has 10 digits; this one has {actual}",
         "{prefix} 电话应为 10 位，现在是 {actual} 位"}},
    Row<Say>{Say::PhoneNoCountry,
             {"field.phone-no-country",
              "begin with the country code, such as {example}; this is “{value}”",
              "请以国家代码开头，例如 {example}；现在是“{value}”"}},
    Row<Say>{Say::PhoneUnknownCountry,
             {"field.phone-unknown-country",
              "begin with a country code that is in use, such as {example}; this is “{value}”",
              "请以有效的国家代码开头，例如 {example}；现在是“{value}”"}},
    Row<Say>{Say::PhoneLength,
             {"field.phone-length",
              "a number has 6 to 15 digits with its country code; this one has {actual}",
              "号码连同国家代码应为 6 至 15 位，现在是 {actual} 位"}},
    Row<Say>{Say::UrlScheme,
             {"field.url-scheme", "begin with https:// or http://; this is “{value}”",
              "请以 https:// 或 http:// 开头；现在是“{value}”"}},
    Row<Say>{Say::UrlHost,
             {"field.url-host", "write a host after ://, such as example.com; this is “{value}”",
              ":// 后应是主机名，例如 example.com；现在是“{value}”"}},
    Row<Say>{Say::UrlCredentials,
             {"field.url-credentials", "leave out user name and password before @",
              "请去掉 @ 前的用户名和密码"}},
    Row<Say>{Say::UrlPort,
             {"field.url-port", "write a port from 1 to 65535; this is “{value}”",
              "端口应为 1 到 65535；现在是“{value}”"}},
    Row<Say>{Say::UrlBlank,
             {"field.url-blank", "write blanks as %20; there is one after “{value}”",
              "空格请写作 %20；“{value}”之后有空格"}},
    Row<Say>{Say::UrlCharacter,
             {"field.url-character", "write “{character}” as {encoded}",
              "“{character}”请写作 {encoded}"}},
    Row<Say>{Say::NoSuchUser,
             {"field.no-such-user", "choose a person; there is no account “{value}”",
              "请选择人员；没有账号“{value}”"}},
    Row<Say>{Say::NotARecord,
             {"field.not-a-record", "choose a record; “{value}” is not the number of one",
              "请选择一条记录；“{value}”不是记录编号"}},
    Row<Say>{Say::NotAFile,
             {"field.not-a-file", "attach a file; “{value}” is not the number of one",
              "请添加文件；“{value}”不是文件编号"}},
    Row<Say>{Say::TooManyFiles,
             {"field.too-many-files", "attach at most {limit} {unit}; {these} {actual}",
              "最多 {limit} {unit}，现在是 {actual} {unit}"}},
    Row<Say>{Say::TooManyRows,
             {"field.too-many-rows", "enter at most {limit} {unit}; {these} {actual}",
              "最多 {limit} {unit}，现在是 {actual} {unit}"}},
    Row<Say>{Say::WrongJson,
             {"field.wrong-type", "send {expected}; this is {actual}",
              "应为{expected}，现在是{actual}"}},
    Row<Say>{Say::NoLimit,
             {"field.no-limit", "write a value, or leave the setting out",
              "请填写一个值，或去掉该设置"}},
    Row<Say>{Say::FormulaMisfit,
             {"field.formula-misfit", "its formula gives {value}, which it cannot hold",
              "公式得出 {value}，此字段无法保存"}},
};

constexpr std::array kWords{
    Row<Word>{Word::Character, {"word.character", "character", "个字"}},
    Row<Word>{Word::Characters, {"word.characters", "characters", "个字"}},
    Row<Word>{Word::Decimal, {"word.decimal", "decimal", "位小数"}},
    Row<Word>{Word::Decimals, {"word.decimals", "decimals", "位小数"}},
    Row<Word>{Word::File, {"word.file", "file", "个文件"}},
    Row<Word>{Word::Files, {"word.files", "files", "个文件"}},
    Row<Word>{Word::Row, {"word.row", "line", "行"}},
    Row<Word>{Word::Rows, {"word.rows", "lines", "行"}},
    Row<Word>{Word::IsThis, {"word.this-is", "this is", "现在是"}},
    Row<Word>{Word::AreThese, {"word.these-are", "these are", "现在是"}},
    Row<Word>{Word::Date, {"word.date", "date", "日期"}},
    Row<Word>{Word::Time, {"word.time", "time", "时间"}},
    Row<Word>{Word::JsonNull, {"word.json-null", "null", " null"}},
    Row<Word>{Word::JsonBoolean, {"word.json-boolean", "true or false", " true 或 false"}},
    Row<Word>{Word::JsonNumber, {"word.json-number", "a number", "数字"}},
    Row<Word>{Word::JsonString, {"word.json-string", "a string", "字符串"}},
    Row<Word>{Word::JsonArray, {"word.json-array", "an array", "数组"}},
    Row<Word>{Word::JsonObject, {"word.json-object", "an object", "对象"}},
    Row<Word>{Word::JsonDecimal,
              {"word.json-decimal", "a decimal such as \"12.5\"", "小数，例如 \"12.5\""}},
    Row<Word>{Word::JsonId, {"word.json-id", "a number such as 17", "编号，例如 17"}},
};

// A row is found by its place, so each must stand where its key says, and none may be missing.
template <class Rows, class Key>
constexpr bool is_complete(const Rows& rows, Key last) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].key) != i) return false;
  }
  return rows.size() == static_cast<std::size_t>(last) + 1;
}

static_assert(is_complete(kSentences, Say::FormulaMisfit));
static_assert(is_complete(kWords, Word::JsonId));

template <class Rows>
constexpr auto texts_of(const Rows& rows) {
  std::array<MessageText, std::tuple_size_v<Rows>> texts{};
  for (std::size_t i = 0; i < rows.size(); ++i) texts[i] = rows[i].text;
  return texts;
}

constexpr auto kSentenceTexts = texts_of(kSentences);
constexpr auto kWordTexts = texts_of(kWords);

}  // namespace

const MessageText& text_of(Say sentence) {
  return kSentenceTexts[static_cast<std::size_t>(sentence)];
}

const MessageText* word(Word word) { return &kWordTexts[static_cast<std::size_t>(word)]; }

std::span<const MessageText> field_messages() { return kSentenceTexts; }

std::span<const MessageText> field_words() { return kWordTexts; }

Message say(Say sentence, Arguments arguments) {
  return {.text = &text_of(sentence), .arguments = std::move(arguments)};
}

Message say_count(Say sentence, std::size_t limit, std::size_t actual, Word one, Word many) {
  return say(sentence, {{"limit", grouped(limit)},
                        {"unit", word(limit == 1 ? one : many)},
                        {"these", word(actual == 1 ? Word::IsThis : Word::AreThese)},
                        {"actual", grouped(actual)}});
}

std::string repeated(std::string_view input) {
  constexpr std::size_t kLongest = 40;
  const std::string_view head = take_characters(input, kLongest);
  std::string text;
  for (std::size_t at = 0; at < head.size();) {
    const char32_t c = next_code_point(head, at);
    const bool is_control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    append_utf8(text, is_control ? U'\uFFFD' : c);
  }
  if (head.size() < input.size()) text += "…";
  return text;
}

std::string grouped(std::size_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace formwork::fields
