import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Unreachable } from "../../client/rest/inboxApi";
import { FakeIntersection } from "../../testing/fakeIntersection";
import { withInboxStage } from "../../testing/inboxStage";
import { NotificationList, type NotificationListProps } from "./NotificationList";

const stage = withInboxStage();

const list = (props: Partial<NotificationListProps> = {}) => (
  <NotificationList historyHref="/notifications" {...props} />
);
const show = (props: Partial<NotificationListProps> = {}) => stage().show(list(props));
const items = () => screen.queryAllByRole("listitem");
const titles = () => items().map((item) => within(item).queryByRole("link")?.textContent ?? item.textContent);
const button = (name: string | RegExp) => screen.getByRole("button", { name });

const link = (name: string) => screen.getByRole("link", { name });
const fill = (count: number) => stage().inbox.fill(count);
const press = (name: string) => stage().user.click(button(name));

describe("its states", () => {
  it("is loading until the first answer", async () => {
    fill(1);
    stage().inbox.lateMs.list = 1_000;
    const { container } = await show();
    expect(container.querySelector("[aria-busy=true]")).toBeInTheDocument();
    expect(screen.getByText("Loading…")).toBeInTheDocument();
    expect(items()).toHaveLength(0);
    await stage().wait(1_000);
    expect(items()).toHaveLength(1);
    expect(container.querySelector("[aria-busy=true]")).toBeNull();
  });

  it.each([true, false])("says that it cannot be had, until it can (only unread: %j)", async (unreadOnly) => {
    fill(1);
    stage().inbox.failure = new Unreachable("down");
    await show({ filter: { unreadOnly } });
    const alert = await screen.findByText("Your notifications cannot be shown at the moment.");
    stage().inbox.failure = null;
    await press("Try again");
    await waitFor(() => expect(titles()).toEqual(["Unread: Number 1"]));
    expect(alert).not.toBeInTheDocument();
  });

  it.each([
    [{}, "Nothing yet. What your courses tell you will be here."],
    [{ unreadOnly: true }, "You have read everything."],
    [{ type: "exam_result" }, "Nothing of the type “Exam Result” yet."],
    [{ type: "exam_result", unreadOnly: true }, "Nothing unread of the type “Exam Result”."],
  ] as const)("says in words what is empty: %j", async (filter, text) => {
    await show({ filter });
    expect(await screen.findByText(text)).toBeVisible();
    expect(screen.queryByText("That’s all.")).toBeNull();
  });

  it("says that older ones cannot be had, and tries again", async () => {
    fill(25);
    await show();
    stage().inbox.failure = new Unreachable("down");
    await press("Show earlier ones");
    expect(await screen.findByText("Earlier ones cannot be shown at the moment.")).toBeVisible();
    expect(items()).toHaveLength(20);
    stage().inbox.failure = null;
    await press("Try again");
    await waitFor(() => expect(items()).toHaveLength(25));
    expect(screen.getByText("That’s all.")).toBeVisible();
  });
});

describe("a row", () => {
  const facts = () => items().map((item) => item.querySelector(".belfry-item__facts")?.textContent);

  it.each([
    [{}, "AlgebraInes CostaCourse Update"],
    [{ source_name: "Exams", sender_name: null, notification_type: "exam_result" }, "AlgebraExamsExam Result"],
    [{ course: null, course_title: null, source_name: "Exams", sender_name: null }, "ExamsCourse Update"],
    [{ course_title: undefined, source_name: undefined, sender_name: null }, "Course Update"],
  ])("says first which course it is of, and who sent it: %j", async (fields, text) => {
    stage().inbox.add(fields);
    await show();
    expect(facts()).toEqual([expect.stringMatching(new RegExp(`^${text}just now`))]);
  });

  it("stands under the name of its day, with the time on the clock of another one", async () => {
    stage().inbox.add({ created_at: new Date("2026-11-20T16:20:00").toISOString() });
    stage().inbox.add({ created_at: new Date("2026-11-23T09:05:00").toISOString() });
    stage().inbox.add({ created_at: new Date("2026-11-24T10:00:00").toISOString() });
    stage().inbox.add();
    await show();
    const days = items().map((item) => [
      item.querySelector(".belfry-list__day")?.textContent,
      within(item).getByRole("time").firstChild?.textContent,
    ]);
    expect(days).toEqual([
      ["Today", "just now"],
      [undefined, "42 minutes ago"],
      ["Yesterday", "9:05 AM"],
      ["Friday, November 20", "4:20 PM"],
    ]);
  });
});

describe("older ones", () => {
  it("come by the button, and the focus goes to the first of them", async () => {
    fill(45);
    await show();
    button("Show earlier ones").focus();
    await stage().user.keyboard("{Enter}");
    await waitFor(() => expect(items()).toHaveLength(40));
    expect(link("Unread: Number 25")).toHaveFocus();
    await press("Show earlier ones");
    await waitFor(() => expect(items()).toHaveLength(45));
    expect(link("Unread: Number 5")).toHaveFocus();
  });

  it("come by scrolling near the end, one page at a time, and again as long as the end is in view", async () => {
    const intersection = new FakeIntersection();
    fill(60);
    await show();
    intersection.set(false);
    expect(items()).toHaveLength(20);
    intersection.set(true);
    await waitFor(() => expect(items()).toHaveLength(40));
    expect(document.body).toHaveFocus();
    intersection.set(true);
    await waitFor(() => expect(items()).toHaveLength(60));
    expect(intersection.count).toBe(0);
    expect(screen.getByText("That’s all.")).toBeVisible();
    expect(stage().inbox.called("page")).toHaveLength(2);
  });
});

describe("deleting", () => {
  it("leaves a line that brings it back, and the focus there", async () => {
    fill(3);
    await show();
    await press("Delete: Number 2");
    expect(titles()).toEqual(["Unread: Number 3", "Deleted: Number 2Undo", "Unread: Number 1"]);
    expect(button("Undo: Number 2")).toHaveFocus();
    await stage().user.keyboard("{Enter}");
    expect(titles()).toEqual(["Unread: Number 3", "Unread: Number 2", "Unread: Number 1"]);
    expect(link("Unread: Number 2")).toHaveFocus();
    await stage().wait(10_000);
    expect(stage().inbox.called("remove")).toEqual([]);
  });

  it("is done five seconds later, and the focus goes to the next one", async () => {
    fill(3);
    await show();
    await press("Delete: Number 2");
    await stage().wait(4_900);
    expect(stage().inbox.called("remove")).toEqual([]);
    await stage().wait(200);
    expect(titles()).toEqual(["Unread: Number 3", "Unread: Number 1"]);
    expect(link("Unread: Number 1")).toHaveFocus();
    expect(stage().inbox.called("remove")).toEqual(["remove 9001"]);
  });

  it("of the last one leaves the focus on the one before, and of the only one on the list", async () => {
    fill(2);
    const { container } = await show();
    await press("Delete: Number 1");
    await stage().wait(5_100);
    expect(link("Unread: Number 2")).toHaveFocus();
    await press("Delete: Number 2");
    await stage().wait(5_100);
    expect(container.querySelector(".belfry-list")).toHaveFocus();
    expect(screen.getByText("Nothing yet. What your courses tell you will be here.")).toBeVisible();
  });

  it("again, after having brought it back, has its whole time", async () => {
    fill(1);
    await show();
    await press("Delete: Number 1");
    await stage().wait(3_000);
    await press("Undo: Number 1");
    await press("Delete: Number 1");
    await stage().wait(3_000);
    expect(button("Undo: Number 1")).toBeVisible();
  });

  it("elsewhere leaves no line, keeps the focus in the list, and does not take it from beside it", async () => {
    fill(3);
    await stage().show(
      <>
        <input aria-label="Somewhere else" />
        {list()}
      </>,
    );
    const beside = screen.getByLabelText("Somewhere else");
    link("Unread: Number 3").focus();
    stage().inbox.change("deleted", 9_002);
    expect(titles()).toEqual(["Unread: Number 2", "Unread: Number 1"]);
    expect(link("Unread: Number 2")).toHaveFocus();
    beside.focus();
    stage().inbox.change("deleted", 9_001);
    expect(beside).toHaveFocus();
    beside.blur();
    stage().inbox.change("deleted", 9_000);
    expect(document.body).toHaveFocus();
  });
});

describe("the keyboard", () => {
  const keys = (text: string) => stage().user.keyboard(text);
  const begin = async (count: number) => {
    fill(count);
    await show();
    button("Mark all as read").focus();
    await stage().user.tab();
    expect(link(`Unread: Number ${count}`)).toHaveFocus();
  };

  it("has one stop in the list, wherever the focus was in it last", async () => {
    await begin(12);
    await keys("{ArrowDown}{ArrowDown}");
    expect(link("Unread: Number 10")).toHaveFocus();
    await stage().user.tab();
    expect(document.body).toHaveFocus();
    await stage().user.tab({ shift: true });
    expect(link("Unread: Number 10")).toHaveFocus();
    await stage().user.tab({ shift: true });
    expect(button("Mark all as read")).toHaveFocus();
  });

  it("goes through it by arrows and pages, and ends at its ends", async () => {
    await begin(12);
    const went = async (key: string, number: number) => {
      await keys(`{${key}}`);
      expect(link(`Unread: Number ${number}`)).toHaveFocus();
    };
    await went("ArrowUp", 12);
    await went("PageDown", 4);
    await went("PageDown", 1);
    await went("ArrowDown", 1);
    await went("PageUp", 9);
    await went("End", 1);
    await went("Home", 12);
  });

  it("goes along what can be done with one, the other way where writing goes the other way", async () => {
    await begin(2);
    await keys("{ArrowRight}");
    expect(button("Mark as read: Number 2")).toHaveFocus();
    await keys("{ArrowRight}{ArrowRight}{ArrowRight}");
    expect(button("Delete: Number 2")).toHaveFocus();
    await keys("{ArrowDown}");
    expect(link("Unread: Number 1")).toHaveFocus();
    // It is inherited in browsers.
    items().forEach((item) => (item.style.direction = "rtl"));
    await keys("{ArrowLeft}");
    expect(button("Mark as read: Number 1")).toHaveFocus();
  });

  it("reads, unreads and deletes the one that has the focus, which keeps its place", async () => {
    await begin(3);
    await keys("{ArrowDown}e");
    expect(titles()).toEqual(["Unread: Number 3", "Number 2", "Unread: Number 1"]);
    await keys("e");
    expect(link("Number 2")).toHaveFocus();
    await keys("u");
    expect(link("Unread: Number 2")).toHaveFocus();
    await keys("{Delete}");
    expect(button("Undo: Number 2")).toHaveFocus();
    await keys("e{Delete}");
    expect(titles()).toEqual(["Unread: Number 3", "Deleted: Number 2Undo", "Unread: Number 1"]);
    await keys("{Control>}e{/Control}{ArrowDown}{Meta>}u{/Meta}");
    expect(titles()).toContain("Unread: Number 1");
  });

  it("says what it does when asked", async () => {
    await begin(1);
    await keys("?");
    expect(screen.getByRole("status")).toHaveTextContent("Emark as read");
    await keys("?");
    expect(screen.queryByRole("status")).toBeNull();
  });
});

describe("texts of strangers", () => {
  it("are shown as they are", async () => {
    const text = "<img src=x onerror=alert(1)> &lt;b&gt; {{constructor.constructor('alert(1)')()}} \u202Egnp.exe";
    stage().inbox.add({ title: text, message: text, sender_name: text, course_title: text });
    const { container } = await show();
    const shown = screen.getAllByText(text);
    expect(shown).toHaveLength(4);
    // Whatever turns the writing around turns it no further than this.
    shown.forEach((element) => expect(element.matches("bdi, [dir=auto]")).toBe(true));
    expect(container.querySelector("img, b")).toBeNull();
    await press(`Delete: ${text}`);
    expect(screen.getByText(text).tagName).toBe("BDI");
  });

  it("are named by their type when they have no title", async () => {
    stage().inbox.add({ title: "", notification_type: "exam_result" });
    stage().inbox.add({ title: "  ", notification_type: "constructor" });
    await show();
    expect(titles()).toEqual(["Unread: constructor", "Unread: Exam Result"]);
  });

  it("are shown in part when they are long", async () => {
    stage().inbox.add({ message: "word ".repeat(2_000) });
    await show();
    const message = screen.getByText(/^word word/);
    expect(message.textContent.length).toBeLessThan(250);
    expect(message).toHaveTextContent(/…$/);
  });
});
