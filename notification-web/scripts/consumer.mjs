// The package as another front end meets it: packed, unpacked elsewhere, and used by the README's example, which is
// type-checked and bundled.
import react from "@vitejs/plugin-react";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { examplesIn } from "./examples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "dist", "consumer");
const installed = join(folder, "node_modules", "@belfry", "react");
const run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: "inherit" });
const write = (name, text) => writeFileSync(join(folder, name), text);

/** @returns the scripts that a browser gets for it, and which modules are in them */
async function bundled(entry) {
  const { output } = await build({
    root: folder,
    configFile: false,
    plugins: [react()],
    logLevel: "warn",
    build: { write: false, rolldownOptions: { input: join(folder, entry), preserveEntrySignatures: "strict" } },
  });
  const chunks = output.filter((part) => part.type === "chunk");
  return {
    code: chunks.map((chunk) => chunk.code).join("\n"),
    modules: chunks.flatMap((chunk) => Object.keys(chunk.modules)),
    styles: output.filter((part) => part.type === "asset" && part.fileName.endsWith(".css")),
  };
}

const [example] = examplesIn("notification-web/README.md", "Using the package", "tsx");

rmSync(folder, { recursive: true, force: true });
mkdirSync(installed, { recursive: true });
const packed = execFileSync("npm", ["pack", root, "--json", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
const [tarball] = JSON.parse(packed);
run("tar", "-xzf", tarball.filename, "-C", installed, "--strip-components=1");
const ours = /^(dist\/package\/|package\.json$|README\.md$|LICENSE$)/;
const strangers = tarball.files.map((file) => file.path).filter((path) => !ours.test(path));
assert.deepEqual(strangers, [], "the package holds what it should not");

write("package.json", JSON.stringify({ type: "module", private: true }));
write("example.tsx", example);
write("realtime.ts", 'export * from "@belfry/react/realtime";\n');
write("styles.d.ts", 'declare module "*.css" {}\n');
for (const [moduleResolution, module] of [
  ["bundler", "esnext"],
  ["nodenext", "nodenext"],
]) {
  const own = { moduleResolution, module, target: "es2022", jsx: "react-jsx", strict: true, noEmit: true, types: [] };
  write("tsconfig.json", JSON.stringify({ compilerOptions: own, include: ["*.ts", "*.tsx"] }));
  run(join(root, "node_modules", ".bin", "tsc"));
}

const page = await bundled("example.tsx");
assert.equal(page.styles.length, 1, "the example's style sheet is not in its bundle");
const alone = await bundled("realtime.ts");
for (const { code } of [page, alone]) {
  assert(code.includes("jitless"), "zod's configuration is lost in the bundle");
}
const known = /node_modules\/(@belfry\/react|zod)\//;
const foreign = alone.modules.filter((id) => id.includes("node_modules/") && !known.test(id));
assert.deepEqual(foreign, [], "realtime brings other modules with it");
console.log(
  `consumer: the README's example type-checks and bundles against ${tarball.filename} (${tarball.size} bytes)`,
);
