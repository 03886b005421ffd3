// The golden pages of docs/ui/markup hold every promise that the program's own pages must hold.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { axe_findings } from "./support/axe.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { golden_names, golden_source, serve_golden_pages } from "./support/golden_pages.mjs";
import { html_findings } from "./support/html_checker.mjs";
import { keyboard_gaps, outside_window, sideways } from "./support/layout.mjs";

const kWidths = [1280, 360];
const kColours = { only: ["color-contrast", "link-in-text-block"] };  // all that dark mode can change
const names = await golden_names();
let browser, site;
before(async () => { [browser, site] = await Promise.all([launch(), serve_golden_pages()]); });
after(async () => { await browser.close(); await site.close(); });

test("the HTML checker finds nothing", async () => {
  const sources = {};
  for (const name of names) sources[name] = await golden_source(name);
  assert.ok(names.length >= 98);
  assert.deepEqual(await html_findings(sources), []);
});

test("no page carries styles or handlers in its markup, and each fits its budget", async () => {
  for (const name of names) {
    const source = await golden_source(name);
    assert.doesNotMatch(source, /\s(style|on\w+)=/, name);
    assert.doesNotMatch(source, /<script(?![^>]*\ssrc=)/, name);
    assert.ok(source.length < 64 * 1024, name);
  }
});

for (const name of names) {
  test(`${name}: axe is silent and nothing scrolls sideways, on a desk and a phone`, async () => {
    const page = await open_page(browser);
    await page.goto(`${site.origin}/${name}`);
    for (const width of kWidths) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await sideways(page), [], `${width} px`);
      assert.deepEqual(await axe_findings(page), [], `${width} px`);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await axe_findings(page, kColours), [], "dark");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test("the user's own choice of dark or light gives what the system's wish gives", async () => {
  const tokens = async (system, own) => {
    const page = await open_page(browser, { colorScheme: system });
    await page.goto(`${site.origin}/sign-in.en`);
    const values = await page.evaluate((theme) => {
      if (theme) document.documentElement.dataset.theme = theme;
      const names = [...document.styleSheets[0].cssRules]
        .find((rule) => rule.selectorText === ":root").style;
      const style = getComputedStyle(document.documentElement);
      return Object.fromEntries([...names].map((name) => [name, style.getPropertyValue(name)]));
    }, own);
    await page.context().close();
    return values;
  };
  const [dark, light] = [await tokens("dark"), await tokens("light")];
  assert.notDeepEqual(dark, light);
  assert.deepEqual(await tokens("light", "dark"), dark);
  assert.deepEqual(await tokens("dark", "light"), light);
});

test("opened menus and filter panels hold the same", async () => {
  const pages = ["list", "detail", "deal-quote", "task"].flatMap((name) => [`${name}.en`, `${name}.zh-CN`]);
  for (const name of pages) {
    for (const width of kWidths) {
      for (const chosen of [".filters details", ".side__foot details", ".head details", ".tabbar details"]) {
        const page = await open_page(browser, { width, height: 800 });
        await page.goto(`${site.origin}/${name}`);
        const details = page.locator(chosen);
        if ((await details.count()) === 1 && (await details.isVisible())) {
          await details.locator("summary").click();
          assert.deepEqual(await axe_findings(page), [], `${name} at ${width} px, ${chosen}`);
          assert.deepEqual(await sideways(page), [], `${name} at ${width} px, ${chosen}`);
          assert.deepEqual(await outside_window(page, `${chosen} :is(a, button, input, select)`), []);
        }
        await page.context().close();
      }
    }
  }
});

test("what asks before it does, and what says why it cannot, holds the same when it is open", async () => {
  for (const name of ["deal-quote.en", "deal-quote.zh-CN", "task.en", "task.zh-CN"]) {
    for (const width of kWidths) {
      const page = await open_page(browser, { width, height: 800 });
      await page.goto(`${site.origin}/${name}`);
      await page.evaluate(() => document.querySelectorAll("details.ask").forEach((ask) => { ask.open = true; }));
      assert.notEqual(await page.locator("details.ask[open]").count(), 0);
      assert.deepEqual(await axe_findings(page), [], `${name} at ${width} px`);
      assert.deepEqual(await sideways(page), [], `${name} at ${width} px`);
      await page.context().close();
    }
  }
});

test("the Tab key reaches every control, in sight and with a ring", async () => {
  for (const name of names.filter((each) => each.endsWith(".en"))) {
    for (const width of kWidths) {
      const page = await open_page(browser, { width, height: 720 });
      await page.goto(`${site.origin}/${name}`);
      assert.deepEqual(await keyboard_gaps(page), [], `${name} at ${width} px`);
      await page.context().close();
    }
  }
});

test("text at twice the size stays usable at 1280 px", async () => {
  for (const name of names) {
    // Twice the text in the same window is the same as half the window.
    const page = await open_page(browser, { width: 640, height: 450, deviceScaleFactor: 2 });
    await page.goto(`${site.origin}/${name}`);
    assert.deepEqual(await sideways(page), [], name);
    await page.context().close();
  }
});
