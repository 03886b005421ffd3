// A form with formulas follows while it is filled, and does the same without a script when it is sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe_findings } from "./support/axe.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { start_program } from "./support/program.mjs";
import { facts, fill_form, save, sign_in } from "./support/record_form.mjs";

let browser, program;
before(async () => { [browser, program] = await Promise.all([launch(), start_program()]); });
after(async () => { await browser.close(); await program.stop(); });

async function on_new_lead(options, body) {
  const page = await open_page(browser, options);
  try {
    await sign_in(page, program.origin, { user: "admin", password: "formwork-demo" });
    await page.goto(`${program.origin}/lead/new`);
    await body(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await page.context().close();
  }
}

const lead = (email) => ({ company: `推荐 ${email}`, contact: "陶然", title: "总监", email, consent: true });
const is_seen = (page, name) => page.locator(`[data-field="${name}"]`).isVisible();
const text = (page, id) => page.locator(`output[id="${id}"]`).textContent();

// Waits for the answer to the last change.
async function followed(page, change) {
  const answered = page.waitForResponse((response) => response.url().endsWith("/live"));
  await change();
  await answered;
}

test("a choice brings a field that is then required, and takes it away with what it holds", () =>
  on_new_lead({ locale: "en" }, async (page) => {
    assert.equal(await is_seen(page, "vendor"), false);
    await followed(page, () => page.selectOption("#f-source", "referral"));
    await page.waitForSelector('[data-field="vendor"]:not([hidden])');
    assert.equal(await page.locator("#f-vendor").getAttribute("required"), "");
    assert.equal(await page.locator('[data-field="vendor"] .req > span').isVisible(), true);
    assert.deepEqual(await axe_findings(page), []);
    await followed(page, () => page.fill("#f-vendor", "宁波港华物流"));
    await followed(page, () => page.selectOption("#f-source", "event"));
    await page.waitForSelector('[data-field="vendor"]', { state: "hidden" });
    assert.equal(await page.inputValue("#f-vendor"), "宁波港华物流");
    assert.equal(await page.locator("#f-vendor").getAttribute("required"), null);
  }));

test("totals follow the lines as they are typed, added and removed", () =>
  on_new_lead({ locale: "en" }, async (page) => {
    await page.fill('[name="items[1].qty"]', "2");
    await followed(page, () => page.fill('[name="items[1].unit_price"]', "1000"));
    await page.waitForFunction(() => document.getElementById("f-items-1-total").textContent.includes("2,000.00"));
    assert.match(await text(page, "f-items_total"), /2,000\.00/);
    await page.click('[data-line-add="items"]');
    await page.fill('[name="items[2].unit_price"]', "500");
    await followed(page, () => page.fill('[name="items[2].discount"]', "10"));
    await page.waitForFunction(() => document.getElementById("f-items_total").textContent.includes("2,450.00"));
    await followed(page, () => page.locator('[data-line-remove="items"]').first().click());
    await page.waitForFunction(() => document.getElementById("f-items-1-total").textContent.includes("450.00"));
    assert.match(await text(page, "f-items_total"), /\b450\.00/);
  }));

test("without a script the field comes when the form is sent", () =>
  on_new_lead({ locale: "en", javaScriptEnabled: false }, async (page) => {
    const values = { ...lead("no.script@example.com"), source: "referral" };
    await fill_form(page, values);
    await save(page);
    assert.equal(await is_seen(page, "vendor"), true);
    await page.fill("#f-vendor", "宁波港华物流");
    await save(page);
    const shown = await facts(page);
    assert.equal(JSON.stringify(shown).includes("宁波港华物流"), true);
  }));
