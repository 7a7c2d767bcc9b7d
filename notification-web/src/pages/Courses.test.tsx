import { screen } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, withApi } from "../testing/belfry";
import { visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

beforeEach(withDemo);

const listing = (answer: (cursor: string | null) => Response | Promise<Response>) =>
  api.use(http.get("*/api/courses/", ({ request }) => answer(new URL(request.url).searchParams.get("cursor"))));

describe("the courses", () => {
  it("are loading first", async () => {
    listing(async () => {
      await delay("infinite");
      return HttpResponse.error();
    });
    await visit("/", "ines");

    expect(await screen.findByText("Loading your courses…")).toBeInTheDocument();
  });

  it("are shown with one's role and their students, and lead to each", async () => {
    listing(() =>
      HttpResponse.json(
        answers.page([
          answers.course(),
          answers.course({ id: 43, title: "Biology", role: "student", students: 1, online: null }),
          answers.course({ id: 44, title: "Chemistry", role: null, online: 0 }),
        ]),
      ),
    );
    await visit("/", "ines");

    expect(
      await screen.findByRole("link", { name: "Algebra You teach this course · 30 students, 4 online now" }),
    ).toHaveAttribute("href", "/courses/42");
    expect(screen.getByRole("link", { name: "Biology You are a student · 1 student" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Chemistry 30 students, 0 online now" })).toBeVisible();
  });

  it("may be none", async () => {
    listing(() => HttpResponse.json(answers.page([])));
    await visit("/", "ines");

    expect(await screen.findByText("You are in no course yet.")).toBeVisible();
  });

  it("that cannot be shown are tried again", async () => {
    let isUp = false;
    listing(() => (isUp ? HttpResponse.json(answers.page([answers.course()])) : answers.problem(403, "forbidden")));
    await visit("/", "ines");
    expect(await screen.findByText("Your courses cannot be shown at the moment.")).toBeVisible();

    isUp = true;
    await aUser().click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("link", { name: /^Algebra/ })).toBeVisible();
  });

  it("go on when there are more", async () => {
    listing((cursor) =>
      HttpResponse.json(
        cursor === "c1"
          ? answers.page([answers.course({ id: 43, title: "Biology" })])
          : answers.page([answers.course()], "http://elsewhere.test/api/courses/?cursor=c1", 2),
      ),
    );
    await visit("/", "ines");
    await aUser().click(await screen.findByRole("button", { name: "Show more courses" }));

    expect(await screen.findByRole("link", { name: /^Biology/ })).toHaveFocus();
    expect(screen.queryByRole("button", { name: "Show more courses" })).not.toBeInTheDocument();
  });
});
