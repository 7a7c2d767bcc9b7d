import { expect, it } from "vitest";
import { englishTexts, withTexts } from "./texts";

it("some words take the place of English ones, and the others stay", () => {
  const texts = withTexts(englishTexts, {
    inbox: { heading: "Post", bell: ({ unread }) => `Post: ${unread}`, undo: undefined },
    types: { exam_result: "Grade", lunch: "Lunch" },
  });
  expect(texts.inbox.heading).toBe("Post");
  expect(texts.inbox.bell({ unread: 3 })).toBe("Post: 3");
  expect(texts.inbox.undo).toBe(englishTexts.inbox.undo);
  expect(texts.types).toEqual({ ...englishTexts.types, exam_result: "Grade", lunch: "Lunch" });
  expect(texts.sending).toEqual(englishTexts.sending);
  expect(englishTexts.inbox.heading).toBe("Notifications");
});
