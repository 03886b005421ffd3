// The Nu HTML checker over many sources with one start of Java.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

// sources: name → text. Answers lines "name:line: message", empty when all are well formed.
export async function html_findings(sources) {
  const folder = await mkdtemp(join(tmpdir(), "formwork-html-"));
  try {
    const files = [];
    for (const [name, text] of Object.entries(sources)) {
      const file = join(folder, name.replace(/[^\w.-]/g, "_") + ".html");
      await writeFile(file, text);
      files.push(file);
    }
    const args = ["-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", ...files];
    const { stderr } = await promisify(execFile)("java", args, { maxBuffer: 1 << 26 });
    return JSON.parse(stderr).messages.map((message) =>
      `${basename(message.url ?? "?")}:${message.lastLine ?? 0}: ${message.message} ${message.extract ?? ""}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
