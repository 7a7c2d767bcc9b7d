import { describe, expect, it } from "vitest";
import { buttonIn, hrefInHistory, isPath, isPlainClick, safeLabel, safeUrl } from "./links";

describe("safeUrl", () => {
  const paths = ["/", "/courses/42", "/courses/42?tab=2#top", "/a//b", "/ünï"];
  it.each([...paths, "https://example.org", "https://example.org:8443/x?y#z"])("follows %s", (url) =>
    expect(safeUrl({ url })).toBe(url),
  );

  it.each([
    ["a script", "javascript:alert(1)"],
    ["a script in capitals", "JaVaScRiPt:alert(1)"],
    ["a script after a blank", " javascript:alert(1)"],
    ["data", "data:text/html,<script>alert(1)</script>"],
    ["a file", "file:///etc/passwd"],
    ["a blob", "blob:https://example.org/1"],
    ["http", "http://example.org"],
    ["https without slashes", "https:example.org"],
    ["another host by two slashes", "//evil.example"],
    ["another host by slash and backslash", "/\\evil.example"],
    ["another host by backslashes", "\\\\evil.example"],
    ["a tab that browsers drop", "/\t/evil.example"],
    ["a line break that browsers drop", "/\n/evil.example"],
    ["a control character of Latin-1", "/a\u0085b"],
    ["a name that looks like a host", "https://example.org@evil.example/"],
    ["an address without a host", "https://"],
    ["a relative path", "courses/42"],
    ["nothing", ""],
  ])("does not follow %s", (_, url) => expect(safeUrl({ url })).toBeNull());

  it.each([[undefined], [null], [12], [{ href: "/a" }], [["/a"]]])("does not follow %j, which is no text", (url) => {
    expect(safeUrl({ url })).toBeNull();
    expect(safeUrl({})).toBeNull();
  });

  it("counts code points up to 2048, as the api does", () => {
    expect(safeUrl({ url: `/${"😀".repeat(2_047)}` })).not.toBeNull();
    expect(safeUrl({ url: `/${"a".repeat(2_048)}` })).toBeNull();
  });

  it.each([
    ["https://lms.example/x", true],
    ["https://MEET.example/x", true],
    ["https://lms.example.evil.example/x", false],
    ["https://sub.lms.example/x", false],
  ])("follows https to the given hosts alone, when some are given: %s", (url, isFollowed) => {
    expect(safeUrl({ url }, ["lms.example", "Meet.Example"])).toBe(isFollowed ? url : null);
    expect(safeUrl({ url }, [])).toBeNull();
    expect(safeUrl({ url: "/x" }, [])).toBe("/x");
  });
});

it("paths of this platform are told from other addresses", () => {
  expect(["/a", "//a", "https://a", "#a"].map(isPath)).toEqual([true, false, false, false]);
});

it("a notification stands below the history's address", () => {
  const hrefs = ["/notifications", "/notifications/", "/"].map((history) => hrefInHistory(history, 5));
  expect(hrefs).toEqual(["/notifications/5", "/notifications/5", "/5"]);
});

it("clicks that want another tab are left to the browser", () => {
  const modifiers = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  const plain = { button: 0, defaultPrevented: false, ...modifiers };
  expect(isPlainClick(plain)).toBe(true);
  const others = [{ button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }];
  for (const other of [...others, { defaultPrevented: true }]) {
    expect(isPlainClick({ ...plain, ...other })).toBe(false);
  }
});

describe("safeLabel", () => {
  it.each(["Join", "🎓".repeat(40), " a "])("takes %s", (label) => expect(safeLabel({ label })).toBe(label));

  it.each([
    ["🎓".repeat(41)],
    [""],
    [" \u00a0 "],
    ["a\nb"],
    ["a\u0085"],
    ["\u0000"],
    [7],
    [null],
    [["Join"]],
    [undefined],
  ])("leaves %j to the page's own word", (label) => expect(safeLabel({ label })).toBeNull());

  it("is shown on a link to its address alone", () => {
    const data = { url: "/a", label: "Join" };
    expect([buttonIn(data, "/a"), buttonIn(data, "/notifications/5"), buttonIn({ label: "Join" }, "/a")]).toEqual([
      "Join",
      null,
      null,
    ]);
  });
});
