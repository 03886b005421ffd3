#include "server/routes/application.h"

#include <algorithm>
#include <utility>

#include "engine/command/refusal_texts.h"
#include "server/assets/assets.h"
#include "server/routes/language.h"
#include "server/routes/page_errors.h"
#include "server/routes/problem.h"
#include "server/routes/request_texts.h"
#include "server/routes/router.h"

namespace formwork::routes {
namespace {

constexpr std::size_t kPasswordsWaiting = 16;
constexpr std::size_t kSlowPagesWaiting = 64;
constexpr std::size_t kUploadBytes = 52 * 1024 * 1024;  // five files of the usual largest size
constexpr std::size_t kPublicBytes = 256 * 1024;        // of webhooks and public forms
// Who fills in forms for a living, or types fast, stays below these.
constexpr session::AddressThrottle::Rate kFormsSent{.burst = 10, .seconds_each = 30};
constexpr session::AddressThrottle::Rate kFormsFilled{.burst = 240, .seconds_each = 1};
constexpr std::string_view kAssets = "/assets/";
constexpr std::string_view kLanguageCookie = "formwork-lang";

bool is_api(std::string_view path) {
  return path.starts_with("/api/") || path.starts_with("/hooks/");
}

// What anybody may send.
bool is_public(std::string_view path) {
  return path.starts_with("/hooks/") || path.starts_with("/f/") ||
         path.starts_with("/api/v1/forms/");
}

bool is_change(http::Method method) {
  return method != http::Method::Get && method != http::Method::Head &&
         method != http::Method::Options;
}

// The language wanted: in the address, then as chosen before, then the account's, then the
// browser's.
std::size_t choose_locale(const Exchange& exchange) {
  const engine::Engine& engine = exchange.engine();
  if (const std::string* wanted = exchange.parameter("lang")) return engine.locale_index(*wanted);
  const std::string_view chosen = exchange.request.cookie(kLanguageCookie);
  if (!chosen.empty()) return engine.locale_index(chosen);
  if (exchange.caller && !exchange.actor().locale.empty()) {
    return engine.locale_index(exchange.actor().locale);
  }
  return accepted_locale(engine, exchange.request.header("Accept-Language"));
}

std::string methods_of(std::span<const Route> routes, std::string_view path) {
  std::vector<std::string> captures;
  std::string methods;
  for (const Route& route : routes) {
    const std::string_view method = http::name_of(route.method);
    if (!matches(route.pattern, path, captures) || http::has_list_element(methods, method)) {
      continue;
    }
    if (!methods.empty()) methods += ", ";
    methods += method;
    if (route.method == http::Method::Get) methods += ", HEAD";
  }
  return methods;
}

}  // namespace

class Application::Impl {
 public:
  Impl(engine::Engine& engine, Settings settings)
      : engine_(engine),
        settings_(std::move(settings)),
        pages_(engine.model()),
        passwords_(kPasswordsWaiting),
        slow_pages_(kSlowPagesWaiting),
        bulk_(engine),
        services_{engine_,  pages_, passwords_,  slow_pages_, settings_.origin,
                  filters_, forms_, live_forms_, bulk_} {
    for (const assets::Asset& asset : assets::all()) assets_.push_back(shared(asset));
  }

  void handle(http::Request request, http::Reply reply) {
    if (request.path.starts_with(kAssets)) return serve_asset(request, std::move(reply));
    if (request.path == "/readyz" && !is_change(request.method)) return reply(readiness());
    Exchange exchange{.services = services_,
                      .request = std::move(request),
                      .reply = std::move(reply),
                      .query = {},
                      .captures = {},
                      .caller = {},
                      .locale = 0};
    auto query = http::parse_query(exchange.request.query);
    if (!query) {
      exchange.locale = choose_locale(exchange);
      return refuse(std::move(exchange), 400, {&texts::kMalformedQuery, {}});
    }
    exchange.query = std::move(*query);
    dispatch(std::move(exchange));
  }

  void configure(http::Options& options) {
    options.default_headers = security_headers();
    options.health = [version = settings_.version] {
      return http::json_response(200, "{\"status\":\"ok\",\"version\":\"" + version + "\"}");
    };
    options.body_limit = [normal = options.limits.body_bytes](http::Method, std::string_view path) {
      if (is_public(path)) return kPublicBytes;
      const bool takes_files =
          path == "/api/v1/files" || path.ends_with("/new") || path.ends_with("/edit");
      return takes_files ? kUploadBytes : normal;
    };
    options.error_page = [this](const http::Refusal& refusal, const http::Request& request) {
      return transport_error(refusal, request, pages_, engine_);
    };
  }

 private:
  void dispatch(Exchange exchange) {
    const bool api = is_api(exchange.request.path);
    const std::span<const Route> routes = api ? api_routes() : page_routes();
    const http::Method method =
        exchange.request.method == http::Method::Head ? http::Method::Get : exchange.request.method;
    const Route* found = nullptr;
    for (const Route& route : routes) {
      if (route.method != method) continue;
      if (matches(route.pattern, exchange.request.path, exchange.captures)) {
        found = &route;
        break;
      }
    }
    if (found == nullptr || found->access == Access::SignedIn) {
      exchange.caller = session::identify(exchange.request, engine_, settings_.origin);
      if (exchange.caller) exchange.caller->actor.locale = locale_tag(exchange);
    }
    exchange.locale = choose_locale(exchange);
    if (found == nullptr) return refuse_address(std::move(exchange), routes);
    if (found->access == Access::SignedIn && !exchange.caller) {
      return ask_to_sign_in(std::move(exchange), api);
    }
    // Pages check their own proof: it stands in the form.
    if (api && exchange.caller && is_change(method) &&
        !session::may_change(exchange.request, *exchange.caller,
                             exchange.request.header("X-CSRF-Token"), settings_.origin)) {
      return refuse(std::move(exchange), 403, {&texts::kNoProof, {}});
    }
    found->handle(std::move(exchange));
  }

  // Refusals made inside the engine name records in the language of the page that asked.
  std::string locale_tag(const Exchange& exchange) const {
    return engine_.model().app.locales[choose_locale(exchange)];
  }

  void refuse_address(Exchange exchange, std::span<const Route> routes) {
    const std::string methods = methods_of(routes, exchange.request.path);
    if (methods.empty()) return refuse(std::move(exchange), 404, {&texts::kNoSuchPath, {}});
    refuse(std::move(exchange), 405, {&texts::kMethod, {{"methods", methods}}}, methods);
  }

  void refuse(Exchange exchange, int status, Message message, const std::string& allow = {}) {
    http::Response response = is_api(exchange.request.path) ? problem(status, message, exchange)
                                                            : error_page(status, message, exchange);
    if (!allow.empty()) response.set("Allow", allow);
    exchange.answer(std::move(response));
  }

  void ask_to_sign_in(Exchange exchange, bool api) {
    if (api) {
      http::Response response = problem(401, {&engine::texts::kSignIn, {}}, exchange);
      response.set("WWW-Authenticate", "Bearer");
      return exchange.answer(std::move(response));
    }
    exchange.answer(redirect_to_sign_in(exchange));
  }

  // Ready means that the store answers; /healthz only says that the process lives.
  http::Response readiness() {
    try {
      static_cast<void>(engine_.store().read()->last_history());
      return http::json_response(200, "{\"status\":\"ready\"}");
    } catch (const std::exception&) {
      return http::json_response(503, "{\"status\":\"the store does not answer\"}");
    }
  }

  void serve_asset(const http::Request& request, http::Reply reply) {
    const std::string_view name = std::string_view(request.path).substr(kAssets.size());
    const assets::Asset* asset = assets::find_by_hashed_name(name);
    const bool reads = request.method == http::Method::Get || request.method == http::Method::Head;
    if (asset == nullptr || !reads) return reply(http::text_response(404, "not found\n"));
    const auto index = static_cast<std::size_t>(asset - assets::all().data());
    http::Response response =
        http::asset_response(assets_[index], request.header("Accept-Encoding"));
    response.set("Cache-Control", "public, max-age=31536000, immutable");
    reply(std::move(response));
  }

  static http::Asset shared(const assets::Asset& asset) {
    const auto bytes = [](std::string_view text) {
      return text.empty() ? nullptr : std::make_shared<const std::string>(text);
    };
    return {.content_type = std::string(asset.content_type),
            .identity = bytes(asset.identity),
            .gzip = bytes(asset.gzip),
            .brotli = bytes(asset.brotli)};
  }

  // Every answer carries them, error answers and files too (threat model, rule 19). Pages have no
  // inline script and no inline style, so the policy needs no nonces.
  std::vector<http::Header> security_headers() const {
    std::vector<http::Header> headers = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
        {"Cache-Control", "no-store"},
    };
    if (settings_.origin.is_secure()) {
      headers.push_back({"Strict-Transport-Security", "max-age=31536000; includeSubDomains"});
    }
    return headers;
  }

  engine::Engine& engine_;
  Settings settings_;
  pages::Pages pages_;
  session::WorkQueue passwords_;
  session::WorkQueue slow_pages_;
  FilterCache filters_;
  session::AddressThrottle forms_{kFormsSent};
  session::AddressThrottle live_forms_{kFormsFilled};
  engine::BulkJobs bulk_;
  Services services_;
  std::vector<http::Asset> assets_;  // in the order of assets::all()
};

Application::Application(engine::Engine& engine, Settings settings)
    : impl_(std::make_unique<Impl>(engine, std::move(settings))) {}

Application::~Application() = default;

void Application::handle(http::Request request, http::Reply reply) {
  impl_->handle(std::move(request), std::move(reply));
}

void Application::configure(http::Options& options) { impl_->configure(options); }

}  // namespace formwork::routes
