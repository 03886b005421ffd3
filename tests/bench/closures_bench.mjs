// The scoring table of decision_benches.cpp as plain JavaScript closures: what a good compiler makes
// of such rules. Prints decisions per second and the sum of all scores, which must be ours.
import { readFile } from "node:fs/promises";

const [, , file, milliseconds] = process.argv;
const { rules, records } = JSON.parse(await readFile(file, "utf8"));

// A cell as data: null is anything, a list is one of, [low, high) an interval.
function test_of(cell, name) {
  if (cell === null) return null;
  if ("one_of" in cell) {
    const options = new Set(cell.one_of);
    return (record) => options.has(record[name]);
  }
  return (record) => record[name] >= cell.from && record[name] < cell.to;
}

const compiled = rules.map(({ cells, score }) => {
  const tests = Object.entries(cells).map(([name, cell]) => test_of(cell, name)).filter(Boolean);
  return [(record) => tests.every((test) => test(record)), score];
});

function score(record) {
  let sum = 0;
  for (const [hits, points] of compiled) if (hits(record)) sum += points;
  return sum;
}

const span = BigInt(Math.round(Number(milliseconds) * 1e6));
let best = 0;
for (let round = 0; round < 4; ++round) {
  const begin = process.hrtime.bigint();
  let runs = 0;
  let now = begin;
  while (now - begin < span) {
    for (const record of records) score(record);
    runs += records.length;
    now = process.hrtime.bigint();
  }
  best = Math.max(best, runs / (Number(now - begin) / 1e9));
}
process.stdout.write(JSON.stringify({
  per_second: Math.round(best),
  total: records.reduce((sum, record) => sum + score(record), 0),
}));
