import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { fileURLToPath } from "node:url";

const SCREENSHOTS = fileURLToPath(new URL("../../dist/screenshots/", import.meta.url));
const schemes = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "light", forcedColors: "active" },
} as const;

/** What is on the page now has no fault that axe finds: light, dark, or in colours that the reader's system forces. */
export async function expectAccessible(page: Page): Promise<void> {
  await inEachScheme(page, async (scheme) => {
    const axe = new AxeBuilder({ page });
    if (scheme === "forced") {
      // It compares what the sheets say, in place of which the system's colours are painted.
      axe.disableRules("color-contrast");
    }
    const { violations } = await axe.analyze();
    const faults = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`,
    );
    expect(faults, `axe, ${scheme}`).toEqual([]);
  });
}

/** Leaves `<name>-light.png`, `<name>-dark.png` and `<name>-forced.png` in dist/screenshots. */
export async function picture(page: Page, name: string): Promise<void> {
  await inEachScheme(page, async (scheme) => {
    await page.screenshot({ path: `${SCREENSHOTS}${name}-${scheme}.png`, animations: "disabled" });
  });
}

/** Both: it is in the pictures, and accessible. */
export async function expectGoodLooks(page: Page, name: string): Promise<void> {
  await picture(page, name);
  await expectAccessible(page);
}

/** Nothing is wider than the screen, in pixels. */
export async function expectToFit(page: Page, width: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}

async function inEachScheme(page: Page, look: (scheme: string) => Promise<void>): Promise<void> {
  for (const [scheme, media] of Object.entries(schemes)) {
    await page.emulateMedia({ forcedColors: null, ...media, reducedMotion: "reduce" });
    await page.evaluate(settled);
    await look(scheme);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
}

/** Colours on their way to others have no contrast worth measuring. */
async function settled(): Promise<void> {
  const ending = document.getAnimations().filter((animation) => {
    const iterations = animation.effect?.getComputedTiming().iterations;
    return animation.playState === "running" && iterations !== Infinity;
  });
  await Promise.allSettled(ending.map((animation) => animation.finished));
}
