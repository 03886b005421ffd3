// What ui.js adds to a page, on the golden pages with answers given by the test.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open_page } from "./support/browser.mjs";
import { serve_golden_pages } from "./support/golden_pages.mjs";

let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), serve_golden_pages()]); });
after(async () => { await browser.close(); await site.close(); });

// Runs `body` with a fresh page; whatever the page complained about fails the test.
async function on_page(name, body, options) {
  const page = await open_page(browser, options);
  try {
    await page.goto(`${site.origin}/${name}`);
    await body(page);
    assert.deepEqual(page.complaints, []);
  } finally {
    await page.context().close();
  }
}

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

// Answers every check with `message`, and keeps what was asked.
async function answer_checks(page, message) {
  const asked = [];
  await page.route("**/lead/check", async (route) => {
    const request = route.request();
    asked.push({ field: request.headers()["x-formwork-check"], body: new URLSearchParams(request.postData()) });
    await route.fulfill({ json: { field: asked.at(-1).field, message } });
  });
  return asked;
}

test("after a rejected submit the summary has the focus, and its links put it into the field", () =>
  on_page("new-errors.en", async (page) => {
    assert.equal(await focused(page), "summary");
    await page.click('.summary a[href="#f-budget"]');
    assert.equal(await focused(page), "f-budget");
    const label = await page.locator('label[for="f-budget"]').boundingBox();
    assert.ok(label.y > 52, "the label is below the top bar");
    await page.click('.summary a[href="#f-source"]');
    assert.equal(await focused(page), "f-source");
  }));

test("the same holds without a script", () =>
  on_page("new-errors.en", async (page) => {
    await page.click('.summary a[href="#f-items-2-qty"]');
    assert.equal(await page.locator("#f-items-2-qty:focus").count(), 1);
  }, { javaScriptEnabled: false }));

test("suggestions follow what is typed, asked for once it rests; a failed answer leaves them", () =>
  on_page("admin-dry-run-choose.en", async (page) => {
    const asked = [];
    let status = 200;
    await page.route("**/lead/suggest?*", (route) => {
      asked.push(new URL(route.request().url()).searchParams.get("find"));
      return status === 200 ? route.fulfill({ json: ["42 · Xinglan & Co", "17 · <b>"] }) : route.abort();
    });
    const offered = () => page.evaluate(() =>
      [...document.getElementById("trial-record").list.options].map((option) => option.value));
    await page.fill("#trial-record", "");
    await page.locator("#trial-record").pressSequentially("xing & co");
    await page.waitForFunction(() => document.getElementById("trial-record").list.options.length === 2);
    assert.deepEqual(await offered(), ["42 · Xinglan & Co", "17 · <b>"]);
    assert.equal(asked.at(-1), "xing & co");
    assert.ok(asked.length < 9, "not at every key");
    status = 0;
    const before_failing = asked.length;
    await page.fill("#trial-record", "y");
    while (asked.length === before_failing) await page.waitForTimeout(50);
    assert.equal((await offered()).length, 2);
    page.complaints.length = 0;  // Chromium reports the aborted request
  }));

test("a corrected field is checked when it is left, and only its message changes", () =>
  on_page("new-errors.en", async (page) => {
    const asked = await answer_checks(page, null);
    const place = () => page.evaluate(() => scrollY + document.getElementById("f-email").getBoundingClientRect().top);
    const before_check = await place();
    await page.fill("#f-company", "Xinglan");
    assert.equal(asked.length, 0);
    await page.press("#f-company", "Tab");
    await page.waitForSelector("#f-company-err.is-fixed");
    assert.equal(asked[0].field, "company");
    assert.equal(asked[0].body.get("company"), "Xinglan");
    assert.equal(asked[0].body.get("_csrf"), "3q2-7wQh");
    assert.equal(asked[0].body.get("email"), "pei.yu.example.com");
    assert.equal((await page.locator("#f-company-err").innerText()).trim(), "Corrected");
    assert.equal(await page.getAttribute("#f-company", "aria-invalid"), null);
    assert.equal(await page.getAttribute("#f-email", "aria-invalid"), "true");
    assert.equal(await place(), before_check);
    assert.equal(await page.locator(".summary .is-fixed").count(), 1);
  }));

test("a field that is still wrong gets its new message, once", () =>
  on_page("new-errors.zh-CN", async (page) => {
    const asked = await answer_checks(page, "手机号应为 11 位，现在是 9 位");
    await page.fill("#f-mobile", "138057162");
    await page.press("#f-mobile", "Tab");
    await page.waitForFunction(() => document.querySelector("#f-mobile-err").innerText.includes("9 位"));
    assert.equal(await page.getAttribute("#f-mobile", "aria-invalid"), "true");
    assert.equal(await page.locator("#f-mobile-err .vh").innerText(), "错误：");
    assert.equal(asked.length, 1);
  }));

test("fields without an error, and fields that were not touched, are not checked", () =>
  on_page("new-errors.en", async (page) => {
    const asked = await answer_checks(page, null);
    await page.fill("#f-items-1-qty", "110");
    await page.focus("#f-website");
    await page.focus("#f-budget");
    await page.focus("#f-owner");
    assert.deepEqual(asked, []);
  }));

test("a line that is corrected loses its red ground", () =>
  on_page("new-errors.en", async (page) => {
    const asked = await answer_checks(page, null);
    await page.fill("#f-items-2-qty", "60");
    await page.press("#f-items-2-qty", "Tab");
    await page.waitForSelector("#f-items-2-qty-err.is-fixed");
    assert.equal(decodeURIComponent(asked[0].field), "items[2].qty");
    assert.equal(await page.locator("tr.is-error").count(), 0);
  }));

test("lines are added at the end and renumbered after a removal", () =>
  on_page("new-errors.en", async (page) => {
    await page.click("#f-items");
    assert.equal(await focused(page), "f-items-3-product");
    assert.equal(await page.getAttribute("#f-items-3-qty", "name"), "items[3].qty");
    assert.equal(await page.getAttribute("#f-items-3-qty", "aria-label"), "Line 3 quantity");
    await page.fill("#f-items-3-qty", "7");
    await page.click('button[aria-label="Remove line 1"]');
    const rows = page.locator('[data-lines="items"] tbody tr');
    assert.equal(await rows.count(), 2);
    assert.equal(await page.inputValue("#f-items-2-qty"), "7");
    assert.equal(await page.getAttribute("#f-items-1-qty", "aria-describedby"), "f-items-1-qty-err");
    assert.equal(await page.locator("#f-items-1-qty-err").count(), 1);
    assert.equal(await page.getAttribute('button[aria-label="Remove line 2"]', "value"), "items.remove:2");
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Remove line 1");
    await page.click('button[aria-label="Remove line 1"]');
    await page.click('button[aria-label="Remove line 1"]');
    assert.equal(await focused(page), "f-items");
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id));
    assert.equal(new Set(ids).size, ids.length);
  }));

test("without a script the same buttons are submits that name what they want", () =>
  on_page("new-errors.en", async (page) => {
    const [request] = await Promise.all([page.waitForRequest("**/lead/new"), page.click("#f-items")]);
    assert.equal(request.method(), "POST");
    assert.match(request.postData(), /name="act"\r\n\r\nitems\.add/);
    assert.match(request.postData(), /name="items\[2\]\.qty"\r\n\r\n55/);
  }, { javaScriptEnabled: false }));

test("a form is sent once, with the pressed button as wide as before", () =>
  on_page("new.en", async (page) => {
    let sent = 0;
    // An answer without content leaves the page as it is, so that it can be looked at.
    await page.route("**/lead/new", async (route) => { ++sent; await route.fulfill({ status: 204 }); });
    await page.fill("#f-company", "Xinglan");
    const button = page.locator(".head .btn--primary");
    const { width } = await button.boundingBox();
    await button.click();
    await page.waitForSelector(".head .btn--primary.is-busy[aria-disabled=true]");
    assert.equal((await button.boundingBox()).width, width);
    await button.click({ force: true });
    await page.evaluate(() => document.querySelector("form").requestSubmit());
    assert.equal(sent, 1);
  }));

test("Ctrl Enter sends the form from any field, Enter saves instead of adding a line", async () => {
  for (const keys of ["Control+Enter", "Enter"]) {
    await on_page("new.en", async (page) => {
      const [request] = await Promise.all([page.waitForRequest("**/lead/new"), page.press("#f-budget", keys)]);
      assert.match(request.postData(), /name="act"\r\n\r\nsave/);
    });
  }
});

test("leaving asks only after an edit", () =>
  on_page("new.en", async (page) => {
    const asked = [];
    page.on("dialog", (dialog) => { asked.push(dialog.type()); dialog.accept(); });
    await page.goto(`${site.origin}/new.en`);
    assert.deepEqual(asked, []);
    await page.fill("#f-company", "Xinglan");
    await page.goto(`${site.origin}/new.en`);
    assert.deepEqual(asked, ["beforeunload"]);
  }));

test("the counter counts characters, not units or bytes", () =>
  on_page("new.zh-CN", async (page) => {
    await page.fill("#f-notes", "线索😀");
    assert.equal(await page.locator("#f-notes-count").innerText(), "还可输入 497 字");
    await page.fill("#f-notes", "线".repeat(503));
    assert.equal(await page.locator("#f-notes-count.is-over").innerText(), "超出 3 字");
  }));

test("menus close on Escape, which returns the focus, and on a click elsewhere", () =>
  on_page("detail.en", async (page) => {
    const menu = page.locator(".head details.menu");
    await menu.locator("summary").click();
    assert.equal(await menu.getAttribute("open"), "");
    await page.keyboard.press("Escape");
    assert.equal(await menu.getAttribute("open"), null);
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "More actions");
    await menu.locator("summary").click();
    await page.click("h1");
    assert.equal(await menu.getAttribute("open"), null);
    await page.click("[data-dismiss]");
    assert.equal(await page.locator(".toast").count(), 0);
  }));

test("single keys walk the list, open the filter and go to places", () =>
  on_page("list.en", async (page) => {
    const link = () => page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("j");
    assert.equal(await link(), "Xinglan Cross-border");
    await page.keyboard.press("j");
    assert.equal(await link(), "Beilu New Materials");
    await page.keyboard.press("k");
    assert.equal(await link(), "Xinglan Cross-border");
    await page.keyboard.press("/");
    assert.equal(await focused(page), "q-company");
    assert.equal(await page.inputValue("#q-company"), "");
    await page.keyboard.type("gj/");
    assert.equal(await page.inputValue("#q-company"), "gj/");
    await page.focus("h1 + *, a.name");
    const [request] = await Promise.all([page.waitForRequest("**/account"), page.keyboard.type("ga")]);
    assert.equal(new URL(request.url()).pathname, "/account");
  }));

test("single keys can be turned off, and stay off", () =>
  on_page("list.en", async (page) => {
    await page.click(".side__foot summary");
    await page.click(".side__foot [data-keys-toggle]");
    assert.equal(await page.getAttribute(".side__foot [data-keys-toggle]", "aria-pressed"), "false");
    await page.reload();
    await page.keyboard.press("j");
    assert.equal(await page.locator(".name:focus").count(), 0);
  }));

test("a filter address names only the conditions that are set", () =>
  on_page("list.en", async (page) => {
    await page.click(".filters summary");
    const [request] = await Promise.all([page.waitForRequest("**/lead?*"), page.click(".filters .btn--primary")]);
    assert.equal(new URL(request.url()).search, "?source=event&budget.from=100000&sort=-created_at");
  }));

test("a decision that needs a comment asks for it, and one that does not is sent", () =>
  on_page("task.en", async (page) => {
    const sent = [];
    await page.route("**/tasks/21", async (route) => {
      sent.push(new URLSearchParams(route.request().postData()));
      await route.fulfill({ status: 204 });
    });
    await page.click("#decision .decide__main [value=reject]");
    assert.equal(await focused(page), "comment");
    assert.ok(await page.locator("#comment-err").isVisible());
    assert.equal(await page.getAttribute("#comment", "aria-invalid"), "true");
    assert.equal(sent.length, 0);
    await page.fill("#comment", "Too much");
    await page.click("#decision .decide__main [value=reject]");
    await page.waitForFunction(() => document.querySelector("#decision").dataset.sent);
    assert.equal(sent[0].get("action"), "reject");
    assert.equal(sent[0].get("comment"), "Too much");
    assert.equal(sent[0].get("discount"), "21.19");
  }));

test("Enter in a field of a decision decides nothing", () =>
  on_page("task.en", async (page) => {
    const sent = [];
    await page.route("**/tasks/21", async (route) => { sent.push(1); await route.fulfill({ status: 204 }); });
    await page.press("#f-discount", "Enter");
    assert.equal(sent.length, 0);
  }));

test("without a script a phone's bar decides, and says which action", () =>
  on_page("task.en", async (page) => {
    const [request] = await Promise.all([
      page.waitForRequest("**/tasks/21"), page.click(".phonebar [value=approve]"),
    ]);
    assert.match(request.postData(), /action=approve/);
  }, { javaScriptEnabled: false, width: 360 }));
