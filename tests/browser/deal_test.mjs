// A deal on its whole way through the pages of the people who work on it: six stages, a quote, its approval by
// manager, finance and director, won. On a desktop and on a phone, in both languages, and once without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe_findings } from "./support/axe.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { decide, move, present_stage, tick } from "./support/deal.mjs";
import { sideways } from "./support/layout.mjs";
import { start_program } from "./support/program.mjs";
import { fill_form, save, sign_in } from "./support/record_form.mjs";

const kPassword = "formwork-demo";
const kStages = {
  "zh-CN": { proposal: "方案", quoting: "报价", approved: "已批准", won: "赢单", draft: "草稿" },
  en: { proposal: "Proposal", quoting: "Quoting", approved: "Approved", won: "Won", draft: "Draft" },
};

let browser, program;
before(async () => { [browser, program] = await Promise.all([launch(), start_program()]); });
after(async () => { await browser.close(); await program.stop(); });

const day = (days) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

// Runs `body` with a page of its own for this user.
async function as_user(user, { language, width, javaScriptEnabled }, body) {
  const page = await open_page(browser, { width, height: 800, locale: language, javaScriptEnabled });
  try {
    await sign_in(page, program.origin, { user, password: kPassword });
    const answer = await body(page);
    assert.deepEqual(page.complaints, []);
    return answer;
  } finally {
    await page.context().close();
  }
}

const go = (page, path) => page.goto(program.origin + path);

async function api(page, path) {
  const response = await page.request.get(program.origin + path);
  assert.equal(response.status(), 200, path);
  return response.json();
}

async function send(page) {
  await Promise.all([page.waitForEvent("load"), save(page)]);
  assert.equal(await page.locator(".summary").count(), 0, await page.locator("main").innerText());
}

async function edit(page, path, values) {
  await go(page, `${path}/edit`);
  await fill_form(page, values);
  await send(page);
}

async function create(page, entity, values) {
  await go(page, `/${entity}/new`);
  await fill_form(page, values);
  await send(page);
  return new URL(page.url()).pathname;
}

async function check_page(page, { javaScriptEnabled }) {
  assert.deepEqual(await sideways(page), [], page.url());
  if (javaScriptEnabled) assert.deepEqual(await axe_findings(page), [], page.url());
}

// A customer of this user with somebody to talk to.
async function find_customer(page) {
  const { records } = await api(page, "/api/v1/records/contact?limit=1&sort=created_at");
  return { account: String(records[0].account), contact: String(records[0].id) };
}

async function bring_to_quoting(page, name, variant) {
  const { account, contact } = await find_customer(page);
  const deal = await create(page, "opportunity", {
    name, account, contact, source: "referral", next_step: "电话回访", next_step_on: day(3),
  });
  await check_page(page, variant);
  await tick(page, "first_call");
  await move(page, "need");
  await tick(page, "need_confirmed");
  await edit(page, deal, { need: "库存准确率", products: ["wms"], amount: "300000", expected_close: day(40) });
  await move(page, "proposal");
  assert.equal(await present_stage(page), kStages[variant.language].proposal);
  await tick(page, "demo");
  await tick(page, "proposal_sent");
  await edit(page, deal, { competitor: "none", decision_maker: contact });
  await move(page, "quoting");
  return { deal, account };
}

async function submit_quote(page, name, { deal, account }, variant) {
  const { records } = await api(page, "/api/v1/records/product?limit=1&sort=code");
  await go(page, "/quote/new");
  await fill_form(page, { name, opportunity: deal.split("/")[2], account, valid_until: day(30) });
  await fill_form(page, {
    "items[1].product": String(records[0].id), "items[1].qty": "2", "items[1].list_price": "200000",
    "items[1].discount": "25",
  });
  await send(page);
  const quote = new URL(page.url()).pathname;
  await move(page, "review");
  await check_page(page, variant);
  return quote;
}

// The approver finds it among what waits, looks at it, and agrees.
async function approve(user, name, variant) {
  await as_user(user, variant, async (page) => {
    await go(page, "/");
    await check_page(page, variant);
    await go(page, "/tasks");
    await check_page(page, variant);
    await page.getByRole("link", { name }).first().click();
    await page.waitForSelector("#decision");
    await check_page(page, variant);
    await decide(page, "approve", "可以");
  });
}

const kVariants = [
  { language: "zh-CN", width: 1280, javaScriptEnabled: true },
  { language: "en", width: 360, javaScriptEnabled: true },
  { language: "en", width: 1280, javaScriptEnabled: false },
];

for (const variant of kVariants) {
  const { language, width, javaScriptEnabled } = variant;
  const how = `${language}, ${width} px${javaScriptEnabled ? "" : ", without scripts"}`;
  test(`a deal goes its whole way (${how})`, async () => {
    const name = `整线改造 ${how}`;
    const words = kStages[language];
    const { deal, quote } = await as_user("lin.yifan", variant, async (page) => {
      const begun = await bring_to_quoting(page, name, variant);
      assert.equal(await present_stage(page), words.quoting);
      return { ...begun, quote: await submit_quote(page, name, begun, variant) };
    });
    for (const user of ["zhou.min", "sun.hao", "wu.tong"]) await approve(user, name, variant);
    await as_user("lin.yifan", variant, async (page) => {
      await go(page, quote);
      assert.equal(await present_stage(page), words.approved);
      await check_page(page, variant);
      await move(page, "sent");
      await edit(page, deal, { quote: quote.split("/")[2] });
      await move(page, "negotiation");
      await tick(page, "terms_agreed");
      await edit(page, deal, { payment: "p55" });
      await move(page, "signing");
      await tick(page, "contract_review");
      await go(page, quote);
      await move(page, "accepted");
      await edit(page, deal, { signed_on: day(0) });
      await move(page, "won");
      assert.equal(await present_stage(page), words.won);
      await check_page(page, variant);
      await go(page, "/opportunity");
      await check_page(page, variant);
    });
  });
}

test("a rejected quote comes back to its draft with the reason, and a returned one to its submitter", async () => {
  const variant = kVariants[0];
  const { first, second } = await as_user("xu.dan", variant, async (page) => {
    const begun = await bring_to_quoting(page, "退回与拒绝", variant);
    return {
      first: await submit_quote(page, "要被拒绝的报价", begun, variant),
      second: await submit_quote(page, "要被退回的报价", begun, variant),
    };
  });
  await as_user("zhou.min", variant, async (page) => {
    for (const [name, action, reason] of [["要被拒绝的报价", "reject", "毛利不足"], ["要被退回的报价", "return", "缺少附件"]]) {
      await go(page, "/tasks");
      await page.getByRole("link", { name }).first().click();
      await page.waitForSelector("#decision");
      if (action === "return") await page.locator("details.ask summary").first().click();
      await decide(page, action, reason);
    }
  });
  await as_user("xu.dan", variant, async (page) => {
    await go(page, first);
    assert.equal(await present_stage(page), kStages["zh-CN"].draft);
    assert.match(await page.locator("main").innerText(), /毛利不足/);
    await go(page, "/tasks");
    assert.equal(await page.getByRole("link", { name: "要被退回的报价" }).count(), 1);
    await go(page, second);
    assert.match(await page.locator("main").innerText(), /缺少附件/);
  });
});
