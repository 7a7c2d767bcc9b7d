import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { NotificationBell, type NotificationBellProps } from "./NotificationBell";

const stage = withInboxStage();

const bell = () => screen.getByRole("button", { name: /^Notifications/ });
const dialog = () => screen.getByRole("dialog", { name: "Notifications" });
const inDialog = () => within(dialog());
const tab = (name: RegExp) => inDialog().getByRole("tab", { name });
const titles = () =>
  inDialog()
    .queryAllByRole("listitem")
    .map((item) => within(item).queryByRole("link")?.textContent);
const show = (props: Partial<NotificationBellProps> = {}) =>
  stage().show(<NotificationBell historyHref="/notifications" {...props} />);

async function open(props: Partial<NotificationBellProps> = {}): Promise<void> {
  await show(props);
  await stage().user.click(bell());
  await waitFor(() => expect(dialog()).toHaveFocus());
}

async function expectClosed(): Promise<void> {
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(bell()).toHaveFocus());
}

describe("the button", () => {
  it("is named with the number of the unread, of which the badge shows no more than 99+", async () => {
    stage().inbox.fill(120);
    await show();
    expect(bell()).toHaveAccessibleName("Notifications, 120 unread");
    expect(bell()).toHaveAttribute("aria-haspopup", "dialog");
    expect(screen.getByText("99+")).toHaveAttribute("aria-hidden", "true");
  });

  it("is marked when it has not been live for a while", async () => {
    await show();
    await stage().wait(2_000);
    stage().cut();
    await stage().wait(1_500);
    expect(bell()).toHaveAttribute("data-connection", "live");
    await stage().wait(500);
    expect(bell()).toHaveAttribute("data-connection", "reconnecting");
  });
});

describe("opening and closing", () => {
  it.each([
    ["Escape", () => stage().user.keyboard("{Escape}")],
    ["its button", () => stage().user.click(inDialog().getByRole("button", { name: "Close" }))],
  ])("puts the focus on the list as a whole, and back on the button when %s closes it", async (_, close) => {
    stage().inbox.add();
    await open();
    expect(bell()).toHaveAttribute("aria-expanded", "true");
    await close();
    await expectClosed();
    expect(bell()).toHaveAttribute("aria-expanded", "false");
  });
});

describe("the tabs", () => {
  it("ask the server for the unread, however old they are", async () => {
    stage().inbox.add({ title: "Old and unread" });
    for (let i = 0; i < 30; i++) {
      stage().inbox.change("read", stage().inbox.add());
    }
    await open();
    expect(titles()).toHaveLength(20);
    expect(tab(/Unread/)).toHaveAccessibleName("Unread 1");
    await stage().user.click(tab(/Unread/));
    await waitFor(() => expect(titles()).toEqual(["Unread: Old and unread"]));
    expect(stage().inbox.called("list")).toContain('list {"unreadOnly":true}');
  });

  it("keep in the unread what was just read, dimmed, until they are looked at anew", async () => {
    stage().inbox.add({ title: "One" });
    stage().inbox.add({ title: "Two" });
    const { user } = stage();
    await open();
    await user.click(tab(/Unread/));
    await user.click(await inDialog().findByRole("button", { name: "Mark as read: Two" }));
    expect(titles()).toEqual(["Two", "Unread: One"]);
    expect(inDialog().getByRole("button", { name: "Mark as unread: Two" })).toHaveFocus();
    expect(tab(/Unread/)).toHaveAccessibleName("Unread 1");
    await stage().wait(1_000);
    expect(titles()).toEqual(["Two", "Unread: One"]);
    await user.click(tab(/All/));
    await user.click(tab(/Unread/));
    expect(titles()).toEqual(["Unread: One"]);
  });

  it("keep in the unread what is unread again, and nothing that was deleted here or elsewhere", async () => {
    const one = stage().inbox.add({ title: "One" });
    stage().inbox.add({ title: "Two" });
    await open();
    await stage().user.click(tab(/Unread/));
    const press = async (name: string) => stage().user.click(await inDialog().findByRole("button", { name }));
    await press("Mark as read: One");
    await press("Mark as unread: One");
    await press("Delete: Two");
    await press("Undo: Two");
    expect(titles()).toEqual(["Unread: Two", "Unread: One"]);
    await press("Mark as read: One");
    await press("Delete: Two");
    await stage().wait(6_000);
    expect(titles()).toEqual(["One"]);
    stage().inbox.change("deleted", one);
    expect(titles()).toEqual([]);
    expect(stage().inbox.called("one")).toEqual([]);
  });
});

describe("mark all as read", () => {
  const markAll = () => inDialog().getByRole("button", { name: "Mark all as read" });

  it("marks what is seen, and not what waits to be seen", async () => {
    const seen = stage().inbox.add({ title: "Seen" });
    await open();
    stage().inbox.add({ title: "Not seen" });
    await stage().user.click(markAll());
    await stage().wait(100);
    expect(stage().inbox.called("markAllRead")).toEqual([`markAllRead ${seen}`]);
    expect(stage().inbox.rows({ unreadOnly: true })).toMatchObject([{ title: "Not seen" }]);
    expect(bell()).toHaveAccessibleName("Notifications, 1 unread");
  });

  it("can be pressed only when something is unread, and keeps the focus", async () => {
    stage().inbox.add();
    await open();
    expect(markAll()).toHaveAttribute("aria-disabled", "false");
    await stage().user.click(markAll());
    expect(markAll()).toHaveAttribute("aria-disabled", "true");
    expect(markAll()).toHaveFocus();
    await stage().user.click(markAll());
    await stage().wait(100);
    expect(stage().inbox.called("markAllRead")).toHaveLength(1);
  });
});

describe("what arrives while it is open", () => {
  it("waits behind a button and moves nothing", async () => {
    const toTop = vi.fn();
    Element.prototype.scrollIntoView = toTop;
    stage().inbox.add({ title: "Old" });
    await open();
    stage().inbox.add({ title: "New 1" });
    stage().inbox.add({ title: "New 2" });
    expect(titles()).toEqual(["Unread: Old"]);
    expect(tab(/Unread/)).toHaveAccessibleName("Unread 3");
    const pill = inDialog().getByRole("button", { name: "Show 2 new notifications" });
    expect(pill).toHaveTextContent("2 new");
    await stage().user.click(pill);
    expect(titles()).toEqual(["Unread: New 2", "Unread: New 1", "Unread: Old"]);
    expect(toTop).toHaveBeenCalledOnce();
    expect(inDialog().getByRole("link", { name: "Unread: New 2" })).toHaveFocus();
    expect(inDialog().queryByRole("button", { name: /Show/ })).toBeNull();
  });

  it("is there at the next opening", async () => {
    stage().inbox.add({ title: "Old" });
    await open();
    stage().inbox.add({ title: "New" });
    await stage().user.keyboard("{Escape}");
    await expectClosed();
    await stage().user.click(bell());
    expect(titles()).toEqual(["Unread: New", "Unread: Old"]);
  });
});

describe("opening one", () => {
  it("reads it, tells the host where to go, and closes", async () => {
    const onOpen = vi.fn();
    stage().inbox.add({ title: "Moved", data: { url: "/courses/42" } });
    await open({ onOpen });
    const link = inDialog().getByRole("link", { name: /Moved/ });
    expect(link).toHaveAttribute("href", "/courses/42");
    await stage().user.click(link);
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ title: "Moved" }), "/courses/42");
    await expectClosed();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });

  it("leads to its place in the history when it has no link of its own, or one that is not followed", async () => {
    const plain = stage().inbox.add({ title: "Plain" });
    const script = stage().inbox.add({ title: "Script", data: { url: "javascript:alert(1)" } });
    const elsewhere = stage().inbox.add({ title: "Elsewhere", data: { url: "https://evil.example/" } });
    await open({ linkHosts: ["lms.example"] });
    const href = (name: RegExp) => inDialog().getByRole("link", { name }).getAttribute("href");
    expect(href(/Plain/)).toBe(`/notifications/${plain}`);
    expect(href(/Script/)).toBe(`/notifications/${script}`);
    expect(href(/Elsewhere/)).toBe(`/notifications/${elsewhere}`);
  });

  it("leads where the host says, by the host's own way, and to the history", async () => {
    const navigate = vi.fn();
    stage().inbox.add({ title: "Moved", course: 42 });
    await open({ navigate, hrefFor: ({ course }) => `/c/${course}` });
    await stage().user.click(inDialog().getByRole("link", { name: /Moved/ }));
    await expectClosed();
    await stage().user.click(bell());
    await stage().user.click(inDialog().getByRole("link", { name: "See all notifications" }));
    await expectClosed();
    expect(navigate.mock.calls).toEqual([["/c/42"], ["/notifications"]]);
  });

  it("leaves another site, and another tab, to the browser", async () => {
    const onOpen = vi.fn();
    stage().inbox.add({ title: "Outside", data: { url: "https://meet.example/1" } });
    stage().inbox.add({ title: "Inside", data: { url: "/courses/42" } });
    await open({ onOpen });
    const stop = (event: Event) => event.preventDefault();
    window.addEventListener("click", stop);
    const inside = inDialog().getByRole("link", { name: /Inside/ });
    await stage().user.keyboard("{Control>}");
    await stage().user.click(inside);
    await stage().user.keyboard("{/Control}");
    expect(dialog()).toBeVisible();
    const outside = inDialog().getByRole("link", { name: /Outside/ });
    expect(outside).toHaveAttribute("rel", "noopener noreferrer");
    await stage().user.click(outside);
    window.removeEventListener("click", stop);
    expect(onOpen).not.toHaveBeenCalled();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });
});
