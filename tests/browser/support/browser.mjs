// Debian's Chromium behind playwright-core, and a page that remembers everything it complained about.
import { chromium } from "playwright-core";

const kFlags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
  "--disable-background-networking", "--disable-component-update",
];

// A browser with a profile of its own, which goes when it closes.
export function launch() {
  return chromium.launch({
    executablePath: process.env.FORMWORK_CHROMIUM || "/usr/bin/chromium", headless: true, args: kFlags,
  });
}

// Options: width, height, javaScriptEnabled, colorScheme, locale. The page has `complaints`: errors of
// scripts, violations of the content security policy, answers of 500 and above.
export async function open_page(browser, { width = 1280, height = 900, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, reducedMotion: "reduce", acceptDownloads: false, ...options,
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A 4xx answer is what some tests provoke; Chromium reports it as an error of its own.
    const expected = /^Failed to load resource: .* 4\d\d/.test(message.text());
    if (message.type() === "error" && !expected) page.complaints.push(`console: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) page.complaints.push(`${response.status()} ${response.url()}`);
  });
  return page;
}
