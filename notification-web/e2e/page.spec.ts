import { expect, test } from "./support/test";

for (const path of ["/", "/courses/1", "/history"]) {
  test(`the api serves the page at ${path} under its Content-Security-Policy`, async ({ page, stack }) => {
    const answer = await page.goto(path);

    expect(answer?.status()).toBe(200);
    const policy = answer?.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${stack.proxyPort};`);
    await expect(page.locator("#root")).not.toBeEmpty();
  });
}

test("the page stands in its files alone", async ({ request }) => {
  const html = await (await request.get("/", { headers: { Accept: "text/html" } })).text();

  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|\bstyle=|\bon[a-z]+=|data:/);
});
