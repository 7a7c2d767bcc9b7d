import { expect, type BrowserContext } from "@playwright/test";

/**
 * Hears what goes wrong behind a page that looks right: errors in the console (a failed request is one), uncaught
 * exceptions, and what the Content-Security-Policy has blocked. A test fails of any that it has not allowed.
 */
export class Guard {
  private readonly heard: string[] = [];
  private readonly allowed: RegExp[] = [];

  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") {
        const { url, lineNumber } = message.location();
        this.heard.push(`console: ${message.text()} (${url}:${lineNumber})`);
      }
    });
    context.on("weberror", (event) => this.heard.push(`uncaught: ${event.error().stack ?? event.error().message}`));
    await context.exposeBinding("belfryHearViolation", (_source, violation: string) =>
      this.heard.push(`Content-Security-Policy: ${violation}`),
    );
    await context.addInitScript(() => {
      const page = window as unknown as { belfryHearViolation: (violation: string) => void };
      document.addEventListener("securitypolicyviolation", (event) =>
        page.belfryHearViolation(`${event.violatedDirective} blocked ${event.blockedURI} in ${event.sourceFile}`),
      );
    });
  }

  /** For a test that cuts the network or provokes a refusal: the browser complains of that as well. */
  allow(...complaints: readonly RegExp[]): void {
    this.allowed.push(...complaints);
  }

  expectSilence(): void {
    const unexpected = this.heard.filter((complaint) => !this.allowed.some((allowed) => allowed.test(complaint)));
    expect(unexpected, "complaints of the browser").toEqual([]);
  }
}
