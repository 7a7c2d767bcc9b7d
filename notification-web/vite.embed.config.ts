import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { catalogues } from "./scripts/catalogues.mjs";
import { packed } from "./scripts/packed.mjs";

const source = (path: string) => fileURLToPath(new URL(`src/embed/${path}`, import.meta.url));

/** Prints what a page may write into `integrity`, and writes it beside the file. */
function integrity(): Plugin {
  return {
    name: "integrity",
    writeBundle: ({ dir = "" }, files) => {
      for (const file of Object.values(files)) {
        if (file.type === "chunk") {
          const value = `sha384-${createHash("sha384").update(file.code).digest("base64")}`;
          writeFileSync(join(dir, `${file.fileName}.sri`), `${value}\n`);
          console.log(`${file.fileName}  integrity="${value}"`);
        }
      }
    },
  };
}

/**
 * The web component, all in one file, which the api serves with the pages. With Preact, and with the browser's own popover in place
 * of Base UI's: with React and Base UI it is twice as big.
 */
export default defineConfig({
  plugins: [catalogues(), react(), integrity(), packed()],
  publicDir: false,
  logLevel: "warn",
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  resolve: {
    alias: {
      "react/jsx-runtime": "preact/jsx-runtime",
      "react-dom/client": "preact/compat/client",
      "react-dom": "preact/compat",
      react: "preact/compat",
      "@base-ui/react/popover": source("native/popover.tsx"),
      "@base-ui/react/tabs": source("native/tabs.tsx"),
      "@base-ui/react/toast": source("native/toast.tsx"),
      "@base-ui/react/toggle-group": source("native/toggle.tsx"),
      "@base-ui/react/toggle": source("native/toggle.tsx"),
    },
  },
  build: {
    outDir: "dist/pages/embed/v1",
    target: "es2022",
    cssTarget: ["chrome123", "firefox125", "safari17.5"], // light-dark(), popover
    minify: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: source("index.ts"),
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "belfry.js", codeSplitting: false },
    },
  },
});
