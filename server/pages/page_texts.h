// The product's own words on pages, each once. Sentences about values are said elsewhere: by field
// types and by refusals.
#pragma once

#include <span>

#include "dsl/base/message.h"

namespace formwork::pages::texts {

// FW_PAGE_TEXTS(X) lists name, English, Chinese. The code of a text is `page.` and its name.
#define FW_PAGE_TEXTS(X)                                                                        \
  X(Skip, "Skip to main content", "跳到主要内容")                                               \
  X(Main, "Main", "主导航")                                                                     \
  X(Bottom, "Bottom navigation", "底部导航")                                                    \
  X(Breadcrumb, "Breadcrumb", "当前位置")                                                       \
  X(Language, "Language", "语言")                                                               \
  X(BackTo, "Back to {name}", "返回{name}")                                                     \
  X(More, "More", "更多")                                                                       \
  X(SingleKeys, "Single-key shortcuts", "单键快捷键")                                           \
  X(SignOut, "Sign out", "退出登录")                                                            \
  X(SignIn, "Sign in", "登录")                                                                  \
  X(UserName, "User name", "用户名")                                                            \
  X(Password, "Password", "密码")                                                               \
  X(Home, "My work", "我的工作")                                                                \
  X(ErrorTitle, "Error: {title}", "错误：{title}")                                              \
  X(ErrorMark, "Error: ", "错误：")                                                             \
  X(ThingToFix, "There is 1 thing to fix", "有 1 处需要修改")                                   \
  X(ThingsToFix, "There are {count} things to fix", "有 {count} 处需要修改")                    \
  X(NewRecord, "New {entity}", "新建{entity}")                                                  \
  X(EditRecord, "Edit {title}", "编辑{title}")                                                  \
  X(Edit, "Edit", "编辑")                                                                       \
  X(Cancel, "Cancel", "取消")                                                                   \
  X(SaveRecord, "Save {entity}", "保存{entity}")                                                \
  X(SaveChanges, "Save changes", "保存修改")                                                    \
  X(Corrected, "Corrected", "已更正")                                                           \
  X(MeansRequired, " means required", " 为必填")                                                \
  X(NotSet, "Not set", "未设置")                                                                \
  X(ChooseOne, "Choose one", "请选择")                                                          \
  X(AtMostFiles, "at most {count} files", "最多 {count} 个")                                    \
  X(UpTo, "up to {size} each", "每个不超过 {size}")                                             \
  X(AnyFile, "Any file", "任何文件")                                                            \
  X(TimeZone, "Time zone: {zone}", "时区：{zone}")                                              \
  X(DurationHint, "For example 30 min, 2 h or 3 d", "例如 30 分钟、2 小时、3 天")               \
  X(MonthsHint, "For example 6 months or 2 years", "例如 6 个月、2 年")                         \
  X(ReferenceHint, "Type a number, or type a part of the name and choose from the list",        \
    "输入编号，或输入名称后从列表中选择")                                                       \
  X(AssignedOnSave, "Assigned on save", "保存时生成")                                           \
  X(CharactersLeft, "{n} characters left", "还可输入 {n} 字")                                   \
  X(CharactersOver, "{n} characters too many", "超出 {n} 字")                                   \
  X(AddLine, "Add a line", "添加一行")                                                          \
  X(LineOf, "Line {n} {field}", "第 {n} 行{field}")                                             \
  X(RemoveLine, "Remove line {n}", "删除第 {n} 行")                                             \
  X(Remove, "Remove", "删除")                                                                   \
  X(NowBy, "Now {value}, by {person}", "现为 {value}，由{person}修改")                          \
  X(SavedMeanwhile, "{person} saved this {entity} at {time}, after you opened it",              \
    "{person}在你打开后于 {time} 保存了这条{entity}")                                           \
  X(Clashes, " clashes: ", "有冲突：")                                                          \
  X(IsNow, " is now ", " 已改为 ")                                                              \
  X(YoursIs, ", and you typed {value}. Yours is in the form",                                   \
    "，你输入的是 {value}。表单中保留了你的值")                                                 \
  X(DoesNotClash, " does not clash: it is now ", "没有冲突：已改为 ")                           \
  X(FormHasIt, ", and the form has it", "，表单已更新")                                         \
  X(RowsClash, "the lines were changed meanwhile. Yours are in the form",                       \
    "明细已被修改。表单中保留了你的明细")                                                       \
  X(SaveToKeep, "Save to keep the form as it stands now.", "保存即采用表单现在的内容。")        \
  X(DiscardMine, "Discard mine", "放弃我的修改")                                                \
  X(FilterRecords, "Filter {entities}", "筛选{entities}")                                       \
  X(FilterAndSort, "Filter and sort", "筛选与排序")                                             \
  X(Any, "Any", "不限")                                                                         \
  X(Yes, "Yes", "是")                                                                           \
  X(No, "No", "否")                                                                             \
  X(From, "from", "不低于")                                                                     \
  X(To, "to", "不高于")                                                                         \
  X(FieldFrom, "{field} from", "{field}不低于")                                                 \
  X(FieldTo, "{field} to", "{field}不高于")                                                     \
  X(Empty, "empty", "为空")                                                                     \
  X(NotEmpty, "not empty", "不为空")                                                            \
  X(SortBy, "Sort by", "排序")                                                                  \
  X(NewestFirst, "{field}, newest first", "{field}，从新到旧")                                  \
  X(OldestFirst, "{field}, oldest first", "{field}，从旧到新")                                  \
  X(Ascending, "{field}, A to Z", "{field}，升序")                                              \
  X(Descending, "{field}, Z to A", "{field}，降序")                                             \
  X(HighToLow, "{field}, high to low", "{field}，从高到低")                                     \
  X(LowToHigh, "{field}, low to high", "{field}，从低到高")                                     \
  X(Condition, "Condition", "条件表达式")                                                       \
  X(ConditionHint, "In FEEL, for example {example}", "使用 FEEL，例如 {example}")               \
  X(ShowRecords, "Show {entities}", "显示{entities}")                                           \
  X(ClearAll, "Clear all", "全部清除")                                                          \
  X(Pill, "{field}: ", "{field}：")                                                             \
  X(RemoveFilter, "Remove filter", "移除筛选")                                                  \
  X(NoMatch, "No {entities} match", "没有符合条件的{entities}")                                 \
  X(NoMatchHint, "Remove a filter, or clear all of them.", "请移除一个筛选条件，或全部清除。")  \
  X(NoneYet, "No {entities} yet", "还没有{entities}")                                           \
  X(NoneYetHint, "Enter the first one, or send {entities} through the API.",                    \
    "请录入第一条，或通过 API 写入。")                                                          \
  X(NoneYetToSee, "As soon as there are some, this list shows them.", "有记录后会显示在这里。") \
  X(BinEmpty, "The bin is empty", "回收站是空的")                                               \
  X(BinEmptyHint, "Deleted {entities} can be restored from here.",                              \
    "删除的{entities}可以在这里恢复。")                                                         \
  X(Bin, "Bin", "回收站")                                                                       \
  X(BinOf, "Bin: {entities}", "回收站：{entities}")                                             \
  X(CaptionBy, "{entities}, by {order}", "{entities}，{order}")                                 \
  X(OnPage, "{count} on this page", "本页 {count} 条")                                          \
  X(InAll, "{count} in all", "共 {count} 条")                                                   \
  X(MoreThan, "more than {count}", "超过 {count} 条")                                           \
  X(PagesNav, "Pages", "分页")                                                                  \
  X(Previous, "Previous", "上一页")                                                             \
  X(FirstPage, "First page", "第一页")                                                          \
  X(Next, "Next", "下一页")                                                                     \
  X(MoreActions, "More actions", "更多操作")                                                    \
  X(Delete, "Delete", "删除")                                                                   \
  X(DeleteAsk, "Delete {title}?", "删除{title}？")                                              \
  X(DeleteRecord, "Delete {entity}", "删除{entity}")                                            \
  X(GoesToBin, "It goes to the bin. Who may delete {entities} can restore it from there.",      \
    "它将移入回收站。有权删除{entities}的人可以从那里恢复。")                                   \
  X(GoesToBinWithLines,                                                                         \
    "It goes to the bin with its {count} lines. Who may delete {entities} can restore it from " \
    "there.",                                                                                   \
    "它及其 {count} 行明细将移入回收站。有权删除{entities}的人可以从那里恢复。")                \
  X(IsDeleted, "This {entity} is in the bin", "这条{entity}在回收站中")                         \
  X(IsDeletedHint, "Deleted {time}. Lists do not show it any more.",                            \
    "删除于 {time}，列表中不再显示。")                                                          \
  X(Restore, "Restore {entity}", "恢复{entity}")                                                \
  X(Record, "Record", "记录")                                                                   \
  X(Number, "Number", "编号")                                                                   \
  X(Version, "Version", "版本")                                                                 \
  X(Created, "Created", "创建时间")                                                             \
  X(CreatedBy, "Created by", "创建人")                                                          \
  X(ChangedAt, "Changed", "修改时间")                                                           \
  X(ChangedBy, "Changed by", "修改人")                                                          \
  X(Nobody, "Unassigned", "未分配")                                                             \
  X(History, "History", "历史")                                                                 \
  X(DidCreate, " created this {entity}", "创建了这条{entity}")                                  \
  X(DidChange, " changed {what}", "修改了{what}")                                               \
  X(DidChangeSome, " changed {count} fields", "修改了 {count} 个字段")                          \
  X(DidDelete, " deleted this {entity}", "删除了这条{entity}")                                  \
  X(DidRestore, " restored this {entity}", "恢复了这条{entity}")                                \
  X(DidOther, " did: {what}", "执行了：{what}")                                                 \
  X(FromValue, "from ", "由 ")                                                                  \
  X(ToValue, "to ", "改为 ")                                                                    \
  X(NotSetInline, "not set", "未设置")                                                          \
  X(LineAdded, "Line {n} added: {what}", "新增第 {n} 行：{what}")                               \
  X(LineRemoved, "Line {n} removed: {what}", "删除第 {n} 行：{what}")                           \
  X(LineField, "Line {n}, {field}", "第 {n} 行，{field}")                                       \
  X(ThroughApi, "API", "API")                                                                   \
  X(ThroughProgram, "Program", "程序")                                                          \
  X(Earlier, "Show earlier entries", "显示更早的记录")                                          \
  X(LineCount, "{count} lines", "{count} 行")                                                   \
  X(OneLine, "1 line", "1 行")                                                                  \
  X(ToastCreated, "Saved", "已保存")                                                            \
  X(ToastChanged, "Changes saved", "修改已保存")                                                \
  X(ToastDeleted, "Moved to the bin", "已移入回收站")                                           \
  X(ToastRestored, "Restored", "已恢复")                                                        \
  X(ToastMoved, "Moved", "已流转")                                                              \
  X(ToastAssigned, "Assigned", "已分配")                                                        \
  X(ToastClaimed, "It is yours now", "已归你负责")                                              \
  X(ToastApproved, "Approved", "已同意")                                                        \
  X(ToastRejected, "Rejected", "已拒绝")                                                        \
  X(ToastReturned, "Returned", "已退回")                                                        \
  X(ToastTransferred, "Transferred", "已转交")                                                  \
  X(ToastApproverAdded, "Approver added", "已加签")                                             \
  X(ToastTakenBack, "Your decision was taken back", "已撤回你的审批意见")                       \
  X(ToastResubmitted, "Submitted again", "已重新提交")                                          \
  X(ToastWithdrawn, "Withdrawn", "已撤回")                                                      \
  X(ToastUrged, "Urged", "已催办")                                                              \
  X(ToastRead, "Marked as read", "已标为已读")                                                  \
  X(ToastDelegated, "Delegated", "已设置委托")                                                  \
  X(ToastDelegationEnded, "The delegation has ended", "委托已结束")                             \
  X(Dismiss, "Dismiss", "关闭")                                                                 \
  X(AllRecords, "All {entities}", "全部{entities}")                                             \
  X(StartPage, "Start page", "首页")                                                            \
  X(NothingHere, "Your role shows nothing here yet", "你的角色还看不到任何内容")                \
  X(NothingHereHint, "Ask an administrator for a role.", "请向管理员申请角色。")                \
  X(Reference, "Reference {id}", "参考号 {id}")                                                 \
  X(RetryIn, "Load the page again in {seconds} seconds.", "请在 {seconds} 秒后重新加载本页。")  \
  X(NotUnderstood, "This request cannot be read", "无法识别这个请求")                           \
  X(NotUnderstoodHint, "Go back and try again.", "请返回后重试。")                              \
  X(NotSignedIn, "Not signed in", "尚未登录")                                                   \
  X(NotSignedInHint, "Sign in and try again.", "请登录后重试。")                                \
  X(NoAccess, "No access", "没有权限")                                                          \
  X(NoAccessHint, "Your role does not allow this.", "你的角色不允许此操作。")                   \
  X(NotFound, "This page does not exist", "此页面不存在")                                       \
  X(NotFoundHint, "The address may be mistyped, or what it named was deleted.",                 \
    "地址可能有误，或内容已被删除。")                                                           \
  X(Clash, "Not done: something changed meanwhile", "操作未完成：内容已变化")                   \
  X(ClashHint, "Load the page again and repeat.", "请重新加载本页后再试。")                     \
  X(TooLarge, "This is too large", "内容过大")                                                  \
  X(TooLargeHint, "Send less, or smaller files.", "请减少内容，或换较小的文件。")               \
  X(TooOften, "Too many tries", "尝试次数过多")                                                 \
  X(TooOftenHint, "Wait a while and try again.", "请稍后再试。")                                \
  X(Failed, "Not done", "操作未完成")                                                           \
  X(FailedHint,                                                                                 \
    "Something failed here, and nothing was changed. Going back keeps what you typed.",         \
    "服务器出现故障，没有任何改动。返回上一页，已填写的内容仍在。")                             \
  X(Busy, "Too busy just now", "当前过于繁忙")                                                  \
  X(BusyHint, "Nothing was changed.", "没有任何改动。")

#define FW_DECLARE(name, english, chinese) extern const MessageText k##name;
FW_PAGE_TEXTS(FW_DECLARE)
#undef FW_DECLARE

std::span<const MessageText* const> all_page_texts();

}  // namespace formwork::pages::texts
