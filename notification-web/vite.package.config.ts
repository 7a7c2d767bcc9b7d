import react from "@vitejs/plugin-react";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { catalogues } from "./scripts/catalogues.mjs";
import { defineConfig } from "vite";

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};
const libraries = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * The package: a file for each source file, so that a program that uses a part of it bundles that part alone, and one style
 * sheet. Libraries stay imports.
 */
export default defineConfig({
  plugins: [catalogues(), react()],
  publicDir: false,
  logLevel: "warn",
  build: {
    outDir: "dist/package",
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"], // light-dark()
    minify: false,
    cssCodeSplit: true,
    cssMinify: true,
    lib: {
      entry: {
        index: source("index.ts"),
        "client/index": source("client/index.ts"),
        styles: source("styles.css"),
      },
      formats: ["es"],
    },
    rolldownOptions: {
      external: (id) => libraries.some((library) => id === library || id.startsWith(`${library}/`)),
      output: { preserveModules: true, preserveModulesRoot: source(""), entryFileNames: "[name].js" },
    },
  },
});
