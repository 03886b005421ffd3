// mail: goes to an address that the record has.
#include <array>

#include "dsl/compile/action.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr std::array<std::string_view, 3> kParts{"to", "subject", "text"};

bool read_address(const yaml::Node& node, model::MailAction& action, AutomationPlace& place) {
  auto address = place.read_expression(node, feel::TypeKind::Any);
  if (!address) return false;
  const feel::Type& type = address->type();
  if (type.is_open() || type.is(feel::TypeKind::String)) {
    action.to = std::move(*address);
    return true;
  }
  const bool is_account = type.record_type() == &place.context().model.scopes->user_type();
  report_action(
      node.span,
      "mail goes to an address, and this is " + (is_account ? "an account" : type.to_string()),
      is_account ? "write `notify: { to: " + node.text + ", channels: [mail], … }`"
                 : "name a field of type email",
      place);
  return false;
}

std::optional<ActionContents> read(const ActionText& text, AutomationPlace& place) {
  const yaml::Node* parts = expect_parts(text, kParts, place);
  if (parts == nullptr) return std::nullopt;
  model::MailAction action;
  bool is_good = true;
  for (const std::string_view key : kParts) {
    if (value_of(*parts, key) != nullptr) continue;
    report_missing(codes::kDocumentMissingKey, text.verb.key_span,
                   "a mail has no `" + std::string(key) + "`",
                   "write `" + std::string(key) + ": …`", place.context());
    is_good = false;
  }
  if (const yaml::Node* to = value_of(*parts, "to")) {
    is_good = read_address(*to, action, place) && is_good;
  }
  if (const yaml::Node* subject = value_of(*parts, "subject")) {
    action.subject = place.read_template(*subject, Lines::One);
  }
  if (const yaml::Node* body = value_of(*parts, "text")) {
    action.text = place.read_template(*body, Lines::Many);
  }
  if (!is_good) return std::nullopt;
  return action;
}

}  // namespace

const ActionType& mail_action() {
  static const ActionType type{
      .name = "mail",
      .summary = "Sends a mail to an address that a field has.",
      .parts = kParts,
      .needs_record = false,
      .read = read,
  };
  return type;
}

}  // namespace formwork::compile
