// How much a front end downloads for the package's own code: bundled, minified, gzip; its libraries and React not counted.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const LIMIT_BYTES = 35_000;

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
  return gzipSync(output.map((chunk) => chunk.code).join("")).length;
}

const all = await bundled("index.js");
console.log(`@belfry/react           ${all} bytes gzip, of ${LIMIT_BYTES} allowed`);
console.log(`@belfry/react/realtime  ${await bundled("client/index.js")} bytes gzip, part of the former`);
console.log(`styles.css              ${gzipSync(readFileSync(file("styles.css"))).length} bytes gzip`);
if (all > LIMIT_BYTES) {
  console.error(`The package's own code is too big by ${all - LIMIT_BYTES} bytes.`);
  process.exit(1);
}
