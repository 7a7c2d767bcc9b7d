import js from "@eslint/js";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// The rooms of README.md, from the ground up: each may import those named beside it, and itself.
const rooms = {
  client: [],
  lib: [],
  ui: ["lib", "client"],
  history: ["lib", "client", "ui"],
  bell: ["lib", "client", "ui", "history"],
  sending: ["lib", "client", "ui"],
  embed: ["lib", "client", "ui", "history", "bell"],
};

/** Of `client`. Beside these, each may import the words of `inboxState`, `signal` and `step`. */
const clientRooms = {
  wire: [],
  rest: ["wire"],
  replica: ["wire", "rest"],
  outbox: ["wire", "rest", "replica"],
  view: ["wire", "rest", "replica", "outbox"],
};

const walls = [
  ...wallsOf("./src", rooms, ["testing"]),
  ...wallsOf("./src/client", clientRooms, ["inboxState.ts", "signal.ts", "step.ts"]),
];

function wallsOf(folder, itsRooms, forAll) {
  return Object.entries(itsRooms).map(([room, mayImport]) => ({
    target: `${folder}/${room}`,
    from: folder,
    except: [room, ...mayImport, ...forAll].map((name) => `./${name}`),
    message: `\`${room}\` imports ${mayImport.map((name) => `\`${name}\``).join(", ") || "no other room"}.`,
  }));
}

const doorways = [
  {
    target: ["./src/*.ts", "./src/!(pages)/**"],
    from: "./src/pages",
    message: "The pages use the package, not the other way round.",
  },
  { target: ["./src/*.ts", "./src/!(testing)/**"], from: "./src/testing", message: "What tests share is for tests." },
];

walls.push({
  target: "./headless",
  from: "./src",
  except: ["./client/index.ts", "./testing"],
  message: "`headless` is one of the client's users: its public names alone.",
});

const nodeGlobals = { console: "readonly", process: "readonly", URL: "readonly" };

const react = [
  "react",
  "react/*",
  "react-dom",
  "react-dom/*",
  "wouter",
  "wouter/*",
  "@base-ui/*",
  "@tanstack/*",
  "react-hook-form",
  "@hookform/*",
];

// Browsers that translate put each text into an element of their own. React still finds elements, but not a text node that
// stands beside what comes and goes: it then writes into nothing, or fails.
const TEXT = "JSXExpressionContainer[expression.type=/^(MemberExpression|TemplateLiteral)$/]";
const COMES_AND_GOES = "JSXExpressionContainer[expression.type=/^(LogicalExpression|ConditionalExpression)$/]";
const ELEMENT = "JSXElement";
const bareTexts = [
  `JSXElement > ${TEXT} ~ ${COMES_AND_GOES}`,
  `JSXElement > ${COMES_AND_GOES} ~ ${TEXT}`,
  `JSXElement > ${COMES_AND_GOES} ~ ${COMES_AND_GOES} > LogicalExpression > TemplateLiteral`,
  `JSXElement > ${ELEMENT} ~ ${TEXT}`,
  `JSXElement > ${TEXT} ~ ${ELEMENT}`,
  `JSXElement > ${ELEMENT} ~ JSXExpressionContainer > CallExpression[callee.object.name="texts"]`,
].map((selector) => ({ selector, message: "A text beside other nodes needs an element of its own: <span>." }));

export default defineConfig(
  globalIgnores(["dist", "test-results", "consumers/*/dist"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ["tsconfig.json", "tsconfig.node.json"], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".css"] })],
    },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones: walls, basePath: import.meta.dirname }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      // A number in a text is a number in a text.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `onClick={() => close()}` says what it does; a block around it says nothing more.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // It takes a field for what it was before a call, and a global of browsers for one of Node.
      "@typescript-eslint/no-unnecessary-condition": "off",
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: nodeGlobals },
  },
  {
    files: ["src/**"],
    ignores: ["**/*.test.{ts,tsx}", "src/testing/**"],
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: [...walls, ...doorways], basePath: import.meta.dirname }],
      "no-console": ["error", { allow: ["warn", "error"] }],
    },
  },
  {
    files: ["src/client/**", "src/lib/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ group: react, message: "This room knows no React." }] }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"], jsxA11y.flatConfigs.recommended],
  },
  {
    files: ["e2e/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            'CallExpression[callee.name="expect"] > :not(ArrowFunctionExpression).arguments:matches(:has(AwaitExpression), AwaitExpression)',
          message: "A page is ready when it is: use a matcher that waits, or expect.poll.",
        },
      ],
    },
  },
  {
    // Widgets, which make interactive what is not by itself.
    files: ["src/embed/native/**"],
    rules: {
      "jsx-a11y/no-noninteractive-element-interactions": "off",
      "jsx-a11y/no-noninteractive-tabindex": "off",
    },
  },
  {
    files: ["src/{pages,ui,bell,history,sending,embed}/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        { property: "dangerouslySetInnerHTML", message: "Texts are text." },
        { property: "innerHTML", message: "Texts are text." },
      ],
      "no-restricted-syntax": ["error", ...bareTexts],
    },
  },
);
