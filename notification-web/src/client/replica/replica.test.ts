import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "./change";
import { readFrame, type InboxFrame } from "../wire/frames";
import { InboxReplica } from "./replica";
import { SimulatedInbox } from "../../testing/simulatedInbox";

describe("InboxReplica", () => {
  let frames: InboxFrame[];
  let inbox: SimulatedInbox;
  let replica: InboxReplica;
  let heard: Change[];

  beforeEach(async () => {
    frames = [];
    heard = [];
    inbox = new SimulatedInbox((frame) => frames.push(readFrame(JSON.stringify(frame)) as InboxFrame));
    inbox.add();
    inbox.add();
    frames.length = 0;
    replica = new InboxReplica((change) => heard.push(change));
    await loadList();
  });

  async function loadList(): Promise<void> {
    replica.asked();
    replica.listAnswered(await inbox.list({}));
  }

  async function askChanges(): Promise<void> {
    replica.asked();
    replica.changesAnswered(await inbox.changes(replica.applied, replica.epoch ?? ""));
  }

  function assertWhole(): void {
    expect(replica.items.from(0)).toEqual(inbox.rows());
    expect([replica.applied, replica.unread]).toEqual([inbox.seq, inbox.unread]);
    expect(replica.question).toBe("none");
  }

  it("asks for the list first", () => {
    expect(new InboxReplica().question).toBe("list");
  });

  it("applies frames in their turn", () => {
    const id = inbox.add();
    inbox.change("read", id);
    inbox.add();
    inbox.readAll(id);
    inbox.change("unread", id);
    inbox.change("deleted", id);
    frames.forEach((frame) => {
      replica.frame(frame);
    });
    assertWhole();
    expect(heard.map(({ kind }) => kind)).toEqual(["added", "read", "added", "all_read", "unread", "deleted"]);
  });

  it("shows a duplicate once", () => {
    inbox.add();
    frames.forEach((frame) => {
      replica.frame(frame);
      replica.frame(frame);
    });
    assertWhole();
    expect(heard).toHaveLength(1);
  });

  it("keeps frames that come too early until their turn, and the badge is that of the highest", () => {
    inbox.add();
    inbox.add();
    const [first, second] = frames as [InboxFrame, InboxFrame];
    replica.frame(second);
    expect(replica.unread).toBe(4);
    expect(replica.items.from(0)).toHaveLength(2);
    expect(replica.question).toBe("changes");
    replica.frame(first);
    assertWhole();
  });

  it("loses nothing to an answer that overtakes frames", () => {
    inbox.add();
    const answer = inbox.change("read", inbox.add());
    replica.hear(answer);
    expect(replica.unread).toBe(3);
    expect(replica.applied).toBe(2);
    frames.forEach((frame) => {
      replica.frame(frame);
    });
    assertWhole();
  });

  it("takes no harm from an answer that comes late", () => {
    const late = inbox.numbers();
    inbox.add();
    replica.frame(frames[0] as InboxFrame);
    replica.hear(late);
    assertWhole();
  });

  it("fills a hole from the api", async () => {
    const id = inbox.add();
    inbox.add();
    inbox.change("deleted", id);
    replica.frame(frames[2] as InboxFrame);
    expect(replica.question).toBe("changes");
    await askChanges();
    assertWhole();
    expect(heard).toEqual([]);
  });

  it("applies nothing while an answer is awaited, and what came meanwhile afterwards", async () => {
    inbox.add();
    replica.asked();
    const answer = inbox.changes(replica.applied, "e1");
    await answer;
    inbox.add();
    frames.forEach((frame) => {
      replica.frame(frame);
    });
    expect(replica.applied).toBe(2);
    expect(replica.question).toBe("none");
    replica.changesAnswered(await answer);
    assertWhole();
  });

  it("goes on with frames after a question that failed", () => {
    inbox.add();
    replica.asked();
    replica.frame(frames[0] as InboxFrame);
    replica.failed();
    assertWhole();
  });

  it("takes a change that it does not know for a hole", async () => {
    inbox.add();
    inbox.change("read", inbox.rows()[0]?.id ?? 0);
    replica.frame(frames[0] as InboxFrame);
    replica.frame({ ...(frames[1] as InboxFrame), type: "inbox", change: "archived" });
    expect(replica.question).toBe("changes");
    await askChanges();
    assertWhole();
  });

  it("loads afresh when the api says so", async () => {
    replica.asked();
    replica.changesAnswered({ ...(await inbox.changes(0, "e1")), reset: true, notifications: [], deleted: [] });
    expect(replica.question).toBe("list");
    inbox.add();
    await loadList();
    assertWhole();
  });

  it("loads afresh in another epoch, heard from a frame or an answer", async () => {
    inbox.epoch = "e2";
    inbox.seq = 0;
    inbox.add();
    replica.frame(frames[0] as InboxFrame);
    expect(replica.question).toBe("list");
    expect(replica.unread).toBe(3);
    await loadList();
    assertWhole();

    inbox.epoch = "e3";
    await askChanges();
    expect(replica.question).toBe("list");
    await loadList();
    assertWhole();
  });

  it("loads afresh when a restored backup keeps its epoch", async () => {
    const restore = inbox.backup();
    inbox.add();
    replica.frame(frames[0] as InboxFrame);
    const { applied } = replica;
    restore();
    replica.checked(await inbox.unreadCount(), applied);
    expect(replica.question).toBe("list");
    await loadList();
    assertWhole();
  });

  it("does not take a check that was overtaken for a restored backup", async () => {
    const { applied } = replica;
    const check = await inbox.unreadCount();
    inbox.add();
    replica.frame(frames[0] as InboxFrame);
    replica.checked(check, applied);
    assertWhole();
  });
});
