import { describe, expect, it } from "vitest";
import { golden, goldenFiles, protocolPage } from "../../testing/golden";
import { closeCodes, mayComeBack } from "./closeCodes";
import { readFrame, writeFrame } from "./frames";

const clientFrames = new Set(["authenticate", "mark_read", "mark_all_read", "ping"]);
const frames = goldenFiles("frames").map((file) => {
  const text = golden(`frames/${file}`);
  return { file, text, type: (JSON.parse(text) as { type: string }).type };
});

describe("frames", () => {
  it.each(frames.filter(({ type }) => !clientFrames.has(type)))("reads all of $file", ({ text }) =>
    expect(readFrame(text)).toEqual(JSON.parse(text)),
  );

  const described = [...protocolPage.matchAll(/^\| `(\{"type":.*?\})` \|/gm)].map(([, frame]) => frame ?? "");

  it.each(described)("reads or writes what the protocol's page describes: %s", (example) => {
    const { notification } = JSON.parse(golden("frames/notification.json")) as { notification: object };
    const text = example.replace("{…}", JSON.stringify(notification));
    const { type } = JSON.parse(text) as { type: string };
    expect(clientFrames.has(type) ? type : readFrame(text)?.type).toBe(type);
  });

  it("knows each type that the golden files and both tables of the protocol's page have", () => {
    const types = ["ack", "authenticated", "error", "inbox", "notification", "pong", "reconnect", "welcome"];
    const all = new Set([...clientFrames, ...types]);
    const tables = described.map((example) => (JSON.parse(example.replace("{…}", "{}")) as { type: string }).type);
    expect(new Set(tables)).toEqual(all);
    expect(new Set(frames.map(({ type }) => type))).toEqual(all);
  });

  it("writes what the gateway reads", () => {
    const text = (type: string) => frames.find((frame) => frame.type === type)?.text;
    const { token, ref } = JSON.parse(text("authenticate") ?? "") as { token: string; ref: string };
    expect(writeFrame({ type: "authenticate", token, ref })).toBe(text("authenticate"));
    expect(writeFrame({ type: "ping" })).toBe(text("ping"));
  });

  it("reads a notification of a type that is newer than it", () => {
    const text = frames.find(({ file }) => file === "notification.json")?.text.replace("course_update", "badge_earned");
    expect(readFrame(text ?? "")).toMatchObject({ notification: { notification_type: "badge_earned" } });
  });

  const ofNoUse = ['{"type":"later"}', '{"type":"welcome"}', '{"type":"notification","seq":1}'];
  it.each(["", "no json", "null", "[]", "1", ...ofNoUse])("ignores %j", (text) => expect(readFrame(text)).toBeNull());
});

describe("close codes", () => {
  const gateway = JSON.parse(golden("close-codes.json")) as { code: number; name: string; reconnect: boolean }[];

  it("are the gateway's", () =>
    expect(closeCodes).toEqual(gateway.map(({ code, name, reconnect }) => ({ code, name, reconnect }))));

  it("are those of the protocol's page", () => {
    const rows = [...protocolPage.matchAll(/^\| (\d{4}) \| (yes|no) \|/gm)];
    expect(closeCodes.map(({ code, reconnect }) => [code, reconnect])).toEqual(
      rows.map(([, code, comesBack]) => [Number(code), comesBack === "yes"]),
    );
  });

  it("that are not in the table go by their range", () => {
    expect([4000, 4100, 4499].map(mayComeBack)).toEqual([true, true, true]);
    expect([999, 1016, 3000, 4502, 4999, 5000].map(mayComeBack)).toEqual(Array(6).fill(false));
  });
});
