import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CourseDraft, clearDrafts } from "./drafts";

// What CourseUpdateButton's cases do not show: whose a draft is, what storage may hold, when a key is another.

const moved = { notification_type: "course_update", title: "Lecture moved", message: "Room 12.", label: "", url: "" };

let draft: CourseDraft;
beforeEach(() => {
  localStorage.clear();
  draft = new CourseDraft(2, 42);
});
afterEach(() => vi.unstubAllGlobals());

describe("a draft", () => {
  it("belongs to one user and one course", () => {
    draft.save(moved);
    const others = [new CourseDraft(2, 42), new CourseDraft(3, 42), new CourseDraft(2, 43)];
    expect(others.map(({ restored }) => restored)).toEqual([moved, null, null]);
  });

  it("with nothing in it is not kept", () => {
    draft.save(moved);
    draft.save({ ...moved, title: " ", message: "\n" });
    expect(localStorage).toHaveLength(0);
  });

  it.each(["{", "7", "null", '{"content":{"title":1},"attempts":[]}', '{"content":{}}'])(
    "that an older version wrote in another form is ignored: %s",
    (text) => {
      localStorage.setItem("belfry:draft:2:42", text);
      expect(new CourseDraft(2, 42).restored).toBeNull();
    },
  );

  it("lives in the page alone where the browser keeps nothing", () => {
    vi.stubGlobal("localStorage", undefined);
    draft.save(moved);
    expect(draft.keyFor(moved, 42)).toBe(draft.keyFor(moved, 42));
    expect(draft.restored).toBeNull();
  });

  it("goes at sign-out with all of that user's, and nothing else", () => {
    draft.save(moved);
    new CourseDraft(2, 43).keyFor(moved, 42);
    new CourseDraft(22, 42).save(moved);
    localStorage.setItem("platform", "theirs");
    clearDrafts(2);
    expect(Object.keys(localStorage)).toEqual(["belfry:draft:22:42", "platform"]);
  });
});

describe("a key", () => {
  it("is another for each change of the content, and comes back with it, also over the end of the page", () => {
    const changes = [{}, { message: "Cancelled." }, { title: "Lecture" }, { notification_type: "announcement" }];
    const versions = changes.map((change) => ({ ...moved, ...change }));
    const keys = versions.map((content) => draft.keyFor(content, 42));
    expect(new Set(keys).size).toBe(4);
    const later = new CourseDraft(2, 42);
    expect(later.mayHaveArrived({ ...moved, title: "Other" })).toBe(false);
    expect(versions.map((content) => later.keyFor(content, 42))).toEqual(keys);
  });

  it("stays with content that is known not to be sent, which is told apart from what may be", () => {
    const key = draft.keyFor(moved, 42);
    draft.notSent(moved, 42);
    expect([draft.mayHaveArrived(moved), new CourseDraft(2, 42).mayHaveArrived(moved)]).toEqual([false, false]);
    expect(draft.keyFor(moved, 42)).toBe(key);
    draft.keyFor(moved, 42);
    draft.notSent(moved, 42);
    expect(draft.mayHaveArrived(moved)).toBe(true);
  });

  it("is kept though nothing is left of the draft, which is then none", () => {
    const key = draft.keyFor(moved, 42);
    draft.save({ ...moved, title: "", message: "" });
    const later = new CourseDraft(2, 42);
    expect(later.restored).toBeNull();
    expect(later.keyFor(moved, 42)).toBe(key);
  });

  it("is remembered for five versions", () => {
    const versions = [1, 2, 3, 4, 5, 6].map((version) => ({ ...moved, title: String(version) }));
    versions.forEach((content) => draft.keyFor(content, 42));
    expect(versions.map((content) => draft.mayHaveArrived(content))).toEqual([false, true, true, true, true, true]);
  });
});

describe("a draft to several courses", () => {
  const receipt = { request_id: "r-42", course: 42, recipients: 30 };

  it("has a key for each, and remembers who has it, also over the end of the page", () => {
    draft.save(moved, [42, 43]);
    const keys = [draft.keyFor(moved, 42), draft.keyFor(moved, 43)];
    expect(keys[0]).not.toBe(keys[1]);
    draft.sent(moved, 42, receipt);
    const later = new CourseDraft(2, 42);
    expect(later.courses).toEqual([42, 43]);
    expect([later.receiptOf(moved, 42), later.receiptOf(moved, 43)]).toEqual([receipt, undefined]);
    expect([later.keyFor(moved, 42), later.keyFor(moved, 43)]).toEqual(keys);
    expect(later.receiptOf({ ...moved, title: "Other" }, 42)).toBeUndefined();
  });

  it("counts versions, not courses, when it forgets", () => {
    const courses = Array.from({ length: 20 }, (_, index) => index + 1);
    const keys = courses.map((course) => draft.keyFor(moved, course));
    expect(courses.map((course) => draft.keyFor(moved, course))).toEqual(keys);
  });

  it("goes to its own course alone once it is sent or discarded", () => {
    draft.save(moved, [42, 43]);
    draft.clear();
    expect([draft.courses, new CourseDraft(2, 42).courses]).toEqual([[42], [42]]);
  });

  it("goes on where a version of the page stopped that knew one course and no button", () => {
    const { label: _, url: __, ...content } = moved;
    const old = { content, attempts: [{ key: "k-1", content, unknowns: 1 }] };
    localStorage.setItem("belfry:draft:2:42", JSON.stringify(old));
    const later = new CourseDraft(2, 42);
    expect(later.restored).toEqual(moved);
    expect(later.keyFor(moved, 42)).toBe("k-1");
  });
});

it("says whether it is kept", () => {
  expect(draft.save(moved)).toBe(true);
  vi.stubGlobal("localStorage", undefined);
  expect(new CourseDraft(2, 42).save(moved)).toBe(false);
});
