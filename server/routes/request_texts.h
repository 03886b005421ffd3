// What the routes say about requests as such; what concerns records is said by the engine's
// refusals.
#pragma once

#include "dsl/base/message.h"

namespace formwork::routes::texts {

inline constexpr MessageText kNoSuchPath{"request.no-such-path", "there is nothing at this address",
                                         "此地址没有内容"};
inline constexpr MessageText kNoSuchEntity{"request.no-such-entity",
                                           "the app has no entity {name}{suggest}{names}{mark}",
                                           "应用没有实体 {name}{suggest}{names}{mark}"};
inline constexpr MessageText kMethod{"request.method", "this address answers to {methods}",
                                     "此地址只接受 {methods}"};
inline constexpr MessageText kMalformedJson{
    "request.malformed-json", "the body is not JSON: {problem} at byte {offset}",
    "请求体不是有效的 JSON：第 {offset} 字节处有误（{problem}）"};
inline constexpr MessageText kNotAnObject{"request.not-an-object", "the body must be a JSON object",
                                          "请求体必须是 JSON 对象"};
inline constexpr MessageText kContentType{"request.content-type",
                                          "send the body as {wanted}; this is {actual}",
                                          "请以 {wanted} 发送请求体，现在是 {actual}"};
inline constexpr MessageText kMalformedQuery{"request.malformed-query",
                                             "the address has parameters that cannot be read",
                                             "地址中的参数无法识别"};
inline constexpr MessageText kMalformedForm{"request.malformed-form",
                                            "the form could not be read; send it again",
                                            "表单无法识别，请重新提交"};
inline constexpr MessageText kNeedsVersion{
    "request.needs-version", "say which version you have seen: send its ETag as If-Match",
    "请说明您看到的版本：把 ETag 放在 If-Match 中发送"};
inline constexpr MessageText kMalformedVersion{
    "request.malformed-version", "If-Match must be the ETag of the record, such as \"3\"",
    "If-Match 必须是记录的 ETag，例如 \"3\""};
inline constexpr MessageText kMalformedKey{
    "request.malformed-key", "an Idempotency-Key has 1 to 128 visible ASCII characters",
    "Idempotency-Key 由 1 到 128 个可见 ASCII 字符组成"};
inline constexpr MessageText kNoProof{
    "request.no-proof",
    "this did not come from one of our pages, or the page is too old; load it again and repeat",
    "请求并非来自本站页面，或页面已过期；请重新打开页面后再试"};
inline constexpr MessageText kNoSuchJob{
    "job.unknown",
    "you have no job {id}; those that ended long ago, and all that were there before the server "
    "was "
    "started, are forgotten",
    "您没有任务 {id}；较早结束的任务以及服务器重启前的任务不再保留"};
inline constexpr MessageText kUnknownMember{"request.unknown-member",
                                            "means nothing here{suggest}{names}{mark}",
                                            "此处不适用{suggest}{names}{mark}"};
inline constexpr MessageText kNotAText{"request.not-a-text", "send a JSON string",
                                       "请提交 JSON 字符串"};
inline constexpr MessageText kNotAWholeNumber{"request.not-a-whole-number", "send a whole number",
                                              "请提交整数"};
inline constexpr MessageText kNotAnObjectHere{"request.object-expected", "send a JSON object",
                                              "请提交 JSON 对象"};
inline constexpr MessageText kNotAList{"request.list-expected",
                                       "send a JSON array of the names of accounts",
                                       "请提交由账号名组成的 JSON 数组"};
inline constexpr MessageText kNoSuchAssignment{"request.no-such-assignment",
                                               "there is no assignment {name} for these records",
                                               "没有适用于这些记录的分配规则 {name}"};
inline constexpr MessageText kNotAnInstant{"request.not-an-instant",
                                           "send an instant such as 2026-03-02T09:00:00+08:00",
                                           "请提交时间点，例如 2026-03-02T09:00:00+08:00"};
inline constexpr MessageText kNotATime{"request.not-a-time", "send a time of day such as 09:30",
                                       "请提交时刻，例如 09:30"};
inline constexpr MessageText kNotAChoice{"request.not-a-choice", "choose one of {choices}",
                                         "请从以下各项中选择：{choices}"};
inline constexpr MessageText kNoPerson{"request.no-person", "choose a person", "请选择人员"};
inline constexpr MessageText kNoAction{"request.no-action", "choose what to do with this task",
                                       "请选择要执行的操作"};
inline constexpr MessageText kNoSuchWebhook{"webhook.unknown", "the app has no webhook {name}",
                                            "应用没有 webhook {name}"};
inline constexpr MessageText kUnsignedWebhook{
    "webhook.signature",
    "the request is not signed: it needs webhook-id, webhook-timestamp and webhook-signature, as "
    "Standard Webhooks have them",
    "请求未签名：需要符合 Standard Webhooks 的 webhook-id、webhook-timestamp 和 webhook-signature"};
inline constexpr MessageText kForgedWebhook{
    "webhook.signature",
    "the signature was not made with the secret of this webhook over the id, the timestamp and the "
    "body as they came",
    "签名与此 webhook 的密钥或收到的 id、时间戳、请求体不符"};
inline constexpr MessageText kOldWebhook{
    "webhook.old",
    "webhook-timestamp is more than five minutes away from now; set it anew with each attempt",
    "webhook-timestamp 与当前时间相差超过五分钟；每次重试请更新时间戳"};
inline constexpr MessageText kUnreadableWebhook{
    "webhook.unreadable", "the body is not JSON that can be read: {problem} at byte {offset}",
    "请求体不是可识别的 JSON：第 {offset} 字节处有误（{problem}）"};
inline constexpr MessageText kIgnoredWebhook{
    "webhook.ignored", "this is nothing that the webhook takes", "此 webhook 不处理这类请求"};
inline constexpr MessageText kNoSuchForm{"form.unknown", "there is no form at this address",
                                         "此地址没有表单"};
inline constexpr MessageText kCannotTakeForm{
    "form.cannot-take", "this cannot be taken at the moment; get in touch with us in another way",
    "目前无法接收，请通过其他方式与我们联系"};
inline constexpr MessageText kOftenForm{
    "form.throttled", "a lot has been sent from here; try again in {seconds} seconds",
    "此处提交过于频繁，请在 {seconds} 秒后再试"};
inline constexpr MessageText kNoDays{"request.no-days",
                                     "choose the first and the last day, such as 2026-03-02",
                                     "请选择开始和结束日期，例如 2026-03-02"};
inline constexpr MessageText kUnknownParameter{"query.unknown-parameter",
                                               "is not a field to filter by{suggest}{names}{mark}",
                                               "不是可筛选的字段{suggest}{names}{mark}"};
inline constexpr MessageText kNotFilterable{"query.not-filterable", "cannot be filtered by",
                                            "不能用于筛选"};
inline constexpr MessageText kTooManyConditions{"query.too-many-conditions",
                                                "is one condition too many; a list takes {most}",
                                                "超出条件数量上限；列表最多可用 {most} 个条件"};
inline constexpr MessageText kNotSortable{"query.not-sortable", "cannot be sorted by",
                                          "不能用于排序"};
inline constexpr MessageText kUnknownField{"query.unknown-field",
                                           "is not a field{suggest}{names}{mark}",
                                           "不是字段{suggest}{names}{mark}"};
inline constexpr MessageText kNotInLists{"query.not-in-lists",
                                         "is not part of lists; ask for the record itself",
                                         "不在列表中，请查询单条记录"};
inline constexpr MessageText kBlankFilter{
    "query.blank", "lacks a value; to find empty ones send {name}.empty=true",
    "缺少值；如要查找空值，请发送 {name}.empty=true"};
inline constexpr MessageText kBlankCondition{"query.filter-blank",
                                             "lacks a condition; leave it out to get all records",
                                             "缺少条件；如要查询全部记录，请去掉此参数"};
inline constexpr MessageText kSecondCondition{"query.filter-twice",
                                              "may be sent once; join conditions with `and`",
                                              "只能发送一次；请用 and 连接多个条件"};
inline constexpr MessageText kLongCondition{"query.filter-too-long", "is longer than {most} bytes",
                                            "超过 {most} 字节"};
inline constexpr MessageText kCondition{"query.filter", "at character {at}: {problem}{remedy}",
                                        "第 {at} 个字符：{problem}{remedy}"};
inline constexpr MessageText kTrueOrFalse{"query.true-or-false", "is true or false",
                                          "只能是 true 或 false"};
inline constexpr MessageText kNotAListCursor{
    "query.cursor", "does not belong to this list; leave it out to start again",
    "与此列表不符；去掉它可从头开始"};
inline constexpr MessageText kLimit{"query.limit", "is a whole number from 1 to {most}",
                                    "是 1 到 {most} 的整数"};
inline constexpr MessageText kCursor{
    "query.cursor", "does not belong to this list and order; leave it out to start again",
    "与此列表及排序不符；去掉它可从头开始"};
inline constexpr MessageText kInvalidQuery{
    "query.invalid", "the address asks for something that is not there", "地址中的条件有误"};

}  // namespace formwork::routes::texts
