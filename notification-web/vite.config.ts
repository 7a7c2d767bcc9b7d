import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { catalogues } from "./scripts/catalogues.mjs";
import { defineConfig, type Plugin } from "vite";

/** Writes beside each file of the page what the api serves in its place: packed once, as small as it gets. */
function packed(): Plugin {
  let folder = "";
  return {
    name: "packed",
    apply: "build",
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    writeBundle: () => {
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      for (const file of files.filter((name) => /\.(js|css|html|svg)$/.test(name)).map((name) => join(folder, name))) {
        const plain = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(plain));
        writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
      }
    },
  };
}

/**
 * The pages. The api serves them with a Content-Security-Policy that allows files of this origin and nothing inline:
 * nothing may become a `data:` address or a script in the page.
 */
export default defineConfig({
  plugins: [catalogues(), react(), packed()],
  build: {
    outDir: "dist/pages",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // light-dark()
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    strictPort: true,
    // Without changing `Host`, so that the api takes a call from this page for one of its own origin. For sockets, start
    // the stack with BELFRY_GATEWAY_ORIGINS=http://127.0.0.1:5173.
    proxy: { "/api": { target: `http://127.0.0.1:${process.env.BELFRY_API_PORT ?? "8080"}`, changeOrigin: false } },
  },
});
