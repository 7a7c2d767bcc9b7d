import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { api, later, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { useNotifications } from "./useNotifications";

withApi();

const Titles = () => <p>{useNotifications().notifications.map(({ title }) => title)}</p>;

const list = () =>
  HttpResponse.json({ ...answers.page([answers.notification({ title: "Moved" })]), ...answers.numbers });

it("asks for the list beside who the user is, and once", async () => {
  const asked: string[] = [];
  let listed = () => {};
  const isListed = new Promise<void>((resolve) => (listed = resolve));
  api.use(
    http.get("*/api/me/", async () => {
      asked.push("me");
      await isListed;
      return HttpResponse.json(answers.me());
    }),
    http.get("*/api/notifications/", () => {
      asked.push("list");
      listed();
      return list();
    }),
  );
  renderInside(<Titles />);
  expect(await screen.findByText("Moved")).toBeVisible();
  await later(2_000);
  expect(asked.toSorted()).toEqual(["list", "me"]);
});

it("shows the list though its first question failed", async () => {
  let isFirst = true;
  api.use(
    http.get("*/api/notifications/", () => {
      const answer = isFirst ? answers.problem(503, "unavailable") : list();
      isFirst = false;
      return answer;
    }),
  );
  renderInside(<Titles />);
  await later(2_000);
  expect(await screen.findByText("Moved")).toBeVisible();
});
