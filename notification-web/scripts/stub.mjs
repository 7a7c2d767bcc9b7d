// What the scripts that measure share: the built pages as the api serves them, an inbox that does not change by itself, and a Chromium
// in which its owner is signed in.
/* global btoa, sessionStorage */
import { chromium } from "@playwright/test";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const builtPages = fileURLToPath(new URL("../dist/pages", import.meta.url));

const types = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** What a notification says: the same for the list and for a frame. */
export const contentOf = (number) => ({
  id: number,
  sender: 3,
  sender_name: "Ines Costa",
  source_name: null,
  notification_type: "course_update",
  title: `Number ${number}`,
  message: "Room 12. ".repeat(1 + ((number * 7) % 40)),
  data: {},
  course: 42,
  course_title: "Algebra",
  created_at: "2026-11-23T08:15:30.123Z",
});

/** All unread, newest first. */
export const rowsOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    ...contentOf(count - index),
    receiver: 7,
    receiver_name: "Ana Lima",
    is_read: false,
    read_at: null,
    added_seq: count - index,
  }));

const page = (results) => ({ count: results.length, next: null, previous: null, results });

function answersOf(rows, numbers, websocketUrl) {
  return {
    "/api/me/": { id: 7, name: "Ana Lima", roles: [], websocket_url: websocketUrl },
    "/api/notifications/": { ...page(rows), ...numbers },
    "/api/notifications/unread_count/": { unread_count: numbers.unread, seq: numbers.seq, epoch: numbers.epoch },
    "/api/courses/": page([{ id: 42, title: "Algebra", role: "student", students: 30, online: 4, unread: 20 }]),
  };
}

/**
 * Serves the pages on a port of its own.
 *
 * @param pages their folder
 * @param isPacked whether packed files are sent in place of plain ones
 * @param numbers of the inbox: `{ seq, unread, epoch }`; they may change
 * @param onRead hears the id of one that is marked read, before that is answered
 * @returns a server of Node's; its `origin` is where it is
 */
export async function serve({ pages, isPacked, rows, numbers, onRead }) {
  const server = createServer(({ url, headers }, response) => {
    const { pathname } = new URL(url, "http://page.test");
    if (pathname.startsWith("/api/")) {
      const [, read] = /\/(\d+)\/mark_read\/$/.exec(pathname) ?? [];
      if (read) {
        onRead?.(Number(read));
      }
      const answers = answersOf(rows, numbers, `${server.origin.replace("http", "ws")}/ws/`);
      const answer = read ? numbers : answers[pathname];
      response.writeHead(answer ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(answer ?? {}));
      return;
    }
    const file = join(pages, extname(pathname) ? pathname : "index.html");
    const packed = isPacked && headers["accept-encoding"]?.includes("br") && existsSync(`${file}.br`);
    response
      .writeHead(200, { "Content-Type": types[extname(file)], ...(packed && { "Content-Encoding": "br" }) })
      .end(readFileSync(packed ? `${file}.br` : file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(server, { origin: `http://127.0.0.1:${server.address().port}` });
}

export function launch() {
  const debians = "/usr/bin/chromium";
  return chromium.launch(existsSync(debians) ? { executablePath: debians } : {});
}

/** @returns a browser context of its own, with nothing in its cache, in which the inbox's owner is signed in */
export async function signedIn(browser) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const payload = btoa(JSON.stringify({ iat: 0, exp: 3_600 })).replaceAll("=", "");
    const user = { id: 7, username: "ana", name: "Ana Lima", roles: [] };
    const tokens = { access: `x.${payload}.x`, refresh: "r", user, accessEndsAt: Date.now() + 3_600_000 };
    sessionStorage.setItem("belfry:session", JSON.stringify(tokens));
  });
  return context;
}

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
