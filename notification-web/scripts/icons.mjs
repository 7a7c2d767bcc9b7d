// Draws the icons of the web app manifest from public/favicon.svg; run when that changes: `node scripts/icons.mjs`.
import { chromium } from "@playwright/test";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = (name) => fileURLToPath(new URL(`../public/${name}`, import.meta.url));
const icon = readFileSync(file("favicon.svg"), "utf8");

const debians = "/usr/bin/chromium";
const browser = await chromium.launch(existsSync(debians) ? { executablePath: debians } : {});
// Of a maskable one the system may cut off a tenth at each side, and fills what is round.
for (const [name, size, margin] of [
  ["icon-192.png", 192, 0],
  ["icon-512.png", 512, 0],
  ["icon-maskable-512.png", 512, 0.1],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const ground = margin > 0 ? "#3256d3" : "transparent";
  await page.setContent(
    `<style>* { margin: 0 } body { background: ${ground}; padding: ${size * margin}px }
      svg { display: block; width: ${size * (1 - 2 * margin)}px; height: auto }</style>${icon}`,
  );
  await page.screenshot({ path: file(name), omitBackground: true });
  await page.close();
}
await browser.close();
