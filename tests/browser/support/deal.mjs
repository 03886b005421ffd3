// The way of a deal over record pages: moves and ticks, as the pages' own forms send them.
import assert from "node:assert/strict";

// Presses a button of a form and waits for the page that comes of it.
async function press(page, button) {
  const answered = page.waitForResponse((response) =>
    response.request().method() === "POST" && response.request().isNavigationRequest());
  await Promise.all([page.waitForEvent("load"), button.click()]);
  const status = (await answered).status();
  assert.equal(status, 303, `${page.url()} answered ${status}: ${await page.locator("main").innerText()}`);
}

// Moves the record whose page is open to that stage.
export async function move(page, to) {
  const form = page.locator(`form[action$="/move"]:has(input[name=to][value="${to}"])`).first();
  assert.equal(await form.count(), 1, `no move to ${to}: ${await page.locator("main").innerText()}`);
  const folded = page.locator("details.ask:not([open])", { has: form });
  if (await folded.count() > 0) await folded.locator("summary").first().click();
  await press(page, form.locator("button").first());
}

export async function tick(page, item) {
  await press(page, page.locator(`#i-${item} button`));
}

// Decides the task that is open, with the button that this width shows.
export async function decide(page, action, comment) {
  if (comment) await page.fill("#comment", comment);
  await press(page, page.locator(`button[name=action][value=${action}]:visible`).first());
}

// The stage in which the record's page shows it, by its place.
export async function present_stage(page) {
  return page.locator(".path__step[aria-current=step] .path__name").innerText();
}
