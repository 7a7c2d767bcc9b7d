import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { http, HttpResponse } from "msw";
import { Unreachable } from "../client/rest/inboxApi";
import { FakeIntersection } from "../testing/fakeIntersection";
import { api } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { withInboxStage } from "../testing/inboxStage";
import { NotificationHistory, type NotificationHistoryProps } from "./NotificationHistory";

const stage = withInboxStage();

const history = (props: Partial<NotificationHistoryProps> = {}) => (
  <NotificationHistory historyHref="/notifications" {...props} />
);
const show = (props: Partial<NotificationHistoryProps> = {}) => stage().show(history(props));
const titles = () => screen.queryAllByRole("listitem").map((item) => within(item).getByRole("link").textContent);
const article = (name: string) => screen.findByRole("article", { name });
const press = async (name: string) => stage().user.click(await screen.findByRole("button", { name }));

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
});

describe("the list", () => {
  it("filters by type and by unread, with native controls", async () => {
    stage().inbox.add({ title: "Exam 1", notification_type: "exam_result" });
    stage().inbox.change("read", stage().inbox.add({ title: "Exam 2", notification_type: "exam_result" }));
    stage().inbox.add({ title: "Update" });
    const { user } = stage();
    await show();
    expect(titles()).toEqual(["Unread: Update", "Exam 2", "Unread: Exam 1"]);
    await user.selectOptions(screen.getByRole("combobox", { name: "Type" }), "Exam Result");
    await waitFor(() => expect(titles()).toEqual(["Exam 2", "Unread: Exam 1"]));
    expect(stage().inbox.called("list")).toContain('list {"type":"exam_result"}');
    await user.click(screen.getByRole("checkbox", { name: "Only unread" }));
    await waitFor(() => expect(titles()).toEqual(["Unread: Exam 1"]));
    await user.selectOptions(screen.getByRole("combobox"), "Message");
    expect(await screen.findByText("Nothing unread of the type “Message”.")).toBeVisible();
    await user.selectOptions(screen.getByRole("combobox"), "All types");
    await waitFor(() => expect(titles()).toEqual(["Unread: Update", "Unread: Exam 1"]));
    await user.click(screen.getByRole("checkbox"));
    await waitFor(() => expect(titles()).toHaveLength(3));
  });

  it("shows one course alone, with what is unread of each", async () => {
    const algebra = () => stage().inbox.rows({ unreadOnly: true, course: 42 }).length;
    const course = (id: number, title: string, unread: number) =>
      answers.course({ id, title, role: "student", unread, online: null });
    api.use(
      http.get("*/api/courses/", () =>
        HttpResponse.json(answers.page([course(42, "Algebra", algebra()), course(43, "History", 0)])),
      ),
    );
    const id = stage().inbox.add({ title: "Exam" });
    stage().inbox.add({ title: "Weimar", course: 43, course_title: "History" });
    await show();
    await press("Algebra, 1 unread");
    await waitFor(() => expect(titles()).toEqual(["Unread: Exam"]));
    expect(stage().inbox.called("list")).toContain('list {"course":42}');
    expect(screen.queryByRole("button", { name: "Mark all as read" })).toBeNull();
    stage().inbox.add({ title: "Bonn", course: 43, course_title: "History" });
    stage().inbox.change("read", id);
    await stage().wait(1_100);
    expect(titles()).toEqual(["Exam"]);
    expect(screen.getByRole("button", { name: "Algebra" })).toHaveAttribute("aria-pressed", "true");
    await press("History");
    await waitFor(() => expect(titles()).toEqual(["Unread: Bonn", "Unread: Weimar"]));
    screen.getByRole("link", { name: /Bonn/ }).focus();
    await stage().user.keyboard("/");
    expect(screen.getByRole("button", { name: "All courses" })).toHaveFocus();
    await press("All courses");
    await waitFor(() => expect(titles()).toHaveLength(3));
  });

  it("offers no choice between courses to who has one, or when they cannot be had", async () => {
    stage().inbox.fill(1);
    api.use(http.get("*/api/courses/", () => HttpResponse.json(answers.page([answers.course()]))));
    await show();
    await stage().wait(1_100);
    expect(screen.queryByRole("group", { name: "Courses" })).toBeNull();
    api.use(http.get("*/api/courses/", () => HttpResponse.error()));
    stage().inbox.fill(1);
    await stage().wait(1_100);
    expect(titles()).toHaveLength(2);
  });

  it("marks all read, but not from a list of one type, which would read others too", async () => {
    stage().inbox.add({ title: "Exam", notification_type: "exam_result" });
    stage().inbox.add({ title: "Update" });
    await show();
    await stage().user.selectOptions(screen.getByRole("combobox"), "Exam Result");
    expect(screen.queryByRole("button", { name: "Mark all as read" })).toBeNull();
    await stage().user.selectOptions(screen.getByRole("combobox"), "All types");
    await press("Mark all as read");
    expect(titles()).toEqual(["Update", "Exam"]);
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });

  it("leads to the whole of each here, wherever else it leads", async () => {
    const onOpen = vi.fn();
    const id = stage().inbox.add({ title: "Moved", data: { url: "/courses/42" } });
    await show({ onOpen });
    await stage().user.click(screen.getByRole("link", { name: /Moved/ }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id }), `/notifications/${id}`);
  });

  it("moves nothing while it is scrolled, and shows what came when it is back at its beginning", async () => {
    const intersection = new FakeIntersection();
    stage().inbox.add({ title: "Old" });
    await show();
    // The whole list is below the view.
    intersection.set(false, "*", 900);
    stage().inbox.add({ title: "New 1" });
    expect(titles()).toEqual(["Unread: New 1", "Unread: Old"]);
    intersection.set(false);
    stage().inbox.add({ title: "New 2" });
    expect(titles()).toEqual(["Unread: New 1", "Unread: Old"]);
    expect(screen.getByRole("button", { name: "Show 1 new notification" })).toBeVisible();
    intersection.set(true);
    expect(titles()).toEqual(["Unread: New 2", "Unread: New 1", "Unread: Old"]);
  });
});

describe("the one that the address names", () => {
  it.each([
    ["names", 42, 1],
    ["counts", 42, 0],
    ["names", null, 0],
  ])("says who can see that it was read, where names are told (%s, of course %s)", async (report, course, times) => {
    api.use(http.get("*/api/me/", () => HttpResponse.json({ ...answers.me(), read_report: report })));
    const id = stage().inbox.add({ title: "Seen", course });
    await show({ selectedId: id });
    expect(await article("Seen")).toBeVisible();
    expect(screen.queryAllByText("Instructors of this course can see who has read this.")).toHaveLength(times);
  });

  it("is shown in full, read, and has the focus", async () => {
    const message = "word ".repeat(500).trim();
    await show({ selectedId: stage().inbox.add({ title: "Long", message, data: { url: "/courses/42" } }) });
    expect(within(await article("Long")).getByText(message)).toBeVisible();
    expect(within(await article("Long")).getByRole("link", { name: "Open" })).toHaveAttribute("href", "/courses/42");
    expect((await article("Long")).parentElement).toHaveFocus();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
    expect(titles()).toEqual(["Long"]);
  });

  it("is fetched when the list has not got it", async () => {
    const id = stage().inbox.add({ title: "Very old" });
    stage().inbox.fill(30);
    await show({ selectedId: id });
    expect(await screen.findByRole("article", { name: "Very old" })).toBeVisible();
    expect(stage().inbox.called("one")).toEqual([`one ${id}`]);
    expect(titles()).toHaveLength(20);
  });

  it("stays unread when that is wanted", async () => {
    await show({ selectedId: stage().inbox.add() });
    await stage().wait(100);
    await press("Mark as unread");
    await stage().wait(1_000);
    expect(stage().inbox.unread).toBe(1);
    expect(screen.getByRole("button", { name: "Mark as read" })).toHaveFocus();
  });

  it("can be deleted, and brought back", async () => {
    await show({ selectedId: stage().inbox.add({ title: "Moved" }) });
    await press("Delete");
    expect(screen.queryByRole("article")).toBeNull();
    await press("Undo: Moved");
    expect(await article("Moved")).toBeVisible();
    await press("Delete");
    await stage().wait(5_100);
    expect(screen.getByText("This notification is not there. It may have been deleted.")).toBeVisible();
    expect(stage().inbox.called("remove")).toHaveLength(1);
  });

  it("has words of its own when there is none", async () => {
    const navigate = vi.fn();
    await show({ selectedId: 123, navigate });
    expect(await screen.findByText("This notification is not there. It may have been deleted.")).toBeVisible();
    expect(screen.getByText("Nothing yet. What your courses tell you will be here.")).toBeVisible();
    await stage().user.click(screen.getByRole("link", { name: "Back to all notifications" }));
    expect(navigate).toHaveBeenCalledExactlyOnceWith("/notifications");
  });

  it("says that it cannot be had, and tries again", async () => {
    const { rerender } = await show();
    stage().inbox.failure = new Unreachable("down");
    rerender(history({ selectedId: 9_999 }));
    expect(await screen.findByText("This notification cannot be shown at the moment.")).toBeVisible();
    stage().inbox.failure = null;
    await press("Try again");
    expect(await screen.findByText("This notification is not there. It may have been deleted.")).toBeVisible();
  });

  it("changes with the address", async () => {
    const one = stage().inbox.add({ title: "One" });
    const two = stage().inbox.add({ title: "Two" });
    const { rerender } = await show({ selectedId: one });
    expect(await article("One")).toBeVisible();
    rerender(history({ selectedId: two }));
    expect((await article("Two")).parentElement).toHaveFocus();
    expect(screen.getAllByRole("article")).toHaveLength(1);
    rerender(history());
    expect(screen.queryByRole("article")).toBeNull();
    await waitFor(() => expect(stage().inbox.unread).toBe(0));
  });

  it("calls its link as the sender wants it, and says that it is a test", async () => {
    const data = { url: "/rooms/12", label: "See the map" };
    await show({ selectedId: stage().inbox.add({ title: "Moved", data, test: true }) });
    expect(within(await article("Moved")).getByRole("link", { name: "See the map" })).toHaveAttribute(
      "href",
      "/rooms/12",
    );
    expect(within(await article("Moved")).getByText("Test")).toBeVisible();
  });

  it("has no link to what is not safe", async () => {
    const url = "javascript:alert(1)";
    await show({ selectedId: stage().inbox.add({ title: "Bad", message: url, data: { url } }) });
    expect(within(await article("Bad")).getByText(url)).toBeVisible();
    expect(within(await article("Bad")).queryByRole("link")).toBeNull();
  });
});
