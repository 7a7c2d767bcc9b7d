import react from "@vitejs/plugin-react";
import { catalogues } from "./scripts/catalogues.mjs";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [catalogues(), react()],
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "{headless,scripts}/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    // The golden files of the contract are read from the modules that own them.
    css: false,
  },
});
