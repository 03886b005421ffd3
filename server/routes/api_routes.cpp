// The table of the API's routes.
#include "server/routes/api_records.h"
#include "server/routes/api_session.h"
#include "server/routes/router.h"

namespace formwork::routes {

std::span<const Route> api_routes() {
  using enum http::Method;
  static constexpr Route kRoutes[] = {
      {Post, "/api/v1/session", Access::Anyone, api_sign_in},
      {Get, "/api/v1/session", Access::SignedIn, api_session},
      {Delete, "/api/v1/session", Access::SignedIn, api_sign_out},
      {Post, "/api/v1/files", Access::SignedIn, api_upload},
      {Get, "/api/v1/files/*", Access::SignedIn, api_download},
      {Get, "/api/v1/records/*", Access::SignedIn, api_list},
      {Post, "/api/v1/records/*", Access::SignedIn, api_create},
      {Get, "/api/v1/records/*/*", Access::SignedIn, api_get},
      {Patch, "/api/v1/records/*/*", Access::SignedIn, api_update},
      {Delete, "/api/v1/records/*/*", Access::SignedIn, api_delete},
      {Post, "/api/v1/records/*/*/restore", Access::SignedIn, api_restore},
      {Get, "/api/v1/records/*/*/history", Access::SignedIn, api_history},
  };
  return kRoutes;
}

}  // namespace formwork::routes
