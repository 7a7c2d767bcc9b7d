// Prints when a visitor on a slow network sees something, and when the list: `npm run build:pages`, then `node scripts/slow.mjs`. The
// built pages are served as the api serves them, packed, with an inbox of twenty, to Chromium slowed to Chrome's "Slow 3G" (50 kB/s)
// with 400 ms for each answer; the browser's cache is empty. Median of three. `--plain` serves the files as they are,
// `--pages <folder>` those of another build.
/* global btoa, performance, sessionStorage */
import { chromium } from "@playwright/test";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { plain: { type: "boolean" }, pages: { type: "string" } } });
const pages = values.pages ?? fileURLToPath(new URL("../dist/pages", import.meta.url));
const types = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml" };

const me = { id: 7, name: "Ana Lima", roles: [], websocket_url: "ws://127.0.0.1:9/ws/notifications/" };
const rows = Array.from({ length: 20 }, (_, index) => ({
  id: 20 - index,
  sender: 3,
  sender_name: "Ines Costa",
  source_name: null,
  receiver: 7,
  receiver_name: me.name,
  notification_type: "course_update",
  title: `Number ${20 - index}`,
  message: "Room 12.",
  data: {},
  is_read: false,
  read_at: null,
  course: 42,
  course_title: "Algebra",
  created_at: "2026-11-23T08:15:30.123Z",
  added_seq: 20 - index,
}));
const page = (results) => ({ count: results.length, next: null, previous: null, results });
const answers = {
  "/api/me/": me,
  "/api/notifications/": { ...page(rows), seq: 20, unread: 20, epoch: "e-1" },
  "/api/notifications/unread_count/": { unread_count: 20, seq: 20, epoch: "e-1" },
  "/api/courses/": page([{ id: 42, title: "Algebra", role: "student", students: 30, online: 4, unread: 20 }]),
};

const server = createServer(({ url, headers }, response) => {
  const { pathname } = new URL(url, "http://page.test");
  if (pathname.startsWith("/api/")) {
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(answer ?? {}));
    return;
  }
  const file = join(pages, extname(pathname) ? pathname : "index.html");
  const isPacked = !values.plain && headers["accept-encoding"]?.includes("br") && existsSync(`${file}.br`);
  response
    .writeHead(200, { "Content-Type": types[extname(file)], ...(isPacked && { "Content-Encoding": "br" }) })
    .end(readFileSync(isPacked ? `${file}.br` : file));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const debians = "/usr/bin/chromium";
const browser = await chromium.launch(existsSync(debians) ? { executablePath: debians } : {});

/** @returns ms from the start of the navigation */
async function visit(path, shown) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const payload = btoa(JSON.stringify({ iat: 0, exp: 3_600 }));
    const user = { id: 7, username: "ana", name: "Ana Lima", roles: [] };
    const tokens = { access: `x.${payload}.x`, refresh: "r", user, accessEndsAt: Date.now() + 3_600_000 };
    sessionStorage.setItem("belfry:session", JSON.stringify(tokens));
  });
  const tab = await context.newPage();
  const network = await context.newCDPSession(tab);
  await network.send("Network.enable");
  const slow3G = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await network.send("Network.emulateNetworkConditions", { offline: false, ...slow3G });
  await tab.goto(origin + path, { waitUntil: "commit" });
  await tab.waitForSelector(shown, { timeout: 60_000 });
  const listMs = await tab.evaluate(() => performance.now());
  const paintMs = await tab.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  await context.close();
  return { paintMs, listMs };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (ms) => (ms / 1_000).toFixed(1);
for (const [path, shown] of [
  ["/notifications", ".belfry-item"],
  ["/", ".courses__course"],
]) {
  const visits = [];
  for (let turn = 0; turn < 3; turn++) {
    visits.push(await visit(path, shown));
  }
  const paint = seconds(median(visits.map(({ paintMs }) => paintMs)));
  console.log(`${path}  first paint ${paint} s, list ${seconds(median(visits.map(({ listMs }) => listMs)))} s`);
}
await browser.close();
server.close();
