// The table of the pages' routes.
#include "server/routes/api_session.h"
#include "server/routes/page_admin.h"
#include "server/routes/page_decisions.h"
#include "server/routes/page_moves.h"
#include "server/routes/page_notifications.h"
#include "server/routes/page_records.h"
#include "server/routes/page_session.h"
#include "server/routes/page_tasks.h"
#include "server/routes/public_forms.h"
#include "server/routes/record_search.h"
#include "server/routes/router.h"

namespace formwork::routes {

std::span<const Route> page_routes() {
  using enum http::Method;
  static constexpr Route kRoutes[] = {
      {Get, "/", Access::SignedIn, page_home},
      {Get, "/sign-in", Access::Anyone, page_sign_in},
      {Post, "/sign-in", Access::Anyone, post_sign_in},
      {Post, "/sign-out", Access::SignedIn, post_sign_out},
      {Get, "/files/*", Access::SignedIn, api_download},
      {Get, "/tasks", Access::SignedIn, page_tasks},
      {Get, "/tasks/*", Access::SignedIn, page_task},
      {Post, "/tasks/*", Access::SignedIn, post_task},
      {Post, "/delegations", Access::SignedIn, post_delegation},
      {Post, "/delegations/*/end", Access::SignedIn, post_end_delegation},
      {Get, "/f/*", Access::Anyone, page_public_form},
      {Post, "/f/*", Access::Anyone, post_public_form},
      {Post, "/f/*/live", Access::Anyone, post_public_live},
      {Get, "/f/*/thanks", Access::Anyone, page_public_thanks},
      {Get, "/notifications", Access::SignedIn, page_notifications},
      {Post, "/notifications/read", Access::SignedIn, post_read_notifications},
      {Post, "/notifications/*/read", Access::SignedIn, post_read_notification},
      {Post, "/todos/*/done", Access::SignedIn, post_finish_todo},
      {Get, "/preferences", Access::SignedIn, page_preferences},
      {Post, "/preferences", Access::SignedIn, post_preferences},
      {Post, "/absences", Access::SignedIn, post_absence},
      {Post, "/absences/*/end", Access::SignedIn, post_end_absence},
      {Get, "/admin", Access::SignedIn, page_automations},
      {Get, "/admin/runs", Access::SignedIn, page_runs},
      {Get, "/admin/runs/*", Access::SignedIn, page_run},
      {Get, "/admin/automations/*", Access::SignedIn, page_automation},
      {Post, "/admin/automations/*/dry-run", Access::SignedIn, post_dry_run},
      {Get, "/admin/outbox", Access::SignedIn, page_outbox},
      {Get, "/admin/outbox/*", Access::SignedIn, page_message},
      {Post, "/admin/outbox/*/resend", Access::SignedIn, post_resend},
      {Post, "/admin/outbox/*/give-up", Access::SignedIn, post_give_up},
      {Post, "/admin/destinations/*/enable", Access::SignedIn, post_enable_destination},
      {Post, "/admin/destinations/*/disable", Access::SignedIn, post_disable_destination},
      {Get, "/admin/forecast", Access::SignedIn, page_forecast},
      {Get, "/*", Access::SignedIn, page_list},
      {Get, "/*/new", Access::SignedIn, page_new},
      {Post, "/*/new", Access::SignedIn, post_new},
      {Post, "/*/check", Access::SignedIn, post_check},
      {Post, "/*/live", Access::SignedIn, post_live},
      {Get, "/*/pool", Access::SignedIn, page_pool},
      {Get, "/*/suggest", Access::SignedIn, page_suggest},
      {Get, "/*/*", Access::SignedIn, page_detail},
      {Get, "/*/*/edit", Access::SignedIn, page_edit},
      {Post, "/*/*/edit", Access::SignedIn, post_edit},
      {Post, "/*/*/check", Access::SignedIn, post_check},
      {Post, "/*/*/live", Access::SignedIn, post_live},
      {Get, "/*/*/delete", Access::SignedIn, page_remove},
      {Post, "/*/*/delete", Access::SignedIn, post_remove},
      {Post, "/*/*/restore", Access::SignedIn, post_restore},
      {Post, "/*/*/move", Access::SignedIn, post_move},
      {Post, "/*/*/checklist", Access::SignedIn, post_checklist},
      {Post, "/*/*/assign", Access::SignedIn, post_assign},
      {Post, "/*/*/claim", Access::SignedIn, post_claim},
      {Post, "/*/*/dispatch", Access::SignedIn, post_dispatch},
      {Post, "/*/*/release", Access::SignedIn, post_release},
      {Post, "/*/*/comment", Access::SignedIn, post_comment},
      {Post, "/*/*/approver", Access::SignedIn, post_approver},
  };
  return kRoutes;
}

}  // namespace formwork::routes
