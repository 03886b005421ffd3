// What comes in from outside and becomes a record, and where the app sends to: webhooks and public
// forms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "dsl/base/localized.h"
#include "dsl/diagnostics/source.h"
#include "dsl/feel/expression.h"
#include "dsl/model/automation.h"

namespace formwork::model {

// How a record is made of what came, or found again.
struct Intake {
  // What a record that is there already takes over of what came.
  enum class Found : std::uint8_t {
    Fill,     // values for fields that it has empty
    Replace,  // all
    Keep,     // nothing
    Refuse,   // the request is refused
  };

  std::size_t entity = 0;
  std::vector<FieldValue> values;  // over Scopes::of_intake(); read as input of the field
  std::vector<std::vector<std::size_t>> match;  // sets of fields; one that agrees is enough
  Found found = Found::Fill;
  // Of what is found these are replaced all the same: the last touch, as against the first.
  std::vector<std::size_t> always;
};

struct InboundWebhook {
  std::string secret;                    // the name under which the store keeps it
  std::optional<feel::Expression> when;  // over Scopes::of_intake(): what else comes is ignored
  Intake intake;
};

struct OutboundWebhook {
  std::string url;     // https; http where the server is told to allow it
  std::string secret;  // the name under which the store keeps it
};

struct Webhook {
  std::string name;
  std::size_t index = 0;  // in Model::webhooks
  Localized label;
  Localized why;
  std::variant<InboundWebhook, OutboundWebhook> way;
  Span where;

  const InboundWebhook* inbound() const { return std::get_if<InboundWebhook>(&way); }

  const OutboundWebhook* outbound() const { return std::get_if<OutboundWebhook>(&way); }
};

// A form that anybody may fill in at /f/NAME.
struct PublicForm {
  std::string name;
  std::size_t index = 0;  // in Model::forms
  Localized label;
  Localized intro;                  // may be empty
  Localized thanks;                 // shown when it was sent
  std::vector<std::size_t> fields;  // of the entity, in the order in which they are asked
  Intake intake;  // of which `values` are besides what was filled in: over `query`, by the address
  Span where;
};

}  // namespace formwork::model
