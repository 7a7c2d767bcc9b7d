import { expect, test } from "./support/test";

// What every other test relies on.
test("the guard hears what the page and its policy complain of", async ({ page, guard }) => {
  await page.goto("/");
  await page.evaluate(() => {
    console.error("of the page");
    const inline = document.createElement("script");
    inline.textContent = "let a = 1;";
    document.body.append(inline);
  });

  for (const complaint of [/of the page/, /script-src/]) {
    expect(() => guard.expectSilence()).toThrow(complaint);
  }
  guard.allow(/of the page/, /script-src/);
});
