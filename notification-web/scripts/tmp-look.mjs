/* eslint-disable */
import AxeBuilder from "@axe-core/playwright";
import { launch, rowsOf, serve, signedIn } from "./stub.mjs";
import { WebSocketServer } from "ws";
const numbers = { seq: 100, unread: 50, epoch: "e-1" };
const rows = rowsOf(100).map((r, i) => ({ ...r, is_read: i % 2 === 1, data: i % 3 ? {} : { url: "https://meet.example/x" }, title: i === 3 ? "الفصل الدراسي الجديد" : r.title, course: 40 + (i % 4), course_title: ["Algebra", "History", "Chemistry", "جبر"][i % 4] }));
const server = await serve({ pages: "/tmp/lists-dev", isPacked: false, rows, numbers });
const gw = new WebSocketServer({ server, handleProtocols: ([f]) => f });
gw.on("connection", (s) => s.send(JSON.stringify({ type: "welcome", session: "s/1", user: 7, time: new Date().toISOString(), token_expires_at: new Date(Date.now() + 3.6e6).toISOString(), heartbeat_seconds: 600, check_seconds: 600, ...numbers })));
const browser = await launch();
const context = await signedIn(browser);
await context.route(/\/api\/courses\//, (r) => r.fulfill({ json: { count: 2, next: null, previous: null, results: [{ id: 40, title: "Algebra", role: "student", students: 3, online: null, unread: 4 }, { id: 41, title: "History", role: "student", students: 3, online: null, unread: 0 }] } }));
await context.route(/\/api\/notifications\/100\/$/, (r) => r.fulfill({ json: { ...rows[0], ...numbers } }));
const page = await context.newPage();
page.on("pageerror", (e) => console.log("ERR", e.message));
page.on("console", (m) => m.type() === "error" && console.log("CONSOLE", m.text()));
const axe = async (name) => { const { violations } = await new AxeBuilder({ page }).analyze(); if (violations.length) console.log(name, violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target).join(" | ")).join("\n")); };
const shot = (name) => page.screenshot({ path: `/tmp/looks/${name}.png` });
for (const [width, height] of [[1280, 800], [400, 720], [320, 256]]) {
  await page.setViewportSize({ width, height });
  for (const [mode, media] of [["light", { colorScheme: "light" }], ["forced", { forcedColors: "active", colorScheme: "light" }], ["rtl", { colorScheme: "dark" }]]) {
    await page.emulateMedia({ forcedColors: null, ...media, reducedMotion: "reduce" });
    await page.goto(server.origin + "/notifications");
    await page.waitForSelector(".belfry-item");
    await page.waitForSelector(".belfry-chip");
    if (mode === "rtl") await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await shot(`${width}-${mode}-history`); await axe(`${width}-${mode}-history`);
    await page.locator(".belfry-bell").click();
    await page.waitForSelector(".belfry-popup .belfry-item");
    await page.waitForTimeout(300);
    await shot(`${width}-${mode}-bell`); await axe(`${width}-${mode}-bell`);
    console.log(width, mode, await page.evaluate(() => { const r = document.querySelector(".belfry-popup").getBoundingClientRect(); return [r.x, r.y, r.width, r.height, document.documentElement.scrollWidth, getComputedStyle(document.documentElement).overflow].join(); }));
    await page.keyboard.press("Escape");
  }
}
await page.setViewportSize({ width: 800, height: 900 });
await page.emulateMedia({ media: "print", colorScheme: "dark", forcedColors: null });
await page.goto(server.origin + "/notifications/100"); await page.waitForSelector(".belfry-detail__text"); await page.waitForTimeout(500);
await shot("print-detail");
// scrolling keeps what is read where it is
await page.emulateMedia({ media: "screen", colorScheme: "light" });
await page.goto(server.origin + "/notifications"); await page.waitForSelector(".belfry-item"); await page.waitForTimeout(1000);
await page.evaluate(() => window.scrollTo(0, 6000)); await page.waitForTimeout(300);
let worst = 0;
for (let i = 0; i < 40; i++) {
  const d = await page.evaluate(async () => { const items = [...document.querySelectorAll(".belfry-history li")].filter((l) => { const t = l.getBoundingClientRect().top; return t > 200 && t < 600; }); const one = items[0]; const before = one.getBoundingClientRect().top; window.scrollBy(0, -100); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame); return one.isConnected ? one.getBoundingClientRect().top - before - 100 : NaN; });
  worst = Math.max(worst, Math.abs(d));
}
console.log("worst jump", worst);
await page.keyboard.press("Tab");
await page.locator(".belfry-history .belfry-item__link").first().focus();
await page.keyboard.press("End"); await page.waitForTimeout(600);
console.log("end", await page.evaluate(() => { const a = document.activeElement; const r = a.getBoundingClientRect(); return [a.textContent, r.top, r.bottom, innerHeight, document.querySelectorAll("li[data-index]").length].join(); }));
await page.keyboard.press("Home"); await page.waitForTimeout(600);
console.log("home", await page.evaluate(() => { const a = document.activeElement; const r = a.getBoundingClientRect(); return [a.textContent, r.top, scrollY].join(); }));
await browser.close(); gw.close(); server.close();
