// A lead of the CRM template: every kind of mistake that its form can hold, and values that are right.

const kLong = 2001;

// [field, what is typed, the message in English, the message in Chinese]
const kMistakes = [
  ["company", "", "enter a value", "请填写"],
  ["title", "长".repeat(61), "enter at most 60 characters; these are 61", "最多 60 个字，现在是 61 个字"],
  ["email", "pei.yu.example.com", "write an address with one @, such as name@example.com; this has 0",
    "邮箱地址应有一个 @，例如 name@example.com；现在有 0 个"],
  ["mobile", "138 0571 620", "a mobile number has 11 digits; this one has 10", "手机号应为 11 位，现在是 10 位"],
  ["phone", "abc", "enter a number such as 138 0571 6204, without “a”",
    "请填写号码，例如 138 0571 6204，不要带“a”"],
  ["website", "ftp://xinglan.example", "begin with https:// or http://; this is “ftp://xinglan.example”",
    "请以 https:// 或 http:// 开头；现在是“ftp://xinglan.example”"],
  ["employees", "0", "enter 1 or more; this is 0", "不能低于 1，现在是 0"],
  ["budget", "<b>much</b>", "enter a number such as 1234.5; this is “<b>much</b>”",
    "请填写数字，例如 1234.5；现在是“<b>much</b>”"],
  ["discount", "50", "enter 40 % or less; this is 50 %", "不能超过 40 %，现在是 50 %"],
  ["expected_close", "1999-01-01", "choose 1 January 2020 or later; this is 1 January 1999",
    "请选择 2020年1月1日 或之后的日期，现在是 1999年1月1日"],
  ["description", "字".repeat(kLong), "enter at most 2,000 characters; these are 2,001",
    "最多 2,000 个字，现在是 2,001 个字"],
  ["items[1].qty", "0", "enter 0.01 or more; this is 0", "不能低于 0.01，现在是 0"],
  ["items[1].discount", "99", "enter 40 % or less; this is 99 %", "不能超过 40 %，现在是 99 %"],
  ["source", "fax", "choose one of the options; “fax” is not among them", "请选择列表中的一项；“fax”不在其中"],
  ["utm_source", "a b", "Use letters, digits and _ . + -", "使用字母、数字和 _ . + -"],
  ["best_time", "22:00", "choose 21:00 or earlier; this is 22:00", "请选择 21:00 或之前的时间，现在是 22:00"],
  ["reply_within", "soon", "enter a duration with its unit, such as 3 d, 8:30 or 90 min; this is “soon”",
    "请填写带单位的时长，例如 3 天、8:30 或 90 分钟；现在是“soon”"],
];

export const kWrong = Object.fromEntries(kMistakes.map(([name, typed]) => [name, typed]));

// Field → the end of its message.
export function messages(language) {
  return Object.fromEntries(kMistakes.map(([name, , en, zh]) => [name, language === "en" ? en : zh]));
}

// A mail address that the demo data has already.
export const kTakenEmail = "tian.yongkang@yanta.example";

export function right_lead(email) {
  return {
    company: `云栈生鲜 ${email}`, contact: "陶然", title: "采购 <总监>", email, mobile: "138 0571 6204",
    phone: "021 6100 0000", website: "https://yunzhan.example", industry: "food", employees: "85",
    interests: ["wms", "bi"], budget: "340,000.50", discount: "12.5", expected_close: "2026-12-18",
    description: "第一行\n第二行", "items[1].qty": "20", "items[1].unit_price": "900",
    "items[1].discount": "10", source: "event", utm_source: "autumn_fair", best_time: "14:00",
    reply_within: "90 min", next_call_at: "2026-11-25T14:30", consent: true, newsletter: true,
  };
}

// The same as the API shows it.
export function stored_lead(email) {
  return {
    company: `云栈生鲜 ${email}`, contact: "陶然", title: "采购 <总监>", email, industry: "food",
    interests: ["wms", "bi"], source: "event", expected_close: "2026-12-18", consent: true,
    description: "第一行\n第二行", utm_source: "autumn_fair",
  };
}
