// A second app for golden pages: deals that pass through stages and whose discount has to be
// approved.
#pragma once

#include "tests/server/pages/example.h"

namespace formwork::testing {

inline fields::Field kept(fields::Field field) {
  field.kept_by_engine = true;
  return field;
}

inline std::vector<fields::Field> deal_fields() {
  std::vector<fields::Field> fields;
  fields.push_back(required(make_field("text", "name", both("Deal", "商机"))));
  fields.push_back(make_field("reference", "account", both("Account", "客户")));
  fields.back().target = 1;
  fields.push_back(make_field("money", "amount", both("Expected amount", "预计金额")));
  fields.push_back(make_field("percent", "discount", both("Discount", "折扣")));
  fields.push_back(make_field("date", "close", both("Expected close", "预计成交日")));
  fields.back().required_from = 2;
  fields.push_back(make_field("long_text", "reason", both("Reason for the discount", "折扣理由")));
  fields.push_back(make_field("table", "items", both("Lines", "明细")));
  fields.back().fields = {required(make_field("text", "what", both("Product", "产品"))),
                          make_field("number", "qty", both("Quantity", "数量")),
                          make_field("money", "price", both("Unit price", "单价"))};
  fields.push_back(make_field("user", "owner", both("Owner", "负责人")));
  fields.push_back(kept(with_options(make_field("choice", "stage", both("Stage", "阶段")),
                                     {{"discovery", both("Discovery", "初识")},
                                      {"solution", both("Solution", "方案")},
                                      {"quote", both("Quote", "报价")},
                                      {"review", both("Discount review", "折扣审批")},
                                      {"contract", both("Contract", "签约")},
                                      {"lost", both("Lost", "流失")}})));
  fields.push_back(kept(make_field("date_time", "stage_since", both("Since", "进入时间"))));
  fields.push_back(
      kept(with_options(make_field("choice", "final", both("Result", "结果")),
                        {{"won", both("Won", "赢单")}, {"lost", both("Lost", "输单")}})));
  fields.push_back(kept(make_field("date_time", "closed_at", both("Closed", "关闭时间"))));
  fields.push_back(
      kept(with_options(make_field("multi_choice", "checklist", both("Checklist", "行动清单")),
                        {{"demo", both("Show the demo", "完成演示")},
                         {"terms", both("Agree the terms of payment", "确认付款方式")},
                         {"visit", both("Visit the site", "现场走访")}})));
  return fields;
}

inline model::Criterion criterion(std::size_t field, Localized say) {
  model::Criterion made;
  made.say = std::move(say);
  made.fields = {field};
  made.where.begin = field + 1;  // tells criteria apart
  return made;
}

inline std::vector<model::Stage> deal_stages() {
  std::vector<model::Stage> stages(6);
  const auto name = [&](std::size_t at, std::string code, Localized label) {
    stages[at].name = std::move(code);
    stages[at].label = std::move(label);
  };
  name(0, "discovery", both("Discovery", "初识"));
  name(1, "solution", both("Solution", "方案"));
  name(2, "quote", both("Quote", "报价"));
  name(3, "review", both("Discount review", "折扣审批"));
  name(4, "contract", both("Contract", "签约"));
  name(5, "lost", both("Lost", "流失"));
  stages[4].final = model::Final::Won;
  stages[5].final = model::Final::Lost;
  stages[3].approval =
      model::StageApproval{.chain = 0, .approved = 4, .rejected = 2, .withdrawn = {}};
  model::Stage& quote = stages[2];
  quote.goal =
      both("Agree on price and terms with whoever signs.", "与签字人就价格和条款达成一致。");
  quote.risks =
      both("Discounts given before the decision maker is known.", "未确认决策人就给出折扣。");
  quote.exit = {
      criterion(2, both("Enter the expected amount", "填写预计金额")),
      criterion(4, both("Expected close must not be in the past", "预计成交日不能早于今天")),
      criterion(7, both("Name an owner", "指定负责人"))};
  quote.checklist = {{"demo", both("Show the demo", "完成演示"), {}, true, {}},
                     {"terms",
                      both("Agree the terms of payment", "确认付款方式"),
                      both("3-3-4 is what we offer", "默认 3-3-4"),
                      true,
                      {}},
                     {"visit", both("Visit the site", "现场走访"), {}, false, {}}};
  quote.dwell = model::Dwell{.warn = {}, .limit = {}, .then = 5, .where = {}};
  quote.to.resize(3);
  quote.to[0].to = 3;
  quote.to[1].to = 5;
  quote.to[1].label = both("Mark as lost", "标记为流失");
  quote.to[1].confirm =
      both("The deal is closed and its quotes end.", "商机将关闭，报价随之失效。");
  quote.to[1].needs_comment = true;
  quote.to[2].to = 4;
  quote.to[2].label = both("Sign without review", "免审签约");
  return stages;
}

inline model::Entity deal_entity() {
  using model::ColumnRef;
  model::Entity deal =
      simple_entity("deal", 0, "target", both("Deal", "商机"), both("Deals", "商机"));
  deal.fields = deal_fields();
  deal.owner = 7;
  deal.stage_fields = model::StageFields{
      .stage = 8, .since = 9, .final = 10, .closed_at = 11, .checklist = 12, .lifecycle = {}};
  model::Lifecycle lifecycle;
  lifecycle.label = both("Deal", "商机");
  lifecycle.stages = deal_stages();
  deal.lifecycles = {lifecycle};
  deal.list.columns = {ColumnRef::of_field(0), ColumnRef::of_field(8), ColumnRef::of_field(2),
                       ColumnRef::of_field(7)};
  deal.list.filters = {ColumnRef::of_field(8), ColumnRef::of_field(7)};
  deal.list.sort = {ColumnRef::of(model::SystemColumn::CreatedAt), true};
  return deal;
}

inline model::ApprovalChain deal_chain() {
  model::ApprovalChain chain;
  chain.name = "deal_discount";
  chain.label = both("Discount", "折扣审批");
  chain.why = both("Discounts above 10 % lower the margin.", "超过 10% 的折扣会降低毛利。");
  chain.steps.resize(3);
  const auto step = [&](std::size_t at, std::string id, Localized label) {
    chain.steps[at].id = std::move(id);
    chain.steps[at].label = std::move(label);
    chain.steps[at].shows = {1, 2, 3, 4, 5, 6};
    for (bool& allowed : chain.steps[at].may) allowed = true;
  };
  step(0, "manager", both("Sales manager", "销售经理"));
  step(1, "legal", both("Legal", "法务"));
  step(2, "finance", both("Finance", "财务"));
  chain.steps[0].why = both("Who leads the owner knows the account.", "负责人的上级了解客户。");
  chain.steps[0].edits = {3};
  chain.needs_comment[static_cast<std::size_t>(model::CommentOn::Reject)] = true;
  chain.needs_comment[static_cast<std::size_t>(model::CommentOn::Return)] = true;
  return chain;
}

inline model::Model deal_model() {
  model::Model model = lead_model();
  model.entities = {
      deal_entity(),
      simple_entity("account", 1, "building-2", both("Account", "客户"), both("Accounts", "客户"))};
  model.approvals = {deal_chain()};
  for (model::Role& role : model.roles) role.grants.resize(2);
  return model;
}

// A moment of November 2026 in Shanghai.
inline Instant in_november(std::string_view day_and_time) {
  return *parse_instant("2026-11-" + std::string(day_and_time) + ":00+08:00");
}

struct DealExample {
  explicit DealExample(std::size_t locale) : base(locale, deal_model()) {
    base.frame.path = "/deal";
    base.frame.tasks = 3;
  }

  const model::Entity& deal() const { return base.model.entities[0]; }

  const model::Lifecycle& lifecycle() const { return deal().lifecycles[0]; }

  const model::ApprovalChain& chain() const { return base.model.approvals[0]; }

  std::string say(const Localized& text) const { return text[base.frame.locale]; }

  engine::Record record(std::string_view stage) const {
    engine::Record record;
    record.id = 86;
    record.version = 9;
    record.created_at = in_november("01T09:00");
    record.created_by = 1;
    record.updated_at = in_november("21T16:12");
    record.updated_by = 1;
    record.values.resize(deal().fields.size());
    record.values[0] =
        feel::Value(say(both("East China WMS upgrade, phase 2", "华东仓储系统升级二期")));
    record.values[1] = feel::Value(feel::RecordRef{5});
    record.values[2] = base.typed("amount", "328563");
    record.values[3] = base.typed("discount", "21.19 %");
    record.values[4] = base.typed("close", "2026-11-15");
    record.values[5] =
        feel::Value(say(both("Phase 1 runs in two warehouses. A local integrator is 8 % lower.",
                             "一期已在两个仓上线，本地集成商报价低 8%。")));
    const auto& columns = deal().fields[6].fields;
    const auto cell = [&](std::size_t column, std::string_view text) {
      return columns[column].type->read(text, columns[column], base.reading()).value();
    };
    record.values[6] = feel::Value(
        feel::List{feel::Value(feel::List{cell(0, "WMS"), cell(1, "2"), cell(2, "98000")}),
                   feel::Value(feel::List{cell(0, "PDA"), cell(1, "45"), cell(2, "2950")})});
    record.values[7] = base.typed("owner", "lin.yifan");
    record.values[8] = feel::Value(std::string(stage));
    record.values[9] = feel::Value(in_november("14T17:40"));
    record.values[12] = feel::Value(feel::List{feel::Value("demo")});
    return record;
  }

  std::vector<engine::Stay> stays() const {
    return {{"discovery", in_november("01T09:00"), in_november("04T10:00"), 1},
            {"solution", in_november("04T10:00"), in_november("14T17:40"), 1},
            {"quote", in_november("14T17:40"), {}, 1}};
  }

  static engine::Task task(engine::TaskId id, std::size_t step, engine::AccountId who,
                           std::string reason) {
    engine::Task task;
    task.id = id;
    task.process = 4;
    task.step = step;
    task.assignee = who;
    task.reason = std::move(reason);
    task.state = engine::TaskState::Open;
    task.opened_at = in_november("21T16:20");
    return task;
  }

  // With the manager, at the end of the day.
  engine::Process running() const {
    engine::Process process;
    process.id = 4;
    process.entity = "deal";
    process.record = 86;
    process.chain = chain().name;
    process.submitter = 1;
    process.submitted_at = in_november("21T16:20");
    process.stage = "review";
    process.origin = "quote";
    process.steps = {
        {"manager", engine::StepState::Approved, "discount > 0.1: discount = 0.2119"},
        {"legal", engine::StepState::Skipped, "nonstandard_terms: nonstandard_terms = false"},
        {"finance", engine::StepState::Open, "discount > 0.2: discount = 0.2119"}};
    engine::Task manager = task(11, 0, 2, "manager of owner");
    manager.state = engine::TaskState::Done;
    manager.outcome = engine::TaskOutcome::Approved;
    manager.decided_by = 2;
    manager.closed_at = in_november("21T17:02");
    manager.comment =
        say(both("Framework customer, margin is acceptable.", "框架客户，毛利可接受。"));
    engine::Task finance = task(12, 2, 3, "role finance");
    finance.opened_at = in_november("23T09:41");
    finance.due_at = in_november("23T18:30");
    finance.urged = 1;
    engine::Task copy = task(13, 0, 4, {});
    copy.kind = engine::TaskKind::Copy;
    process.tasks = {manager, finance, copy};
    return process;
  }

  std::vector<approvals::Planned> route() const {
    approvals::Planned manager{.step = &chain().steps[0],
                               .applies = true,
                               .reason = "discount > 0.1: discount = 0.2119",
                               .people = {{2, "manager of owner", 0}},
                               .trouble = {}};
    approvals::Planned legal{.step = &chain().steps[1],
                             .applies = false,
                             .reason = "nonstandard_terms: nonstandard_terms = false",
                             .people = {},
                             .trouble = {}};
    approvals::Planned finance{.step = &chain().steps[2],
                               .applies = true,
                               .reason = "discount > 0.2: discount = 0.2119",
                               .people = {{3, "role finance", 0}, {4, "role finance", 0}},
                               .trouble = {}};
    return {manager, legal, finance};
  }

  lifecycle::MoveCheck move(std::size_t transition) const {
    const model::Transition& found = lifecycle().stages[2].to[transition];
    lifecycle::MoveCheck check;
    check.transition = &found;
    check.index = found.to;
    check.to = &lifecycle().stages[found.to];
    return check;
  }

  // A call for which it is high time, and something without an end.
  std::vector<pages::ToDoItem> todos() const {
    engine::ToDo call{.id = 31,
                      .assignee = 1,
                      .title = say(both("Call about the terms", "致电确认付款条款")),
                      .entity = "deal",
                      .record = 86,
                      .rule = "automation call_about_terms",
                      .created_at = in_november("20T09:00"),
                      .due_at = in_november("22T12:00")};
    engine::ToDo visit = call;
    visit.id = 32;
    visit.assignee = 2;
    visit.title = say(both("Visit the site", "现场走访"));
    visit.due_at.reset();
    const std::string title = record("quote").values[0].string();
    return {{.todo = call, .entity = &deal(), .title = title},
            {.todo = visit, .entity = &deal(), .title = title}};
  }

  std::vector<pages::NotificationsPage::Line> told() const {
    const engine::Notification asked{
        .id = 74,
        .account = 1,
        .at = in_november("23T09:41"),
        .title = say(both("East China WMS upgrade, phase 2 was returned to you: Discount",
                          "华东仓储系统升级二期 已退回给您：折扣审批")),
        .text = say(both("Xu Dan: the terms are missing", "徐丹：缺少付款条款")),
        .entity = "deal",
        .record = 86,
        .rule = "approval deal_discount"};
    engine::Notification urgent = asked;
    urgent.id = 73;
    urgent.title = say(both("Answer within 10 minutes", "请在 10 分钟内回复"));
    urgent.urgent = true;
    engine::Notification read = asked;
    read.id = 72;
    read.at = in_november("21T16:20");
    read.read_at = in_november("21T17:00");
    engine::Notification loose = read;
    loose.id = 71;
    loose.title = say(both("You take over what Ma Li had to do: 3", "您接手了 马丽 的 3 项待办"));
    loose.text.clear();
    loose.entity.clear();
    return {{asked, &deal()}, {urgent, &deal()}, {read, &deal()}, {loose, nullptr}};
  }

  // In the stage of quotes, nine days for seven, with two things missing.
  engine::Standing in_quote() const {
    engine::Standing standing;
    standing.record = record("quote");
    standing.lifecycle = &lifecycle();
    standing.stage = &lifecycle().stages[2];
    standing.stays = stays();
    standing.dwell = {.warn = in_november("19T17:40"), .limit = in_november("21T17:40")};
    lifecycle::Unmet close;
    close.kind = lifecycle::Unmet::Kind::Exit;
    close.message = {&kSay, {{"say", lifecycle().stages[2].exit[1].say}}};
    close.saw = R"(close = date("2026-11-15"))";
    close.field = 4;
    close.where = lifecycle().stages[2].exit[1].where;
    lifecycle::Unmet terms;
    terms.kind = lifecycle::Unmet::Kind::Item;
    terms.message = {&kTick, {{"item", lifecycle().stages[2].checklist[1].label}}};
    terms.item = "terms";
    standing.moves = {move(0), move(1), move(2)};
    standing.moves[0].unmet = {close, terms};
    standing.moves[2].allowed_role = false;
    standing.moves[2].who_could = {&base.model.roles[0]};
    standing.to_go_on = standing.moves[0].unmet;
    standing.routes = {{"review", route()}};
    standing.may_edit = standing.may_delete = standing.may_assign = true;
    return standing;
  }

  // In review; whoever looks on has submitted it.
  engine::Standing in_review() const {
    engine::Standing standing;
    standing.record = record("review");
    standing.lifecycle = &lifecycle();
    standing.stage = &lifecycle().stages[3];
    standing.stays = stays();
    standing.stays.back().left_at = in_november("21T16:20");
    standing.stays.push_back({"review", in_november("21T16:20"), {}, 1});
    engine::ProcessStanding process;
    process.process = running();
    process.chain = &chain();
    process.to_come = {};
    process.tasks = {
        {process.process.tasks[1], {engine::TaskAction::Withdraw, engine::TaskAction::Urge}}};
    engine::ProcessStanding before;
    before.process = rejected();
    before.chain = &chain();
    standing.processes = {process, before};
    standing.may_edit = standing.may_claim = true;
    return standing;
  }

  engine::Process rejected() const {
    engine::Process process = running();
    process.id = 3;
    process.state = engine::ProcessState::Rejected;
    process.submitted_at = in_november("18T11:00");
    process.ended_at = in_november("19T10:30");
    process.steps[0].state = engine::StepState::Rejected;
    process.steps[2].state = engine::StepState::Cancelled;
    process.tasks = {process.tasks[0]};
    process.tasks[0].id = 9;
    process.tasks[0].outcome = engine::TaskOutcome::Rejected;
    process.tasks[0].decided_by = 4;
    process.tasks[0].closed_at = process.ended_at;
    return process;
  }

  pages::InboxItem item(engine::Task task) const {
    pages::InboxItem item;
    item.process = running();
    item.task = std::move(task);
    item.chain = &chain();
    item.entity = &deal();
    item.title = say(both("East China WMS upgrade, phase 2", "华东仓储系统升级二期"));
    return item;
  }

  // Of the one who looks on: due soon, overdue and urged, returned.
  std::vector<pages::InboxItem> to_do() const {
    engine::Task soon = task(21, 0, 1, "manager of owner");
    soon.due_at = in_november("23T18:30");
    engine::Task late = task(22, 2, 2, "role finance");
    late.due_at = in_november("23T16:05");
    late.urged = 2;
    engine::Task back = task(23, 0, 1, {});
    back.kind = engine::TaskKind::Resubmit;
    std::vector<pages::InboxItem> items{item(soon), item(late), item(back)};
    items[0].process.submitter = 3;
    items[1].process.submitter = 4;
    items[1].title = say(both("Ninggang TMS renewal", "宁港冷链 TMS 续约"));
    items[2].title = say(both("Contract seal: Ruihe Foods", "合同用印：瑞禾食品"));
    return items;
  }

  std::vector<pages::InboxItem> mine() const {
    pages::InboxItem item = this->item({});
    item.task.reset();
    return {item};
  }

  // The manager's, asked again because the discount has changed.
  engine::TaskDetail to_decide() const {
    engine::TaskDetail detail;
    detail.task = task(21, 0, 1, "manager of owner");
    detail.task.due_at = in_november("23T18:30");
    detail.process = running();
    detail.process.submitter = 3;
    detail.process.tasks = {detail.task};
    detail.process.steps[0].state = engine::StepState::Open;
    detail.process.steps[2].state = engine::StepState::Pending;
    detail.process.steps[1].state = engine::StepState::Pending;
    detail.chain = &chain();
    detail.step = &chain().steps[0];
    detail.entity = &deal();
    detail.record = record("review");
    detail.may = {engine::TaskAction::Approve, engine::TaskAction::Reject,
                  engine::TaskAction::Return, engine::TaskAction::Transfer,
                  engine::TaskAction::AddApprover};
    detail.to_come = {route()[1], route()[2]};
    return detail;
  }

  engine::TaskDetail copy() const {
    engine::TaskDetail detail = to_decide();
    detail.process = running();
    detail.task = detail.process.tasks[2];
    detail.step = nullptr;
    detail.may = {engine::TaskAction::MarkRead};
    detail.to_come.clear();
    return detail;
  }

  static engine::HistoryEntry entry(std::int64_t sequence, engine::AccountId actor,
                                    std::string_view time, std::string action, std::string cause,
                                    std::string changes, std::string detail,
                                    std::int64_t caused_by = 0) {
    engine::HistoryEntry entry;
    entry.sequence = sequence;
    entry.at = in_november(time);
    entry.actor = actor;
    entry.actor_name = "#";
    entry.action = std::move(action);
    entry.cause = std::move(cause);
    entry.changes = std::move(changes);
    entry.detail = std::move(detail);
    entry.caused_by = caused_by;
    return entry;
  }

  // Newest first.
  std::vector<engine::HistoryEntry> history() const {
    return {
        entry(18, 0, "23T09:00", "reminded", "timer", "{}", R"({"step":"finance","whom":3})"),
        entry(17, 0, "22T18:00", "passed", "timer", "{}", R"({"step":"legal","whom":4})"),
        entry(16, 3, "21T17:10", "voided", "page", "{}",
              R"({"step":"manager","whom":1,"reason":"discount"})", 15),
        entry(15, 3, "21T17:10", "updated", "page", R"({"discount":{"from":"0.18","to":"0.2119"}})",
              ""),
        entry(14, 1, "21T17:02", "approved", "page", "{}",
              R"({"step":"manager","comment":"18 %"})"),
        entry(13, 3, "21T16:20", "submitted", "page", "{}", R"({"reason":"discount > 0.1"})", 12),
        entry(
            12, 3, "21T16:20", "moved", "api",
            R"({"stage":{"from":"quote","to":"review"},"stage_since":{"from":null,"to":"2026-11-21T08:20:00Z"}})",
            R"({"comment":"OK"})"),
        entry(11, 0, "19T17:40", "dwell_warned", "timer", "{}", ""),
        entry(10, 2, "18T09:00", "assigned", "page", R"({"owner":{"from":null,"to":"lin.yifan"}})",
              R"({"whom":1})"),
        entry(9, 1, "18T08:00", "checked", "page", R"({"checklist":{"from":null,"to":["demo"]}})",
              "")};
  }

  static const MessageText kSay;
  static const MessageText kTick;

  Example base;
};

inline const MessageText DealExample::kSay{"test.say", "{say}", "{say}"};
inline const MessageText DealExample::kTick{"test.tick", "tick “{item}”", "勾选“{item}”"};

}  // namespace formwork::testing
