import react from "@vitejs/plugin-react";
import { catalogues } from "./scripts/catalogues.mjs";
import { defineConfig } from "vite";
import { packed } from "./scripts/packed.mjs";

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
