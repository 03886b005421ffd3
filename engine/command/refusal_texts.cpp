#include "engine/command/refusal_texts.h"

#include <array>

namespace formwork::engine::texts {

const MessageText kNotFound{"record.not-found",
                            "there is no {entity} {id}, or it is not open to you",
                            "没有编号为 {id} 的{entity}，或者您无权查看"};
const MessageText kMayNot{"record.forbidden",
                          "your roles do not let you {action} {entity}; {who} may",
                          "您的角色不能{action}{entity}；{who}可以"};
const MessageText kMayNotThis{"record.forbidden-this",
                              "your roles do not let you {action} this {entity}",
                              "您的角色不能{action}此{entity}"};
const MessageText kMayOnlyWhere{"record.forbidden-this",
                                "your roles let you {action} only {entity} for which {rules}",
                                "您的角色只能{action}满足 {rules} 的{entity}"};
const MessageText kMayOnlyWhereOthers{
    "record.forbidden-this",
    "your roles let you {action} only {entity} for which {rules}; {who} may {action} others",
    "您的角色只能{action}满足 {rules} 的{entity}；其他的由{who}{action}"};
const MessageText kAdminsOnly{"admin.required", "this is for those who run the app: {who}",
                              "仅供管理应用的人员使用：{who}"};
const MessageText kInvalid{"record.invalid", "there {is_are} {count} {thing} to fix",
                           "有 {count} 处需要修改"};
const MessageText kStale{
    "record.stale",
    "this {entity} was saved by {who} first, {when}; look at the present values and save again",
    "{who} 已先保存了此{entity}（{when}）；请查看最新内容后再保存"};
const MessageText kDeleted{"record.deleted", "this {entity} is deleted; restore it first",
                           "此{entity}已删除，请先恢复"};
const MessageText kNotDeleted{"record.not-deleted", "this {entity} is not deleted",
                              "此{entity}未被删除"};
const MessageText kKeyReused{"request.key-reused",
                             "this Idempotency-Key belongs to another request; use a new key",
                             "该 Idempotency-Key 已用于另一个请求，请换用新的键"};
const MessageText kSignIn{"session.required", "sign in to continue", "请先登录"};
const MessageText kWrongSignIn{"session.wrong", "the user name or the password is not right",
                               "用户名或密码不正确"};
const MessageText kThrottled{"session.throttled", "too many tries; try again in {seconds} seconds",
                             "尝试次数过多，请在 {seconds} 秒后再试"};
const MessageText kBusy{"server.busy",
                        "the server has more work than it can take; try again shortly",
                        "服务器繁忙，请稍后再试"};
const MessageText kStoreFull{
    "server.full", "nothing was saved: the disk is full; an administrator has to make room",
    "未能保存：磁盘已满，请联系管理员清理空间"};
const MessageText kFailed{"server.failed", "nothing was saved because of a fault on our side",
                          "由于系统故障，未能保存"};
const MessageText kNoSuchTask{"task.not-found", "there is no task {id}, or it is not open to you",
                              "没有编号为 {id} 的任务，或者您无权查看"};
const MessageText kFilterTooMuch{
    "query.filter-too-much",
    "this filter would have to look into too many records one by one; narrow it down with a "
    "comparison of fields, such as a date",
    "此筛选条件需要逐条检查过多记录；请再加上字段比较条件（例如日期）来缩小范围"};
const MessageText kUnknownField{"field.unknown", "{entity} has no such field{suggest}{names}{mark}",
                                "{entity}没有这个字段{suggest}{names}{mark}"};
const MessageText kSetByEngine{"field.set-by-engine", "is set by the system and cannot be sent",
                               "由系统生成，不能提交"};
const MessageText kComputed{"field.computed", "is computed and cannot be sent",
                            "由公式计算，不能提交"};
const MessageText kReadOnly{"field.read-only", "cannot be changed now", "当前不能修改"};
const MessageText kRuleBroken{"record.rule", "the values of this {entity} do not go together",
                              "此{entity}的内容不符合规则"};
// The author's own sentence, shown as it is.
const MessageText kRuleSay{"record.rule-say", "{say}", "{say}"};
const MessageText kRequired{"field.required", "enter a value", "请填写"};
const MessageText kMustBeTicked{"field.must-be-ticked", "tick this box to continue",
                                "请勾选此项后再继续"};
const MessageText kDuplicate{"field.duplicate", "is already in use; enter another one",
                             "已被使用，请换一个"};
const MessageText kDuplicateOf{"field.duplicate-of",
                               "is already in use by {title}; open that one or enter another",
                               "已被「{title}」使用，请打开该记录或换一个"};
const MessageText kIsThere{"record.exists", "there is such a {entity} already",
                           "已有这样的{entity}"};
const MessageText kNotTaken{"field.not-taken",
                            "cannot be taken so; enter another one, or get in touch with us",
                            "无法接受，请换一个，或与我们联系"};
const MessageText kUnreadable{"field.unreadable", "is too large or too deep to be read",
                              "过大或层级过深，无法识别"};
const MessageText kNoSuchRecord{"field.no-such-record", "there is no {entity} {id} to point to",
                                "没有可关联的{entity} {id}"};
const MessageText kNoSuchFile{"field.no-such-file",
                              "file {id} does not exist or belongs to another record",
                              "文件 {id} 不存在或已属于其他记录"};
const MessageText kFileTooLarge{"field.file-too-large",
                                "“{name}” has {size} bytes; choose files of at most {limit}",
                                "“{name}”有 {size} 字节，请选择不超过 {limit} 字节的文件"};
const MessageText kFileType{"field.file-type", "“{name}” is of type {type}; choose {accept}",
                            "“{name}”的类型为 {type}，请选择 {accept}"};
const MessageText kNotAnArray{"field.not-an-array", "send a JSON array of rows",
                              "请提交由行组成的 JSON 数组"};
const MessageText kNotAnObject{"field.not-an-object", "send a JSON object for each row",
                               "每一行请提交一个 JSON 对象"};
const MessageText kTooManyRows{"field.too-many-rows",
                               "enter at most {limit} lines; these are {count}",
                               "最多 {limit} 行，现在是 {count} 行"};
const MessageText kWeakPassword{"account.weak-password",
                                "a password has at least {limit} characters",
                                "密码至少 {limit} 个字符"};
const MessageText kAccountName{
    "account.name", "a user name has 1 to 64 letters, digits, dots, dashes and underscores",
    "用户名由 1 到 64 个字母、数字、点、短横线或下划线组成"};
const MessageText kAccountExists{"account.exists", "there already is a user {name}",
                                 "用户 {name} 已存在"};
const MessageText kNoSuchAccount{"account.unknown", "there is no user {name}", "没有用户 {name}"};
const MessageText kNoSuchRole{"account.no-such-role",
                              "the app has no role {name}{suggest}{names}{mark}",
                              "应用没有角色 {name}{suggest}{names}{mark}"};
const MessageText kNoSuchTeam{"account.no-such-team",
                              "the app has no team {name}{suggest}{names}{mark}",
                              "应用没有团队 {name}{suggest}{names}{mark}"};
const MessageText kOwnManager{
    "account.own-manager",
    "{name} cannot report to {manager}, who is the same or reports to {name}",
    "{name} 不能以 {manager} 为上级：两者是同一人，或 {manager} 是 {name} 的下级"};
const MessageText kNoHeir{"account.no-heir",
                          "{name} cannot take over the tasks of {closed}; name another active user",
                          "{name} 不能接手 {closed} 的任务，请指定另一位在用的用户"};
const MessageText kTasksLeft{"account.tasks-left",
                             "{name} still has {count} open tasks; say who takes them over",
                             "{name} 还有 {count} 个待办任务，请指定接手人"};
const MessageText kAccountClosed{"account.closed", "the user {name} is closed",
                                 "用户 {name} 已停用"};

std::span<const MessageText* const> all_refusal_texts() {
  static constexpr std::array kAll{
      &kNotFound,    &kMayNot,       &kInvalid,      &kStale,         &kDeleted,
      &kNotDeleted,  &kKeyReused,    &kSignIn,       &kWrongSignIn,   &kThrottled,
      &kBusy,        &kStoreFull,    &kFailed,       &kFilterTooMuch, &kUnknownField,
      &kSetByEngine, &kComputed,     &kReadOnly,     &kRuleBroken,    &kRuleSay,
      &kRequired,    &kMustBeTicked, &kFileTooLarge, &kFileType,      &kDuplicate,
      &kDuplicateOf, &kNoSuchRecord, &kNoSuchFile,   &kNotAnArray,    &kNotAnObject,
      &kTooManyRows, &kWeakPassword, &kAccountName,  &kAccountExists, &kNoSuchAccount,
      &kNoSuchRole,  &kNoSuchTask,   &kMayNotThis,   &kMayOnlyWhere,  &kMayOnlyWhereOthers,
      &kNoSuchTeam,  &kOwnManager,   &kNoHeir,       &kAccountClosed, &kTasksLeft,
      &kAdminsOnly,  &kIsThere,      &kNotTaken,     &kUnreadable,
  };
  return kAll;
}

}  // namespace formwork::engine::texts
