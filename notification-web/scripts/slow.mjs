// Prints when a visitor on a slow network sees something, and when the list: `npm run build:pages`, then `node scripts/slow.mjs`. The
// built pages are served as the api serves them, packed, with an inbox of twenty, to Chromium slowed to Chrome's "Slow 3G" (50 kB/s)
// with 400 ms for each answer; the browser's cache is empty. Median of three. `--plain` serves the files as they are,
// `--pages <folder>` those of another build.
/* global performance */
import { parseArgs } from "node:util";
import { builtPages, launch, median, rowsOf, serve, signedIn } from "./stub.mjs";

const { values } = parseArgs({ options: { plain: { type: "boolean" }, pages: { type: "string" } } });
const server = await serve({
  pages: values.pages ?? builtPages,
  isPacked: !values.plain,
  rows: rowsOf(20),
  numbers: { seq: 20, unread: 20, epoch: "e-1" },
});
const browser = await launch();

/** @returns ms from the start of the navigation */
async function visit(path, shown) {
  const context = await signedIn(browser);
  const tab = await context.newPage();
  const network = await context.newCDPSession(tab);
  await network.send("Network.enable");
  const slow3G = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await network.send("Network.emulateNetworkConditions", { offline: false, ...slow3G });
  await tab.goto(server.origin + path, { waitUntil: "commit" });
  await tab.waitForSelector(shown, { timeout: 60_000 });
  const listMs = await tab.evaluate(() => performance.now());
  const paintMs = await tab.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  await context.close();
  return { paintMs, listMs };
}

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
