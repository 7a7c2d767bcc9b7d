import { act, screen, waitFor, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { Refused } from "../../client/rest/inboxApi";
import { withInboxStage } from "../../testing/inboxStage";
import { NotificationBell } from "../NotificationBell";
import { NotificationList } from "../../history/list/NotificationList";
import { NotificationToasts, type NotificationToastsProps } from "./NotificationToasts";

const stage = withInboxStage();

const showBeside = (ui: ReactNode, props: Partial<NotificationToastsProps> = {}) =>
  stage().show(
    <>
      {ui}
      <NotificationToasts historyHref="/notifications" {...props} />
    </>,
  );
const show = (props?: Partial<NotificationToastsProps>) => showBeside(<button type="button">Before</button>, props);
const toast = (name: string) => screen.getByRole("dialog", { name });
const toasts = () => screen.queryAllByRole("dialog").map((dialog) => within(dialog).getByRole("link").textContent);

const expectGone = () => waitFor(() => expect(toasts()).toEqual([]));

function setVisible(isVisible: boolean): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(isVisible ? "visible" : "hidden");
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

describe("a toast", () => {
  it("shows what arrives, politely, and goes after some seconds", async () => {
    await show();
    stage().inbox.add({ title: "Moved", message: "Room 12.\nBring a pen." });
    expect(toast("Moved")).toHaveAccessibleDescription("Room 12. Bring a pen.");
    const region = screen.getByRole("region", { name: "New notifications" });
    expect(region).toHaveAttribute("aria-live", "polite");
    expect(region).toContainElement(toast("Moved"));
    expect(screen.queryByRole("alert")).toBeNull();
    await stage().wait(7_900);
    expect(toasts()).toEqual(["Moved"]);
    await stage().wait(200);
    await expectGone();
  });

  it("leads where the notification leads, reads it and goes", async () => {
    const onOpen = vi.fn();
    await show({ onOpen });
    stage().inbox.add({ title: "Moved", data: { url: "/courses/42" } });
    await stage().user.click(within(toast("Moved")).getByRole("link", { name: "Moved" }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ title: "Moved" }), "/courses/42");
    await expectGone();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });

  it("says what its button is called, and that it is a test", async () => {
    await show();
    stage().inbox.add({ title: "Moved", data: { url: "/rooms/12", label: "See the map" }, test: true });
    expect(within(toast("Moved See the map")).getByRole("link")).toHaveAttribute("href", "/rooms/12");
    expect(within(toast("Moved See the map")).getByText("Test")).toBeVisible();
  });

  it("is closed by its button, without being read", async () => {
    await show();
    stage().inbox.add({ title: "Moved" });
    await stage().user.click(within(toast("Moved")).getByRole("button", { name: "Close" }));
    await expectGone();
    expect(stage().inbox.unread).toBe(1);
  });

  it("can be reached and closed with the keyboard, which takes its user back", async () => {
    await show();
    screen.getByRole("button", { name: "Before" }).focus();
    stage().inbox.add({ title: "Moved" });
    await stage().user.keyboard("{F6}");
    await stage().user.tab();
    expect(toast("Moved")).toHaveFocus();
    await stage().user.tab();
    expect(within(toast("Moved")).getByRole("link")).toHaveFocus();
    await stage().user.keyboard("{Escape}");
    await waitFor(() => expect(toasts()).toEqual([]));
    await waitFor(() => expect(screen.getByRole("button", { name: "Before" })).toHaveFocus());
  });

  it("goes when the notification is read or deleted elsewhere", async () => {
    await show();
    const read = stage().inbox.add({ title: "Read" });
    const deleted = stage().inbox.add({ title: "Deleted" });
    expect(toasts()).toEqual(["Deleted", "Read"]);
    stage().inbox.change("read", read);
    await waitFor(() => expect(toasts()).toEqual(["Deleted"]));
    stage().inbox.change("deleted", deleted);
    await waitFor(() => expect(toasts()).toEqual([]));
  });
});

describe("there is none", () => {
  it("for what was there before, nor for what was missed while away", async () => {
    stage().inbox.add();
    await show();
    expect(toasts()).toEqual([]);
    stage().cut();
    stage().inbox.add();
    await stage().wait(1_000);
    await stage().connect();
    await stage().wait(1_000);
    expect(toasts()).toEqual([]);
  });

  it("while the page is hidden, nor afterwards for what came then", async () => {
    await show();
    setVisible(false);
    stage().inbox.add({ title: "Unseen" });
    setVisible(true);
    await stage().wait(1_000);
    expect(toasts()).toEqual([]);
    stage().inbox.add({ title: "Seen" });
    expect(toasts()).toEqual(["Seen"]);
  });

  it("while the bell's list is open, and those that are there go", async () => {
    await showBeside(<NotificationBell historyHref="/notifications" />);
    stage().inbox.add({ title: "Before" });
    expect(toast("Before")).toBeInTheDocument();
    await stage().user.click(screen.getByRole("button", { name: /^Notifications/ }));
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Before" })).toBeNull());
    stage().inbox.add({ title: "Meanwhile" });
    expect(screen.getAllByRole("dialog")).toEqual([screen.getByRole("dialog", { name: "Notifications" })]);
    await stage().user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    stage().inbox.add({ title: "After" });
    expect(toast("After")).toBeInTheDocument();
  });
});

it("a refused change is told with its reason, once however many there are", async () => {
  stage().inbox.fill(2);
  await showBeside(<NotificationList historyHref="/notifications" />);
  stage().inbox.failure = new Refused(403, "forbidden", "Your account is closed.");
  await stage().user.click(screen.getByRole("button", { name: "Mark as read: Number 1" }));
  await stage().user.click(screen.getByRole("button", { name: "Mark as read: Number 2" }));
  await stage().wait(100);
  expect(toast("Marking as read was undone")).toHaveAccessibleDescription("Your account is closed.");
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
  expect(screen.getByRole("button", { name: "Mark as read: Number 1" })).toBeInTheDocument();
});
