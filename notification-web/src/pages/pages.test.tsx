import { cleanup, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, later, never, withApi } from "../testing/belfry";
import { heading, visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

const courses = () => screen.findByRole("link", { name: /^Algebra/ });

beforeEach(() => {
  withDemo();
  api.use(http.get("*/api/notification-requests/", () => HttpResponse.json(answers.page([answers.send()]))));
});

describe("the courses", () => {
  const listing = (answer: (cursor: string | null) => Response | Promise<Response>) =>
    api.use(http.get("*/api/courses/", ({ request }) => answer(new URL(request.url).searchParams.get("cursor"))));

  it("are shown with one's role and their students, and lead to each", async () => {
    const biology = answers.course({ id: 43, title: "Biology", role: "student", students: 1, online: null });
    const chemistry = answers.course({ id: 44, title: "Chemistry", role: null, online: 0 });
    listing(() => HttpResponse.json(answers.page([answers.course(), biology, chemistry])));
    await visit("/", "ines");
    const algebra = { name: "Algebra You teach this course · 30 students, 4 online now" };
    expect(await screen.findByRole("link", algebra)).toHaveAttribute("href", "/courses/42");
    expect(screen.getByRole("link", { name: "Biology You are a student · 1 student" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Chemistry 30 students, 0 online now" })).toBeVisible();
  });

  it("go on when there are more", async () => {
    const first = answers.page([answers.course()], "http://elsewhere.test/api/courses/?cursor=c1", 2);
    const second = answers.page([answers.course({ id: 43, title: "Biology" })]);
    listing((cursor) => HttpResponse.json(cursor === "c1" ? second : first));
    await visit("/", "ines");
    await aUser().click(await screen.findByRole("button", { name: "Show more courses" }));
    expect(await screen.findByRole("link", { name: /^Biology/ })).toHaveFocus();
    expect(screen.queryByRole("button", { name: "Show more courses" })).not.toBeInTheDocument();
  });
});

describe("a page that gets no answer", () => {
  it.each([
    ["/", "Your courses cannot be shown at the moment.", () => courses()],
    ["/courses/42", "The course cannot be shown at the moment.", () => heading("Algebra")],
    ["/sends/r-1", "What became of it cannot be shown at the moment.", () => heading("Lecture moved")],
  ])("says so within five seconds, and goes on when there is one: %s", async (path, words, shown) => {
    const all = ["*/api/courses/", "*/api/courses/42/", "*/api/notification-requests/r-1/"];
    for (const answer of [never, () => HttpResponse.error(), () => answers.problem(503, "unavailable")]) {
      api.use(...all.map((address) => http.get(address, answer)));
      await visit(path, "ines");
      await later(5_000);
      expect(await screen.findByText(words)).toBeVisible();
      expect(screen.getByText("It is tried again by itself.")).toBeVisible();
      api.use(
        http.get("*/api/courses/", () => HttpResponse.json(answers.page([answers.course()]))),
        http.get("*/api/courses/42/", () => HttpResponse.json(answers.course())),
        http.get("*/api/notification-requests/r-1/", () => HttpResponse.json(answers.send())),
      );
      await later(16_000);
      await shown();
      cleanup();
    }
  });
});

describe("a course", () => {
  const course = (answer: () => Response) => api.use(http.get("*/api/courses/42/", answer));

  it("that cannot be shown is tried again, and then its instructor may write", async () => {
    course(() => answers.problem(403, "forbidden"));
    await visit("/courses/42", "ines");
    expect(await screen.findByText("The course cannot be shown at the moment.")).toBeVisible();
    course(() => HttpResponse.json(answers.course()));
    await aUser().click(screen.getByRole("button", { name: "Try again" }));
    expect(await heading("Algebra")).toBeVisible();
    expect(screen.getByText("You teach this course")).toBeVisible();
    expect(await screen.findByText("Lecture moved")).toBeVisible();
  });
});

it.each([
  ["Algebra", "Algebra · Exam room changed · Belfry"],
  [null, "Exam room changed · Belfry"],
])("the document is called as the notification that it shows, after its course (%s)", async (course_title, title) => {
  const one = {
    ...answers.notification({ id: 7, title: "Exam room changed", course_title, is_read: true }),
    seq: 1,
    unread: 0,
  };
  api.use(http.get("*/api/notifications/7/", () => HttpResponse.json({ ...one, epoch: "e-1" })));
  await visit("/notifications/7", "ana");
  await screen.findByRole("article", { name: "Exam room changed" });
  expect(await heading("Notifications")).toBeVisible();
  expect(document.title).toBe(title);
});

it.each([
  ...["0", "-1", "4.2", "abc", "9007199254740992"].map((id) => `/courses/${id}`),
  "/courses/42",
  "/notifications/latest",
  "/nowhere",
])("there is nothing at %s", async (path) => {
  api.use(http.get("*/api/courses/42/", () => answers.problem(404, "not_found")));
  await visit(path, "ana");

  expect(await heading("Nothing here")).toBeVisible();
  expect(screen.getByRole("link", { name: "To your courses" })).toHaveAttribute("href", "/");
});
