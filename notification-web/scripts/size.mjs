// How much a front end downloads for the package's own code: bundled, minified, gzip; its libraries, React, and languages beside
// English, of which one at most is loaded, not counted. And how
// much script a visitor of the pages waits for, libraries and React included; and the web component, all that it needs included.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const LIMIT_BYTES = 54_000;
const FIRST_LIMIT_BYTES = 120_000;
const EMBED_LIMIT_BYTES = 90_000;

const file = (path) => fileURLToPath(new URL(`../dist/package/${path}`, import.meta.url));

async function bundled(entry) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2022",
      minify: true,
      lib: { entry: file(entry), formats: ["es"], fileName: "bundle" },
      rolldownOptions: { external: /^[^./]/ },
    },
  });
  const isLanguage = ({ facadeModuleId }) => facadeModuleId?.includes("/catalogues/");
  return gzipSync(output.flatMap((chunk) => (isLanguage(chunk) ? [] : chunk.code)).join("")).length;
}

/** The script that is there when the list of notifications shows: the entry, the list's page, and what both import. */
async function beforeTheList() {
  const { output } = await build({ logLevel: "error", build: { write: false } });
  const chunks = new Map(output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
  const isFirst = ({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.endsWith("/NotificationHistory.tsx");
  const first = new Set([...chunks.values()].filter(isFirst).map(({ fileName }) => fileName));
  first.forEach((fileName) => chunks.get(fileName).imports.forEach((imported) => first.add(imported)));
  return [...first].reduce((sum, fileName) => sum + gzipSync(chunks.get(fileName).code, { level: 9 }).length, 0);
}

async function embedded() {
  const { output } = await build({ configFile: "vite.embed.config.ts", logLevel: "error", build: { write: false } });
  return output.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

const all = await bundled("index.js");
console.log(`@belfry/react           ${all} bytes gzip, of ${LIMIT_BYTES} allowed`);
console.log(`@belfry/react/realtime  ${await bundled("client/index.js")} bytes gzip, part of the former`);
console.log(`styles.css              ${gzipSync(readFileSync(file("styles.css"))).length} bytes gzip`);
const first = await beforeTheList();
console.log(`pages, before the list  ${first} bytes gzip, of ${FIRST_LIMIT_BYTES} allowed`);
const embed = await embedded();
console.log(`embed/v1/belfry.js      ${embed} bytes gzip, of ${EMBED_LIMIT_BYTES} allowed`);
for (const [what, size, limit] of [
  ["The package's own code", all, LIMIT_BYTES],
  ["The script before the list", first, FIRST_LIMIT_BYTES],
  ["The web component", embed, EMBED_LIMIT_BYTES],
]) {
  if (size > limit) {
    console.error(`${what} is too big by ${size - limit} bytes.`);
    process.exitCode = 1;
  }
}
