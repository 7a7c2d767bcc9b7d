import type { Page } from "@playwright/test";
import { killListenerOn } from "./support/processes";
import { expect, test } from "./support/test";

// What the other tests rely on, tried on a bare socket.

/** Opens a socket as a page does. What happens to it goes into `window.heard`. */
async function openSocket(page: Page, token: string): Promise<void> {
  await page.evaluate(async (bearer) => {
    const me = await fetch("/api/me/", { headers: { Authorization: `Bearer ${bearer}` } });
    const { websocket_url } = (await me.json()) as { websocket_url: string };
    const heard: string[] = [];
    const socket = new WebSocket(websocket_url, ["belfry.v1", `bearer.${bearer}`]);
    socket.onmessage = (event) => heard.push((JSON.parse(String(event.data)) as { type: string }).type);
    socket.onclose = (event) => heard.push(`closed ${event.code}`);
    Object.assign(window, { heard, socket });
  }, token);
}

function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test("the proxy passes, holds back and cuts", async ({ page, network, school, guard }) => {
  guard.allow(/WebSocket connection to .* failed/);
  await page.goto("/");
  await openSocket(page, await school.token("bruno"));
  await expect.poll(() => heard(page)).toEqual(["welcome"]);
  expect(network.connections).toBe(1);

  network.blackhole();
  await school.notify(["bruno"], { title: "Held back" });
  expect(await heard(page)).toEqual(["welcome"]);
  network.heal();
  await expect.poll(() => heard(page)).toEqual(["welcome", "notification"]);

  network.cut();
  await expect.poll(() => heard(page)).toEqual(["welcome", "notification", "closed 1006"]);

  network.refuse();
  await openSocket(page, await school.token("bruno"));
  await expect.poll(() => heard(page)).toEqual(["closed 1006"]);
  await school.empty("bruno");
});

test("a killed gateway comes back by itself", async ({ page, network, school, stack, guard }) => {
  guard.allow(/WebSocket connection to .* failed/);
  await page.goto("/");
  await openSocket(page, await school.token("bruno"));
  await expect.poll(() => heard(page)).toEqual(["welcome"]);

  killListenerOn(stack.gatewayPort);

  await expect.poll(() => heard(page)).toEqual(["welcome", "closed 1006"]);
  await expect(async () => {
    await openSocket(page, await school.token("bruno"));
    await expect.poll(() => heard(page), { timeout: 2_000 }).toEqual(["welcome"]);
  }).toPass({ timeout: 45_000 });
  expect(network.connections).toBe(1);
});

test("the guard hears what the page and its policy complain of", async ({ page, guard }) => {
  await page.goto("/");
  await page.evaluate(() => {
    console.error("of the page");
    const inline = document.createElement("script");
    inline.textContent = "let a = 1;";
    document.body.append(inline);
  });

  expect(() => {
    guard.expectSilence();
  }).toThrow(/of the page/);
  expect(() => {
    guard.expectSilence();
  }).toThrow(/script-src/);
  guard.allow(/of the page/, /script-src/);
});
