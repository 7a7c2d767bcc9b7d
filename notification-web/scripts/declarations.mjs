// TypeScript writes declarations with the imports of the sources, which leave out the files' endings. A program that resolves
// modules as Node does needs them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../dist/package", import.meta.url));

const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
for (const name of names.filter((file) => file.endsWith(".d.ts"))) {
  const file = join(folder, name);
  const declarations = readFileSync(file, "utf8").replace(/((?:from|import) ?\(?")(\.[^"]*)"/g, (_, before, path) => {
    const target = [`${path}.js`, `${path}/index.js`].find((candidate) =>
      existsSync(join(dirname(file), candidate.replace(/\.js$/, ".d.ts"))),
    );
    if (!target) {
      throw new Error(`${name} imports ${path}, which has no declarations`);
    }
    return `${before}${target}"`;
  });
  writeFileSync(file, declarations);
}
