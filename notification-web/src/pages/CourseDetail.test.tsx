import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, withApi } from "../testing/belfry";
import { visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

beforeEach(() => {
  withDemo();
  api.use(http.get("*/api/notification-requests/", () => HttpResponse.json(answers.page([answers.send()]))));
});

const course = (answer: () => Response) => api.use(http.get("*/api/courses/42/", answer));
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

describe("a course", () => {
  it("lets its instructor write, and shows what was sent", async () => {
    course(() => HttpResponse.json(answers.course()));
    await visit("/courses/42", "ines");

    await heading("Algebra");
    expect(screen.getByText("You teach this course")).toBeVisible();
    expect(screen.getByText("30 students, 4 online now")).toBeVisible();
    expect(screen.getByRole("button", { name: "Send an update" })).toBeVisible();
    expect(await screen.findByText("Lecture moved")).toBeVisible();
    expect(document.title).toBe("Algebra · Belfry");
  });

  it("lets an admin write who is no member", async () => {
    api.use(http.get("*/api/me/", () => HttpResponse.json(answers.me({ id: 1, roles: ["admin"] }))));
    course(() => HttpResponse.json(answers.course({ role: null })));
    await visit("/courses/42", "ines");

    expect(await screen.findByRole("button", { name: "Send an update" })).toBeVisible();
    expect(screen.queryByText(/You teach|You are a student/)).not.toBeInTheDocument();
  });

  it("is a plain page for a student", async () => {
    course(() => HttpResponse.json(answers.course({ role: "student", online: null })));
    await visit("/courses/42", "ana");

    await heading("Algebra");
    expect(screen.getByText("30 students")).toBeVisible();
    expect(screen.getByRole("link", { name: "your notifications" })).toHaveAttribute("href", "/notifications");
    expect(screen.queryByRole("button", { name: "Send an update" })).not.toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "Sent updates" })).not.toBeInTheDocument();
  });

  it("that is not there is not there", async () => {
    course(() => answers.problem(404, "not_found"));
    await visit("/courses/42", "ana");

    expect(await heading("Nothing here")).toBeVisible();
  });

  it.each(["0", "-1", "4.2", "abc", "9007199254740992"])(
    "has no address like %s, which is not asked for",
    async (id) => {
      await visit(`/courses/${id}`, "ana");

      expect(await heading("Nothing here")).toBeVisible();
    },
  );

  it("that cannot be shown is tried again", async () => {
    let isUp = false;
    course(() => (isUp ? HttpResponse.json(answers.course()) : answers.problem(403, "forbidden")));
    await visit("/courses/42", "ines");
    expect(await screen.findByText("The course cannot be shown at the moment.")).toBeVisible();

    isUp = true;
    await aUser().click(screen.getByRole("button", { name: "Try again" }));

    expect(await heading("Algebra")).toBeVisible();
  });
});
