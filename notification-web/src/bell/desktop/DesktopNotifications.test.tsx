import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { withInboxStage } from "../../testing/inboxStage";
import { DesktopNotifications } from "./DesktopNotifications";
import { DesktopSwitch } from "./DesktopSwitch";

const stage = withInboxStage();

/** What the computer shows. */
class FakeDesktop {
  static permission: NotificationPermission = "default";
  static answer: NotificationPermission = "granted";
  static asked = 0;
  static shown: FakeDesktop[] = [];
  onclick: (() => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    FakeDesktop.shown.push(this);
  }

  static requestPermission(): Promise<NotificationPermission> {
    FakeDesktop.asked++;
    FakeDesktop.permission = FakeDesktop.answer;
    return Promise.resolve(FakeDesktop.answer);
  }

  close(): void {
    FakeDesktop.shown = FakeDesktop.shown.filter((other) => other !== this);
    this.onclose?.();
  }
}

const gone: string[] = [];
const page = (
  <>
    <DesktopSwitch />
    <DesktopNotifications historyHref="/notifications" navigate={(href) => gone.push(href)} />
  </>
);
const press = (name: string) => stage().user.click(screen.getByRole("button", { name }));
const titles = () => FakeDesktop.shown.map(({ title }) => title);
let visibility: { mockReturnValue: (state: DocumentVisibilityState) => unknown };

beforeEach(() => {
  Object.assign(FakeDesktop, { permission: "default", answer: "granted", asked: 0, shown: [] });
  gone.length = 0;
  vi.stubGlobal("Notification", FakeDesktop);
  visibility = vi.spyOn(document, "visibilityState", "get");
});

async function showSwitchedOn() {
  const view = await stage().show(page);
  await press("Notify me on this computer");
  visibility.mockReturnValue("hidden");
  return view;
}

/** @returns its id */
async function arrives(title: string): Promise<number> {
  const id = stage().inbox.add({ title });
  await stage().wait(0);
  return id;
}

describe("the switch", () => {
  it("asks the browser only when it is pressed, and is kept for the user", async () => {
    const { unmount } = await stage().show(page);
    expect(FakeDesktop.asked).toBe(0);
    await press("Notify me on this computer");
    expect(FakeDesktop.asked).toBe(1);
    unmount();
    await stage().show(page);
    await press("Do not notify me on this computer");
    visibility.mockReturnValue("hidden");
    await arrives("Unheard");
    expect([FakeDesktop.asked, titles(), localStorage.length]).toEqual([1, [], 0]);
  });

  it("says that only the browser's settings help after a no", async () => {
    FakeDesktop.answer = "denied";
    await stage().show(page);
    await press("Notify me on this computer");
    expect(screen.getByText(/^The browser’s settings keep this page/)).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is not there where the browser has no such thing", async () => {
    vi.stubGlobal("Notification", undefined);
    Reflect.deleteProperty(window, "Notification");
    await stage().show(page);
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("what arrives", () => {
  it("is shown while the page is hidden, with its course, and not while it is seen", async () => {
    await showSwitchedOn();
    visibility.mockReturnValue("visible");
    await arrives("Seen");
    visibility.mockReturnValue("hidden");
    const id = await arrives("Lecture moved");
    expect(titles()).toEqual(["Lecture moved"]);
    expect(FakeDesktop.shown[0]?.options).toEqual({ body: `Algebra\nMessage ${id}`, tag: `belfry-${id}` });
  });

  it("goes when it is read or deleted anywhere, and with the user", async () => {
    const { unmount } = await showSwitchedOn();
    const [read, deleted] = [await arrives("One"), await arrives("Two")];
    await arrives("Three");
    act(() => void stage().inbox.change("read", read));
    expect(titles()).toEqual(["Two", "Three"]);
    act(() => void stage().inbox.change("deleted", deleted));
    expect(titles()).toEqual(["Three"]);
    unmount();
    expect(titles()).toEqual([]);
  });

  it("brings the page up and leads to it when it is pressed", async () => {
    const focus = vi.spyOn(window, "focus").mockImplementation(() => {});
    await showSwitchedOn();
    const id = await arrives("Lecture moved");
    FakeDesktop.shown[0]?.onclick?.();
    expect(focus).toHaveBeenCalledOnce();
    expect([gone, titles()]).toEqual([[`/notifications/${id}`], []]);
  });

  it("is not shown in a storm, nor where the browser cannot", async () => {
    await showSwitchedOn();
    stage().inbox.fill(20);
    await stage().wait(0);
    expect(titles().length).toBeLessThanOrEqual(6);
    await stage().wait(20_000);
    const refusing = function () {
      throw new TypeError("Illegal constructor");
    };
    vi.stubGlobal("Notification", Object.assign(refusing, { permission: "granted" }));
    await arrives("On a phone");
  });
});
