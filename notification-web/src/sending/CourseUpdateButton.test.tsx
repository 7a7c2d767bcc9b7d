import { act, screen, waitFor, within } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aUser, api, later, NOW, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { CourseUpdateButton } from "./CourseUpdateButton";
import { SentUpdates } from "./SentUpdates";

withApi();

/** A course with 30 students, and what is sent to it stored at once. */
beforeEach(() => {
  api.use(http.get("*/api/courses/42/", () => HttpResponse.json(answers.course())));
  progress(() => answers.send());
});

const progress = (send: () => object) =>
  api.use(http.get("*/api/notification-requests/r-1/", () => HttpResponse.json(send())));

/** What the api was asked to send, each answered by the next answer; the last one goes on answering. */
function sending(...answersInTurn: (() => Response | Promise<Response>)[]) {
  const sent: { key: string | null; body: unknown }[] = [];
  api.use(
    http.post("*/api/courses/42/notify-students/", async ({ request }) => {
      const answer = answersInTurn[Math.min(sent.length, answersInTurn.length - 1)] ?? noAnswer;
      sent.push({ key: request.headers.get("Idempotency-Key"), body: await request.json() });
      return answer();
    }),
  );
  return sent;
}

const accepted = () => HttpResponse.json(answers.receipt(), { status: 202 });
const acceptedIn = (ms: number) => () => delay(ms).then(accepted);
const noAnswer = () => HttpResponse.error();
const tooMany = (seconds: string) => () => answers.problem(429, "rate_limited", {}, { "Retry-After": seconds });

const user = aUser();
const dialog = () => screen.getByRole("dialog", { name: "New update" });
const form = () => within(dialog());
const field = (name: string | RegExp) => form().getByRole<HTMLInputElement>("textbox", { name });
const select = () => form().getByRole("combobox", { name: "Type" });
const button = (name: string | RegExp) => form().getByRole("button", { name });
const press = async (name: string | RegExp) => user.click(await form().findByRole("button", { name }));
const SEND = /^Send( to \d+)?$/;

const opener = () => screen.getByRole("button", { name: "Send an update" });
const expectClosed = () => waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());

async function reopen(): Promise<void> {
  await user.click(opener());
  await waitFor(() => expect(field("Title")).toBeVisible());
}

async function open() {
  const view = renderInside(<CourseUpdateButton courseId={42} />);
  await reopen();
  return view;
}

async function paste(name: string | RegExp, text: string): Promise<void> {
  await user.click(field(name));
  await user.paste(text);
}

async function fill({ title = "Lecture moved", message = "Room 12." } = {}): Promise<void> {
  await paste("Title", title);
  await paste(/Message/, message);
}

async function write(words?: { title?: string; message?: string }) {
  const view = await open();
  await fill(words);
  return view;
}

/** Writes and sends. */
async function send() {
  const view = await write();
  await press(SEND);
  return view;
}

describe("the dialog", () => {
  const course = (changes: object) => () => HttpResponse.json(answers.course(changes));
  const forbidden = () => answers.problem(403, "forbidden");
  it.each([
    ["30 get it · 4 online", course({})],
    ["30 get it", course({ online: null })],
    ["1 gets it · 0 online", course({ students: 1, online: 0 })],
    ["There are no students: nobody would get it.", course({ students: 0, online: 0 })],
    ["How many students will get it cannot be told at the moment.", forbidden],
  ])("says before anything is sent: %s", async (text, answer) => {
    api.use(http.get("*/api/courses/42/", answer));
    await open();
    expect(await form().findByText(text)).toBeVisible();
    expect(dialog()).toHaveAccessibleDescription(text);
    expect(button(SEND)).toBeEnabled();
  });

  it("takes the focus, keeps what is written when Escape closes it, and gives the focus back", async () => {
    await open();
    await waitFor(() => expect(field("Title")).toHaveFocus());
    await paste("Title", "Lecture");
    await user.keyboard("{Escape}");
    await expectClosed();
    expect(opener()).toHaveFocus();
    await reopen();
    expect(field("Title")).toHaveValue("Lecture");
  });

  it("offers the six types by their shown names, course update first", async () => {
    await open();
    const types = "Course Update, Announcement, Message, Live Session Start, Exam Result, Course Enrollment";
    const options = within(select()).getAllByRole("option");
    expect(options.map(({ textContent }) => textContent)).toEqual(types.split(", "));
    expect(select()).toHaveValue("course_update");
  });
});

describe("the fields", () => {
  it.each([
    ["Title", { title: "🎓".repeat(257) }, "Too long: 2 characters over the limit. 257 of 255 characters"],
    [/Message/, { message: "   " }, "Write a message. 3 of 10,000 characters"],
  ])("count code points, say what is wrong with them, and are not sent: %s", async (name, words, description) => {
    const sent = sending(accepted);
    await write(words);
    await press(SEND);
    await waitFor(() => expect(field(name)).toBeInvalid());
    expect(field(name)).toHaveAccessibleDescription(description);
    expect(field(name)).toHaveFocus();
    expect(sent).toEqual([]);
  });

  it.each(["🎓".repeat(255), ""])("take a title that is just not too long, and none: %s", async (title) => {
    const sent = sending(accepted);
    await write({ title });
    expect(field(/Message/)).toBeRequired();
    await user.selectOptions(select(), "Announcement");
    await press(SEND);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toEqual({ notification_type: "announcement", title, message: "Room 12." });
  });

  it("show what the api says of them, and the rest above the button", async () => {
    const errors = [
      { field: "title", message: "has a character that is not allowed" },
      { field: "data.room", message: "is no room" },
    ];
    sending(() => answers.problem(400, "invalid_fields", { errors }));
    await send();
    expect(await form().findByText("Not sent. data.room: is no room")).toBeVisible();
    expect(field("Title")).toHaveAccessibleDescription(/^The title has a character that is not allowed\. 13 of/);
    expect(field("Title")).toHaveFocus();
    await user.type(field("Title"), "!");
    await waitFor(() => expect(field("Title")).toBeValid());
  });
});

describe("sending", () => {
  it("again after no answer is the same send, and says that it is safe", async () => {
    const sent = sending(noAnswer, accepted);
    await send();
    expect(await form().findByText(/it is not known to be sent. Sending again is safe/)).toBeVisible();
    await press("Send again");
    expect(await form().findByText("Accepted for 30 students")).toBeVisible();
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(sent[0]?.key).toMatch(/^[!-~]{1,255}$/);
  });

  it("something else after no answer is another send, until it is as it was", async () => {
    const sent = sending(noAnswer);
    await send();
    await form().findByRole("button", { name: "Send again" });
    await user.type(field(/Message/), "!");
    expect(form().getByRole("alert")).toHaveTextContent("before your change");
    await press(SEND);
    await form().findByRole("button", { name: "Send again" });
    await user.type(field(/Message/), "{Backspace}");
    await press(SEND);
    await waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
    expect(sent[2]).toEqual(sent[0]);
  });

  it("is repeated by itself while the first request is being answered", async () => {
    const inProgress = () => answers.problem(409, "in_progress", {}, { "Retry-After": "1" });
    const sent = sending(inProgress, inProgress, accepted);
    await send();
    await waitFor(() => expect(sent).toHaveLength(1));
    await later(900);
    expect(sent).toHaveLength(1);
    expect(button("Sending…")).toHaveAttribute("aria-disabled", "true");
    await later(1_200);
    expect(await form().findByText("Accepted for 30 students")).toBeVisible();
    expect(sent).toEqual([sent[0], sent[0], sent[0]]);
  });

  it("too often says when to go on, and that it is not sent", async () => {
    sending(tooMany("18"));
    await write();
    vi.setSystemTime(NOW);
    await press(SEND);
    const at = new Date(NOW.getTime() + 18_000).toLocaleTimeString(undefined, { timeStyle: "medium" });
    expect(await form().findByText(new RegExp(`You can send again from ${at}`))).toBeVisible();
    expect(button(SEND)).toBeVisible();
  });

  it.each([
    ["says why", 403, "forbidden", true],
    ["under a key that the api knows from elsewhere goes on under another", 422, "idempotency_key_reused", false],
  ])("that is refused %s", async (_, status, code, isSameKey) => {
    const sent = sending(() => answers.problem(status, code), accepted);
    await send();
    expect(await form().findByText(`Not sent. Detail of ${code}`)).toBeVisible();
    await press(SEND);
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.key === sent[0]?.key).toBe(isSameKey);
  });

  it("goes on while the dialog is closed, and is behind when it is opened the time after", async () => {
    const sent = sending(acceptedIn(300));
    await send();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(sent).toHaveLength(1));
    await later(400);
    await user.click(opener());
    expect(await form().findByText("Accepted for 30 students")).toBeVisible();
    await user.keyboard("{Escape}");
    await expectClosed();
    await reopen();
    expect(field(/Message/)).toHaveValue("");
  });
});

describe("the progress", () => {
  it("goes from accepted to stored, and has the focus first", async () => {
    progress(() => answers.send({ status: "accepted", stored_at: null }));
    sending(accepted);
    await send();
    expect(await form().findByRole("heading", { name: "Lecture moved" })).toHaveFocus();
    expect(form().getByRole("status")).toHaveTextContent("Accepted for 30 studentsBeing stored…");
    progress(() => answers.send({ read: 12 }));
    await later(1_000);
    await waitFor(() => expect(form().getByRole("status")).toHaveTextContent("Stored for 30 students"));
    expect(form().getByRole("progressbar", { name: "Read by 12 of 30" })).toHaveAttribute("max", "30");
  });

  it("is in the list of sent updates as soon as it is accepted", async () => {
    const sends = [answers.send({ request_id: "r-0", title: "Before" })];
    api.use(http.get("*/api/notification-requests/", () => HttpResponse.json(answers.page(sends))));
    sending(() => {
      sends.unshift(answers.send({ title: "Now" }));
      return accepted();
    });
    renderInside(
      <>
        <CourseUpdateButton courseId={42} />
        <SentUpdates courseId={42} />
      </>,
    );
    await screen.findByText("Before");
    await reopen();
    await paste(/Message/, "Hello");
    await press(SEND);
    expect(await screen.findByText("Now")).toBeInTheDocument();
  });

  it("is left for another message, which is another send under another key", async () => {
    const sent = sending(accepted);
    await send();
    await press("Write another");
    expect([field("Title").value, field(/Message/).value]).toEqual(["", ""]);
    await fill();
    await press(SEND);
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.body).toEqual(sent[0]?.body);
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });
});

describe("a draft", () => {
  it("can be discarded", async () => {
    (await write()).unmount();
    await open();
    expect(form().getByText("This draft is from your last visit.")).toBeVisible();
    await press("Discard draft");
    expect(field("Title")).toHaveValue("");
    expect(field("Title")).toHaveFocus();
    expect(form().queryByText(/from your last visit/)).not.toBeInTheDocument();
    expect(localStorage).toHaveLength(0);
  });

  it.each([
    ["without an answer", noAnswer, /it is not known to be sent/, /It is not known whether it was sent/],
    ["and refused", tooMany("5"), /You can send again from/, "This draft is from your last visit."],
  ])("that was sent %s keeps its key after the page was left", async (_, failure, told, restored) => {
    const sent = sending(failure, accepted);
    const { unmount } = await send();
    await form().findByText(told);
    unmount();
    await open();
    expect(form().getByText(restored)).toBeVisible();
    await press(SEND);
    await waitFor(() => expect(sent).toEqual([sent[0], sent[0]]));
  });

  it("is removed once sent, even when the page was left meanwhile", async () => {
    sending(acceptedIn(200));
    const { rerender } = await send();
    await waitFor(() => expect(localStorage).toHaveLength(1));
    act(() => rerender(<p>elsewhere</p>));
    await waitFor(() => expect(localStorage).toHaveLength(0));
  });
});
