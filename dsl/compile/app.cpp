// The app document: what the app is called, its locales, its time zone and its currency.
#include <algorithm>

#include "dsl/base/time_zone.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/fields/currency.h"

namespace formwork::compile {
namespace {

// A BCP 47 tag as far as we need it: `en`, `zh-CN`, `zh-Hant-TW`.
bool is_locale(std::string_view tag) {
  const std::size_t dash = tag.find('-');
  const std::string_view primary = tag.substr(0, dash);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_tag_byte = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
  };
  return (primary.size() == 2 || primary.size() == 3) &&
         std::all_of(primary.begin(), primary.end(), is_letter) &&
         std::all_of(tag.begin(), tag.end(), is_tag_byte) && tag.size() <= 20 && tag.back() != '-';
}

// Three numbers (Semantic Versioning 2.0.0), with an optional pre-release.
bool is_version(std::string_view text) {
  const std::string_view core = text.substr(0, text.find('-'));
  const auto dots = std::count(core.begin(), core.end(), '.');
  const bool digits = core.find_first_not_of("0123456789.") == std::string_view::npos;
  const bool filled = !core.empty() && core.front() != '.' && core.back() != '.' &&
                      core.find("..") == std::string_view::npos;
  return dots == 2 && digits && filled;
}

void compile_locales(const yaml::Node& node, Context& context) {
  std::vector<std::string>& locales = context.model.app.locales;
  for (const PlacedText& locale : read_text_list(node, "a list of locales", context)) {
    if (!is_locale(locale.text)) {
      context.diagnostics.error(codes::kAppLocale, locale.where,
                                "`" + locale.text + "` is not a language tag",
                                "write a tag such as en or zh-CN");
    } else if (std::find(locales.begin(), locales.end(), locale.text) != locales.end()) {
      context.diagnostics.error(codes::kDocumentDuplicate, locale.where,
                                "`" + locale.text + "` is listed twice", "remove one");
    } else {
      locales.push_back(locale.text);
    }
  }
}

void compile_time_zone(const yaml::Node& node, Context& context) {
  const auto name = read_text(node, "a time zone such as Asia/Shanghai", context);
  if (!name) return;
  if (const TimeZone* zone = TimeZone::find(*name)) {
    context.model.app.time_zone = zone;
    return;
  }
  context.diagnostics.error(codes::kAppTimeZone, node.span, "there is no time zone `" + *name + "`",
                            "write a name of the IANA database, such as Asia/Shanghai");
}

void compile_currency(const yaml::Node& node, Context& context) {
  const auto code = read_text(node, "a currency such as CNY", context);
  if (!code) return;
  if (fields::find_currency(*code) == nullptr) {
    context.diagnostics.error(codes::kAppCurrency, node.span,
                              "`" + *code + "` is not a currency code",
                              "write a code of ISO 4217, such as CNY or EUR");
    return;
  }
  context.model.app.currency = *code;
}

void compile_version(const yaml::Node& node, Context& context) {
  const auto version = read_text(node, "a version such as 1.0.0", context);
  if (!version) return;
  if (!is_version(*version)) {
    context.diagnostics.error(codes::kAppVersion, node.span, "`" + *version + "` is not a version",
                              "write three numbers: 1.0.0");
    return;
  }
  context.model.app.version = *version;
}

}  // namespace

void compile_app(const Document& document, Context& context) {
  check_keys(*document.node, keys::kApp, "an app", context);
  model::App& app = context.model.app;
  app.name = document.name;
  app.where = document.name_where;
  // Locales first: every text after them is read in them.
  if (const yaml::Node* node = value_of(*document.node, "locales")) compile_locales(*node, context);
  if (app.locales.empty()) app.locales = {"en"};
  app.label = default_label(app.name, context);
  app.version = "0.1.0";
  app.currency = "CNY";
  app.time_zone = &TimeZone::utc();
  if (const yaml::Node* node = value_of(*document.node, "label")) {
    if (auto label = read_localized(*node, context)) app.label = std::move(*label);
  }
  if (const yaml::Node* node = value_of(*document.node, "version")) compile_version(*node, context);
  if (const yaml::Node* node = value_of(*document.node, "time_zone"))
    compile_time_zone(*node, context);
  if (const yaml::Node* node = value_of(*document.node, "currency"))
    compile_currency(*node, context);
}

}  // namespace formwork::compile
