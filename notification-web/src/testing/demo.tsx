import { render, screen } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { App } from "../pages/App";
import { LanguageProvider, loadWords, ownLanguage } from "../pages/language";
import { Session } from "../pages/session";
import { api } from "./belfry";
import { answers } from "./restAnswers";

export const ines = { id: 2, username: "ines", name: "Ines Costa", roles: [] as string[] };
export const ana = { id: 4, username: "ana", name: "Ana Lima", roles: [] as string[] };

/** The demo's sign-in, where a token is called as its user, and one course. */
export function withDemo(): void {
  const people = [ines, ana];
  const course = answers.course({ role: "student", online: null });
  api.use(
    http.get("*/api/courses/", () => HttpResponse.json(answers.page([course]))),
    http.get("*/api/courses/42/", () => HttpResponse.json(course)),
    http.get("*/api/demo/users", () => HttpResponse.json(answers.page(people))),
    http.post("*/api/demo/token", async ({ request }) => {
      const { username } = (await request.json()) as { username: string };
      const user = people.find((person) => person.username === username);
      return user
        ? HttpResponse.json({ access: `access-${username}`, refresh: `refresh-${username}`, user })
        : answers.problem(401, "unauthorized");
    }),
  );
}

export const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

/** The pages at an address, in a tab where this user is signed in, or none. */
export async function visit(path: string, username?: string) {
  const session = new Session();
  if (username) {
    await session.signIn(username);
  }
  window.history.replaceState(null, "", path);
  const words = await loadWords(ownLanguage());
  render(
    <LanguageProvider words={words}>
      <App session={session} />
    </LanguageProvider>,
  );
  return session;
}
