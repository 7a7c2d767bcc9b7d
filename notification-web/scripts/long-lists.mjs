// Prints what a list of 5,000 costs, at the speed of this machine and at a quarter of it: `npm run build:pages`, then
// `node scripts/long-lists.mjs`. The built pages are served with an inbox of 5,000 and a gateway to Chromium, which is told by how much
// to slow the main thread. `--pages <folder>` measures those of another build.
//
// - scrolling: frames a second while the page is moved by 120 pixels in each, for three seconds
// - marking one read: from the click to the next paint, median of nine
// - an arrival: how long the main thread is busy with it, of thirty; what it does all the same in that time is taken off
// - the bell: after 2,000 arrivals, from the click to the paint of its list
/* global document, performance, requestAnimationFrame, MessageChannel, setTimeout, window */
import { parseArgs } from "node:util";
import { WebSocketServer } from "ws";
import { builtPages, contentOf, launch, median, rowsOf, serve, signedIn } from "./stub.mjs";

const { values } = parseArgs({ options: { pages: { type: "string" } } });
const ROWS = 5_000;
const PATIENCE_MS = 120_000;

const browser = await launch();
for (const slowness of [1, 4]) {
  const figures = await measure(slowness);
  const [fps, mark, arrival, bell] = figures.map((figure) => Math.round(figure));
  console.log(
    `CPU ${slowness}x: ${ROWS} rows scroll at ${fps} frames/s, marking one read ${mark} ms, ` +
      `an arrival ${arrival} ms of main thread, the bell after 2,000 arrivals ${bell} ms`,
  );
}
await browser.close();

async function measure(slowness) {
  const numbers = { seq: ROWS, unread: ROWS, epoch: "e-1" };
  const tell = (frame) => gateway.clients.forEach((socket) => socket.send(JSON.stringify({ ...numbers, ...frame })));
  const onRead = (id) => {
    Object.assign(numbers, { seq: numbers.seq + 1, unread: numbers.unread - 1 });
    tell({ type: "inbox", change: "read", ids: [id] });
  };
  const pages = values.pages ?? builtPages;
  const server = await serve({ pages, isPacked: true, rows: rowsOf(ROWS), numbers, onRead });
  const gateway = gatewayOn(server, numbers);
  const context = await signedIn(browser);
  context.setDefaultTimeout(PATIENCE_MS);
  const tab = await context.newPage();
  await tab.goto(`${server.origin}/notifications`);
  await tab.waitForSelector(".belfry-item");
  await tab.waitForSelector(".belfry-connection--live");
  // What is loaded ahead is not part of what is measured.
  await tab.waitForTimeout(4_000);
  const chromium = await context.newCDPSession(tab);
  await chromium.send("Performance.enable");
  await chromium.send("Emulation.setCPUThrottlingRate", { rate: slowness });

  const arrive = async (count, pauseMs) => {
    for (let turn = 0; turn < count; turn++) {
      Object.assign(numbers, { seq: numbers.seq + 1, unread: numbers.unread + 1 });
      const created_at = new Date().toISOString();
      tell({ type: "notification", notification: { ...contentOf(numbers.seq), created_at } });
      await pause(pauseMs);
    }
    await tab.getByRole("button", { name: `${numbers.unread.toLocaleString("en")} unread` }).waitFor();
  };
  /** The share of the time in which the main thread is busy. */
  const busy = async (work) => {
    const before = await metricsOf(chromium);
    await work();
    const after = await metricsOf(chromium);
    return {
      busyMs: 1_000 * (after.TaskDuration - before.TaskDuration),
      ms: 1_000 * (after.Timestamp - before.Timestamp),
    };
  };
  const fps = await tab.evaluate(scroll);
  const mark = median(await tab.evaluate(markNine));
  const idle = await busy(() => pause(3_000));
  const arrivals = await busy(() => arrive(30, 100));
  const arrival = (arrivals.busyMs - (idle.busyMs * arrivals.ms) / idle.ms) / 30;
  await arrive(2_000, 0);
  await pause(2_000);
  const bell = await tab.evaluate(openBell);
  await context.close();
  gateway.close();
  server.close();
  return [fps, mark, arrival, bell];
}

function gatewayOn(server, numbers) {
  const gateway = new WebSocketServer({ server, handleProtocols: ([first]) => first });
  gateway.on("connection", (socket) => {
    const now = Date.now();
    const life = { time: new Date(now).toISOString(), token_expires_at: new Date(now + 3_600_000).toISOString() };
    const rhythm = { heartbeat_seconds: 600, check_seconds: 600 };
    socket.send(JSON.stringify({ type: "welcome", session: "s/1", user: 7, ...life, ...rhythm, ...numbers }));
  });
  return gateway;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function metricsOf(chromium) {
  const { metrics } = await chromium.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

// These run in the page.

/** @returns frames a second */
async function scroll() {
  const began = performance.now();
  let frames = 0;
  while (performance.now() - began < 3_000) {
    await new Promise(requestAnimationFrame);
    window.scrollBy(0, 120);
    frames++;
  }
  return (1_000 * frames) / (performance.now() - began);
}

/** @returns ms to the paint after each of nine clicks */
async function markNine() {
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
    });
  const times = [];
  while (times.length < 9) {
    const inView = [...document.querySelectorAll(".belfry-history .belfry-item--unread")].find(
      (item) => item.getBoundingClientRect().top > 100,
    );
    const began = performance.now();
    inView.querySelector(".belfry-item__actions button").click();
    await painted();
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return times;
}

/** @returns ms to the paint of the bell's list */
async function openBell() {
  const began = performance.now();
  document.querySelector(".belfry-bell").click();
  while (!document.querySelector(".belfry-popup .belfry-item")) {
    await new Promise(requestAnimationFrame);
  }
  await new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
  return performance.now() - began;
}
