// Other front ends, each made by its own tools: a fresh Vite app with React 18 and a Next app with README.md's example, a Vue and
// an Angular page with those of docs/embedding.md. The package is installed as a stranger would, from what `npm pack` makes. In a
// browser they are tried by e2e/embedding.spec.ts.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { examplesIn } from "./examples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const consumers = join(root, "consumers");
const run = (cwd, program, ...args) =>
  execFileSync(program, args, {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });

/** What a project's lock file says, and the package as it is now. */
function install(project, tarball) {
  const folder = join(consumers, project);
  const installed = join(folder, "node_modules", ".installed-lock");
  const lock = join(folder, "package-lock.json");
  if (!existsSync(installed) || readFileSync(installed, "utf8") !== readFileSync(lock, "utf8")) {
    run(folder, "npm", "ci", "--loglevel", "error");
    copyFileSync(lock, installed);
  }
  rmSync(join(folder, "node_modules", "@belfry"), { recursive: true, force: true });
  run(folder, "npm", "install", "--no-save", "--no-package-lock", "--prefer-offline", "--loglevel", "error", tarball);
}

/** @returns the folder of a new app with these files */
function app(project, name, files) {
  const folder = join(consumers, project, "dist", name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const html = (entry) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Campus</title>
    <script type="module" src="https://notify.example.org/embed/v1/belfry.js"></script>
  </head>
  <body>
    <main><h1>Campus</h1><app-root id="app"></app-root></main>
    <script type="module" src="/${entry}"></script>
  </body>
</html>
`;

const packed = execFileSync("npm", ["pack", root, "--json", "--ignore-scripts", "--pack-destination", consumers], {
  encoding: "utf8",
});
const tarball = join(consumers, JSON.parse(packed)[0].filename);
for (const project of ["vite", "next"]) {
  rmSync(join(consumers, project, "dist"), { recursive: true, force: true });
  install(project, tarball);
}
rmSync(tarball);

const vite = join(consumers, "vite", "node_modules", "vite", "bin", "vite.js");
const [example] = examplesIn("notification-web/README.md", "Using the package", "tsx");

mkdirSync(join(consumers, "vite", "dist"), { recursive: true });
run(
  join(consumers, "vite", "dist"),
  "npx",
  "--no-install",
  "create-vite",
  "react",
  "--template",
  "react-ts",
  "--no-interactive",
);
const react = app("vite", "react", { "src/App.tsx": example });
run(react, "npm", "run", "build");

const vue = app("vite", "vue", {
  "index.html": html("main.js"),
  "main.js": 'import { createApp } from "vue";\nimport App from "./App.vue";\n\ncreateApp(App).mount("#app");\n',
  "App.vue": examplesIn("docs/embedding.md", "With Vue", "vue")[0],
  "vite.config.js": `import vue from "@vitejs/plugin-vue";
export default { plugins: [${/vue\(\{.*?\)(?=`)/.exec(readFileSync(join(root, "../docs/embedding.md"), "utf8"))[0]}] };
`,
});
run(vue, "node", vite, "build");

const angular = app("vite", "angular", {
  "index.html": html("main.ts"),
  "main.ts": `import "@angular/compiler";
import { bootstrapApplication } from "@angular/platform-browser";
import { App } from "./app";

void bootstrapApplication(App);
`,
  "app.ts": examplesIn("docs/embedding.md", "With Angular", "ts")[0],
  "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "useDefineForClassFields": false } }\n',
});
run(angular, "node", vite, "build");

const next = app("next", "app", {
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(join(consumers, "next"))} } };\n`,
  "app/page.tsx": example,
  "app/layout.tsx": `import type { ReactNode } from "react";

export const metadata = { title: "Campus" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
`,
});
run(next, "npx", "--no-install", "next", "build");
console.log("consumers: Vite with React 18, Next with React 19, Vue and Angular are built");
