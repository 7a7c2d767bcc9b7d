import { act, screen, waitFor, within } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aUser, api, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { CourseUpdateButton } from "./CourseUpdateButton";

withApi();

interface Sent {
  readonly key: string | null;
  readonly body: unknown;
}

/** What the api was asked to send, each answered by the next answer; the last one goes on answering. */
function sending(...answersInTurn: (() => Response | Promise<Response>)[]): Sent[] {
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

const accepted = () => HttpResponse.json(answers.receipt(), { status: 202 });
const noAnswer = () => HttpResponse.error();
const dialog = () => screen.getByRole("dialog", { name: "Send an update to the course" });
const field = (name: string | RegExp) => within(dialog()).getByRole<HTMLInputElement>("textbox", { name });
const button = (name: string) => within(dialog()).getByRole("button", { name });
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

async function open() {
  const user = aUser();
  await user.click(screen.getByRole("button", { name: "Send an update" }));
  await waitFor(() => expect(field("Title")).toBeVisible());
  return user;
}

async function write(message = "Room 12.") {
  const user = await open();
  await user.click(field("Title"));
  await user.paste("Lecture moved");
  await user.click(field(/Message/));
  await user.paste(message);
  return user;
}

beforeEach(() => {
  api.use(
    http.get("*/api/courses/42/", () => HttpResponse.json(answers.course())),
    http.get("*/api/notification-requests/r-1/", () => HttpResponse.json(answers.send())),
  );
});

describe("the dialog", () => {
  it("says how many get it and how many are online, before anything is sent", async () => {
    renderInside(<CourseUpdateButton courseId={42} />);
    await open();

    expect(await within(dialog()).findByText("30 students, 4 online now")).toBeVisible();
    await waitFor(() => expect(dialog()).toHaveAccessibleDescription("30 students, 4 online now"));
  });

  it.each([
    [answers.course({ online: null }), "30 students"],
    [answers.course({ students: 1, online: 0 }), "1 student, 0 online now"],
    [answers.course({ students: 0, online: 0 }), "This course has no students: nobody would get it."],
  ])("says of %o: %s", async (course, text) => {
    api.use(http.get("*/api/courses/42/", () => HttpResponse.json(course)));
    renderInside(<CourseUpdateButton courseId={42} />);
    await open();

    expect(await within(dialog()).findByText(text)).toBeVisible();
  });

  it("can be used though the number of students cannot be told", async () => {
    api.use(http.get("*/api/courses/42/", () => answers.problem(403, "forbidden")));
    renderInside(<CourseUpdateButton courseId={42} />);
    await open();

    expect(await within(dialog()).findByText(/cannot be told at the moment/)).toBeVisible();
    expect(button("Send")).toBeEnabled();
  });

  it("takes the focus, keeps what is written when Escape closes it, and gives the focus back", async () => {
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();
    await waitFor(() => expect(within(dialog()).getByRole("combobox", { name: "Type" })).toHaveFocus());
    await user.type(field("Title"), "Lecture");

    await user.keyboard("{Escape}");

    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.getByRole("button", { name: "Send an update" })).toHaveFocus();
    await open();
    expect(field("Title")).toHaveValue("Lecture");
  });

  it("offers the six types by their shown names, course update first", async () => {
    renderInside(<CourseUpdateButton courseId={42} />);
    await open();

    const select = within(dialog()).getByRole("combobox", { name: "Type" });
    expect(select).toHaveValue("course_update");
    expect(
      within(select)
        .getAllByRole("option")
        .map((option) => option.textContent),
    ).toEqual(["Course Update", "Announcement", "Message", "Live Session Start", "Exam Result", "Course Enrollment"]);
  });
});

describe("the fields", () => {
  it("count code points, as the api does", async () => {
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();

    await user.type(field("Title"), "Año 🎓");
    await user.click(field(/Message/));
    await user.paste("👩‍🏫");

    expect(field("Title")).toHaveAccessibleDescription("5 of 255 characters");
    expect(field(/Message/)).toHaveAccessibleDescription("3 of 10,000 characters");
  });

  it("take what is too long, say so and are not sent", async () => {
    const sent = sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.clear(field("Title"));
    await user.click(field("Title"));
    await user.paste("🎓".repeat(257));

    await user.click(button("Send"));

    await waitFor(() => expect(field("Title")).toBeInvalid());
    expect(field("Title")).toHaveAccessibleDescription("Too long: 2 characters over the limit. 257 of 255 characters");
    expect(field("Title")).toHaveFocus();
    expect(sent).toEqual([]);
  });

  it("take what is just not too long", async () => {
    const sent = sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.clear(field("Title"));
    await user.click(field("Title"));
    await user.paste("🎓".repeat(255));

    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(1));
  });

  it("need a message, of more than spaces", async () => {
    const sent = sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write("   ");
    expect(field(/Message/)).toBeRequired();

    await user.click(button("Send"));

    await waitFor(() => expect(field(/Message/)).toHaveAccessibleDescription(/^Write a message\./));
    expect(sent).toEqual([]);
  });

  it("need no title", async () => {
    const sent = sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();
    await user.type(field(/Message/), "Room 12.");
    await user.selectOptions(within(dialog()).getByRole("combobox", { name: "Type" }), "Announcement");
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toEqual({ notification_type: "announcement", title: "", message: "Room 12." });
  });

  it("show what the api says of them, and the rest above the button", async () => {
    sending(() =>
      answers.problem(400, "invalid_fields", {
        errors: [
          { field: "title", message: "has a character that is not allowed" },
          { field: "data.url", message: "is no address" },
        ],
      }),
    );
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));

    expect(await within(dialog()).findByText("Not sent. data.url: is no address")).toBeVisible();
    expect(field("Title")).toHaveAccessibleDescription(/^The title has a character that is not allowed\. 13 of/);
    expect(field("Title")).toHaveFocus();
    await user.type(field("Title"), "!");
    await waitFor(() => expect(field("Title")).toBeValid());
  });
});

describe("sending", () => {
  it("happens once though the button is clicked twice", async () => {
    const sent = sending(async () => {
      await delay(50);
      return accepted();
    });
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();

    await user.dblClick(button("Send"));
    await user.keyboard("{Enter}");

    expect(await within(dialog()).findByText("Accepted for 30 students")).toBeVisible();
    expect(sent).toHaveLength(1);
  });

  it("again after no answer is the same send, and says that it is safe", async () => {
    const sent = sending(noAnswer, accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));

    expect(await within(dialog()).findByRole("alert")).toHaveTextContent(
      "it is not known to be sent. Sending again is safe",
    );
    await user.click(button("Send again"));

    expect(await within(dialog()).findByText("Accepted for 30 students")).toBeVisible();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]?.key).toMatch(/^[!-~]{1,255}$/);
  });

  it("again after 503 is the same send", async () => {
    const sent = sending(() => answers.problem(503, "unavailable", {}, { "Retry-After": "2" }), accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await user.click(await within(dialog()).findByRole("button", { name: "Send again" }));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual(sent[0]);
  });

  it("something else after no answer is another send, until it is as it was", async () => {
    const sent = sending(noAnswer);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await within(dialog()).findByRole("button", { name: "Send again" });

    await user.type(field(/Message/), "!");
    expect(within(dialog()).getByRole("alert")).toHaveTextContent("before your change");
    await user.click(button("Send"));
    await within(dialog()).findByRole("button", { name: "Send again" });
    await user.type(field(/Message/), "{Backspace}");
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
    expect(sent[2]).toEqual(sent[0]);
  });

  it("is repeated by itself while the first request is being answered", async () => {
    const inProgress = () => answers.problem(409, "in_progress", {}, { "Retry-After": "1" });
    const sent = sending(inProgress, inProgress, accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await waitFor(() => expect(sent).toHaveLength(1));

    await later(900);
    expect(sent).toHaveLength(1);
    expect(button("Sending…")).toHaveAttribute("aria-disabled", "true");
    await later(1_200);

    expect(await within(dialog()).findByText("Accepted for 30 students")).toBeVisible();
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  it("too often says when to go on, and that it is not sent", async () => {
    vi.setSystemTime(new Date(2026, 10, 24, 10, 42, 0));
    sending(() => answers.problem(429, "rate_limited", {}, { "Retry-After": "18" }));
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    vi.setSystemTime(new Date(2026, 10, 24, 10, 42, 0));
    await user.click(button("Send"));

    const at = new Date(2026, 10, 24, 10, 42, 18).toLocaleTimeString(undefined, { timeStyle: "medium" });
    expect(await within(dialog()).findByText(new RegExp(`You can send again from ${at}`))).toBeVisible();
    expect(button("Send")).toBeVisible();
  });

  it("that is refused says why", async () => {
    sending(() => answers.problem(403, "forbidden", { detail: "Only instructors of the course may send." }));
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));

    const alert = await within(dialog()).findByRole("alert");
    await waitFor(() => expect(alert).toHaveTextContent("Not sent. Only instructors of the course may send."));
  });

  it("under a key that the api knows from elsewhere goes on under another", async () => {
    const sent = sending(() => answers.problem(422, "idempotency_key_reused"), accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await within(dialog()).findByText(/^Not sent\./);
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });

  it("goes on while the dialog is closed", async () => {
    const sent = sending(async () => {
      await delay(300);
      return accepted();
    });
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(sent).toHaveLength(1));
    await later(400);

    await user.click(screen.getByRole("button", { name: "Send an update" }));

    expect(await within(dialog()).findByText("Accepted for 30 students")).toBeVisible();
  });
});

describe("the progress", () => {
  it("goes from accepted to stored to read, and has the focus first", async () => {
    let send = answers.send({ status: "accepted", stored_at: null });
    api.use(http.get("*/api/notification-requests/r-1/", () => HttpResponse.json(send)));
    sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));

    expect(await within(dialog()).findByRole("heading", { name: "Lecture moved" })).toHaveFocus();
    expect(within(dialog()).getByRole("status")).toHaveTextContent("Accepted for 30 studentsBeing stored…");
    await later(100);

    send = answers.send();
    await later(1_000);
    await waitFor(() => expect(within(dialog()).getByRole("status")).toHaveTextContent("Stored for 30 students"));
    expect(within(dialog()).getByRole("progressbar", { name: "Read by 0 of 30" })).toHaveValue(0);

    send = answers.send({ read: 12 });
    await later(5_000);
    const bar = await within(dialog()).findByRole("progressbar", { name: "Read by 12 of 30" });
    expect(bar).toHaveValue(12);
    expect(bar).toHaveAttribute("max", "30");
  });

  it("says why it was rejected", async () => {
    const error = { code: "unknown_course", detail: "nobody knows course 42" };
    api.use(
      http.get("*/api/notification-requests/r-1/", () =>
        HttpResponse.json(answers.send({ status: "rejected", error })),
      ),
    );
    sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));

    expect(await within(dialog()).findByText("Not delivered: nobody knows course 42")).toBeVisible();
    expect(within(dialog()).queryByRole("progressbar")).not.toBeInTheDocument();
  });

  it("is left for another message, which is another send", async () => {
    const sent = sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await user.click(await within(dialog()).findByRole("button", { name: "Write another" }));

    expect(field("Title")).toHaveValue("");
    expect(field(/Message/)).toHaveValue("");
    await user.type(field("Title"), "Lecture moved");
    await user.type(field(/Message/), "Room 12.");
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body).toEqual(sent[0]?.body);
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });

  it("is behind when the dialog is opened the next time", async () => {
    sending(accepted);
    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await within(dialog()).findByText("Accepted for 30 students");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());

    await open();

    expect(field(/Message/)).toHaveValue("");
  });
});

describe("a draft", () => {
  it("is there again after the page was left, says so and can be discarded", async () => {
    const first = renderInside(<CourseUpdateButton courseId={42} />);
    await write();
    first.unmount();

    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();
    expect(field("Title")).toHaveValue("Lecture moved");
    expect(field(/Message/)).toHaveValue("Room 12.");
    expect(within(dialog()).getByText("This draft is from your last visit.")).toBeVisible();

    await user.click(button("Discard draft"));

    expect(field("Title")).toHaveValue("");
    expect(within(dialog()).getByRole("combobox", { name: "Type" })).toHaveFocus();
    expect(within(dialog()).queryByText(/from your last visit/)).not.toBeInTheDocument();
    expect(localStorage).toHaveLength(0);
  });

  it("that was sent without an answer is the same send after the page was left", async () => {
    const sent = sending(noAnswer, accepted);
    const first = renderInside(<CourseUpdateButton courseId={42} />);
    await (await write()).click(button("Send"));
    await within(dialog()).findByRole("button", { name: "Send again" });
    first.unmount();

    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();
    expect(within(dialog()).getByText(/It is not known whether it was sent/)).toBeVisible();
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual(sent[0]);
  });

  it("that was refused is known not to be sent, and the same content keeps its key", async () => {
    const sent = sending(() => answers.problem(429, "rate_limited", {}, { "Retry-After": "5" }), accepted);
    const first = renderInside(<CourseUpdateButton courseId={42} />);
    await (await write()).click(button("Send"));
    await within(dialog()).findByText(/You can send again from/);
    first.unmount();

    renderInside(<CourseUpdateButton courseId={42} />);
    const user = await open();
    expect(within(dialog()).getByText("This draft is from your last visit.")).toBeVisible();
    await user.click(button("Send"));

    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual(sent[0]);
  });

  it("is removed once sent, even when the page was left meanwhile", async () => {
    sending(async () => {
      await delay(200);
      return accepted();
    });
    const { rerender } = renderInside(<CourseUpdateButton courseId={42} />);
    const user = await write();
    await user.click(button("Send"));
    await waitFor(() => expect(localStorage).toHaveLength(1));
    rerender(<p>elsewhere</p>);

    await waitFor(() => expect(localStorage).toHaveLength(0));
  });
});
