// axe-core over the page as it stands. Its source goes in by the debugger, which no policy of the page
// forbids, so the page is checked under the policy that it has in the product.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const kRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Findings as lines: rule, what it wants, and where. With `only`, nothing but these rules.
export async function axe_findings(page, { only } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const run_only = only ? { type: "rule", values: only } : { type: "tag", values: kRules };
  const violations = await page.evaluate(async (runOnly) => {
    const result = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return result.violations.map(({ id, help, nodes }) =>
      ({ id, help, places: nodes.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`) }));
  }, run_only);
  return violations.map(({ id, help, places }) => `${id}: ${help}\n    ${places.join("\n    ")}`);
}
