import { screen } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, withApi } from "../testing/belfry";
import { visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

beforeEach(() => {
  withDemo();
  api.use(
    http.get("*/api/courses/", () => HttpResponse.json(answers.page([answers.course()]))),
    http.get("*/api/courses/42/", () => HttpResponse.json(answers.course({ role: "student", online: null }))),
  );
});

const courses = () => screen.findByRole("heading", { level: 1, name: "Your courses" });

describe("the sign-in page", () => {
  it("is where nobody is led to, and has its title", async () => {
    await visit("/");

    expect(screen.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    expect(document.title).toBe("Sign in · Belfry");
  });

  it("is loading first", async () => {
    api.use(
      http.get("*/api/demo/users", async () => {
        await delay("infinite");
        return HttpResponse.error();
      }),
    );
    await visit("/sign-in");

    expect(screen.getByRole("status")).toHaveTextContent("Loading who can sign in…");
  });

  it("lets one be anybody of the demo", async () => {
    await visit("/sign-in");
    await aUser().click(await screen.findByRole("button", { name: "Ana Lima ana" }));

    expect(await courses()).toBeVisible();
    expect(screen.getByText("Ana Lima")).toBeVisible();
  });

  it("takes a username", async () => {
    await visit("/sign-in");
    const user = aUser();
    await user.type(await screen.findByRole("textbox", { name: "Or by username" }), " ines {Enter}");

    expect(await courses()).toBeVisible();
    expect(screen.getByText("Ines Costa")).toBeVisible();
  });

  it("says when nobody is called so", async () => {
    await visit("/sign-in");
    const user = aUser();
    const field = await screen.findByRole("textbox", { name: "Or by username" });
    await user.type(field, "zoe{Enter}");

    expect(await screen.findByText("Nobody here is called “zoe”.")).toBeVisible();
    expect(field).toHaveAccessibleDescription("Nobody here is called “zoe”.");
  });

  it("says when signing in did not work, and tries again", async () => {
    await visit("/sign-in");
    const user = aUser();
    const button = await screen.findByRole("button", { name: "Ana Lima ana" });
    api.use(http.post("*/api/demo/token", () => HttpResponse.error(), { once: true }));
    await user.click(button);
    expect(await screen.findByText(/Signing in did not work/)).toBeVisible();

    await user.click(button);

    expect(await courses()).toBeVisible();
  });

  it("says when the server cannot be reached, and tries again", async () => {
    api.use(http.get("*/api/demo/users", () => answers.problem(503, "unavailable"), { once: true }));
    await visit("/sign-in");
    expect(await screen.findByRole("alert")).toHaveTextContent("The server cannot be reached at the moment.");

    await aUser().click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("button", { name: "Ana Lima ana" })).toBeVisible();
  });

  it("says how to go on where there is no demo", async () => {
    api.use(http.get("*/api/demo/users", () => answers.problem(404, "not_found")));
    await visit("/sign-in");

    expect(await screen.findByText(/your learning platform signs people in/)).toBeVisible();
    expect(screen.getByRole("region", { name: "Example" })).toHaveTextContent("NotificationProvider");
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  });

  it("leads back to where one wanted to be", async () => {
    await visit("/courses/42");
    await aUser().click(await screen.findByRole("button", { name: "Ana Lima ana" }));

    expect(await screen.findByRole("heading", { level: 1, name: "Algebra" })).toHaveFocus();
  });

  it("is passed by who is signed in already", async () => {
    await visit("/sign-in", "ana");

    expect(await courses()).toBeVisible();
  });
});
