// The product's own words on pages, each once. Sentences about values are said elsewhere: by field
// types and by refusals.
#pragma once

#include <span>

#include "dsl/base/message.h"

namespace formwork::pages::texts {

// FW_PAGE_TEXTS(X) lists name, English, Chinese. The code of a text is `page.` and its name.
#define FW_PAGE_TEXTS(X)                                                                          \
  X(Skip, "Skip to main content", "跳到主要内容")                                                 \
  X(Main, "Main", "主导航")                                                                       \
  X(Bottom, "Bottom navigation", "底部导航")                                                      \
  X(Breadcrumb, "Breadcrumb", "当前位置")                                                         \
  X(Language, "Language", "语言")                                                                 \
  X(BackTo, "Back to {name}", "返回{name}")                                                       \
  X(More, "More", "更多")                                                                         \
  X(SingleKeys, "Single-key shortcuts", "单键快捷键")                                             \
  X(SignOut, "Sign out", "退出登录")                                                              \
  X(SignIn, "Sign in", "登录")                                                                    \
  X(UserName, "User name", "用户名")                                                              \
  X(Password, "Password", "密码")                                                                 \
  X(Home, "My work", "我的工作")                                                                  \
  X(Send, "Send", "提交")                                                                         \
  X(NotSent, "This was not sent", "未能提交")                                                     \
  X(LeaveEmpty, "Leave this empty", "请勿填写")                                                   \
  X(Thanks, "Thank you. We have received it.", "谢谢，我们已收到。")                              \
  X(ErrorTitle, "Error: {title}", "错误：{title}")                                                \
  X(ErrorMark, "Error: ", "错误：")                                                               \
  X(ThingToFix, "There is 1 thing to fix", "有 1 处需要修改")                                     \
  X(ThingsToFix, "There are {count} things to fix", "有 {count} 处需要修改")                      \
  X(NewRecord, "New {entity}", "新建{entity}")                                                    \
  X(EditRecord, "Edit {title}", "编辑{title}")                                                    \
  X(Edit, "Edit", "编辑")                                                                         \
  X(Cancel, "Cancel", "取消")                                                                     \
  X(SaveRecord, "Save {entity}", "保存{entity}")                                                  \
  X(SaveChanges, "Save changes", "保存修改")                                                      \
  X(Corrected, "Corrected", "已更正")                                                             \
  X(MeansRequired, " means required", " 为必填")                                                  \
  X(NotSet, "Not set", "未设置")                                                                  \
  X(ChooseOne, "Choose one", "请选择")                                                            \
  X(AtMostFiles, "at most {count} files", "最多 {count} 个")                                      \
  X(UpTo, "up to {size} each", "每个不超过 {size}")                                               \
  X(AnyFile, "Any file", "任何文件")                                                              \
  X(TimeZone, "Time zone: {zone}", "时区：{zone}")                                                \
  X(DurationHint, "For example 30 min, 2 h or 3 d", "例如 30 分钟、2 小时、3 天")                 \
  X(MonthsHint, "For example 6 months or 2 years", "例如 6 个月、2 年")                           \
  X(ReferenceHint, "Type a number, or type a part of the name and choose from the list",          \
    "输入编号，或输入名称后从列表中选择")                                                         \
  X(AssignedOnSave, "Assigned on save", "保存时生成")                                             \
  X(CharactersLeft, "{n} characters left", "还可输入 {n} 字")                                     \
  X(CharactersOver, "{n} characters too many", "超出 {n} 字")                                     \
  X(AddLine, "Add a line", "添加一行")                                                            \
  X(LineOf, "Line {n} {field}", "第 {n} 行{field}")                                               \
  X(RemoveLine, "Remove line {n}", "删除第 {n} 行")                                               \
  X(Remove, "Remove", "删除")                                                                     \
  X(NowBy, "Now {value}, by {person}", "现为 {value}，由{person}修改")                            \
  X(SavedMeanwhile, "{person} saved this {entity} at {time}, after you opened it",                \
    "{person}在你打开后于 {time} 保存了这条{entity}")                                             \
  X(Clashes, " clashes: ", "有冲突：")                                                            \
  X(IsNow, " is now ", " 已改为 ")                                                                \
  X(YoursIs, ", and you typed {value}. Yours is in the form",                                     \
    "，你输入的是 {value}。表单中保留了你的值")                                                   \
  X(DoesNotClash, " does not clash: it is now ", "没有冲突：已改为 ")                             \
  X(FormHasIt, ", and the form has it", "，表单已更新")                                           \
  X(RowsClash, "the lines were changed meanwhile. Yours are in the form",                         \
    "明细已被修改。表单中保留了你的明细")                                                         \
  X(SaveToKeep, "Save to keep the form as it stands now.", "保存即采用表单现在的内容。")          \
  X(DiscardMine, "Discard mine", "放弃我的修改")                                                  \
  X(FilterRecords, "Filter {entities}", "筛选{entities}")                                         \
  X(FilterAndSort, "Filter and sort", "筛选与排序")                                               \
  X(Any, "Any", "不限")                                                                           \
  X(Yes, "Yes", "是")                                                                             \
  X(No, "No", "否")                                                                               \
  X(From, "from", "不低于")                                                                       \
  X(To, "to", "不高于")                                                                           \
  X(FieldFrom, "{field} from", "{field}不低于")                                                   \
  X(FieldTo, "{field} to", "{field}不高于")                                                       \
  X(Empty, "empty", "为空")                                                                       \
  X(NotEmpty, "not empty", "不为空")                                                              \
  X(SortBy, "Sort by", "排序")                                                                    \
  X(NewestFirst, "{field}, newest first", "{field}，从新到旧")                                    \
  X(OldestFirst, "{field}, oldest first", "{field}，从旧到新")                                    \
  X(Ascending, "{field}, A to Z", "{field}，升序")                                                \
  X(Descending, "{field}, Z to A", "{field}，降序")                                               \
  X(HighToLow, "{field}, high to low", "{field}，从高到低")                                       \
  X(LowToHigh, "{field}, low to high", "{field}，从低到高")                                       \
  X(Condition, "Condition", "条件表达式")                                                         \
  X(ConditionHint, "In FEEL, for example {example}", "使用 FEEL，例如 {example}")                 \
  X(ShowRecords, "Show {entities}", "显示{entities}")                                             \
  X(ClearAll, "Clear all", "全部清除")                                                            \
  X(Pill, "{field}: ", "{field}：")                                                               \
  X(RemoveFilter, "Remove filter", "移除筛选")                                                    \
  X(NoMatch, "No {entities} match", "没有符合条件的{entities}")                                   \
  X(NoMatchHint, "Remove a filter, or clear all of them.", "请移除一个筛选条件，或全部清除。")    \
  X(NoneYet, "No {entities} yet", "还没有{entities}")                                             \
  X(NoneYetHint, "Enter the first one, or send {entities} through the API.",                      \
    "请录入第一条，或通过 API 写入。")                                                            \
  X(NoneYetToSee, "As soon as there are some, this list shows them.", "有记录后会显示在这里。")   \
  X(BinEmpty, "The bin is empty", "回收站是空的")                                                 \
  X(BinEmptyHint, "Deleted {entities} can be restored from here.",                                \
    "删除的{entities}可以在这里恢复。")                                                           \
  X(Bin, "Bin", "回收站")                                                                         \
  X(BinOf, "Bin: {entities}", "回收站：{entities}")                                               \
  X(CaptionBy, "{entities}, by {order}", "{entities}，{order}")                                   \
  X(OnPage, "{count} on this page", "本页 {count} 条")                                            \
  X(InAll, "{count} in all", "共 {count} 条")                                                     \
  X(MoreThan, "more than {count}", "超过 {count} 条")                                             \
  X(PagesNav, "Pages", "分页")                                                                    \
  X(Previous, "Previous", "上一页")                                                               \
  X(FirstPage, "First page", "第一页")                                                            \
  X(Next, "Next", "下一页")                                                                       \
  X(MoreActions, "More actions", "更多操作")                                                      \
  X(Delete, "Delete", "删除")                                                                     \
  X(DeleteAsk, "Delete {title}?", "删除{title}？")                                                \
  X(DeleteRecord, "Delete {entity}", "删除{entity}")                                              \
  X(GoesToBin, "It goes to the bin. Who may delete {entities} can restore it from there.",        \
    "它将移入回收站。有权删除{entities}的人可以从那里恢复。")                                     \
  X(GoesToBinWithLines,                                                                           \
    "It goes to the bin with its {count} lines. Who may delete {entities} can restore it from "   \
    "there.",                                                                                     \
    "它及其 {count} 行明细将移入回收站。有权删除{entities}的人可以从那里恢复。")                  \
  X(IsDeleted, "This {entity} is in the bin", "这条{entity}在回收站中")                           \
  X(IsDeletedHint, "Deleted {time}. Lists do not show it any more.",                              \
    "删除于 {time}，列表中不再显示。")                                                            \
  X(Restore, "Restore {entity}", "恢复{entity}")                                                  \
  X(Record, "Record", "记录")                                                                     \
  X(Number, "Number", "编号")                                                                     \
  X(Version, "Version", "版本")                                                                   \
  X(Created, "Created", "创建时间")                                                               \
  X(CreatedBy, "Created by", "创建人")                                                            \
  X(ChangedAt, "Changed", "修改时间")                                                             \
  X(ChangedBy, "Changed by", "修改人")                                                            \
  X(Nobody, "Unassigned", "未分配")                                                               \
  X(History, "History", "历史")                                                                   \
  X(DidCreate, " created this {entity}", "创建了这条{entity}")                                    \
  X(DidArriveAgain, " brought this {entity} in again", "再次提交了这条{entity}")                  \
  X(DidChange, " changed {what}", "修改了{what}")                                                 \
  X(DidChangeSome, " changed {count} fields", "修改了 {count} 个字段")                            \
  X(DidDelete, " deleted this {entity}", "删除了这条{entity}")                                    \
  X(DidRestore, " restored this {entity}", "恢复了这条{entity}")                                  \
  X(DidOther, " did: {what}", "执行了：{what}")                                                   \
  X(FromValue, "from ", "由 ")                                                                    \
  X(ToValue, "to ", "改为 ")                                                                      \
  X(NotSetInline, "not set", "未设置")                                                            \
  X(LineAdded, "Line {n} added: {what}", "新增第 {n} 行：{what}")                                 \
  X(LineRemoved, "Line {n} removed: {what}", "删除第 {n} 行：{what}")                             \
  X(LineField, "Line {n}, {field}", "第 {n} 行，{field}")                                         \
  X(ThroughApi, "API", "API")                                                                     \
  X(ThroughProgram, "Program", "程序")                                                            \
  X(Earlier, "Show earlier entries", "显示更早的记录")                                            \
  X(LineCount, "{count} lines", "{count} 行")                                                     \
  X(OneLine, "1 line", "1 行")                                                                    \
  X(ToastCreated, "Saved", "已保存")                                                              \
  X(ToastChanged, "Changes saved", "修改已保存")                                                  \
  X(ToastDeleted, "Moved to the bin", "已移入回收站")                                             \
  X(ToastRestored, "Restored", "已恢复")                                                          \
  X(ToastMoved, "Moved", "已流转")                                                                \
  X(ToastAssigned, "Assigned", "已分配")                                                          \
  X(ToastClaimed, "It is yours now", "已归你负责")                                                \
  X(ToastApproved, "Approved", "已同意")                                                          \
  X(ToastRejected, "Rejected", "已拒绝")                                                          \
  X(ToastReturned, "Returned", "已退回")                                                          \
  X(ToastTransferred, "Transferred", "已转交")                                                    \
  X(ToastApproverAdded, "Approver added", "已加签")                                               \
  X(ToastTakenBack, "Your decision was taken back", "已撤回你的审批意见")                         \
  X(ToastResubmitted, "Submitted again", "已重新提交")                                            \
  X(ToastWithdrawn, "Withdrawn", "已撤回")                                                        \
  X(ToastUrged, "Urged", "已催办")                                                                \
  X(ToastRead, "Marked as read", "已标为已读")                                                    \
  X(ToastDelegated, "Delegated", "已设置委托")                                                    \
  X(ToastDelegationEnded, "The delegation has ended", "委托已结束")                               \
  X(Dismiss, "Dismiss", "关闭")                                                                   \
  X(AllRecords, "All {entities}", "全部{entities}")                                               \
  X(StartPage, "Start page", "首页")                                                              \
  X(NothingHere, "Your role shows nothing here yet", "你的角色还看不到任何内容")                  \
  X(NothingHereHint, "Ask an administrator for a role.", "请向管理员申请角色。")                  \
  X(Reference, "Reference {id}", "参考号 {id}")                                                   \
  X(RetryIn, "Load the page again in {seconds} seconds.", "请在 {seconds} 秒后重新加载本页。")    \
  X(NotUnderstood, "This request cannot be read", "无法识别这个请求")                             \
  X(NotUnderstoodHint, "Go back and try again.", "请返回后重试。")                                \
  X(NotSignedIn, "Not signed in", "尚未登录")                                                     \
  X(NotSignedInHint, "Sign in and try again.", "请登录后重试。")                                  \
  X(NoAccess, "No access", "没有权限")                                                            \
  X(NoAccessHint, "Your role does not allow this.", "你的角色不允许此操作。")                     \
  X(NotFound, "This page does not exist", "此页面不存在")                                         \
  X(NotFoundHint, "The address may be mistyped, or what it named was deleted.",                   \
    "地址可能有误，或内容已被删除。")                                                             \
  X(Clash, "Not done: something changed meanwhile", "操作未完成：内容已变化")                     \
  X(ClashHint, "Load the page again and repeat.", "请重新加载本页后再试。")                       \
  X(TooLarge, "This is too large", "内容过大")                                                    \
  X(TooLargeHint, "Send less, or smaller files.", "请减少内容，或换较小的文件。")                 \
  X(TooOften, "Too many tries", "尝试次数过多")                                                   \
  X(TooOftenHint, "Wait a while and try again.", "请稍后再试。")                                  \
  X(Days, "{n} days", "{n} 天")                                                                   \
  X(OneDay, "1 day", "1 天")                                                                      \
  X(Hours, "{n} h", "{n} 小时")                                                                   \
  X(Minutes, "{n} min", "{n} 分钟")                                                               \
  X(OverdueBy, "{span} overdue", "超时 {span}")                                                   \
  X(TimeLeft, "{span} left", "剩 {span}")                                                         \
  X(LongStay, "here for long", "停留较久")                                                        \
  X(ListSeparator, ", ", "、")                                                                    \
  X(Tasks, "Tasks", "待办")                                                                       \
  X(You, "You", "你")                                                                             \
  X(DidSubmit, " submitted", "提交了审批")                                                        \
  X(DidApprove, " approved", "已同意")                                                            \
  X(DidReject, " rejected", "已拒绝")                                                             \
  X(DidReturn, " returned this", "已退回")                                                        \
  X(DidTransfer, " transferred this", "已转交")                                                   \
  X(DidResubmit, " submitted again", "重新提交了审批")                                            \
  X(DidCountBefore, " counted: approved in the step before", "上一步已同意，自动计入")            \
  X(DidSkipSubmitter, " skipped: submitted this", "为提交人，自动跳过")                           \
  X(DidPassByTime, ": passed by time-out", "：超时自动通过")                                      \
  X(DidRejectByTime, " rejected by time-out", "超时自动拒绝")                                     \
  X(DidReturnByTime, " returned by time-out", "超时自动退回")                                     \
  X(DidTransferByTime, " transferred by time-out", "超时自动转交")                                \
  X(DidHandOver, " handed over: the account was closed", "账号已停用，任务已移交")                \
  X(IsNotAskedAnyMore, " is not asked any more", "不再需要审批")                                  \
  X(IsRunning, "In progress", "审批中")                                                           \
  X(IsReturned, "Returned", "已退回")                                                             \
  X(IsApproved, "Approved", "已通过")                                                             \
  X(IsRejected, "Rejected", "已拒绝")                                                             \
  X(IsWithdrawn, "Withdrawn", "已撤回")                                                           \
  X(IsCancelled, "Cancelled", "已取消")                                                           \
  X(ModeAny, "any one of them decides", "任一人处理即可")                                         \
  X(ModeAll, "all of them have to approve", "需全部同意")                                         \
  X(ModeInOrder, "one after another", "依次审批")                                                 \
  X(ModeQuorum, "{n} of {count} have to approve", "{count} 人中需 {n} 人同意")                    \
  X(ModePercent, "{n} % have to approve", "需 {n}% 同意")                                         \
  X(DoesNotApply, " does not apply", "无需经过")                                                  \
  X(PassedWithoutAsking, " passed", "已通过")                                                     \
  X(IsHeld, " waits for somebody to name an approver", "未找到审批人，等待指派")                  \
  X(Approver, "Approver", "审批人")                                                               \
  X(NameApprover, "Name approver", "指派审批人")                                                  \
  X(WouldDecide, " would decide", " 将审批")                                                      \
  X(ComesLater, " comes later", " 尚未到达")                                                      \
  X(OnBehalf, " for {person}", "（代{person}）")                                                  \
  X(Voided, "Does not count any more: what it was about has changed",                             \
    "已失效：所依据的内容发生了变化")                                                             \
  X(YouResubmit, " can submit again", "可以重新提交")                                             \
  X(IsToResubmit, " is to submit again", "需重新提交")                                            \
  X(YouAreAsked, " are asked", "正在审批")                                                        \
  X(IsAsked, " is asked", "正在审批")                                                             \
  X(Since, "since ", "自 ")                                                                       \
  X(Until, ", until ", "，截止 ")                                                                 \
  X(AddedBy, "added by {person}", "由{person}加入")                                               \
  X(UrgedOnce, " urged once", " 已催办 1 次")                                                     \
  X(UrgedTimes, " urged {n} times", " 已催办 {n} 次")                                             \
  X(Urge, "Urge", "催办")                                                                         \
  X(Withdraw, "Withdraw", "撤回")                                                                 \
  X(TakeBack, "Take my decision back", "撤回我的意见")                                            \
  X(Decide, "Decide", "去审批")                                                                   \
  X(Resubmit, "Submit again", "重新提交")                                                         \
  X(CopiesRead, "Copied, read: {people}", "已抄送（已读）：{people}")                             \
  X(CopiesUnread, "Copied, unread: {people}", "已抄送（未读）：{people}")                         \
  X(EarlierApproval, "Earlier approval", "以往审批")                                              \
  X(Comment, "Comment", "意见")                                                                   \
  X(NotMet, "Not met: ", "未满足：")                                                              \
  X(Met, "Met: ", "已满足：")                                                                     \
  X(Saw, "Now ", "现为 ")                                                                         \
  X(MoveTo, "Move to {stage}", "进入「{stage}」")                                                 \
  X(Stage, "Stage", "阶段")                                                                       \
  X(HereSince, "In this stage since ", "进入本阶段：")                                            \
  X(ClosedSince, "Closed ", "关闭于 ")                                                            \
  X(Limit, "limit ", "时限 ")                                                                     \
  X(LimitThen, ", then moves to {stage}", "，届时转入「{stage}」")                                \
  X(OneLeft, "1 thing left to go on", "前进前还有 1 项未满足")                                    \
  X(ThingsLeft, "{count} things left to go on", "前进前还有 {count} 项未满足")                    \
  X(OneLeftBefore, "1 thing left before {stage}", "进入「{stage}」前还有 1 项未满足")             \
  X(ThingsLeftBefore, "{count} things left before {stage}",                                       \
    "进入「{stage}」前还有 {count} 项未满足")                                                     \
  X(ReadyFor, "Ready for {stage}", "可以进入「{stage}」")                                         \
  X(NextIs, "Next: {stage}", "下一阶段：{stage}")                                                 \
  X(Goal, "Goal", "目标")                                                                         \
  X(Risks, "Risks", "风险")                                                                       \
  X(GoToItem, "Show", "查看")                                                                     \
  X(FillIn, "Fill in", "去填写")                                                                  \
  X(Change, "Change", "去修改")                                                                   \
  X(Checklist, "Checklist", "行动清单")                                                           \
  X(NeededToGoOn, "needed to go on", "前进必需")                                                  \
  X(WhyNot, " – not possible now, see why", "：目前不可用，查看原因")                             \
  X(NotYours, "Your role cannot do this.", "你的角色不能执行此操作。")                            \
  X(OnlyRoles, "Only {roles} can do this.", "只有{roles}可以执行此操作。")                        \
  X(WhoWouldDecide, "Who would decide", "审批路线预览")                                           \
  X(RouteHint, "If this is submitted now, by a move to {stage}", "现在进入「{stage}」提交审批时") \
  X(Claim, "Take this on", "领取")                                                                \
  X(Assign, "Assign", "分配")                                                                     \
  X(NewOwner, "New owner", "新负责人")                                                            \
  X(ByClock, "Clock", "定时")                                                                     \
  X(ThroughTimer, "Timer", "定时")                                                                \
  X(ThroughAutomation, "Automation", "自动化")                                                    \
  X(DidComment, " commented", "发表了评论")                                                       \
  X(ThroughWebhook, "webhook", "webhook")                                                         \
  X(ThroughForm, "form", "表单")                                                                  \
  X(ByWebhook, "A webhook", "Webhook")                                                            \
  X(ByForm, "A form", "表单")                                                                     \
  X(DidMove, " moved this {entity}", "流转了这条{entity}")                                        \
  X(DidCheck, " changed the checklist", "更新了行动清单")                                         \
  X(DidAssign, " assigned this {entity}", "分配了这条{entity}")                                   \
  X(DidClaim, " took this {entity} on", "领取了这条{entity}")                                     \
  X(DidRelease, " released this {entity} to a pool", "将这条{entity}放回公海")                    \
  X(DidReassign, " gave this {entity} to somebody else", "将这条{entity}改派给他人")              \
  X(DidNotReassign, " found nobody else for this {entity}", "没有找到可以改派这条{entity}的人")   \
  X(DidNotRelease, " could not release this {entity}", "未能将这条{entity}放回公海")              \
  X(DidAddApprover, " added an approver", "加签了审批人")                                         \
  X(DidTakeBack, " took the decision back", "撤回了审批意见")                                     \
  X(DidWithdraw, " withdrew it", "撤回了审批")                                                    \
  X(DidUrge, " urged", "催办")                                                                    \
  X(DidPass, ": passed by time-out", "：超时自动通过")                                            \
  X(DidSkip, ": step skipped", "：步骤跳过")                                                      \
  X(DidVoid, ": decisions voided, because what they were about has changed",                      \
    "：所依据的内容变化，审批意见失效")                                                           \
  X(DidReopen, ": approval opened again", "：审批重新打开")                                       \
  X(DidCancel, ": approval cancelled", "：审批取消")                                              \
  X(DidEscalate, ": escalated by time-out", "：超时升级")                                         \
  X(DidRemind, ": reminded", "：已提醒")                                                          \
  X(DidHold, ": nobody was found to decide", "：未找到审批人")                                    \
  X(DidDwellWarn, ": long in its stage", "：停留时间较长")                                        \
  X(DidDwellExpire, ": time in the stage is over", "：停留超时")                                  \
  X(DidNotMove, ": could not be moved", "：未能流转")                                             \
  X(Because, "Because: {what}", "起因：{what}")                                                   \
  X(BoxToDo, "To do", "待处理")                                                                   \
  X(BoxDone, "Done", "已处理")                                                                    \
  X(BoxByMe, "By me", "我发起的")                                                                 \
  X(OrSeparator, " or ", "或")                                                                    \
  X(BoxMine, "Started by me", "我发起的")                                                         \
  X(BoxCopies, "Copies", "抄送")                                                                  \
  X(BoxHeld, "Held", "待指派")                                                                    \
  X(Boxes, "Boxes", "分类")                                                                       \
  X(NothingToDo, "Nothing waits for you", "没有等待你处理的事项")                                 \
  X(NothingDone, "You have not decided anything yet", "你还没有处理过审批")                       \
  X(NothingMine, "You have not submitted anything yet", "你还没有发起过审批")                     \
  X(NoCopies, "No copies for you", "没有抄送给你的审批")                                          \
  X(NothingHeld, "Every step has found its approver", "所有步骤都已找到审批人")                   \
  X(NothingUnderWay, "Nothing of yours is under way", "你没有进行中的审批")                       \
  X(AllDone, "All done", "全部处理完毕")                                                          \
  X(AllDoneHint, "What is to be decided by you appears here.", "需要你审批的事项会显示在这里。")  \
  X(ChooseTask, "Choose a task", "请选择一项")                                                    \
  X(ChooseTaskHint, "Press J or K to move and Enter to open.",                                    \
    "按 J、K 上下移动，按 Enter 打开。")                                                          \
  X(YouApproved, "You approved", "你已同意")                                                      \
  X(YouRejected, "You rejected", "你已拒绝")                                                      \
  X(YouReturned, "You returned it", "你已退回")                                                   \
  X(YouTransferred, "You transferred it", "你已转交")                                             \
  X(YouResubmitted, "You submitted again", "你已重新提交")                                        \
  X(IsUrged, "urged", "催办")                                                                     \
  X(For, "for {person}", "代{person}")                                                            \
  X(Unread, "unread", "未读")                                                                     \
  X(NobodyFound, "nobody found", "未找到审批人")                                                  \
  X(WaitsFor, "waits for {people}", "等待{people}")                                               \
  X(Away, "While you are away", "外出委托")                                                       \
  X(AwayHint,                                                                                     \
    "Somebody else can decide for you during that time. You can still decide as well; history "   \
    "says who did.",                                                                              \
    "在此期间由他人代你审批；你自己仍可处理，历史会记录实际处理人。")                             \
  X(ActsForYou, "{person} acts for you, {from} to {to}", "{person}代你处理，{from} 至 {to}")      \
  X(YouActFor, "You act for {person}, {from} to {to}", "你代{person}处理，{from} 至 {to}")        \
  X(NotYet, "not yet", "未开始")                                                                  \
  X(EndNow, "End now", "立即结束")                                                                \
  X(Delegate, "Who decides for you", "委托给")                                                    \
  X(FirstDay, "First day", "开始日期")                                                            \
  X(LastDay, "Last day", "结束日期")                                                              \
  X(DelegateDo, "Delegate", "委托")                                                               \
  X(ToReject, "reject", "拒绝")                                                                   \
  X(ToReturn, "return", "退回")                                                                   \
  X(ToTransfer, "transfer", "转交")                                                               \
  X(ToAddApprover, "add an approver", "加签")                                                     \
  X(ToApprove, "approve", "同意")                                                                 \
  X(WhyYou, "Why this needs you", "为什么需要你处理")                                             \
  X(WhyReturned, "Why it came back", "为什么被退回")                                              \
  X(WhyCopy, "Copied to you", "抄送给你")                                                         \
  X(CopyHint, "For your information; nothing is asked of you.", "仅供知悉，无需处理。")           \
  X(ActsFor, "You act for {person}", "你代{person}处理")                                          \
  X(AddedBySentence, "{person} sent this to you", "由{person}转给你")                             \
  X(AskedAs, "You are asked as ", "你的身份：")                                                   \
  X(IsAskedAs, "Asked as ", "审批身份：")                                                         \
  X(ChangedSince, "Changed since it was last decided", "上次审批后的变化")                        \
  X(ChangedSinceHint, "The decision before does not count any more, because of these changes.",   \
    "由于以下变化，之前的审批意见已失效。")                                                       \
  X(KeyFacts, "Key facts", "关键信息")                                                            \
  X(Progress, "Progress", "审批进度")                                                             \
  X(YourActions, "What you can do", "你可以")                                                     \
  X(YourDecision, "Your decision", "你的审批")                                                    \
  X(EnterComment, "Enter a comment", "请填写意见")                                                \
  X(YouMayChange, "You may change", "可修改的字段")                                               \
  X(CommentNeeded, "Needed to {actions}", "{actions}时必填")                                      \
  X(CommentHint, "Visible to the submitter and later approvers", "提交人和后续审批人可见")        \
  X(Approve, "Approve", "同意")                                                                   \
  X(Reject, "Reject", "拒绝")                                                                     \
  X(Return, "Return", "退回")                                                                     \
  X(Transfer, "Transfer", "转交")                                                                 \
  X(AddApprover, "Add approver", "加签")                                                          \
  X(ReturnAsk, "Return …", "退回…")                                                               \
  X(TransferAsk, "Transfer …", "转交…")                                                           \
  X(AddAsk, "Add an approver …", "加签…")                                                         \
  X(TransferOrAddAsk, "Transfer or add an approver …", "转交或加签…")                             \
  X(ReturnTo, "Return to", "退回到")                                                              \
  X(ToSubmitter, "{person}, who submitted", "提交人{person}")                                     \
  X(Afterwards, "Afterwards", "之后")                                                             \
  X(StraightBack, "straight back to this step", "直接回到本步骤")                                 \
  X(AllAgain, "run the steps again", "重新逐步审批")                                              \
  X(Person, "Person", "人员")                                                                     \
  X(TransferHint, "They decide instead of you.", "由对方代替你审批。")                            \
  X(WhenTheyDecide, "Or ask them as well", "或请对方一并审批")                                    \
  X(DecideBefore, "before you: then it comes back to you", "在你之前：对方处理后回到你")          \
  X(DecideAfter, "after you approve", "在你同意之后")                                             \
  X(DecideAlongside, "alongside you", "与你同时")                                                 \
  X(NextAfterYou, "Approving sends this to {people}.", "同意后将转给{people}。")                  \
  X(MarkRead, "Mark as read", "标为已读")                                                         \
  X(SubmittedBy, "Submitted by {person}, ", "{person}提交于 ")                                    \
  X(OpenRecord, "Open {entity}", "打开{entity}")                                                  \
  X(WaitingForYou, "Waiting for you", "等待你处理")                                               \
  X(AllTasks, "All tasks", "全部待办")                                                            \
  X(Clocks, "Overdue or due soon", "已超时或即将超时")                                            \
  X(InStageFor, "in this stage for {span}", "在本阶段 {span}")                                    \
  X(ShowAll, "Show all", "查看全部")                                                              \
  X(NeededFrom, "needed from {stage} on", "「{stage}」起必填")                                    \
  X(Notifications, "Notifications", "通知")                                                       \
  X(NotificationsUnread, "Notifications, {count} unread", "通知，{count} 条未读")                 \
  X(AllNotifications, "All", "全部")                                                              \
  X(UnreadNotifications, "Unread", "未读")                                                        \
  X(MarkAllRead, "Mark all as read", "全部标为已读")                                              \
  X(Urgent, "urgent", "紧急")                                                                     \
  X(NothingTold, "No notifications", "暂无通知")                                                  \
  X(NothingToldHint, "What concerns you appears here.", "与你有关的消息会显示在这里。")           \
  X(NothingUnread, "Nothing unread", "没有未读通知")                                              \
  X(Ownership, "Owner", "负责人")                                                                 \
  X(WhoHasIt, "Who has it", "由谁负责")                                                           \
  X(NobodyHasIt, "Nobody", "暂无负责人")                                                          \
  X(OwnedSince, "Since", "自")                                                                    \
  X(FirstResponse, "First response", "首次响应")                                                  \
  X(ResponseMet, "answered in time", "已按时响应")                                                \
  X(ResponsePaused, "paused", "计时暂停")                                                         \
  X(ByAssignment, "Assigned by", "分配规则")                                                      \
  X(GivenBy, "Given by", "分配人")                                                                \
  X(AssignedWhy, "Why", "原因")                                                                   \
  X(AssignedBecause, "Condition", "条件")                                                         \
  X(PickedBy, "Chosen", "选择方式")                                                               \
  X(PickRoundRobin, "in turn", "轮流")                                                            \
  X(PickWeighted, "in turn, by weights", "按权重轮流")                                            \
  X(PickLeastLoaded, "who has least to do", "手上最少者")                                         \
  X(PickFirst, "the first", "顺位第一")                                                           \
  X(PassedOver, "Passed over", "跳过的人选")                                                      \
  X(PassedAbsent, "away", "不在岗")                                                               \
  X(PassedFull, "has enough", "已达上限")                                                         \
  X(PassedClosed, "has left", "已离职")                                                           \
  X(PassedOwner, "has it already", "现负责人")                                                    \
  X(PassedExcepted, "left out", "已排除")                                                         \
  X(HowItCame, "What it is made of", "构成")                                                      \
  X(NoValue, "nothing", "空")                                                                     \
  X(Release, "Give back", "退回公海")                                                             \
  X(ReleaseTo, "Pool", "退回到")                                                                  \
  X(Dispatch, "Assign by rules", "按规则分配")                                                    \
  X(DispatchBy, "Rules", "分配规则")                                                              \
  X(AddComment, "Comment", "评论")                                                                \
  X(CommentText, "What you want to say", "评论内容")                                              \
  X(ToPool, "Pool", "公海")                                                                       \
  X(PoolOf, "{entities}: pool", "{entities}公海")                                                 \
  X(PoolEmpty, "The pool is empty", "公海里没有记录")                                             \
  X(PoolEmptyHint, "What nobody owns appears here.", "无人负责的记录会显示在这里。")              \
  X(PoolQuota, "{pool}: {left} of {count} claims left today",                                     \
    "{pool}：今天还可领取 {left} 条，每天最多 {count} 条")                                        \
  X(PoolUsedUp, "{pool}: your {count} claims of today are used up; claim more tomorrow",          \
    "{pool}：今天的 {count} 条已领完，请明天再领取")                                              \
  X(ToastReleased, "Given back to the pool.", "已退回公海。")                                     \
  X(ToastCommented, "Your comment was added.", "已发表评论。")                                    \
  X(ToastSentAgain, "It will be sent again.", "将重新发送。")                                     \
  X(ToastDestination, "The destination was changed.", "目标已更新。")                             \
  X(Admin, "Administration", "系统管理")                                                          \
  X(Automations, "Automations", "自动化")                                                         \
  X(RunLog, "Run log", "运行日志")                                                                \
  X(Outbox, "Outbox", "外发队列")                                                                 \
  X(ForecastTitle, "What comes next", "即将触发")                                                 \
  X(AutomationName, "Automation", "自动化")                                                       \
  X(SetOffBy, "Set off by", "触发")                                                               \
  X(RunOutcome, "Outcome", "结果")                                                                \
  X(RunWhen, "When", "时间")                                                                      \
  X(RunRecord, "Record", "记录")                                                                  \
  X(RunReason, "Reason", "原因")                                                                  \
  X(RunDid, "What it did", "执行内容")                                                            \
  X(RunTook, "Took", "耗时")                                                                      \
  X(RunWho, "Caused by", "触发人")                                                                \
  X(LastRun, "Last run", "最近运行")                                                              \
  X(NeverRan, "never ran", "尚未运行")                                                            \
  X(SwitchedOff, "off", "已停用")                                                                 \
  X(OutcomeDone, "done", "已执行")                                                                \
  X(OutcomeDeclined, "condition says no", "条件不符")                                             \
  X(OutcomeSkipped, "left out", "已跳过")                                                         \
  X(OutcomeWaiting, "waiting", "等待中")                                                          \
  X(OutcomeFailed, "failed", "失败")                                                              \
  X(OutcomeStopped, "stopped", "已中止")                                                          \
  X(NoRuns, "Nothing has run yet", "暂无运行记录")                                                \
  X(AllOutcomes, "All", "全部")                                                                   \
  X(DryRun, "Try it out", "试运行")                                                               \
  X(DryRunHint, "Shows what would happen now. Nothing is changed and nothing is sent.",           \
    "显示此刻会发生什么；不会更改任何数据，也不会发送任何消息。")                                 \
  X(DryRunOnRecord, "Try automations", "试运行自动化")                                            \
  X(DryRunOn, "Choose an automation to try on {title}.",                                          \
    "请选择要在「{title}」上试运行的自动化。")                                                    \
  X(DryRunNone, "No automation works on these records.", "没有针对这类记录的自动化。")            \
  X(DryRunMatches, "{count} fit “{text}”. Choose one:", "有 {count} 条符合“{text}”，请选择：")    \
  X(DryRunMany, "More than {count} fit “{text}”. Choose one, or type more of the name:",          \
    "超过 {count} 条符合“{text}”，请选择一条，或多输入几个字：")                                  \
  X(DryRunAgain, "All automations", "全部自动化")                                                 \
  X(RunOf, "Run {id}", "运行 {id}")                                                               \
  X(RunCauses, "What led to it", "起因")                                                          \
  X(RunNoCause, "A time came; nobody did anything.", "由时间触发，无人操作。")                    \
  X(RunCauseElsewhere, "It began with another record.", "起因在另一条记录上。")                   \
  X(RunChain, "All that the same event set off", "同一事件触发的全部运行")                        \
  X(RunThis, "this one", "本次")                                                                  \
  X(RunDidNothing, "It did nothing.", "没有执行任何动作。")                                       \
  X(RunLeftOut, "left out: {count}", "未执行：{count}")                                           \
  X(RunStep, "step {n}", "第 {n} 级")                                                             \
  X(RunOpen, "Run {id}: details", "运行 {id}：详情")                                              \
  X(NoAutomations, "This app has no automations", "此应用没有自动化")                             \
  X(NoRunsOf, "No run with this outcome", "没有这种结果的运行")                                   \
  X(MoreToCome, "These are the first {count}; more comes later.",                                 \
    "仅显示最先的 {count} 项，后面还有。")                                                        \
  X(ForecastTill, "The next seven days", "未来七天")                                              \
  X(DestinationWorks, "works", "正常")                                                            \
  X(MessageCreated, "Written", "产生时间")                                                        \
  X(MessageNext, "Next attempt", "下次尝试")                                                      \
  X(MessageAbout, "Record", "相关记录")                                                           \
  X(OnCreated, "created", "新建时")                                                               \
  X(OnUpdated, "changed: {what}", "修改：{what}")                                                 \
  X(OnAnyUpdate, "changed", "修改时")                                                             \
  X(OnDeleted, "deleted", "删除时")                                                               \
  X(OnRestored, "restored", "恢复时")                                                             \
  X(OnMoved, "moved to another stage", "阶段变化时")                                              \
  X(OnEntered, "comes into stage {what}", "进入阶段「{what}」")                                   \
  X(OnLeft, "leaves stage {what}", "离开阶段「{what}」")                                          \
  X(OnAssigned, "assigned", "分配负责人时")                                                       \
  X(OnReleased, "given back to a pool", "退回公海时")                                             \
  X(OnApproval, "approval: {what}", "审批：{what}")                                               \
  X(OnSubmitted, "submitted", "已提交")                                                           \
  X(OnOverdue, "overdue: {what}", "超时：{what}")                                                 \
  X(OnForm, "form: {what}", "表单：{what}")                                                       \
  X(OnWebhook, "webhook: {what}", "Webhook：{what}")                                              \
  X(OnCron, "schedule: {what}", "定时：{what}")                                                   \
  X(OnDate, "date: {what}", "日期：{what}")                                                       \
  X(LateStage, "time in the stage", "阶段停留")                                                   \
  X(LateTask, "approval task", "审批任务")                                                        \
  X(LateToDo, "something to do", "待办事项")                                                      \
  X(DateBefore, "{span} before", "提前 {span}")                                                   \
  X(DateAfter, "{span} after", "{span}后")                                                        \
  X(DateAt, "at {time}", "{time}")                                                                \
  X(InBusinessTime, "in working time", "按工作时间")                                              \
  X(DoAssign, "assign", "分配")                                                                   \
  X(DoComment, "comment", "评论")                                                                 \
  X(DoCreate, "create", "新建")                                                                   \
  X(DoMail, "send mail", "发邮件")                                                                \
  X(DoMove, "move", "流转")                                                                       \
  X(DoNotify, "notify", "通知")                                                                   \
  X(DoSet, "set", "设置")                                                                         \
  X(DoStop, "stop", "停止")                                                                       \
  X(DoTag, "tag", "打标签")                                                                       \
  X(DoTask, "give something to do", "派待办")                                                     \
  X(DoUpdate, "update", "更新")                                                                   \
  X(DoWebhook, "call webhook", "调用 Webhook")                                                    \
  X(DryRunGo, "Try", "试运行")                                                                    \
  X(DryRunResult, "What would happen", "试运行结果")                                              \
  X(NothingWouldHappen, "Nothing would be set off.", "不会触发任何自动化。")                      \
  X(Destination, "Destination", "目标")                                                           \
  X(MessageState, "State", "状态")                                                                \
  X(MessageWaiting, "waiting", "待发送")                                                          \
  X(MessageDelivered, "delivered", "已送达")                                                      \
  X(MessageDead, "given up", "已放弃")                                                            \
  X(MessageSubject, "About", "内容")                                                              \
  X(Attempts, "Attempts", "尝试次数")                                                             \
  X(LastProblem, "Last problem", "最近的问题")                                                    \
  X(SendNow, "Send now", "立即发送")                                                              \
  X(NoAnswer, "no answer", "无响应")                                                              \
  X(GiveUp, "Give this one up", "放弃此消息")                                                     \
  X(GiveUpHint,                                                                                   \
    "It is not tried any more, and those behind it go on. It can be sent again later.",           \
    "不再尝试发送，其后的消息继续发送；以后仍可重新发送。")                                       \
  X(SendAgain, "Send again", "重新发送")                                                          \
  X(NoMessages, "Nothing here", "暂无消息")                                                       \
  X(MessageTitle, "Message {id}", "消息 {id}")                                                    \
  X(MessageBody, "What is sent", "发送内容")                                                      \
  X(Disable, "Disable", "停用")                                                                   \
  X(Enable, "Enable", "启用")                                                                     \
  X(IsDisabled, "disabled", "已停用")                                                             \
  X(Destinations, "Destinations", "目标")                                                         \
  X(AttemptStatus, "Answer", "响应")                                                              \
  X(ForecastRule, "Rule", "规则")                                                                 \
  X(ForecastWhat, "What happens", "将发生")                                                       \
  X(NothingComes, "Nothing comes in the next seven days", "未来七天没有将要触发的事项")           \
  X(Preferences, "Preferences", "个人设置")                                                       \
  X(HowToBeTold, "How you are told", "通知方式")                                                  \
  X(Mail, "Mail", "邮件")                                                                         \
  X(MailTo, "It goes to {address}.", "发送到 {address}。")                                        \
  X(MailNowhere,                                                                                  \
    "No address is known for you; an administrator can enter one. Notifications still appear "    \
    "here.",                                                                                      \
    "尚未登记你的邮箱，请联系管理员。通知仍会显示在页面上。")                                     \
  X(WantMail, "Send me notifications by mail as well", "同时通过邮件通知我")                      \
  X(QuietHours, "Quiet hours", "免打扰时段")                                                      \
  X(QuietHoursHint,                                                                               \
    "No mail in between, unless it is urgent; it comes when they end. Times of {zone}.",          \
    "此时段内不发送邮件（紧急的除外），结束后再发送。时区：{zone}。")                             \
  X(QuietFrom, "From", "开始")                                                                    \
  X(QuietTo, "To", "结束")                                                                        \
  X(DigestQuestion, "How often", "发送频率")                                                      \
  X(DigestNone, "Each on its own", "逐条发送")                                                    \
  X(DigestHourly, "One mail an hour", "每小时汇总")                                               \
  X(DigestDaily, "One mail a day", "每天汇总")                                                    \
  X(DigestAt, "The daily one at", "每天汇总时间")                                                 \
  X(AbsenceTitle, "Absence", "请假")                                                              \
  X(AbsenceHint, "Nothing is assigned to you in this time. Approvals can go to somebody else:",   \
    "在此期间不会给你分配新工作。审批可以委托他人：")                                             \
  X(AbsenceLink, "who decides for you", "外出委托")                                               \
  X(AbsentFromTo, "{from} to {to}", "{from} 至 {to}")                                             \
  X(AbsenceReason, "Reason", "原因")                                                              \
  X(AbsenceDo, "Add absence", "登记请假")                                                         \
  X(AwayMark, "{person} (away)", "{person}（不在岗）")                                            \
  X(ToDos, "To do", "待办事项")                                                                   \
  X(ToDoDone, "Done", "完成")                                                                     \
  X(ToDoFinish, "Done: {what}", "完成：{what}")                                                   \
  X(ToDoOf, "for {person}", "负责人：{person}")                                                   \
  X(ToastToDoDone, "Done", "已完成")                                                              \
  X(ToastPreferences, "Preferences saved", "设置已保存")                                          \
  X(ToastAbsence, "Absence added", "已登记请假")                                                  \
  X(ToastAbsenceEnded, "The absence has ended", "请假已结束")                                     \
  X(Failed, "Not done", "操作未完成")                                                             \
  X(FailedHint,                                                                                   \
    "Something failed here, and nothing was changed. Going back keeps what you typed.",           \
    "服务器出现故障，没有任何改动。返回上一页，已填写的内容仍在。")                               \
  X(Busy, "Too busy just now", "当前过于繁忙")                                                    \
  X(BusyHint, "Nothing was changed.", "没有任何改动。")

#define FW_DECLARE(name, english, chinese) extern const MessageText k##name;
FW_PAGE_TEXTS(FW_DECLARE)
#undef FW_DECLARE

std::span<const MessageText* const> all_page_texts();

}  // namespace formwork::pages::texts
