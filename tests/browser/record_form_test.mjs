// A record form sends what was put into it, with and without a script, on a desk and on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open_page } from "./support/browser.mjs";
import { serve_golden_pages } from "./support/golden_pages.mjs";
import { facts, field_errors, fill_form, save, summary_entries } from "./support/record_form.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), serve_golden_pages()]); });
after(async () => { await browser.close(); await site.close(); });

const kValues = {
  company: "云栈生鲜", tax_number: "91310000MA1FL0X41K", contact_name: "陶然", email: "tao.ran@yunzhan.example",
  mobile: "13600009038", website: "https://yunzhan.example", source: "event", industry: "food", employees: "85",
  interests: ["wms", "bi"], budget: "340000.50", discount: "12.5", expected_close: "2026-12-18",
  call_at: "2026-11-25T14:30", best_time: "14:00", reply_within: "2 h", notes: "第一行\n第二行",
  "items[1].product": "2", "items[1].qty": "20", "items[1].unit_price": "900", owner: "ma.li",
  account: "2", campaign: "7 · Contact 7", consent: true,
};

// Name → values of a multipart body, files by their names.
function parts_of(body) {
  const parts = {};
  for (const [, name, file, value] of body.matchAll(
      /name="([^"]+)"(?:; filename="([^"]*)")?(?:\r\n[^\r\n]+)*\r\n\r\n([\s\S]*?)\r\n------/g)) {
    (parts[name] ??= []).push(file ?? value);
  }
  return parts;
}

for (const javaScriptEnabled of [true, false]) {
  for (const [language, width] of [["en", 1280], ["zh-CN", 360]]) {
    const how = `${javaScriptEnabled ? "with" : "without"} a script, ${language}, ${width} px`;
    test(`every kind of control sends its value: ${how}`, async () => {
      const page = await open_page(browser, { width, height: 740, javaScriptEnabled });
      await page.goto(`${site.origin}/new.${language}`);
      await fill_form(page, { ...kValues, attachments: { name: "平面图.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-") } });
      await Promise.all([page.waitForResponse("**/lead/new"), save(page)]);
      const sent = parts_of(site.posts.at(-1).body);
      const expected = { _csrf: ["3q2-7wQh"], attachments: ["平面图.pdf"], act: ["save"], "items[1].discount": [""] };
      for (const [name, value] of Object.entries(kValues)) {
        expected[name] = Array.isArray(value) ? value : [value === true ? "true" : value.replaceAll("\n", "\r\n")];
      }
      assert.deepEqual(sent, expected);
      await page.context().close();
    });
  }
}

test("every entry of the summary leads to a field that says the same", async () => {
  for (const language of ["en", "zh-CN"]) {
    const page = await open_page(browser);
    await page.goto(`${site.origin}/new-errors.${language}`);
    const errors = await field_errors(page);
    const entries = await summary_entries(page);
    assert.deepEqual(entries.map(([target]) => target), Object.keys(errors));
    for (const [target, words] of entries) {
      assert.equal(words, errors[target], target);
      assert.equal(await page.locator(`[id="${target}"]`).count(), 1, target);
    }
    await page.context().close();
  }
});

test("a record's page names every value", async () => {
  const page = await open_page(browser);
  await page.goto(`${site.origin}/detail.en`);
  const shown = await facts(page);
  assert.equal(shown.Budget, "¥750,000.00");
  assert.equal(shown["Tax number"], "Not set");
  await page.context().close();
});
