import { bell, items as listed, openBell, openForm } from "./support/bell";
import { expectGoodLooks } from "./support/looks";
import { expect, signInOn, test } from "./support/test";

const payloads = [
  "<script>window.hit = 1</script>",
  "<img src=x onerror=window.hit=1>",
  "<svg onload=window.hit=1>",
  "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  '"><b onmouseover=window.hit=1>bold</b>',
  "javascript:window.hit=1",
  "{{constructor.constructor('window.hit=1')()}}",
  "${window.hit=1}",
  "&lt;script&gt;window.hit=1&lt;/script&gt;",
  "<style>*{display:none}</style>",
  "<a href='javascript:window.hit=1'>click</a>",
  "\u202etxt.exe\u202c",
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
];

test("texts are texts: nothing in a message is run, loaded or followed", async ({ signIn, school }) => {
  await school.empty("ana");
  for (const payload of payloads) {
    await school.notify("ana", { title: payload, message: payload, data: { note: payload, html: payload } });
  }
  const { page } = await signIn("ana");
  page.on("dialog", (dialog) => {
    throw new Error(`a message opened a dialog: ${dialog.message()}`);
  });
  await openBell(page);
  const items = listed(page);
  await expect(items).toHaveCount(payloads.length);
  for (const payload of payloads) {
    await expect(items.filter({ hasText: payload }).first()).toBeVisible();
  }
  await page.goto("/notifications");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(payloads.length);
  await expect.poll(() => page.evaluate(() => (window as { hit?: number }).hit)).toBeUndefined();
  await expect(page.locator("main img, main iframe, main script, main style")).toHaveCount(0);
  // The guard has heard no violation of the policy and no error.
});

test("a sign-in that ended leads to the sign-in page, and back", async ({ signIn, school, network, guard }) => {
  guard.allow(/401/, /WebSocket connection to .* failed/);
  const { page } = await signIn("ana");
  await page.goto("/notifications");
  await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();

  // Signed out elsewhere: the gateway closes 4510, and nothing knocks at it for ever.
  await school.call("ana", "POST", "/api/sessions/sign-out/", {});
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(() => network.connections).toBe(0);
  await expect(page.getByText(/^Your sign-in has ended/)).toBeVisible();
  await expectGoodLooks(page, "sign-in-ended");
  await page.getByRole("button", { name: /Ana Lima/ }).click();
  await expect(page).toHaveURL(/\/notifications$/);
  await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
  expect(network.connections).toBe(1);
});

test("signing out ends the user's other tabs, and leaves nothing of theirs", async ({ signIn, network }) => {
  const { page, context } = await signIn("bruno");
  await expect(bell(page)).toBeVisible();
  const other = await context.newPage();
  await signInOn(other, "bruno");
  await expect(bell(other)).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(other).toHaveURL(/\/sign-in/);
  await expect.poll(() => network.connections).toBe(0);
  for (const tab of [page, other]) {
    const kept = () => tab.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    await expect.poll(kept).toEqual([0, 0, ""]);
  }
});

test("a draft survives leaving the page, and is sent once", async ({ signIn, school, guard }) => {
  guard.allow(/Failed to load resource|ERR_FAILED/);
  const { page } = await signIn("omar");
  const title = `Draft ${Date.now()}`;
  const form = await openForm(page, "Modern History");
  await form.title.fill(title);
  await form.message.fill("Kept while away.");
  await page.reload();
  await page.getByRole("button", { name: "Send an update" }).click();
  await expect(form.title).toHaveValue(title);
  await expect(form.dialog.getByText("This draft is from your last visit.")).toBeVisible();

  // The answer is lost on its way back: sending again is the same send.
  let lost = 0;
  await page.route(/notify-students/, async (route) => {
    if (lost++ === 0) {
      await route.fetch();
      await route.abort("failed");
    } else {
      await route.continue();
    }
  });
  await form.send.click();
  await expect(form.dialog.getByText(/not known to be sent/)).toBeVisible();
  await form.dialog.getByRole("button", { name: "Send again" }).click();
  await expect(form.dialog.getByText("Stored for 1 student", { exact: true })).toBeVisible();
  const { results } = await school.inbox("chen");
  expect(results.filter((received) => received.title === title)).toHaveLength(1);
});
