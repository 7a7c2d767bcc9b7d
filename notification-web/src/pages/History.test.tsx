import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { api, withApi } from "../testing/belfry";
import { visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

const one = answers.notification({ id: 5, title: "Room changed", message: "Room 12.", added_seq: 1 });

beforeEach(() => {
  withDemo();
  const numbers = { seq: 1, unread: 1, epoch: "e-1" };
  api.use(
    http.get("*/api/notifications/", () => HttpResponse.json({ ...answers.page([one]), ...numbers })),
    http.get("*/api/notifications/unread_count/", () => HttpResponse.json({ unread_count: 1, seq: 1, epoch: "e-1" })),
    http.get("*/api/notifications/5/", () => HttpResponse.json({ ...one, ...numbers })),
    http.patch("*/api/notifications/5/mark_read/", () =>
      HttpResponse.json({ ...one, is_read: true, ...numbers, unread: 0, seq: 2 }),
    ),
  );
});

it("shows all notifications", async () => {
  await visit("/notifications", "ana");

  expect(screen.getByRole("heading", { level: 1, name: "Notifications" })).toBeVisible();
  expect(await screen.findByRole("link", { name: /Room changed/ })).toHaveAttribute("href", "/notifications/5");
});

it("shows the one that the address names", async () => {
  await visit("/notifications/5", "ana");

  expect(await screen.findByRole("heading", { level: 2, name: /Room changed/ })).toBeVisible();
});

it("has nothing at an address that names none", async () => {
  await visit("/notifications/latest", "ana");

  expect(await screen.findByRole("heading", { level: 1, name: "Nothing here" })).toBeVisible();
});
