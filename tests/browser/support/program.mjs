// The program under test: started on a new store and a free port, stopped by its process id.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const kStartMs = 20_000;
const kStopMs = 10_000;

// What to start; ./dev test says it, a hand-made run takes the optimised build.
export const program_path = () => process.env.FORMWORK || join(root, "build/release/formwork");

// Resolves with the address that the program prints, rejects with what it said instead.
function listening(child, said) {
  return new Promise((resolve, reject) => {
    const give_up = (why) => {
      clearTimeout(late);
      reject(new Error(`${why}\n${said.join("\n")}`));
    };
    const late = setTimeout(() => give_up("the program does not listen in time"), kStartMs);
    child.once("error", (error) => give_up(error.message));
    child.once("exit", (status) => give_up(`the program ended with status ${status}`));
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.push(line);
      const origin = line.match(/listening on (http:\/\/\S+)/)?.[1];
      if (!origin) return;
      clearTimeout(late);
      resolve(origin.replace(/\/$/, ""));
    });
  });
}

// Serves `app` (a folder of the repository) from a store of its own, with its clock at `clock` if that is
// given. Answers { origin, said, stop, command }: `said` grows with every line of both outputs, `stop` ends
// the program and removes the store, `command` runs the program once more, on the same store.
export async function start_program({ app = "templates/crm", demo = true, clock } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "formwork-browser-"));
  const store = join(folder, "store.db");
  const args = ["serve", app, "--db", store, "--listen", "127.0.0.1:0"];
  if (clock) args.push("--clock", clock);
  const command = (...words) =>
    promisify(execFile)(program_path(), [...words, "--db", store], { cwd: root });
  const child = spawn(program_path(), demo ? [...args, "--demo"] : args, {
    cwd: root, stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const late = setTimeout(() => child.kill("SIGKILL"), kStopMs);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(late);
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { origin: await listening(child, said), said, stop, command };
  } catch (error) {
    await stop();
    throw error;
  }
}
