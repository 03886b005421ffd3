// A webhook: what another system sends us, or where we send to.
#include <algorithm>

#include "dsl/compile/formulas.h"
#include "dsl/compile/intake.h"
#include "dsl/compile/keys.h"
#include "dsl/compile/reading.h"
#include "dsl/model/scope.h"

namespace formwork::compile {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";
constexpr std::size_t kMaxUrlBytes = 2000;

class WebhookReader {
 public:
  WebhookReader(const Document& document, model::Webhook& webhook, Context& context)
      : node_(*document.node), where_(document.name_where), webhook_(webhook), context_(context) {}

  void read() {
    check_keys(node_, keys::kWebhook, "a webhook", context_);
    webhook_.label = default_label(webhook_.name, context_);
    read_words("label", webhook_.label);
    read_words("why", webhook_.why);
    const yaml::Entry* receive = node_.find("receive");
    const yaml::Entry* send = node_.find("send");
    if (receive != nullptr && send != nullptr) {
      context_.diagnostics.error(codes::kWebhookWay, send->key_span,
                                 "a webhook either receives or sends",
                                 "make two webhooks of it, each with a name");
    } else if (receive == nullptr && send == nullptr) {
      report_missing(codes::kWebhookWay, where_,
                     "`" + webhook_.name + "` neither receives nor sends",
                     "write `receive: …` or `send: …`", context_);
    }
    if (receive != nullptr) read_receive(*receive);
    if (send != nullptr) read_send(*send);
  }

 private:
  void read_words(std::string_view key, Localized& into) {
    const yaml::Node* words = value_of(node_, key);
    if (words == nullptr) return;
    if (auto text = read_localized(*words, context_)) into = std::move(*text);
  }

  void read_receive(const yaml::Entry& receive) {
    const yaml::Node& node = receive.value;
    model::InboundWebhook& way = webhook_.way.emplace<model::InboundWebhook>();
    if (!node.is_mapping()) {
      return report_wrong_type(node, "a mapping with `secret`, `create` and `map`", context_);
    }
    check_keys(node, keys::kWebhookReceive, "`receive`", context_);
    const bool has_all = check_has(node, {"secret", "create", "map"}, receive.key_span,
                                   "`receive` of `" + webhook_.name + "`", context_);
    read_secret(node, way.secret);
    if (const yaml::Node* when = value_of(node, "when")) {
      way.when = read_expression(*when, context_.model.scopes->of_intake(), feel::TypeKind::Boolean,
                                 context_);
    }
    const yaml::Node* create = value_of(node, "create");
    const model::Entity* entity = create == nullptr ? nullptr : read_entity_name(*create, context_);
    if (!has_all || entity == nullptr) return;
    way.intake.entity = entity->index;
    const IntakePlace place{
        .values = "map", .asked = {}, .never = "whatever comes in would be refused"};
    read_intake(node, place, create->span, way.intake, context_);
  }

  void read_send(const yaml::Entry& send) {
    const yaml::Node& node = send.value;
    model::OutboundWebhook& way = webhook_.way.emplace<model::OutboundWebhook>();
    if (!node.is_mapping()) {
      return report_wrong_type(node, "a mapping with `url` and `secret`", context_);
    }
    check_keys(node, keys::kWebhookSend, "`send`", context_);
    const bool has_all = check_has(node, {"url", "secret"}, send.key_span,
                                   "`send` of `" + webhook_.name + "`", context_);
    read_secret(node, way.secret);
    if (!has_all) return;
    const yaml::Node* url = value_of(node, "url");
    const auto text = read_text(*url, "an address that begins with https://", context_);
    if (!text) return;
    way.url = *text;
    check_url(*text, url->span);
  }

  void check_url(const std::string& url, const Span& where) {
    const bool is_open = url.starts_with(kHttp);
    if (!is_open && !url.starts_with(kHttps)) {
      return report_url(where, "`" + url + "` is not an address of the web",
                        "write one that begins with https://");
    }
    const std::string_view rest =
        std::string_view(url).substr(is_open ? kHttp.size() : kHttps.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const bool is_printable =
        std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (host.empty() || !is_printable || url.size() > kMaxUrlBytes) {
      return report_url(where, "this is not an address that a request can be sent to",
                        "write one such as https://erp.example.com/hooks, with other characters "
                        "than ASCII as %XX");
    }
    if (host.find('@') != std::string_view::npos) {
      return report_url(where, "an address in a document has no name and password",
                        "leave them out: what is sent is signed with `secret`");
    }
    if (is_open) {
      context_.diagnostics.warning(codes::kWebhookUrl, where,
                                   "what is sent to an http address can be read on its way",
                                   "write https://");
    }
  }

  void report_url(const Span& where, std::string message, std::string remedy) {
    context_.diagnostics.error(codes::kWebhookUrl, where, std::move(message), std::move(remedy));
  }

  void read_secret(const yaml::Node& node, std::string& into) {
    const yaml::Node* secret = value_of(node, "secret");
    if (secret == nullptr) return;
    const auto name = read_text(*secret, "the name of a secret", context_);
    if (!name) return;
    if (name->starts_with("whsec_")) {
      context_.diagnostics.error(codes::kWebhookSecret, secret->span,
                                 "a secret is kept in the store and not in documents",
                                 "write its name, and give it with `formwork secret set NAME`");
      return;
    }
    if (check_name(*name, secret->span, "a secret", context_)) into = *name;
  }

  const yaml::Node& node_;
  const Span& where_;
  model::Webhook& webhook_;
  Context& context_;
};

}  // namespace

void compile_webhook(const Document& document, model::Webhook& webhook, Context& context) {
  WebhookReader(document, webhook, context).read();
}

}  // namespace formwork::compile
