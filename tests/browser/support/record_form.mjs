// Filling and reading pages by the conventions of docs/ui/markup: a control of field `budget` has the id
// f-budget, its error f-budget-err. Works alike with and without scripts in the page.

export const id_of = (name) => "f-" + name.replace(/\[(\d+)\]\./g, "-$1-");

export async function sign_in(page, origin, { user, password, next = "/" }) {
  await page.goto(`${origin}/sign-in?next=${encodeURIComponent(next)}`);
  await page.fill("#f-user", user);
  await page.fill("#f-password", password);
  await page.click("main .btn--primary");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}

async function fill_one(page, name, value) {
  const control = page.locator(`[id="${id_of(name)}"]`);
  const [tag, type] = await control.evaluate((element) => [element.tagName, element.type]);
  if (tag === "SELECT") return control.selectOption(value);
  if (type === "file") return control.setInputFiles(value);
  if (type === "radio") return page.check(`input[name="${name}"][value="${value}"]`);
  if (type !== "checkbox") return control.fill(value);
  const wanted = Array.isArray(value) ? value : [value ? "true" : ""];
  for (const box of await page.locator(`input[type=checkbox][name="${name}"]`).all()) {
    await box.setChecked(wanted.includes(await box.getAttribute("value")));
  }
}

// values: field name → text, option value, list of option values, true or false, or files.
export async function fill_form(page, values) {
  for (const [name, value] of Object.entries(values)) await fill_one(page, name, value);
}

// Presses the one primary button that this width shows.
export async function save(page) {
  await page.locator(".btn--primary[form=record]:visible").click();
}

// Id of the field → its message, in page order, without the word for screen readers.
export function field_errors(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".err")].map((line) =>
    [line.id.replace(/-err$/, ""), line.lastElementChild.lastChild.textContent])));
}

// Target and words of every entry of the error summary.
export function summary_entries(page) {
  return page.evaluate(() => [...document.querySelectorAll(".summary a")].map((link) =>
    [link.getAttribute("href").slice(1), link.textContent]));
}

// Label → value of a record's page.
export function facts(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll("main dt")].map((term) =>
    [term.textContent.trim(), term.nextElementSibling.innerText.trim()])));
}
