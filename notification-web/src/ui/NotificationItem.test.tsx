import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Notification } from "../client/wire/notification";
import { renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { NotificationItem } from "./NotificationItem";

withApi();

const data = { url: "/rooms/12", label: "See the map" };
const nothing = () => {};

function show(changes: Partial<Notification>, href = "/rooms/12"): HTMLElement {
  const link = { href, rel: undefined, onClick: nothing };
  renderInside(
    <NotificationItem
      notification={answers.notification(changes)}
      link={link}
      onToggleRead={nothing}
      onRemove={nothing}
    />,
  );
  return screen.getByRole("link");
}

it("says what the button is called where the row leads to its address", () => {
  expect(show({ data })).toHaveAccessibleName("Unread: Lecture moved See the map");
});

it.each([
  ["the row leads elsewhere", { data }, "/notifications/9001"],
  ["it has no valid text", { data: { ...data, label: "x".repeat(41) } }, "/rooms/12"],
])("says nothing of a button where %s", (_, changes, href) => {
  expect(show(changes, href)).toHaveAccessibleName("Unread: Lecture moved");
});

it.each([
  [true, 1],
  [false, 0],
  [undefined, 0],
])("is marked as a test if it is one (%s)", (test, times) => {
  show({ ...(test !== undefined && { test }) });
  expect(screen.queryAllByText("Test")).toHaveLength(times);
});
