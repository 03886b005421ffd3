// The same conditions through the npm package feelin, as JSON: nanoseconds to read one, and to read
// and evaluate it. The package cannot keep what it has read, so evaluation alone is the difference.
import { readFile } from "node:fs/promises";
import { evaluate, parseExpression } from "feelin";

const [, , file, milliseconds] = process.argv;
const conditions = JSON.parse(await readFile(file, "utf8"));

// The best of some spans of time, so that the compiler of the engine has warmed up.
function nanoseconds(run) {
  const span = BigInt(Math.round(Number(milliseconds) * 1e6));
  let best = Infinity;
  for (let round = 0; round < 4; ++round) {
    const begin = process.hrtime.bigint();
    let runs = 0;
    let now = begin;
    while (now - begin < span) {
      for (let i = 0; i < 50; ++i) run();
      runs += 50;
      now = process.hrtime.bigint();
    }
    best = Math.min(best, Number(now - begin) / runs);
  }
  return best;
}

const results = conditions.map(({ name, expression, context }) => ({
  name,
  value: evaluate(expression, context).value,
  parse: nanoseconds(() => parseExpression(expression, context)),
  evaluate: nanoseconds(() => evaluate(expression, context)),
}));
process.stdout.write(JSON.stringify(results));
