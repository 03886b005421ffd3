// docs/ui/markup as a site: placeholders filled, assets beside it, under the product's policy.
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const markup = join(root, "docs/ui/markup");
const assets = join(root, "server/assets");
const icons = join(dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")), "icons");

export const kPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const kTypes = {
  ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
};

// What formwork::assets::icon() gives for a name.
async function icon(name) {
  const svg = await readFile(join(icons, `${name}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const lines = shapes.split("\n").map((line) => line.trim()).join("").replaceAll(" />", "/>");
  return `<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${lines}</svg>`;
}

async function embedded_icons() {
  const list = await readFile(join(assets, "icons.txt"), "utf8");
  return list.split("\n").filter((line) => line && !line.startsWith("#"));
}

export async function golden_names() {
  const files = await readdir(markup);
  return files.filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -".html".length)).sort();
}

export async function golden_source(name) {
  let source = await readFile(join(markup, `${name}.html`), "utf8");
  const known = await embedded_icons();
  for (const [placeholder, drawing] of source.matchAll(/\{\{icon:([\w-]+)\}\}/g)) {
    if (!known.includes(drawing)) throw new Error(`${name} draws ${drawing}, which icons.txt lacks`);
    source = source.replaceAll(placeholder, await icon(drawing));
  }
  return source.replace(/\{\{asset:([\w.]+)\}\}/g, "/assets/$1");
}

async function answer(request, response, posts) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method === "POST") {
    // Kept for the test to read; without content the page stays as it is.
    posts.push({ path: pathname, body: await text(request) });
    response.statusCode = 204;
    return response.end();
  }
  response.setHeader("Content-Security-Policy", kPolicy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (pathname.startsWith("/assets/")) {
    response.setHeader("Content-Type", kTypes[extname(pathname)] ?? "");
    return response.end(await readFile(join(assets, pathname.slice("/assets/".length))));
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  const name = pathname.slice(1);
  if ((await golden_names()).includes(name)) return response.end(await golden_source(name));
  response.statusCode = 404;
  response.end("<!doctype html><title>none</title>");
}

// Serves every golden page as /NAME. Answers { origin, posts, close }; `posts` grows with every form sent.
export async function serve_golden_pages() {
  const posts = [];
  const server = createServer((request, response) => {
    answer(request, response, posts).catch((error) => {
      response.statusCode = 500;
      response.end(error.message);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    posts,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
