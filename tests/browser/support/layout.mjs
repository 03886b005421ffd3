// What must hold for every page at every width, asked of the page itself.

// The elements that make the page scroll sideways, empty when it does not. Boxes that scroll by
// themselves may hold wider things.
export function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const contained = (element) => {
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
      }
      return false;
    };
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !contained(element))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.id}`);
  });
}

// What `selector` finds and the window's left or right edge cuts.
export function outside_window(page, selector) {
  return page.evaluate((wanted) => [...document.querySelectorAll(wanted)]
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < 0 || right > document.documentElement.clientWidth + 1);
    })
    .map((element) => element.outerHTML.slice(0, 80)), selector);
}

// Tabs through the whole page. Answers the controls that were never reached, and those that were
// reached but lay hidden behind a bar, or showed no focus.
export async function keyboard_gaps(page) {
  const wanted = await page.evaluate(() => {
    const visible = (element) => element.checkVisibility({ checkVisibilityCSS: true });
    const all = [...document.querySelectorAll("a[href], button:enabled, input:not([type=hidden]), select, textarea, summary")];
    return all.filter(visible).map((element, index) => {
      const group = element.type === "radio" ? element.name : "";
      const name = element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40);
      element.dataset.reach = group || `${index} ${element.tagName.toLowerCase()} ${element.name || name}`;
      return element.dataset.reach;
    });
  });
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  const reached = new Set();
  const hidden = [];
  // The walk starts wherever the page put its focus, so it goes around the end of the page once.
  let rounds = 0;
  for (let step = 0; step < wanted.length * 6 + 20; ++step) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { left, top, width, height } = element.getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, innerHeight / 2));
      const shown = getComputedStyle(element.matches(".choice input") ? element.nextElementSibling : element);
      return {
        reach: element.dataset.reach ?? `${element.tagName} ${element.id}`,
        covered: !seen || !(element.contains(seen) || seen.contains(element) || element.labels?.[0]?.contains(seen)),
        ring: shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2,
      };
    });
    if (at === null) {
      if (++rounds === 2) break;
      continue;
    }
    if (!reached.has(at.reach) && (at.covered || !at.ring)) {
      hidden.push(`${at.reach}${at.covered ? " is covered" : ""}${at.ring ? "" : " shows no focus"}`);
    }
    reached.add(at.reach);
  }
  return [...new Set(wanted)].filter((name) => !reached.has(name)).map((name) => `${name} is not reached`)
    .concat(hidden);
}
