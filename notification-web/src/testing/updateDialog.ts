import { act, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, vi } from "vitest";
import { aUser, api } from "./belfry";
import { answers } from "./restAnswers";

export interface Sent {
  readonly key: string | null;
  readonly body: unknown;
}

/** What the api was asked to send, each answered by the next answer; the last one goes on answering. */
export function sending(...answersInTurn: (() => Response | Promise<Response>)[]): Sent[] {
  const sent: Sent[] = [];
  api.use(
    http.post("*/api/courses/42/notify-students/", async ({ request }) => {
      const answer = answersInTurn[Math.min(sent.length, answersInTurn.length - 1)];
      sent.push({ key: request.headers.get("Idempotency-Key"), body: await request.json() });
      return answer ? answer() : HttpResponse.error();
    }),
  );
  return sent;
}

export const accepted = () => HttpResponse.json(answers.receipt(), { status: 202 });
export const noAnswer = () => HttpResponse.error();
export const dialog = () => screen.getByRole("dialog", { name: "Send an update to the course" });
export const field = (name: string | RegExp) => within(dialog()).getByRole<HTMLInputElement>("textbox", { name });
export const button = (name: string) => within(dialog()).getByRole("button", { name });
export const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

export async function open() {
  const user = aUser();
  await user.click(screen.getByRole("button", { name: "Send an update" }));
  await waitFor(() => expect(field("Title")).toBeVisible());
  return user;
}

export async function write(message = "Room 12.") {
  const user = await open();
  await user.click(field("Title"));
  await user.paste("Lecture moved");
  await user.click(field(/Message/));
  await user.paste(message);
  return user;
}

/** A course with 30 students, and what is sent to it stored at once. */
export function withCourse(): void {
  api.use(
    http.get("*/api/courses/42/", () => HttpResponse.json(answers.course())),
    http.get("*/api/notification-requests/r-1/", () => HttpResponse.json(answers.send())),
  );
}
