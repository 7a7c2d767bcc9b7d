import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The inbox client for tests in other languages, with all that it needs in one file that Node runs. */
export default defineConfig({
  publicDir: false,
  logLevel: "warn",
  ssr: { noExternal: true },
  build: {
    outDir: "dist/headless",
    target: "node20",
    ssr: fileURLToPath(new URL("headless/main.ts", import.meta.url)),
    minify: false,
    rolldownOptions: { output: { entryFileNames: "headless.mjs" } },
  },
});
