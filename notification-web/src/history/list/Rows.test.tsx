import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeLayout, ROW_PX } from "../../testing/fakeLayout";
import { withInboxStage } from "../../testing/inboxStage";
import { NotificationList, type NotificationListProps } from "./NotificationList";

const stage = withInboxStage();
let layout: FakeLayout;

beforeEach(() => {
  layout = new FakeLayout();
  stage().inbox.pageSize = 1_000;
});

// By role they would be looked for in seconds.
const rows = () => [...document.querySelectorAll<HTMLElement>("li")];
const row = (number: number) =>
  rows()
    .map((item) => item.querySelector("a"))
    .find((link) => link?.textContent.endsWith(`Number ${number}`)) ?? null;
const keys = (text: string) => stage().user.keyboard(text);

/** A list of so many, once no more than is needed of it is in the document. */
async function begin(count: number, props: Partial<NotificationListProps> = {}) {
  stage().inbox.fill(count);
  await stage().show(<NotificationList historyHref="/notifications" {...props} />);
  if (count > 60) {
    await waitFor(() => expect(rows().length).toBeLessThan(40));
  }
}

describe("a list", () => {
  it("of sixty is in the document as a whole", async () => {
    await begin(60);
    expect(rows()).toHaveLength(60);
  });

  it("of more is there as far as it is in view, and each row says its place and how many there are", async () => {
    await begin(500);
    expect(row(500)).toBeVisible();
    layout.scroll(300 * ROW_PX);
    expect(row(200)).toBeVisible();
    expect(rows().length).toBeLessThan(40);
    const shown = row(200)?.closest("li");
    expect(shown).toHaveAttribute("aria-posinset", "301");
    expect(shown).toHaveAttribute("aria-setsize", "500");
  });

  it("of more has the height of all its rows", async () => {
    await begin(500);
    layout.scroll(20_000);
    const room = ({ style }: HTMLElement) =>
      ["margin-block-start", "margin-block-end"].map((side) => parseFloat(style.getPropertyValue(side)) || 0);
    const px = rows()
      .flatMap(room)
      .reduce((sum, margin) => sum + margin, 0);
    expect(px + rows().length * ROW_PX).toBe(500 * ROW_PX);
  });

  it("becomes long without losing the focus, or being drawn anew", async () => {
    await begin(60);
    row(40)?.focus();
    const before = row(40);
    stage().inbox.fill(1);
    await waitFor(() => expect(rows().length).toBeLessThan(60));
    expect(row(40)).toBe(before);
    expect(before).toHaveFocus();
  });
});

describe("the focus in a long list", () => {
  it("goes by keys to rows that are not in the document, and the list scrolls there", async () => {
    await begin(500);
    row(500)?.focus();
    await keys("{End}");
    expect(row(1)).toHaveFocus();
    await waitFor(() => expect(window.scrollY).toBeGreaterThan(30_000));
    await keys("{Home}");
    expect(row(500)).toHaveFocus();
    await waitFor(() => expect(window.scrollY).toBe(0));
    await keys("{PageDown}{PageDown}{PageDown}{PageDown}{ArrowDown}");
    expect(row(467)).toHaveFocus();
  });

  it("stays where it is while the reader scrolls away, and letters do what they say there", async () => {
    await begin(500);
    row(499)?.focus();
    layout.scroll(30_000);
    expect(row(499)).toHaveFocus();
    expect(row(497)).toBeNull();
    await keys("e");
    expect(row(499)).toHaveFocus();
    expect(row(499)).toHaveTextContent(/^Number/);
    await keys("{ArrowDown}");
    expect(row(498)).toHaveFocus();
  });

  it("is left by Tab, and come back to, in one press", async () => {
    await begin(500);
    row(499)?.focus();
    layout.scroll(30_000);
    await stage().user.tab();
    expect(document.body).toHaveFocus();
    await stage().user.tab({ shift: true });
    expect(row(499)).toHaveFocus();
  });

  it("goes to the next one when its row is deleted elsewhere, out of view", async () => {
    await begin(500);
    row(499)?.focus();
    layout.scroll(30_000);
    stage().inbox.change("deleted", 9_498);
    await waitFor(() => expect(row(498)).toHaveFocus());
  });

  it("stays while new ones come in before it", async () => {
    await begin(500);
    row(495)?.focus();
    const before = row(495);
    stage().inbox.fill(30);
    expect(row(495)).toBe(before);
    expect(before).toHaveFocus();
  });

  it("goes to the line that brings back what was deleted", async () => {
    await begin(500);
    row(499)?.focus();
    await keys("{Delete}");
    expect(screen.getByRole("button", { name: "Undo: Number 499" })).toHaveFocus();
    await keys("{Enter}");
    expect(row(499)).toHaveFocus();
  });
});

it("of many that came while one was read, the first shown is the newest, and has the focus", async () => {
  await begin(100, { isHolding: true });
  layout.scroll(5_000);
  stage().inbox.fill(50);
  const pill = screen.getByRole("button", { name: "Show 50 new notifications" });
  Element.prototype.scrollIntoView = () => layout.scroll(0);
  pill.focus();
  await keys("{Enter}");
  await waitFor(() => expect(row(150)).toHaveFocus());
  const [first] = rows();
  expect(first && within(first).getByRole("link")).toBe(row(150));
});

it("shows no more than it may, and does not ask for more", async () => {
  stage().inbox.pageSize = 20;
  await begin(50, { limit: 30 });
  await stage().user.click(screen.getByRole("button", { name: "Show earlier ones" }));
  await waitFor(() => expect(rows()).toHaveLength(30));
  expect(screen.queryByRole("button", { name: "Show earlier ones" })).toBeNull();
  expect(screen.queryByText("That’s all.")).toBeNull();
  stage().inbox.fill(1);
  expect(rows()).toHaveLength(30);
  expect(row(51)).toBeVisible();
});
