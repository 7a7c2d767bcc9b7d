import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
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

/** Writes the service worker, with what it keeps: every file of the page. */
function serviceWorker(): Plugin {
  let folder = "";
  let root = "";
  return {
    name: "service-worker",
    apply: "build",
    configResolved: (config) => {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    writeBundle: () => {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.(br|gz)$|^sw\.js$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name))
        // What other pages embed is no part of this one.
        .filter((file) => !file.startsWith(join(folder, "embed/")))
        .sort();
      const version = createHash("sha256");
      files.forEach((file) => version.update(file.slice(folder.length)).update(readFileSync(file)));
      const paths = files.map((file) => file.slice(folder.length).replace(/^\/index\.html$/, "/"));
      const worker = readFileSync(join(root, "src/pages/serviceWorker.js"), "utf8")
        .replace("%FILES%", paths.join(" "))
        .replace("%VERSION%", version.digest("hex").slice(0, 16));
      writeFileSync(join(folder, "sw.js"), worker);
    },
  };
}

/**
 * The pages. The api serves them with a Content-Security-Policy that allows files of this origin and nothing inline:
 * nothing may become a `data:` address or a script in the page.
 */
export default defineConfig({
  plugins: [catalogues(), react(), serviceWorker(), packed()],
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
