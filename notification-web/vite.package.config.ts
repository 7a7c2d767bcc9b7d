import react from "@vitejs/plugin-react";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import postcss from "postcss";
import { defineConfig, type Plugin } from "vite";
import { catalogues } from "./scripts/catalogues.mjs";

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};
const libraries = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** Of the style sheet, whose rules are in a layer, one without: beside rules outside of layers, as Bootstrap's, a layer loses. */
function unlayered(): Plugin {
  return {
    name: "unlayered",
    generateBundle(_, files) {
      const sheet = files["styles.css"];
      if (sheet?.type === "asset") {
        const layered = sheet.source.toString();
        const root = postcss.parse(layered);
        root.walkAtRules("layer", (rule) => void rule.replaceWith(rule.nodes ?? []));
        sheet.source = root.toString();
        this.emitFile({ type: "asset", fileName: "styles.layered.css", source: layered });
      }
    },
  };
}

/**
 * The package: a file for each source file, so that a program that uses a part of it bundles that part alone, and one style
 * sheet, with and without a layer. Libraries stay imports.
 */
export default defineConfig({
  plugins: [catalogues(), react(), unlayered()],
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
      output: {
        preserveModules: true,
        preserveModulesRoot: source(""),
        entryFileNames: "[name].js",
        // Server components may import what has hooks and hands over functions; plain TypeScript is for both.
        banner: ({ name }) => (/^(client|lib)\//.test(name) ? "" : '"use client";'),
      },
    },
  },
});
