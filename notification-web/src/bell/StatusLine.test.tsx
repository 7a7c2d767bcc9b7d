import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { NotificationToasts } from "./toasts/NotificationToasts";
import { StatusLine } from "./StatusLine";

const stage = withInboxStage();
const said = () => screen.getByRole("status").textContent;

describe("what arrives", () => {
  it("is said in one short line, those that come together as one, at most once in five seconds", async () => {
    await stage().show(<StatusLine />);
    stage().inbox.add();
    await stage().wait(500);
    stage().inbox.fill(2);
    expect(said()).toBe("");
    await stage().wait(500);
    expect(said()).toBe("3 new notifications");
    stage().inbox.add();
    await stage().wait(4_900);
    expect(said()).toBe("");
    await stage().wait(100);
    expect(said()).toBe("1 new notification");
  });

  it("is not said when a toast says it, only of those that are too many for toasts", async () => {
    await stage().show(
      <>
        <StatusLine />
        <NotificationToasts historyHref="/notifications" />
      </>,
    );
    stage().inbox.add({ title: "Toasted" });
    expect(screen.getByRole("dialog", { name: "Toasted" })).toBeInTheDocument();
    await stage().wait(2_000);
    expect(said()).toBe("");
    stage().inbox.fill(9);
    await stage().wait(1_000);
    expect(said()).toBe("4 new notifications");
  });
});

describe("the connection", () => {
  it("is not spoken of while it is there, nor when it comes back soon", async () => {
    await stage().show(<StatusLine />);
    await stage().wait(3_000);
    expect(said()).toBe("");
    await stage().reconnect(1_000, 1012);
    await stage().wait(3_000);
    expect(said()).toBe("");
  });

  it("is spoken of when it is gone for longer, and what came meanwhile when it is back", async () => {
    await stage().show(<StatusLine />);
    stage().cut();
    await stage().wait(1_900);
    expect(said()).toBe("");
    await stage().wait(100);
    expect(said()).toBe("Reconnecting…");
    stage().inbox.add();
    await stage().connect();
    await stage().wait(1_000);
    expect(said()).toBe("caught up, 1 new");
  });

  it("is spoken of when nothing is tried any more", async () => {
    await stage().show(<StatusLine />);
    stage().cut(4510);
    await stage().wait(2_000);
    expect(said()).toBe("You are signed out. Reload the page to sign in again.");
  });
});
