// The table of the API's routes.
#include "server/routes/api_absences.h"
#include "server/routes/api_automations.h"
#include "server/routes/api_bulk.h"
#include "server/routes/api_delegations.h"
#include "server/routes/api_forecast.h"
#include "server/routes/api_hooks.h"
#include "server/routes/api_moves.h"
#include "server/routes/api_notifications.h"
#include "server/routes/api_outbox.h"
#include "server/routes/api_records.h"
#include "server/routes/api_session.h"
#include "server/routes/api_tasks.h"
#include "server/routes/public_forms.h"
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
      {Post, "/api/v1/records/*/bulk", Access::SignedIn, api_bulk},
      {Get, "/api/v1/jobs/*", Access::SignedIn, api_job},
      {Delete, "/api/v1/jobs/*", Access::SignedIn, api_cancel_job},
      {Get, "/api/v1/pools/*", Access::SignedIn, api_pools},
      {Get, "/api/v1/records/*/*", Access::SignedIn, api_get},
      {Patch, "/api/v1/records/*/*", Access::SignedIn, api_update},
      {Delete, "/api/v1/records/*/*", Access::SignedIn, api_delete},
      {Post, "/api/v1/records/*/*/restore", Access::SignedIn, api_restore},
      {Get, "/api/v1/records/*/*/history", Access::SignedIn, api_history},
      {Get, "/api/v1/records/*/*/why", Access::SignedIn, api_why},
      {Post, "/api/v1/records/*/*/moves", Access::SignedIn, api_move},
      {Post, "/api/v1/records/*/*/checklist", Access::SignedIn, api_checklist},
      {Post, "/api/v1/records/*/*/claim", Access::SignedIn, api_claim},
      {Post, "/api/v1/records/*/*/assign", Access::SignedIn, api_assign},
      {Post, "/api/v1/records/*/*/release", Access::SignedIn, api_release},
      {Post, "/api/v1/records/*/*/comments", Access::SignedIn, api_comment},
      {Get, "/api/v1/tasks", Access::SignedIn, api_tasks},
      {Get, "/api/v1/tasks/*", Access::SignedIn, api_task},
      {Post, "/api/v1/tasks/*/decisions", Access::SignedIn, api_decide},
      {Post, "/api/v1/processes/*/approvers", Access::SignedIn, api_name_approver},
      {Get, "/api/v1/delegations", Access::SignedIn, api_delegations},
      {Post, "/api/v1/delegations", Access::SignedIn, api_delegate},
      {Delete, "/api/v1/delegations/*", Access::SignedIn, api_end_delegation},
      {Get, "/api/v1/absences", Access::SignedIn, api_absences},
      {Post, "/api/v1/absences", Access::SignedIn, api_be_away},
      {Delete, "/api/v1/absences/*", Access::SignedIn, api_come_back},
      {Get, "/api/v1/notifications", Access::SignedIn, api_notifications},
      {Post, "/api/v1/notifications/read", Access::SignedIn, api_read_notifications},
      {Post, "/api/v1/notifications/*/read", Access::SignedIn, api_read_notification},
      {Get, "/api/v1/preferences", Access::SignedIn, api_preferences},
      {Put, "/api/v1/preferences", Access::SignedIn, api_prefer},
      {Get, "/api/v1/todos", Access::SignedIn, api_todos},
      {Post, "/api/v1/todos/*/done", Access::SignedIn, api_finish_todo},
      {Get, "/api/v1/forecast", Access::SignedIn, api_forecast},
      {Get, "/api/v1/automations", Access::SignedIn, api_automations},
      {Get, "/api/v1/automations/*/runs", Access::SignedIn, api_automation_runs},
      {Post, "/api/v1/automations/*/dry-run", Access::SignedIn, api_dry_run},
      {Get, "/api/v1/runs", Access::SignedIn, api_runs},
      {Get, "/api/v1/runs/*", Access::SignedIn, api_run},
      {Post, "/api/v1/forms/*", Access::Anyone, api_public_form},
      {Post, "/hooks/*", Access::Anyone, post_hook},
      {Get, "/api/v1/outbox", Access::SignedIn, api_outbox},
      {Get, "/api/v1/outbox/*", Access::SignedIn, api_message},
      {Post, "/api/v1/outbox/*/resend", Access::SignedIn, api_resend},
      {Post, "/api/v1/outbox/*/give-up", Access::SignedIn, api_give_up},
      {Get, "/api/v1/destinations", Access::SignedIn, api_destinations},
      {Post, "/api/v1/destinations/*/enable", Access::SignedIn, api_enable_destination},
      {Post, "/api/v1/destinations/*/disable", Access::SignedIn, api_disable_destination},
  };
  return kRoutes;
}

}  // namespace formwork::routes
