import { screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, never, withApi } from "../testing/belfry";
import { heading, visit, withDemo } from "../testing/demo";
import { answers } from "../testing/restAnswers";

withApi();

beforeEach(withDemo);

const courses = () => heading("Your courses");
const person = () => screen.findByRole("button", { name: "Ana Lima ana" });

describe("the sign-in page", () => {
  it("is where users are led who are not signed in, and has its title", async () => {
    await visit("/");

    expect(screen.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
    expect(document.title).toBe("Sign in · Belfry");
  });

  it("is loading first", async () => {
    api.use(http.get("*/api/demo/users", never));
    await visit("/sign-in");

    expect(screen.getByRole("status")).toHaveTextContent("Loading who can sign in…");
  });

  it("says when no user is called so", async () => {
    await visit("/sign-in");
    const user = aUser();
    const field = await screen.findByRole("textbox", { name: "Or by username" });
    await user.type(field, "zoe{Enter}");

    await screen.findByText("Nobody here is called “zoe”.");
    expect(field).toHaveAccessibleDescription("Nobody here is called “zoe”.");
  });

  it("says when signing in did not work, and tries again", async () => {
    await visit("/sign-in");
    const user = aUser();
    const button = await person();
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
