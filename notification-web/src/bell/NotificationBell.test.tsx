import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { NotificationBell, type NotificationBellProps } from "./NotificationBell";

const stage = withInboxStage();

const bell = () => screen.getByRole("button", { name: /^Notifications/ });
const dialog = () => screen.getByRole("dialog", { name: "Notifications" });
const inDialog = () => within(dialog());
const tab = (name: RegExp) => inDialog().getByRole("tab", { name });
const press = async (name: string) => stage().user.click(await inDialog().findByRole("button", { name }));
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

it("opening puts the focus on the list as a whole, and closing back on the button", async () => {
  stage().inbox.add();
  await open();
  expect(bell()).toHaveAttribute("aria-expanded", "true");
  await stage().user.click(inDialog().getByRole("button", { name: "Close" }));
  await expectClosed();
  expect(bell()).toHaveAttribute("aria-expanded", "false");
});

describe("the platform's own looks", () => {
  it("stand in the button, which keeps its name, and for each item", async () => {
    stage().inbox.fill(2);
    await open({
      renderBell: ({ unreadCount }) => <b>{unreadCount} here</b>,
      renderItem: ({ notification, link, onToggleRead }) => (
        <>
          <a {...link}>My {notification.title}</a>
          <button type="button" onClick={onToggleRead}>
            Seen {notification.title}
          </button>
        </>
      ),
    });
    expect(screen.getByText("2 here")).toBeInTheDocument();
    expect(bell()).toHaveAccessibleName("Notifications, 2 unread");
    expect(titles()).toEqual(["My Number 2", "My Number 1"]);
    await press("Seen Number 1");
    expect(screen.getByText("1 here")).toBeInTheDocument();
    await stage().user.click(inDialog().getByRole("link", { name: "My Number 2" }));
    await expectClosed();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });
});

describe("the tabs", () => {
  it("ask the server for the unread, however old they are", async () => {
    const { inbox, user } = stage();
    const old = inbox.add({ title: "Old and unread" });
    inbox.fill(30);
    inbox.readAll(old + 30);
    inbox.change("unread", old);
    await open();
    expect(titles()).toHaveLength(20);
    expect(tab(/Unread/)).toHaveAccessibleName("Unread 1");
    await user.click(tab(/Unread/));
    await waitFor(() => expect(titles()).toEqual(["Unread: Old and unread"]));
    expect(inbox.called("list")).toContain('list {"unreadOnly":true}');
  });

  it("keep in the unread what was just read, dimmed, until they are looked at anew", async () => {
    ["One", "Two"].forEach((title) => stage().inbox.add({ title }));
    const { user } = stage();
    await open();
    await user.click(tab(/Unread/));
    await press("Mark as read: Two");
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
    await press("Mark all as read");
    await stage().wait(100);
    expect(stage().inbox.called("markAllRead")).toEqual([`markAllRead ${seen}`]);
    expect(stage().inbox.rows({ unreadOnly: true })).toMatchObject([{ title: "Not seen" }]);
    expect(bell()).toHaveAccessibleName("Notifications, 1 unread");
  });

  it("can be pressed only when something is unread, and keeps the focus", async () => {
    stage().inbox.add();
    await open();
    expect(markAll()).toHaveAttribute("aria-disabled", "false");
    await press("Mark all as read");
    expect(markAll()).toHaveAttribute("aria-disabled", "true");
    expect(markAll()).toHaveFocus();
    await press("Mark all as read");
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
    ["New 1", "New 2"].forEach((title) => stage().inbox.add({ title }));
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
    const urls = ["https://evil.example/", "javascript:alert(1)", undefined];
    const ids = urls.map((url) => stage().inbox.add({ data: { url } }));
    await open({ linkHosts: ["lms.example"] });
    const links = inDialog().getAllByRole("link", { name: /^Unread/ });
    expect(links.map((link) => link.getAttribute("href"))).toEqual(ids.map((id) => `/notifications/${id}`).reverse());
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
    const { inbox, user } = stage();
    inbox.add({ title: "Outside", data: { url: "https://meet.example/1" } });
    inbox.add({ title: "Inside", data: { url: "/courses/42" } });
    await open({ onOpen });
    const stop = (event: Event) => event.preventDefault();
    window.addEventListener("click", stop);
    const inside = inDialog().getByRole("link", { name: /Inside/ });
    await user.keyboard("{Control>}");
    await user.click(inside);
    await user.keyboard("{/Control}");
    expect(dialog()).toBeVisible();
    const outside = inDialog().getByRole("link", { name: /Outside/ });
    expect(outside).toHaveAttribute("rel", "noopener noreferrer");
    await user.click(outside);
    window.removeEventListener("click", stop);
    expect(onOpen).not.toHaveBeenCalled();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });
});
