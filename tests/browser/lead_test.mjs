// A lead through the program's own pages: rejected with every kind of mistake, corrected, saved, found
// again in the list, in the API and in the history; edited, deleted, restored.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe_findings } from "./support/axe.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { html_findings } from "./support/html_checker.mjs";
import { sideways } from "./support/layout.mjs";
import { kTakenEmail, kWrong, messages, right_lead, stored_lead } from "./support/lead.mjs";
import { start_program } from "./support/program.mjs";
import { facts, field_errors, fill_form, id_of, save, sign_in, summary_entries } from "./support/record_form.mjs";

const kPassword = "formwork-demo";
const kPdf = { name: "平面图 1.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n云栈") };
const kErrorTitle = { en: /^Error: /, "zh-CN": /^错误：/ };
const kDuplicate = { en: /already/i, "zh-CN": /已/ };
const kCreated = { en: "created this lead", "zh-CN": "创建了这条线索" };

let browser, program;
const sources = {};  // every page that the program sent, for the HTML checker at the end
const collecting = [];
before(async () => { [browser, program] = await Promise.all([launch(), start_program()]); });
after(async () => { await browser.close(); await program.stop(); });

async function collect(response, language) {
  const { pathname } = new URL(response.url());
  const place = pathname.replace(/\d+/g, "N").replaceAll("/", "_");
  sources[`${response.request().method()}${place}.${response.status()}.${language}`] ??= await response.text();
}

// Runs `body` with a page of its own for this user; whatever the page complained about fails the test.
async function as_user(user, { language = "en", width = 1280, javaScriptEnabled = true }, body) {
  const page = await open_page(browser, { width, height: 800, locale: language, javaScriptEnabled });
  page.on("response", (response) => {
    const is_page = response.headers()["content-type"]?.startsWith("text/html");
    if (is_page) collecting.push(collect(response, language));
  });
  try {
    await sign_in(page, program.origin, { user, password: kPassword });
    await body(page);
    await Promise.all(collecting.splice(0));
    assert.deepEqual(page.complaints, []);
  } finally {
    await page.context().close();
  }
}

const go = (page, path) => page.goto(program.origin + path);

// What the API answers to the page's own session.
async function api(page, path) {
  const response = await page.request.get(program.origin + path);
  assert.equal(response.status(), 200, path);
  return response.json();
}

async function change_by_api(page, path, data) {
  const { csrf_token } = await api(page, "/api/v1/session");
  const { etag } = (await page.request.get(program.origin + path)).headers();
  const headers = { "X-CSRF-Token": csrf_token, Origin: program.origin, "If-Match": etag };
  const response = await page.request.patch(program.origin + path, { data, headers });
  assert.equal(response.status(), 200, await response.text());
}

// Does what sends a form and answers the status of the page or redirect that came back.
async function submit(page, act = save) {
  const answered = page.waitForResponse((response) =>
    response.request().method() === "POST" && response.request().isNavigationRequest());
  await Promise.all([page.waitForEvent("load"), act(page)]);
  return (await answered).status();
}

// The option stands for a form that was opened before the model changed.
const make_option = (page, value) => page.evaluate((text) => {
  document.querySelector("#f-source option:last-child").value = text;
}, value);

const focus_class = (page) => page.evaluate(() => document.activeElement.className);

async function check_rejection(page, language, expected) {
  assert.match(await page.title(), kErrorTitle[language]);
  assert.equal(await focus_class(page), "summary");
  const errors = await field_errors(page);
  const entries = await summary_entries(page);
  assert.deepEqual(Object.keys(errors).sort(), Object.keys(expected).map(id_of).sort());
  assert.deepEqual(entries, Object.entries(errors));  // the same sentences in the same order
  for (const [name, message] of Object.entries(expected)) {
    const said = errors[id_of(name)];
    assert.ok(said.endsWith(message), `${name}: ${said}`);
    const control = page.locator(`[id="${id_of(name)}"]`);
    assert.equal(await control.getAttribute("aria-invalid"), "true", name);
    assert.match(await control.getAttribute("aria-describedby"), new RegExp(`${id_of(name)}-err`));
  }
}

async function add_and_remove_a_line(page) {
  await page.click("#f-items");
  await page.waitForSelector('[id="f-items-2-qty"]');
  assert.equal(await page.inputValue('[id="f-items-2-qty"]'), "1");
  await page.locator('button[value="items.remove:2"]').click();
  await page.waitForSelector('[id="f-items-2-qty"]', { state: "detached" });
  assert.equal(await page.inputValue('[id="f-items-1-qty"]'), kWrong["items[1].qty"]);
}

async function check_saved(page, language, email) {
  const id = Number(new URL(page.url()).pathname.split("/")[2]);
  const shown = Object.values(await facts(page));
  for (const value of [email, "¥340,000.50", "12.5 %", "采购 <总监>"]) assert.ok(shown.includes(value), value);
  assert.equal(await page.locator(".toast").count(), 1);
  assert.ok((await page.locator(".tl").innerText()).includes(kCreated[language]));

  const file = page.locator('main a[href^="/files/"]');
  const download = await page.request.get(program.origin + await file.getAttribute("href"));
  assert.deepEqual(await download.body(), kPdf.buffer);
  assert.match(download.headers()["content-disposition"], /^attachment; filename\*=UTF-8''%E5%B9%B3/);

  await go(page, "/lead");
  assert.equal(await page.locator("a.name").first().textContent(), `云栈生鲜 ${email}`);

  const one = await api(page, `/api/v1/records/lead/${id}`);
  for (const [name, value] of Object.entries(stored_lead(email))) assert.deepEqual(one[name], value, name);
  assert.equal(one.items.length, 1);
  const found = await api(page, `/api/v1/records/lead?email=${email}`);
  assert.deepEqual(found.records.map((record) => record.id), [one.id]);
  const { entries } = await api(page, `/api/v1/records/lead/${id}/history`);
  const by_people = entries.filter((entry) => entry.by);  // what rules do to a new lead comes besides
  assert.deepEqual(by_people.map((entry) => [entry.by, entry.action]), [["zhou.min", "created"]]);
}

let count = 0;
for (const javaScriptEnabled of [true, false]) {
  for (const width of [1280, 360]) {
    for (const language of ["en", "zh-CN"]) {
      const how = `${javaScriptEnabled ? "with" : "without"} a script, ${width} px, ${language}`;
      test(`a lead is rejected with every mistake, corrected and saved: ${how}`, () =>
        as_user("zhou.min", { language, width, javaScriptEnabled }, async (page) => {
          const email = `tao.ran.${++count}@yunzhan.example`;
          await go(page, "/lead/new");
          const product = page.locator('[id="f-items-1-product"]');
          await product.selectOption({ index: 1 });
          await fill_form(page, { ...kWrong, source: "content", contact: "陶然", consent: true });
          await add_and_remove_a_line(page);
          await make_option(page, kWrong.source);
          await fill_form(page, { source: kWrong.source });
          assert.equal(await submit(page), 422);
          await check_rejection(page, language, messages(language));
          for (const [name, typed] of Object.entries(kWrong)) {
            assert.equal(await page.inputValue(`[id="${id_of(name)}"]`), typed, name);
          }
          assert.equal(await page.inputValue("#f-contact"), "陶然");
          assert.equal(await page.isChecked("#f-consent"), true);
          assert.deepEqual(await sideways(page), []);

          await fill_form(page, { ...right_lead(email), email: kTakenEmail, attachments: kPdf });
          assert.equal(await submit(page), 422);
          const duplicate = await field_errors(page);
          assert.deepEqual(Object.keys(duplicate), ["f-email"]);
          assert.match(duplicate["f-email"], kDuplicate[language]);
          assert.ok((await page.locator(".files").innerText()).includes(kPdf.name), "the file is kept");

          await fill_form(page, { email });
          assert.equal(await submit(page), 303);
          await check_saved(page, language, email);
        }));
    }
  }
}

test("the offered line stays out of a lead when nobody touches it, and units stand where they are read", () =>
  as_user("ma.li", {}, async (page) => {
    await go(page, "/lead/new");
    assert.equal(await page.locator("#f-budget-unit + #f-budget").count(), 1);
    assert.equal(await page.locator("#f-discount + #f-discount-unit").count(), 1);
    const { company, contact, title, source } = right_lead("short");
    await fill_form(page, { company, contact, title, source, email: "short@yunzhan.example" });
    assert.equal(await submit(page), 303);
    const saved = await api(page, `/api/v1/records${new URL(page.url()).pathname}`);
    assert.deepEqual(saved.items ?? [], []);
  }));

for (const [language, width, javaScriptEnabled] of [["en", 360, false], ["zh-CN", 1280, true]]) {
  test(`a lead is edited, clashes, is deleted and comes back: ${language}, ${width} px`, () =>
    as_user("zhou.min", { language, width, javaScriptEnabled }, async (page) => {
      const [mine, theirs] = [`昆明 ${language}`, `重庆 ${language}`];
      await go(page, "/lead/2/edit");
      await fill_form(page, { city: mine });
      await change_by_api(page, "/api/v1/records/lead/2", { city: theirs });
      assert.equal(await submit(page), 409);
      assert.ok((await page.locator(".note--warn").innerText()).includes(theirs));
      assert.equal(await page.inputValue("#f-city"), mine);
      assert.equal(await submit(page), 303);
      assert.ok((await page.locator(".tl li").first().innerText()).includes(mine));

      await go(page, "/lead/2/delete");
      await page.waitForSelector("main a:focus");  // Cancel; autofocus comes after the page
      assert.equal(await submit(page, () => page.click("main form .btn--danger")), 303);
      await go(page, "/lead?deleted=true");
      await page.locator("a.name").first().click();
      await page.waitForURL(/\/lead\/2$/);
      assert.equal(await submit(page, () => page.click('form[action$="/restore"] button')), 303);
      await go(page, "/lead?deleted=true");
      assert.equal(await page.locator("a.name").count(), 0);
    }));
}

test("the list filters, sorts and turns its page, and says what an address has wrong", () =>
  as_user("zhou.min", {}, async (page) => {
    await go(page, "/lead?source=event&sort=-budget");
    const amounts = await page.locator("td.num:not(.m-1)").filter({ hasText: "¥" }).allInnerTexts();
    const numbers = amounts.map((text) => Number(text.replace(/[¥,]/g, "")));
    assert.ok(numbers.length > 5);
    assert.deepEqual(numbers, numbers.slice().sort((a, b) => b - a));
    assert.deepEqual([...new Set(await page.locator("tbody td:nth-child(4)").allInnerTexts())], ["Event"]);
    await go(page, "/lead");
    const first = await page.locator("a.name").allInnerTexts();
    await page.click("a[rel=next]");
    await page.waitForURL(/cursor=/);
    const second = await page.locator("a.name").allInnerTexts();
    assert.equal(first.length, 50);
    assert.ok(second.length > 0);
    assert.equal((await go(page, "/lead?budget.from=abc&colour=red")).status(), 422);
    assert.ok((await page.locator(".note--warn").innerText()).includes("abc"));
  }));

test("who may not see leads gets no lead, no page and no door to them", () =>
  as_user("he.jing", {}, async (page) => {
    assert.equal(await page.locator('a[href="/lead"]').count(), 0);
    for (const path of ["/lead", "/lead/1", "/lead/new"]) {
      assert.ok([403, 404].includes((await go(page, path)).status()), path);
      assert.ok(!(await page.content()).includes(kTakenEmail), path);
    }
    const refused = await page.request.get(`${program.origin}/api/v1/records/lead/1`);
    assert.ok([403, 404].includes(refused.status()));
  }));

const kPlaces = ["/", "/lead", "/lead?source=event", "/lead?deleted=true", "/lead/new", "/lead/1", "/lead/1/edit",
  "/lead/1/delete", "/account/1", "/product", "/lead/99999", "/nothing"];

for (const width of [1280, 360]) {
  for (const language of ["en", "zh-CN"]) {
    test(`axe is silent and nothing scrolls sideways on any page: ${width} px, ${language}`, async () => {
      const check = async (page, place) => {
        assert.deepEqual(await axe_findings(page), [], place);
        assert.deepEqual(await sideways(page), [], place);
      };
      const stranger = await open_page(browser, { width, locale: language });
      await go(stranger, "/lead");
      await check(stranger, "sign-in");
      await stranger.fill("#f-user", "nobody");
      await stranger.fill("#f-password", "guess");
      await submit(stranger, () => stranger.click("main .btn--primary"));
      await check(stranger, "sign-in, rejected");
      assert.deepEqual(stranger.complaints, []);
      await stranger.context().close();
      await as_user("zhou.min", { language, width }, async (page) => {
        for (const place of kPlaces) {
          await go(page, place);
          await check(page, place);
        }
        await go(page, "/lead/new");
        await page.click("#f-items");
        await submit(page);
        await check(page, "new, rejected");
      });
      await as_user("he.jing", { language, width }, async (page) => {
        await go(page, "/lead");
        await check(page, "no access");
      });
    });
  }
}

test("the HTML checker finds nothing in any page that was sent", async () => {
  assert.ok(Object.keys(sources).length >= 30, Object.keys(sources).join(" "));
  assert.deepEqual(await html_findings(sources), []);
});
