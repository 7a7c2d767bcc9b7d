import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { CourseDraft } from "../sending/form/drafts";
import { aUser, api, later, never, withApi } from "../testing/belfry";
import { heading, visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

const draft = { notification_type: "course_update", title: "Lecture", message: "", label: "", url: "" };

/** @returns the tokens that signed out */
function signingOut(answer: () => Response | Promise<Response> = () => new HttpResponse(null, { status: 204 })) {
  const tokens: (string | null)[] = [];
  api.use(
    http.post("*/api/sessions/sign-out/", ({ request }) => {
      tokens.push(request.headers.get("Authorization"));
      return answer();
    }),
  );
  return tokens;
}

const refused = () => answers.problem(401, "unauthorized");
const button = (name: string) => screen.findByRole("button", { name });
const courses = () => heading("Your courses");
const person = () => button("Ana Lima ana");

beforeEach(withDemo);

describe("the shell", () => {
  it("says where the user is and who it is, and has the bell", async () => {
    await visit("/", "ines");
    await courses();
    const header = within(screen.getByRole("banner"));
    expect(header.getByText("Ines Costa")).toBeVisible();
    expect(header.getByRole("button", { name: /^Notifications/ })).toBeVisible();
    expect(header.getByRole("link", { name: "Courses" })).toHaveAttribute("aria-current", "page");
    expect(header.getByRole("link", { name: "Notifications" })).not.toHaveAttribute("aria-current");
    expect(document.title).toBe("Your courses · Belfry");
  });

  it("moves the focus to the heading of the page that is gone to", async () => {
    await visit("/", "ines");
    expect(await courses()).not.toHaveFocus();
    await aUser().click(screen.getByRole("link", { name: "Notifications" }));
    expect(await heading("Notifications")).toHaveFocus();
    expect(document.title).toBe("Notifications · Belfry");
  });

  it("can be skipped", async () => {
    await visit("/", "ines");
    await courses();
    const user = aUser();
    await user.tab();
    expect(screen.getByRole("link", { name: "Skip to the content" })).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(screen.getByRole("main")).toHaveFocus();
  });
});

describe("signing out", () => {
  it("ends everything of the user, and the next one starts afresh", async () => {
    const tokens = signingOut();
    new CourseDraft(2, 42).save(draft);
    await visit("/courses/42", "ines");
    await heading("Algebra");
    const user = aUser();
    await user.click(await button("Sign out"));
    expect(await heading("Sign in")).toBeVisible();
    expect(screen.queryByText(/^Your sign-in has ended/)).not.toBeInTheDocument();
    expect(tokens).toEqual(["Bearer access-ines"]);
    expect(sessionStorage).toHaveLength(0);
    expect(localStorage).toHaveLength(0);
    await user.click(await person());
    expect(await courses()).toBeVisible();
  });

  it.each([
    ["works though the api does not", () => answers.problem(503, "unavailable")],
    ["waits for no answer longer than 3 s", never],
  ])("%s", async (_, answer) => {
    signingOut(answer);
    await visit("/", "ines");
    await aUser().click(await button("Sign out"));
    await later(3_000);
    expect(await heading("Sign in")).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("a sign-in that has ended", () => {
  it("leads to the sign-in page, keeps the draft, and leads back", async () => {
    new CourseDraft(2, 42).save(draft);
    api.use(
      http.get("*/api/courses/42/", ({ request }) =>
        request.headers.get("Authorization") === "Bearer access-ines" ? refused() : undefined,
      ),
      http.post("*/api/demo/token/refresh", refused),
    );
    await visit("/courses/42", "ines");
    expect(await heading("Sign in")).toBeVisible();
    expect(screen.getByText(/^Your sign-in has ended/)).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
    expect(new CourseDraft(2, 42).restored).toEqual(draft);
    await aUser().click(await person());
    expect(await heading("Algebra")).toBeVisible();
  });

  it("is told by the bell's own calls too", async () => {
    api.use(http.get("*/api/me/", refused), http.post("*/api/demo/token/refresh", refused));
    await visit("/", "ines");
    expect(await heading("Sign in")).toBeVisible();
  });

  it("is not ended by a network that is away", async () => {
    api.use(
      http.get("*/api/courses/42/", refused),
      http.post("*/api/demo/token/refresh", () => HttpResponse.error()),
    );
    await visit("/courses/42", "ines");
    await heading("Course");
    await later(10_000);
    expect(await screen.findByText("The course cannot be shown at the moment.")).toBeVisible();
    await waitFor(() => expect(sessionStorage).toHaveLength(1));
  });
});

describe("the sign-in page", () => {
  it("says when signing in did not work, and tries again", async () => {
    await visit("/sign-in");
    api.use(http.post("*/api/demo/token", () => HttpResponse.error(), { once: true }));
    await aUser().click(await person());
    expect(await screen.findByText(/Signing in did not work/)).toBeVisible();
    await aUser().click(await person());
    expect(await courses()).toBeVisible();
  });

  it("is loading first, says when the server cannot be reached, and tries again", async () => {
    api.use(http.get("*/api/demo/users", () => answers.problem(503, "unavailable"), { once: true }));
    await visit("/sign-in");
    expect(screen.getByRole("status")).toHaveTextContent("Loading who can sign in…");
    expect(await screen.findByRole("alert")).toHaveTextContent("The server cannot be reached at the moment.");
    await aUser().click(screen.getByRole("button", { name: "Try again" }));
    expect(await person()).toBeVisible();
  });

  it("says how to go on where there is no demo", async () => {
    api.use(http.get("*/api/demo/users", () => answers.problem(404, "not_found")));
    await visit("/sign-in");
    expect(await screen.findByText(/your learning platform signs people in/)).toBeVisible();
    expect(screen.getByRole("region", { name: "Example" })).toHaveTextContent("NotificationProvider");
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  });

  it("is passed by a user who is signed in already", async () => {
    await visit("/sign-in", "ana");
    expect(await courses()).toBeVisible();
  });
});
