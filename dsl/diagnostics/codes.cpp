#include "dsl/diagnostics/codes.h"

#include <array>

namespace formwork::codes {

std::span<const Entry> all() {
  static constexpr std::array kAll = {
      Entry{kYamlSyntax, "The text is not YAML"},
      Entry{kYamlEncoding, "The file is not plain UTF-8 text"},
      Entry{kYamlDuplicateKey, "A key stands twice in one mapping"},
      Entry{kYamlAlias, "Anchors, aliases and merge keys are not used"},
      Entry{kYamlTag, "Tags are not used"},
      Entry{kYamlLimit, "The file is too large, too deep or has too many values"},
      Entry{kDocumentKind, "The kind of a document is missing or unknown"},
      Entry{kDocumentUnknownKey, "A document or block has no such key"},
      Entry{kDocumentMissingKey, "A key that must be there is missing"},
      Entry{kDocumentWrongType, "A text, list or mapping stands where another one is expected"},
      Entry{kDocumentDuplicate, "Two documents define the same thing"},
      Entry{kDocumentEmpty, "A document says nothing"},
      Entry{kNameInvalid, "A name has characters that names cannot have"},
      Entry{kNameReserved, "A name belongs to the product or to the language"},
      Entry{kNameUnknown, "A name refers to nothing"},
      Entry{kTextLocale, "A text names a locale that the app does not have"},
      Entry{kTextMissingLocale, "A text is missing in a locale of the app"},
      Entry{kAppMissing, "There is not exactly one app document"},
      Entry{kAppTimeZone, "The time zone of the app is unknown"},
      Entry{kAppCurrency, "The currency of the app is unknown"},
      Entry{kAppLocale, "A locale of the app is malformed"},
      Entry{kAppVersion, "The version of the app is malformed"},
      Entry{kFieldUnknownType, "A field has an unknown type"},
      Entry{kFieldSetting, "A setting does not suit the type of its field"},
      Entry{kFieldUse, "A field uses the dictionary wrongly"},
      Entry{kFieldOptions, "The options of a choice are missing or unusable"},
      Entry{kFieldDefault, "A default is no value of its field"},
      Entry{kFieldPattern, "A pattern is not a regular expression"},
      Entry{kFieldRange, "A lower limit is above its upper one"},
      Entry{kFieldReference, "A reference leads to no entity"},
      Entry{kFieldNested, "A table of line items holds what it cannot hold"},
      Entry{kFieldUnused, "Nothing uses a field of the dictionary"},
      Entry{kFieldValue, "A formula stands where its field cannot have one"},
      Entry{kFieldCycle, "Computed fields need each other"},
      Entry{kFieldClock, "A computed value depends on when it was written"},
      Entry{kEntityTitle, "The title of an entity cannot be made"},
      Entry{kEntityUnique, "A uniqueness rule names what cannot be unique"},
      Entry{kEntityNumber, "The number pattern of an entity is malformed"},
      Entry{kEntityList, "The list of an entity shows what it cannot show"},
      Entry{kEntityNoRole, "Nobody may see an entity"},
      Entry{kRuleUnsaid, "A rule does not say what people should do"},
      Entry{kFeelSyntax, "An expression cannot be read"},
      Entry{kFeelLimit, "An expression is too large, too deep, or has a number out of reach"},
      Entry{kFeelUnknownName, "An expression names what is not there"},
      Entry{kFeelUnknownFunction, "An expression calls a function that is not there"},
      Entry{kFeelUnknownOption, "An expression asks for an option that a choice does not have"},
      Entry{kFeelArguments, "A function is called with other arguments than it takes"},
      Entry{kFeelTypeMismatch, "Values of these types do not go together"},
      Entry{kFeelConstant, "A condition is always true, always false, or says the same twice"},
      Entry{kFeelUnused, "A variable of an expression is not used"},
      Entry{kFeelUnsupported, "An expression asks for what FEEL here does not do"},
      Entry{kFeelNull, "An expression has no answer for the values at hand"},
      Entry{kRoleAction, "A role grants an action that does not exist"},
  };
  return kAll;
}

}  // namespace formwork::codes
