import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";
import { aUser, api, later, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { SentUpdates } from "./SentUpdates";

withApi();

/** The sends to course 42 alone. @returns the cursor of each question */
function listing(answer: (cursor: string | null) => Response | Promise<Response>): (string | null)[] {
  const asked: (string | null)[] = [];
  api.use(
    http.get("*/api/notification-requests/", ({ request }) => {
      const query = new URL(request.url).searchParams;
      expect(query.get("course")).toBe("42");
      asked.push(query.get("cursor"));
      return answer(query.get("cursor"));
    }),
  );
  return asked;
}

const show = () => renderInside(<SentUpdates courseId={42} />);

/** Shows the sends that there are now. @returns the cursor of each question */
function showing(sends: () => readonly object[]): (string | null)[] {
  const asked = listing(() => HttpResponse.json(answers.page(sends())));
  show();
  return asked;
}

const missing = () => answers.problem(404, "not_found");
const region = () => screen.findByRole("region", { name: "Sent updates" });

it("is loading first, and says that there is none", async () => {
  showing(() => []);
  expect(screen.getByRole("status")).toHaveTextContent("Loading what you sent…");
  expect(await screen.findByText("You have not sent anything to this course yet.")).toBeVisible();
});

it("says that it cannot be shown, and tries again when asked to", async () => {
  listing(missing);
  show();
  expect(await screen.findByRole("alert")).toHaveTextContent("What you sent cannot be shown at the moment.");
  listing(() => HttpResponse.json(answers.page([answers.send()])));
  await aUser().click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Lecture moved")).toBeVisible();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("shows each with its title, type, time, state and readers, whatever the api's age", async () => {
  const { title: _title, notification_type: _type, ...old } = answers.send({ request_id: "r-0", recipients: 0 });
  const error = { code: "invalid_field", detail: "data.url is not allowed" };
  showing(() => [
    answers.send({ request_id: "r-3", status: "accepted", title: null, notification_type: null }),
    answers.send({ request_id: "r-2", read: 12, notification_type: "exam_result" }),
    answers.send({ request_id: "r-1", title: "", notification_type: "of_tomorrow", status: "rejected", error }),
    old,
  ]);
  const items = await within(await region()).findAllByRole("listitem");
  const format = { dateStyle: "medium", timeStyle: "short" } as const;
  const time = new Date("2026-11-23T08:15:30.123Z").toLocaleString(undefined, format);
  expect(items.map((item) => item.textContent)).toEqual([
    `Update${time}Accepted for 30 students`,
    `Lecture movedExam Result${time}Stored for 30 studentsRead by 12 of 30`,
    `Without a titleof_tomorrow${time}Not delivered: data.url is not allowed`,
    `Update${time}Nobody got it: the course has no students.`,
  ]);
  expect(screen.getByRole("progressbar", { name: "Read by 12 of 30" })).toHaveValue(12);
  expect(screen.getAllByRole("progressbar")).toHaveLength(1);
});

it("follows each send: every second until it is stored, then every five", async () => {
  let send = answers.send({ status: "accepted", stored_at: null });
  const asked = showing(() => [send]);
  await screen.findByText("Accepted for 30 students");
  send = answers.send();
  await later(1_000);
  expect(await screen.findByText("Read by 0 of 30")).toBeVisible();
  send = answers.send({ read: 3 });
  const before = asked.length;
  await later(4_000);
  expect(asked).toHaveLength(before);
  await later(1_000);
  expect(await screen.findByText("Read by 3 of 30")).toBeVisible();
});

it("asks for nothing while the page is hidden", async () => {
  const visibility = vi.spyOn(document, "visibilityState", "get");
  const asked = showing(() => [answers.send()]);
  await screen.findByText("Lecture moved");
  visibility.mockReturnValue("hidden");
  await later(60_000);
  expect(asked).toHaveLength(1);
  visibility.mockReturnValue("visible");
  await later(5_000);
  await waitFor(() => expect(asked.length).toBeGreaterThan(1));
});

it("keeps what it shows when the api is gone for a while, and says so", async () => {
  showing(() => [answers.send()]);
  await screen.findByText("Lecture moved");
  listing(() => answers.problem(403, "forbidden"));
  await later(5_000);
  expect(await screen.findByText("The latest progress cannot be told at the moment.")).toBeVisible();
  expect(screen.getByText("Lecture moved")).toBeVisible();
});

it("shows earlier ones by the cursor, and says when it cannot", async () => {
  const next = "http://elsewhere.test/api/notification-requests/?course=42&cursor=c1";
  const newer = answers.page([answers.send({ title: "Newer" })], next, 2);
  const older = answers.page([answers.send({ request_id: "r-0", title: "Older" })]);
  listing((cursor) => (cursor === null ? HttpResponse.json(newer) : missing()));
  show();
  const user = aUser();
  await user.click(await screen.findByRole("button", { name: "Show earlier ones" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Earlier ones cannot be shown at the moment.");
  expect(screen.getByText("Newer")).toBeVisible();
  const asked = listing((cursor) => HttpResponse.json(cursor === null ? newer : older));
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Older")).toHaveFocus();
  expect(screen.queryByRole("button", { name: "Show earlier ones" })).not.toBeInTheDocument();
  expect(asked[0]).toBe("c1");
});
