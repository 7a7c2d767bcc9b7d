// The catalogues: a folder `catalogues` of a room has its words, a file of ICU messages for each language, and `texts.ts`, the
// type of what they become. Checked and compiled as the modules are bundled. Run by itself it writes the types anew.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import compile from "icu-minify/compile";

/** The language that the others are translated from. */
const SOURCE = "en";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = ["src/lib/catalogues", "src/pages/catalogues"].map((folder) => join(root, folder));

/** Checks the catalogues and compiles each as it is imported. @returns {import("vite").Plugin} */
export function catalogues() {
  return {
    name: "catalogues",
    enforce: "pre",
    buildStart() {
      const failures = folders.flatMap(failuresOf);
      if (failures.length > 0) {
        this.error(failures.join("\n"));
      }
    },
    transform: (code, id) =>
      /\/catalogues\/[^/]+\.json$/.test(id) ? JSON.stringify(mapped(JSON.parse(code), compile)) : undefined,
  };
}

/** What is wrong with the catalogues of a folder: types of former messages, and what a language lacks. */
function failuresOf(folder) {
  const source = messagesOf(read(folder, SOURCE));
  const isCurrent = readFileSync(join(folder, "texts.ts"), "utf8") === typesOf(folder);
  return [
    ...(isCurrent ? [] : [`${folder}/texts.ts is not of ${SOURCE}.json: npm run texts`]),
    ...languagesOf(folder).flatMap((language) =>
      differences(source, messagesOf(read(folder, language)), language).map((text) => `${language}.json: ${text}`),
    ),
  ];
}

function languagesOf(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"));
}

/** What the messages of a language do not say as the source does. */
export function differences(source, translated, language) {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return [
    ...[...translated.keys()].filter((key) => !source.has(key)).map((key) => `${key} is not in ${SOURCE}.json`),
    ...[...source].flatMap(([key, message]) => {
      const own = translated.get(key);
      if (own === undefined) {
        return [`${key} is missing`];
      }
      const [values, ownValues] = [message, own].map((text) => JSON.stringify([...valuesOf(compile(text))].sort()));
      // One that does not tell numbers apart needs none of them.
      const inflected = plurals(compile(own)).filter((forms) =>
        pluralCategories.some((form) => form !== "other" && form in forms),
      );
      const lacking = inflected.flatMap((forms) => pluralCategories.filter((form) => !(form in forms)));
      return [
        ...(values === ownValues ? [] : [`${key} takes ${ownValues}, not ${values}`]),
        ...(lacking.length === 0 ? [] : [`${key} has no plural for ${lacking.join(", ")}`]),
      ];
    }),
  ];
}

/** Each message by its dotted key. */
export function messagesOf(tree, prefix = "") {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value]] : [...messagesOf(value, `${prefix}${key}.`)],
    ),
  );
}

// What the compiler makes of `{name}`, `{name, select, …}` and so on: https://next-intl.dev/docs/usage/plugin (icu-minify).
const [SELECT, PLURAL, ORDINAL, NUMBER] = [1, 2, 3, 4];

const nodesOf = (message) => (Array.isArray(message) ? message.filter(Array.isArray) : []);
const formsOf = ([, kind, forms]) => ([SELECT, PLURAL, ORDINAL].includes(kind) ? Object.values(forms) : []);

/** The values that a message takes, each with its type. */
function valuesOf(message) {
  return new Map(
    nodesOf(message).flatMap((node) => {
      const [name, kind] = node;
      const type = [PLURAL, ORDINAL, NUMBER].includes(kind) ? "number" : "string";
      return [[name, type], ...formsOf(node).flatMap((form) => [...valuesOf(form)])];
    }),
  );
}

function plurals(message) {
  return nodesOf(message).flatMap((node) => [
    ...(node[1] === PLURAL ? [node[2]] : []),
    ...formsOf(node).flatMap((form) => plurals(form)),
  ]);
}

function mapped(tree, change) {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === "string" ? change(value) : mapped(value, change),
    ]),
  );
}

function read(folder, language) {
  return JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8"));
}

function typesOf(folder) {
  const name = basename(dirname(folder)) === "lib" ? "Texts" : "PageTexts";
  const [head, ...members] = interfaceOf(read(folder, SOURCE), "");
  return [
    `// Written by \`npm run texts\`, from ${SOURCE}.json.`,
    `export interface ${name} ${head}`,
    ...members,
    "",
  ].join("\n");
}

function interfaceOf(tree, indent) {
  const members = Object.entries(tree).flatMap(([key, value]) => {
    if (typeof value !== "string") {
      const [head, ...rest] = interfaceOf(value, `${indent}  `);
      return [`${indent}  readonly ${key}: ${head}`, ...rest.slice(0, -1), `${rest.at(-1)};`];
    }
    const values = [...valuesOf(compile(value))].map(([name, type]) => `readonly ${name}: ${type}`);
    const type = values.length === 0 ? "string" : `(values: { ${values.join("; ")} }) => string`;
    return [`${indent}  /** ${value} */`, `${indent}  readonly ${key}: ${type};`];
  });
  return ["{", ...members, `${indent}}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  folders.forEach((folder) => writeFileSync(join(folder, "texts.ts"), typesOf(folder)));
}
