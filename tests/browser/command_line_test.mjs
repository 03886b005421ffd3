// The program's command line: what it prints where, and its exit statuses of docs/reference/program.md.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { program_path } from "./support/program.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), "formwork-command-")); });
after(async () => { await rm(folder, { recursive: true, force: true }); });

function run(args, input = "") {
  const { status, stdout, stderr } =
    spawnSync(program_path(), args, { cwd: root, input, encoding: "utf8", timeout: 20_000 });
  return { status, stdout, stderr };
}

const kSilent = { status: 0, stdout: "", stderr: "" };

test("check says nothing about a sound app and ends with 0", () => {
  assert.deepEqual(run(["check", "templates/crm"]), kSilent);
  assert.deepEqual(run(["check", "templates/crm", "--format", "json"]), { ...kSilent, stdout: "[]\n" });
});

test("check reports a mistake on standard error, or as JSON on standard output, and ends with 1", async () => {
  const text = "entity: note\nfields:\n  body: { type: long_txt }\n  name: { type: text, required: true }\n";
  await writeFile(join(folder, "app.yaml"), `app: notes\n---\n${text}`);
  const told = run(["check", folder]);
  assert.deepEqual([told.status, told.stdout], [1, ""]);
  assert.match(told.stderr, /^error\[field\.unknown-type\]: .*\n +--> .*app\.yaml:5:17\n/);
  const listed = run(["check", folder, "--format", "json"]);
  assert.deepEqual([listed.status, listed.stderr], [1, ""]);
  const [finding] = JSON.parse(listed.stdout);
  assert.equal(finding.code, "field.unknown-type");
  assert.deepEqual([finding.line, finding.column], [5, 17]);
});

test("every command has --help, and the program its version", () => {
  for (const command of ["", "check", "serve", "user", "user add", "user change", "user close", "user list",
    "token create", "audit verify"]) {
    const help = run([...command.split(" ").filter(Boolean), "--help"]);
    assert.equal(help.status, 0, command);
    assert.match(help.stdout, /^Usage: formwork/m, command);
    assert.match(help.stdout, /Exit status: 0 success/, command);
    assert.doesNotMatch(help.stdout, /\b(\w+) \1\b/, command);
  }
  assert.match(run(["--version"]).stdout, /^formwork \d+\.\d+\.\d+\n$/);
});

test("wrong usage ends with 2 and names what is wrong", () => {
  for (const [args, wanted] of [
    [[], /subcommand is required/],
    [["chekc", "templates/crm"], /no command `chekc`; did you mean `check`\?/],
    [["user", "ad", "li.lei"], /no command `user ad`; possible: add/],
    [["check"], /DIR is required/],
    [["check", "templates/crm", "--nope"], /--nope/],
    [["check", "templates/crm", "--format", "xml"], /--format takes text or json, not `xml`/],
    [["serve", "templates/crm"], /--db is required/],
    [["serve", "templates/crm", "--db", join(folder, "x.db"), "--listen", "8080"], /HOST:PORT/],
  ]) {
    const { status, stdout, stderr } = run(args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, wanted, args.join(" "));
  }
});

test("a store that is not there or is none ends with 3", async () => {
  const none = join(folder, "none.db");
  for (const args of [["audit", "verify"], ["token", "create", "--user", "li.lei"]]) {
    const { status, stdout, stderr } = run([...args, "--db", none]);
    assert.deepEqual([status, stdout], [3, ""]);
    assert.match(stderr, /none\.db does not exist/);
  }
  const other = join(folder, "other.txt");
  await writeFile(other, "This is no database, but it is long enough to be taken for one.\n".repeat(20));
  assert.match(run(["audit", "verify", "--db", other]).stderr, /is no SQLite file/);
});

test("an account gets a token, and the history is proved", () => {
  const db = join(folder, "store.db");
  assert.match(run(["user", "add", "li.lei", "--db", db], "short\n").stderr, /at least 10 characters/);
  assert.deepEqual(run(["user", "add", "li.lei", "--db", db], "correct horse battery\n"), kSilent);
  assert.match(run(["token", "create", "--user", "li.lei", "--db", db]).stdout, /^[\w-]{43}\n$/);
  assert.match(run(["audit", "verify", "--db", db]).stdout, /^\d+ entries, unbroken; head [0-9a-f]+\n$/);
});

test("users are added, changed, listed and closed", () => {
  const store = ["--db", join(folder, "users.db")];
  const list = () => run(["user", "list", ...store]).stdout.trimEnd().split("\n").slice(1);
  assert.deepEqual(run(["user", "add", "han.mei", "--no-password", ...store]), kSilent);
  const place = ["--name", "Li Lei", "--manager", "han.mei", "--teams", "east,club"];
  assert.deepEqual(run(["user", "add", "li.lei", "--no-password", ...place, ...store]), kSilent);
  assert.deepEqual(list(), ["han.mei\t\t\t\t\t\t\tactive", "li.lei\tLi Lei\t\than.mei\teast,club\t\t\tactive"]);
  assert.deepEqual(run(["user", "change", "li.lei", "--manager", "", "--heads", "east", ...store]), kSilent);
  assert.equal(list()[1], "li.lei\tLi Lei\t\t\teast,club\teast\t\tactive");
  assert.equal(run(["user", "change", "li.lei", ...store]).status, 2);
  const circle = run(["user", "change", "li.lei", "--manager", "li.lei", ...store]);
  assert.deepEqual([circle.status, circle.stdout], [1, ""]);
  assert.match(circle.stderr, /^formwork: li\.lei cannot report to li\.lei/);
  assert.deepEqual(run(["user", "close", "li.lei", "--hand-over-to", "han.mei", ...store]), kSilent);
  assert.match(list()[1], /closed$/);
  assert.match(run(["user", "close", "li.lei", ...store]).stderr, /the user li\.lei is closed/);
});
