// Leads that come by themselves: one by a signed webhook, one by the public form. Both are scored and find an owner; then
// the clock goes on, nobody answers, and they are reminded of, given to somebody else and released to the pool, from which
// one is claimed. In both languages, on a desktop and on a phone.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import { axe_findings } from "./support/axe.mjs";
import { launch, open_page } from "./support/browser.mjs";
import { sideways } from "./support/layout.mjs";
import { start_program } from "./support/program.mjs";
import { fill_form, sign_in } from "./support/record_form.mjs";

const kPassword = "formwork-demo";
const kMonday = "2027-03-01T02:00:00Z";  // ten o'clock in Shanghai
const kSecret = "formwork-demo-ads";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function with_page(program, user, { language, width }, body) {
  const page = await open_page(browser, { width, height: 800, locale: language });
  try {
    if (user) await sign_in(page, program.origin, { user, password: kPassword });
    const answer = await body(page);
    assert.deepEqual(page.complaints, []);
    return answer;
  } finally {
    await page.context().close();
  }
}

async function look(page, path) {
  const answer = await page.goto(path);
  assert.equal(answer.status(), 200, path);
  assert.deepEqual(await sideways(page), [], path);
  assert.deepEqual(await axe_findings(page), [], path);
}

async function api(page, program, path) {
  const response = await page.request.get(program.origin + path);
  assert.equal(response.status(), 200, path);
  return response.json();
}

// As Standard Webhooks have it; the server's clock is not ours.
async function post_signed(program, id, body, secret = kSecret) {
  const at = String(Date.parse(kMonday) / 1000);
  const text = JSON.stringify(body);
  const signature = createHmac("sha256", secret).update(`${id}.${at}.${text}`).digest("base64");
  return fetch(`${program.origin}/hooks/ads`, {
    method: "POST", body: text,
    headers: {
      "content-type": "application/json", "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}`,
    },
  });
}

const lead_of_ads = {
  type: "lead.created",
  data: {
    company: "宁波港湾物流有限公司", name: "贺文", title: "总经理", mobile: "13700005001", industry: "logistics", region: "华东",
    budget: "300000", campaign: "春季投放",
  },
};

async function fill_in_form(program, variant) {
  return with_page(program, null, variant, async (page) => {
    await look(page, `${program.origin}/f/contact_us?utm_source=newsletter&campaign=spring`);
    await fill_form(page, {
      company: "合肥量测仪器有限公司", contact: "汤言", title: "CIO", mobile: "13700005002", region: "华中", budget: "600000", consent: true,
    });
    await Promise.all([page.waitForURL(/thanks/), page.locator("main form button:not([type=button])").last().click()]);
    assert.deepEqual(await axe_findings(page), []);
  });
}

async function lead_named(page, program, company) {
  const found = await api(page, program, `/api/v1/records/lead?company=${encodeURIComponent(company)}`);
  assert.equal(found.records.length, 1, company);
  return found.records[0];
}

// Until the program has done what is due.
async function advance(program, by, is_so) {
  await program.command("clock", "advance", by);
  for (let i = 0; i < 100; ++i) {
    if (await is_so()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`nothing came of ${by}`);
}

const kVariants = [{ language: "zh-CN", width: 1280 }, { language: "en", width: 360 }];

for (const variant of kVariants) {
  test(`leads arrive, find an owner, and are not forgotten (${variant.language}, ${variant.width} px)`, async () => {
    const program = await start_program({ clock: kMonday });
    try {
      assert.equal((await post_signed(program, "msg_0", lead_of_ads, "formwork-demo-wrong")).status, 401);
      for (const again of [false, true]) {
        const answer = await post_signed(program, "msg_1", lead_of_ads);
        assert.equal(answer.status, 200, again ? "again" : "the first time");
      }
      await fill_in_form(program, variant);
      const { ads, form } = await with_page(program, "zhou.min", variant, async (page) => {
        const one = await lead_named(page, program, "宁波港湾物流有限公司");
        const other = await lead_named(page, program, "合肥量测仪器有限公司");
        assert.equal(one.score, "45");
        assert.equal(other.score, "55");
        assert.equal(other.utm_source, "newsletter");
        for (const lead of [one, other]) {
          assert.ok(lead.owner, lead.company);
          assert.equal(lead.stage, "assigned");
          assert.ok(lead.respond_by);
          await look(page, `${program.origin}/lead/${lead.id}`);
          await page.locator("#s-owner").waitFor();
          await page.locator(".head__meta a[href=\"#s-owner\"]").waitFor();
          await page.locator("#s-decision-score").waitFor();
        }
        return { ads: one, form: other };
      });
      await with_page(program, ads.owner, variant, async (page) => {
        const told = async () => (await api(page, program, "/api/v1/notifications?unread=true")).notifications
          .some((one) => /宁波港湾.*首次响应/.test(one.title));
        await advance(program, "PT16M", told);
        await look(page, `${program.origin}/notifications`);
        assert.match(await page.locator("main").innerText(), /宁波港湾物流有限公司/);
      });
      await with_page(program, "zhou.min", variant, async (page) => {
        const lead = () => api(page, program, `/api/v1/records/lead/${ads.id}`);
        await advance(program, "PT15M", async () => (await lead()).owner !== ads.owner);
        await advance(program, "PT5H", async () => (await lead()).pool === "public");
        assert.equal((await lead()).owner, null);
      });
      await with_page(program, "ma.li", variant, async (page) => {
        await look(page, `${program.origin}/lead/pool`);
        assert.match(await page.locator("#quota-public").innerText(), /5 of 5|还可领取 5 条/);
        await Promise.all([
          page.waitForURL(/\/lead\/\d+/), page.getByRole("button", { name: /宁波港湾物流有限公司/ }).click(),
        ]);
        assert.equal((await api(page, program, `/api/v1/records/lead/${ads.id}`)).owner, "ma.li");
        await look(page, `${program.origin}/lead/pool`);
        assert.match(await page.locator("#quota-public").innerText(), /4 of 5|还可领取 4 条/);
        assert.ok(form.id);
      });
    } finally {
      await program.stop();
    }
  });

  test(`who runs the app sees what rules did and what leaves (${variant.language}, ${variant.width} px)`, async () => {
    const program = await start_program({ clock: kMonday });
    try {
      assert.equal((await post_signed(program, "msg_1", lead_of_ads)).status, 200);
      await with_page(program, "admin", variant, async (page) => {
        const lead = await lead_named(page, program, "宁波港湾物流有限公司");
        for (const path of ["/admin", "/admin/runs", "/admin/runs?outcome=declined", "/admin/outbox", "/admin/forecast"]) {
          await look(page, program.origin + path);
        }
        await look(page, `${program.origin}/lead/${lead.id}`);
        await page.locator(".head details:has(a[href^='/admin?entity']) summary").click();
        await Promise.all([page.waitForURL(/admin\?entity=lead/), page.locator("a[href^='/admin?entity']").click()]);
        await look(page, page.url());
        const to_try = page.locator("a[href^='/admin/automations/assign_lead?record=']");
        await Promise.all([page.waitForURL(/automations\/assign_lead/), to_try.click()]);
        await look(page, page.url());
        assert.equal(await page.inputValue("#trial-record"), String(lead.id));
        await Promise.all([page.waitForURL(/dry-run/), page.locator("section:has(#s-trial) button").click()]);
        await page.locator("#trial-result").waitFor();
        assert.deepEqual(await sideways(page), []);
        assert.deepEqual(await axe_findings(page), []);
        const { runs } = await api(page, program, `/api/v1/automations/assign_lead/runs`);
        await look(page, `${program.origin}/admin/runs/${runs[0].id}`);
        assert.equal((await lead_named(page, program, "宁波港湾物流有限公司")).version, lead.version);
      });
      await with_page(program, "lin.yifan", variant, async (page) => {
        assert.equal((await page.goto(`${program.origin}/admin`)).status(), 403);
      });
    } finally {
      await program.stop();
    }
  });
}
