// The package as another front end meets it: packed, unpacked elsewhere, and used by the README's example, which is
// type-checked and bundled.
import react from "@vitejs/plugin-react";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "dist", "consumer");
const installed = join(folder, "node_modules", "@belfry", "react");

function check(holds, otherwise) {
  if (!holds) {
    console.error(`consumer: ${otherwise}`);
    process.exit(1);
  }
}

function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  } catch (failure) {
    console.error(failure.stdout);
    check(false, `${program} ${args[0]} failed`);
  }
}

/** @returns the scripts that a browser gets for it, and which modules are in them */
async function bundled(entry) {
  const [{ output }] = [
    await build({
      root: folder,
      configFile: false,
      plugins: [react()],
      logLevel: "warn",
      build: {
        write: false,
        rolldownOptions: { input: join(folder, entry), preserveEntrySignatures: "strict" },
      },
    }),
  ].flat();
  const chunks = output.filter((part) => part.type === "chunk");
  return {
    code: chunks.map((chunk) => chunk.code).join("\n"),
    modules: chunks.flatMap((chunk) => Object.keys(chunk.modules)),
    styles: output.filter((part) => part.type === "asset" && part.fileName.endsWith(".css")),
  };
}

const example = /^```tsx\n(.*?)^```/ms.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
check(example, "README.md has no example: no block of tsx");

rmSync(folder, { recursive: true, force: true });
mkdirSync(installed, { recursive: true });
const [tarball] = JSON.parse(run("npm", "pack", root, "--json", "--ignore-scripts"));
run("tar", "-xzf", tarball.filename, "-C", installed, "--strip-components=1");
const strangers = tarball.files
  .map((file) => file.path)
  .filter((path) => !/^(dist\/package\/|package\.json$|README\.md$)/.test(path));
check(strangers.length === 0, `the package holds ${strangers.join(", ")}`);

writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
writeFileSync(join(folder, "example.tsx"), example);
writeFileSync(join(folder, "realtime.ts"), 'export * from "@belfry/react/realtime";\n');
writeFileSync(join(folder, "styles.d.ts"), 'declare module "*.css" {}\n');
for (const [moduleResolution, module] of [
  ["bundler", "esnext"],
  ["nodenext", "nodenext"],
]) {
  const compilerOptions = {
    moduleResolution,
    module,
    target: "es2022",
    jsx: "react-jsx",
    strict: true,
    noEmit: true,
    types: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "*.tsx"] }));
  run(join(root, "node_modules", ".bin", "tsc"), "--project", "tsconfig.json");
}

const page = await bundled("example.tsx");
check(page.styles.length === 1, "the example's style sheet is not in its bundle");
const alone = await bundled("realtime.ts");
for (const { code } of [page, alone]) {
  check(code.includes("jitless"), "zod's configuration is lost in the bundle");
}
const foreign = alone.modules.filter(
  (id) => id.includes("node_modules/") && !/node_modules\/(@belfry\/react|zod)\//.test(id),
);
check(foreign.length === 0, `realtime brings ${foreign.join(", ")}`);
console.log(
  `consumer: the README's example type-checks and bundles against ${tarball.filename} (${tarball.size} bytes)`,
);
