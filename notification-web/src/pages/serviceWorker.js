/* global self, caches, fetch, Request, Response, setTimeout */
// Keeps the page's own files, so that it starts without a network. What it shows is never answered from here: calls to the
// api pass. The build writes the names of the files and the version that their content makes (vite.config.ts).
const VERSION = "%VERSION%";
const FILES = new Set("%FILES%".split(" "));

const CACHE = `belfry-${VERSION}`;
const NOT_THE_PAGE = /^\/(api|actuator|v3|ws|embed|swagger-ui[^/]*)(\/|$)/;
/** How long the network is waited for before the page that was kept comes. */
const PATIENCE_MS = 5_000;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate" && !NOT_THE_PAGE.test(pathname)) {
    event.respondWith(page(request));
  } else if (FILES.has(pathname) && pathname !== "/") {
    event.respondWith(file(request));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES].map((path) => new Request(path, { cache: "no-cache" })));
  // No page waits for all tabs to be closed: the page itself comes from the network whenever there is one.
  await self.skipWaiting();
}

async function takeOver() {
  const former = (await caches.keys()).filter((name) => name.startsWith("belfry-") && name !== CACHE);
  await Promise.all(former.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The network's, so that no reader is kept on a former version; without one, or while the api is down, the one that was kept. */
async function page(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const answer = await Promise.race([fetch(request), late]).catch(() => undefined);
  return answer && answer.status < 500 ? answer : ((await kept("/")) ?? answer ?? Response.error());
}

async function file(request) {
  return (await kept(request)) ?? fetch(request);
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return cache.match(request, { ignoreVary: true });
}
