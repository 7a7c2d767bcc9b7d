import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CourseDraft } from "./courseDraft";
import { clearDrafts, readDraft } from "./drafts";

const moved = { notification_type: "course_update", title: "Lecture moved", message: "Room 12." };
const cancelled = { ...moved, message: "Cancelled." };

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("a draft", () => {
  it("is there after the page was left", () => {
    new CourseDraft(2, 42).save(moved);

    expect(new CourseDraft(2, 42).restored).toEqual(moved);
  });

  it("belongs to one user and one course", () => {
    new CourseDraft(2, 42).save(moved);

    expect(new CourseDraft(3, 42).restored).toBeNull();
    expect(new CourseDraft(2, 43).restored).toBeNull();
  });

  it("is gone once sent", () => {
    const draft = new CourseDraft(2, 42);
    draft.save(moved);
    draft.clear();

    expect(localStorage).toHaveLength(0);
  });

  it("with nothing in it is not kept", () => {
    const draft = new CourseDraft(2, 42);
    draft.save(moved);
    draft.save({ ...moved, title: " ", message: "\n" });

    expect(localStorage).toHaveLength(0);
  });

  it("that an older version wrote in another form is ignored", () => {
    for (const text of ["{", "7", "null", '{"content":{"title":1},"attempts":[]}', '{"content":{}}']) {
      localStorage.setItem("belfry:draft:2:42", text);
      expect(new CourseDraft(2, 42).restored).toBeNull();
    }
  });

  it("lives in the page alone where the browser keeps nothing", () => {
    vi.stubGlobal("localStorage", undefined);
    const draft = new CourseDraft(2, 42);
    draft.save(moved);
    const key = draft.keyFor(moved);

    expect(draft.keyFor(moved)).toBe(key);
    expect(draft.restored).toBeNull();
  });
});

describe("a key", () => {
  it("is the same for the same content", () => {
    const draft = new CourseDraft(2, 42);

    expect(draft.keyFor(moved)).toBe(draft.keyFor({ ...moved }));
  });

  it("is another for each change of the content", () => {
    const draft = new CourseDraft(2, 42);
    const keys = [
      moved,
      cancelled,
      { ...moved, title: "Lecture" },
      { ...moved, notification_type: "announcement" },
    ].map((content) => draft.keyFor(content));

    expect(new Set(keys).size).toBe(4);
  });

  it("comes back with its content", () => {
    const draft = new CourseDraft(2, 42);
    const key = draft.keyFor(moved);
    draft.keyFor(cancelled);

    expect(draft.keyFor(moved)).toBe(key);
  });

  it("outlives the page, so that sending again after it is the same send", () => {
    const key = new CourseDraft(2, 42).keyFor(moved);
    const later = new CourseDraft(2, 42);

    expect(later.restored).toEqual(moved);
    expect(later.mayHaveArrived(moved)).toBe(true);
    expect(later.mayHaveArrived(cancelled)).toBe(false);
    expect(later.keyFor(moved)).toBe(key);
  });

  it("is not used for the next send of the same words", () => {
    const draft = new CourseDraft(2, 42);
    const key = draft.keyFor(moved);
    draft.clear();

    expect(draft.mayHaveArrived(moved)).toBe(false);
    expect(draft.keyFor(moved)).not.toBe(key);
  });

  it("stays with content that is known not to be sent, which is told apart from what may be", () => {
    const draft = new CourseDraft(2, 42);
    const key = draft.keyFor(moved);
    draft.notSent(moved);

    expect(draft.mayHaveArrived(moved)).toBe(false);
    expect(new CourseDraft(2, 42).mayHaveArrived(moved)).toBe(false);
    expect(draft.keyFor(moved)).toBe(key);
    expect(draft.mayHaveArrived(moved)).toBe(true);
  });

  it("of content that may have arrived before says so though the last attempt did not send it", () => {
    const draft = new CourseDraft(2, 42);
    draft.keyFor(moved);
    draft.keyFor(moved);
    draft.notSent(moved);

    expect(draft.mayHaveArrived(moved)).toBe(true);
  });

  it("is kept though nothing is left of the draft, which is then none", () => {
    const draft = new CourseDraft(2, 42);
    const key = draft.keyFor(moved);
    draft.save({ ...moved, title: "", message: "" });
    const later = new CourseDraft(2, 42);

    expect(later.restored).toBeNull();
    expect(later.keyFor(moved)).toBe(key);
  });

  it("that the api does not take is replaced", () => {
    const draft = new CourseDraft(2, 42);
    const key = draft.keyFor(moved);
    draft.forgetKey(moved);

    expect(draft.keyFor(moved)).not.toBe(key);
  });

  it("is remembered for five versions", () => {
    const draft = new CourseDraft(2, 42);
    for (let version = 1; version <= 6; version++) {
      draft.keyFor({ ...moved, title: String(version) });
    }

    expect(draft.mayHaveArrived({ ...moved, title: "1" })).toBe(false);
    expect(draft.mayHaveArrived({ ...moved, title: "2" })).toBe(true);
  });
});

describe("sign-out", () => {
  it("removes the drafts of that user and nothing else", () => {
    new CourseDraft(2, 42).save(moved);
    new CourseDraft(2, 43).keyFor(moved);
    new CourseDraft(22, 42).save(cancelled);
    localStorage.setItem("platform", "theirs");

    clearDrafts(2);

    expect(readDraft(2, 42)).toBeNull();
    expect(readDraft(2, 43)).toBeNull();
    expect(readDraft(22, 42)?.content).toEqual(cancelled);
    expect(localStorage.getItem("platform")).toBe("theirs");
  });
});
