// The app of the golden pages: a company's leads, in English and Chinese, made by hand so that
// pages are tested without the compiler.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dsl/fields/field_type.h"
#include "dsl/model/scope.h"
#include "server/pages/pages.h"

namespace formwork::testing {

inline Localized both(std::string english, std::string chinese) {
  return {{std::move(english), std::move(chinese)}};
}

inline fields::Field make_field(std::string_view type, std::string name, Localized label) {
  fields::Field field;
  field.name = std::move(name);
  field.label = std::move(label);
  field.type = fields::find_field_type(type);
  if (field.type->column == fields::Column::Scaled) field.scale = type == "percent" ? 4 : 0;
  if (type == "money") {
    field.currency = "CNY";
    field.scale = 2;
  }
  field.region = "CN";
  return field;
}

inline fields::Field with_options(fields::Field field,
                                  std::vector<std::pair<std::string, Localized>> options) {
  for (auto& [code, label] : options) field.options.push_back({std::move(code), std::move(label)});
  return field;
}

inline fields::Field required(fields::Field field) {
  field.required = true;
  return field;
}

inline std::vector<fields::Field> lead_fields() {
  std::vector<fields::Field> fields;
  fields.push_back(required(make_field("text", "company", both("Company", "公司"))));
  fields.back().hint = both("As on the business licence", "与营业执照一致");
  fields.push_back(make_field("text", "tax_number", both("Tax number", "统一社会信用代码")));
  fields.push_back(required(make_field("text", "contact_name", both("Contact", "联系人"))));
  fields.push_back(make_field("email", "email", both("Email", "邮箱")));
  fields.push_back(make_field("phone", "mobile", both("Mobile", "手机")));
  fields.back().hint = both("Only for calls about this lead", "仅用于本线索的联系");
  fields.push_back(make_field("url", "website", both("Website", "网站")));
  fields.push_back(with_options(required(make_field("choice", "source", both("Source", "来源"))),
                                {{"website", both("Website", "官网")},
                                 {"ads", both("Search ads", "搜索广告")},
                                 {"event", both("Trade fair", "展会")},
                                 {"referral", both("Referral", "老客户推荐")}}));
  fields.push_back(
      with_options(required(make_field("choice", "industry", both("Industry", "行业"))),
                   {{"manufacturing", both("Manufacturing", "制造")},
                    {"retail", both("Retail", "零售")},
                    {"ecommerce", both("E-commerce", "电商")},
                    {"food", both("Food", "食品")},
                    {"medical", both("Medical", "医疗")},
                    {"logistics", both("Logistics", "物流")}}));
  fields.push_back(make_field("number", "employees", both("Employees", "员工人数")));
  fields.push_back(
      with_options(make_field("multi_choice", "interests", both("Interests", "关注点")),
                   {{"wms", both("Warehouse", "仓储")},
                    {"tms", both("Transport", "运输")},
                    {"oms", both("Orders", "订单")},
                    {"bi", both("Reports", "报表")}}));
  fields.push_back(make_field("money", "budget", both("Budget", "预算")));
  fields.push_back(make_field("percent", "discount", both("Expected discount", "期望折扣")));
  fields.push_back(make_field("date", "expected_close", both("Expected close", "预计成交日")));
  fields.push_back(make_field("date_time", "call_at", both("Call back", "回电时间")));
  fields.push_back(make_field("time", "best_time", both("Best time to call", "方便通话时间")));
  fields.back().min = feel::Value(*parse_time("09:00"));
  fields.back().max = feel::Value(*parse_time("18:00"));
  fields.push_back(make_field("duration", "reply_within", both("Reply within", "答复时限")));
  fields.push_back(make_field("long_text", "notes", both("Notes", "备注")));
  fields.back().max_length = 500;
  fields.push_back(make_field("table", "items", both("Products of interest", "意向产品")));
  auto product = required(make_field("reference", "product", both("Product", "产品")));
  product.target = 3;
  fields.back().fields = {product, required(make_field("number", "qty", both("Quantity", "数量"))),
                          make_field("money", "unit_price", both("Unit price", "单价")),
                          make_field("percent", "discount", both("Discount", "折扣"))};
  fields.back().fields[1].max = feel::Value(feel::Number(50));
  fields.push_back(required(make_field("user", "owner", both("Owner", "负责人"))));
  fields.push_back(make_field("reference", "account", both("Account", "客户")));
  fields.back().target = 1;
  fields.push_back(make_field("reference", "campaign", both("Campaign", "市场活动")));
  fields.back().target = 2;
  fields.push_back(make_field("serial", "number", both("Number", "编号")));
  fields.push_back(make_field("attachment", "attachments", both("Attachments", "附件")));
  fields.back().max_files = 5;
  fields.back().accept = {"application/pdf", "image/png", "image/jpeg"};
  fields.push_back(required(make_field(
      "boolean", "consent", both("The contact agreed to be called", "联系人同意接听来电"))));
  return fields;
}

inline model::Entity simple_entity(std::string name, std::size_t index, std::string icon,
                                   Localized label, Localized plural) {
  model::Entity entity;
  entity.name = std::move(name);
  entity.index = index;
  entity.icon = std::move(icon);
  entity.label = std::move(label);
  entity.plural = std::move(plural);
  entity.fields = {required(make_field("text", "name", both("Name", "名称")))};
  entity.title = {0};
  entity.list.columns = {model::ColumnRef::of_field(0)};
  return entity;
}

inline model::Entity lead_entity() {
  using model::ColumnRef;
  using model::SystemColumn;
  model::Entity lead =
      simple_entity("lead", 0, "user-plus", both("Lead", "线索"), both("Leads", "线索"));
  lead.fields = lead_fields();
  const auto at = [&](std::string_view name) { return *model::field_index(lead, name); };
  lead.number = at("number");
  lead.sections = {{both("Company", "公司"), {}},
                   {both("Need and timing", "需求与时间"), {}},
                   {both("Follow-up", "跟进"), {}}};
  for (std::size_t i = 0; i < lead.fields.size(); ++i) {
    lead.sections[i < at("budget") ? 0 : i < at("owner") ? 1 : 2].fields.push_back(i);
  }
  lead.list.columns = {ColumnRef::of_field(at("company")), ColumnRef::of_field(at("contact_name")),
                       ColumnRef::of_field(at("source")),  ColumnRef::of_field(at("budget")),
                       ColumnRef::of_field(at("owner")),   ColumnRef::of(SystemColumn::CreatedAt)};
  lead.list.filters = {ColumnRef::of_field(at("company")),  ColumnRef::of_field(at("source")),
                       ColumnRef::of_field(at("industry")), ColumnRef::of_field(at("owner")),
                       ColumnRef::of_field(at("budget")),   ColumnRef::of(SystemColumn::CreatedAt)};
  lead.list.sort = {ColumnRef::of(SystemColumn::CreatedAt), true};
  return lead;
}

inline model::Model lead_model() {
  model::Model model;
  model.app.name = "crm";
  model.app.label = both("Lead to cash", "线索到回款");
  model.app.locales = {"en", "zh-CN"};
  model.app.time_zone = TimeZone::find("Asia/Shanghai");
  model.app.currency = "CNY";
  model.entities = {
      lead_entity(),
      simple_entity("account", 1, "building-2", both("Account", "客户"), both("Accounts", "客户")),
      simple_entity("contact", 2, "contact", both("Contact", "联系人"), both("Contacts", "联系人")),
      simple_entity("product", 3, "package", both("Product", "产品"), both("Products", "产品"))};
  model::Role sales;
  sales.name = "sales";
  sales.label = both("Sales", "销售");
  sales.grants.resize(4);
  for (model::Grant& grant : sales.grants) {
    for (bool& allowed : grant.allowed) allowed = true;
  }
  model::Role guest;
  guest.name = "guest";
  guest.label = both("Guest", "访客");
  guest.grants.resize(4);
  guest.grants[0].allowed[0] = true;
  model.roles = {sales, guest};
  return model;
}

inline model::Model with_scopes(model::Model model) {
  model.scopes = std::make_shared<const model::Scopes>(model);
  return model;
}

// 23 November 2026 in Shanghai, at this time of day.
inline Instant on_that_day(std::string_view time) {
  return *parse_instant("2026-11-23T" + std::string(time) + "+08:00");
}

// Everything a page needs, around a model that a test may change before.
struct Example {
  explicit Example(std::size_t in_locale = 0, model::Model of_model = lead_model())
      : model(with_scopes(std::move(of_model))),
        gate(model),
        directory(accounts_of(in_locale), model.teams, {}),
        pages(model) {
    actor.account = 1;
    actor.name = "lin.yifan";
    actor.full_name = directory.full_name(1);
    actor.roles = {0};
    frame = {.actor = &actor,
             .gate = &gate,
             .directory = &directory,
             .locale = in_locale,
             .csrf = "3q2-7wQh",
             .path = "/lead",
             .now = on_that_day("16:30:00")};
  }

  Example(const Example&) = delete;
  Example& operator=(const Example&) = delete;

  static std::vector<engine::Account> accounts_of(std::size_t locale) {
    const auto account = [&](std::int64_t id, std::string name, Localized full_name) {
      engine::Account made;
      made.id = id;
      made.name = std::move(name);
      made.full_name = full_name[locale];
      made.email = made.name + "@example.com";
      return made;
    };
    return {account(1, "lin.yifan", both("Lin Yifan", "林一帆")),
            account(2, "xu.dan", both("Xu Dan", "徐丹")),
            account(3, "chen.siyuan", both("Chen Siyuan", "陈思远")),
            account(4, "ma.li", both("Ma Li", "马莉"))};
  }

  const model::Entity& lead() const { return model.entities[0]; }

  pages::OptionsOf options_of() const {
    return [this](const model::Entity& entity, std::size_t at_most) {
      std::vector<pages::RecordOption> options;
      // Contacts stand for an entity with more records than a select can hold.
      const std::size_t count = entity.name == "contact" ? at_most : 2;
      for (std::size_t i = 1; i <= count && i <= at_most; ++i) {
        options.push_back({static_cast<std::int64_t>(i), title_of(entity, i)});
      }
      return options;
    };
  }

  std::string title_of(const model::Entity& entity, std::size_t id) const {
    return entity.label[frame.locale] + " " + std::to_string(id);
  }

  pages::TitleOf titles() const {
    return [this](const model::Entity& entity, engine::RecordId id) {
      return std::optional(title_of(entity, static_cast<std::size_t>(id)));
    };
  }

  static pages::FileOf files() {
    return [](std::int64_t id) {
      engine::File file;
      file.id = id;
      file.name = "site-plan.pdf";
      file.size_bytes = 1'234'567;
      return std::optional(file);
    };
  }

  pages::FormPage form_page() const {
    pages::FormPage page;
    page.entity = &lead();
    page.title_of = titles();
    page.options_of = options_of();
    page.file_of = files();
    return page;
  }

  std::size_t field(std::string_view name) const { return *model::field_index(lead(), name); }

  fields::Reading reading() const { return {.zone = model.app.time_zone, .people = &directory}; }

  // A value as people would type it.
  feel::Value typed(std::string_view name, std::string_view text) const {
    const fields::Field& found = lead().fields[field(name)];
    return found.type->read(text, found, reading()).value();
  }

  engine::Record record() const {
    engine::Record record;
    record.id = 42;
    record.version = 6;
    record.created_at = on_that_day("09:02:33");
    record.created_by = 1;
    record.updated_at = on_that_day("16:12:08");
    record.updated_by = 3;
    record.values.resize(lead().fields.size());
    const auto set = [&](std::string_view name, std::string_view text) {
      record.values[field(name)] = typed(name, text);
    };
    const bool chinese = frame.locale == 1;
    set("company", chinese ? "星澜跨境电商" : "Xinglan Cross-border");
    set("contact_name", chinese ? "裴羽" : "Pei Yu");
    set("email", "pei.yu@xinglan.example");
    set("mobile", "13805716204");
    set("website", "https://xinglan.example");
    set("source", "website");
    set("industry", "ecommerce");
    set("employees", "120");
    set("interests", "wms,bi");
    set("budget", "750000");
    set("discount", "15 %");
    set("expected_close", "2026-12-20");
    set("call_at", "2026-11-25T14:30");
    set("best_time", "14:00");
    set("reply_within", "2 h");
    set("notes", chinese ? "杭州两个仓，明年春天计划再开一个。" : "Two warehouses in Hangzhou.");
    set("owner", "lin.yifan");
    set("account", "1");
    set("attachments", "7");
    set("consent", "true");
    record.values[field("number")] = feel::Value("L-202611-00042");
    const auto& columns = lead().fields[field("items")].fields;
    const auto cell = [&](std::size_t column, std::string_view text) {
      return columns[column].type->read(text, columns[column], reading()).value();
    };
    const auto row = [&](std::string_view product, std::string_view qty, std::string_view price) {
      return feel::Value(
          feel::List{cell(0, product), cell(1, qty), cell(2, price), cell(3, "18 %")});
    };
    record.values[field("items")] =
        feel::Value(feel::List{row("1", "40", "1800"), row("2", "45", "3200")});
    return record;
  }

  model::Model model;
  permissions::Gate gate;
  accounts::Directory directory;
  pages::Pages pages;
  engine::Actor actor;
  pages::Frame frame;
};

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

inline bool has(std::string_view text, std::string_view part) { return count_of(text, part) != 0; }

}  // namespace formwork::testing
