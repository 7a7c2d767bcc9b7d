import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { aUser, api, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { CourseUpdateButton } from "./CourseUpdateButton";

// What the composer adds to a form and its send, which CourseUpdateButton's cases show.

withApi();

const courses = [
  answers.course(),
  answers.course({ id: 43, title: "Chemistry", students: 12, online: 2 }),
  answers.course({ id: 44, title: "Choir", role: "student", students: 5, online: null }),
];

/** An instructor of two courses, where each send is accepted and stored. */
beforeEach(() => {
  api.use(
    http.get("*/api/courses/", () => HttpResponse.json(answers.page(courses))),
    http.get("*/api/courses/:id/", ({ params }) => {
      const course = courses.find(({ id }) => String(id) === params.id);
      return course ? HttpResponse.json(course) : answers.problem(404, "not_found");
    }),
    http.get("*/api/notification-requests/:id/", ({ params }) =>
      HttpResponse.json(answers.send({ request_id: String(params.id), recipients: 10, read: 2 })),
    ),
    http.get("*/api/templates/", () => HttpResponse.json(answers.page([]))),
  );
});

interface Asked {
  readonly course: number;
  readonly isTest: boolean;
  readonly key: string | null;
  readonly body: unknown;
}

/** What was asked to be sent, answered by what is given for its course, or accepted. */
function sending(answerFor: (asked: Asked, turn: number) => Response | undefined = () => undefined) {
  const all: Asked[] = [];
  api.use(
    http.post("*/api/courses/:id/notify-students/", async ({ request, params }) => {
      const asked = {
        course: Number(params.id),
        isTest: new URL(request.url).searchParams.get("test") === "true",
        key: request.headers.get("Idempotency-Key"),
        body: await request.json(),
      };
      all.push(asked);
      return answerFor(asked, all.length) ?? accepted(asked.course);
    }),
  );
  return all;
}

const accepted = (course: number) =>
  HttpResponse.json({ ...answers.receipt(), request_id: `r-${course}`, course }, { status: 202 });

const user = aUser();
const form = () => within(screen.getByRole("dialog", { name: "New update" }));
const field = (name: string | RegExp) => form().getByRole<HTMLInputElement>("textbox", { name });
const press = async (name: string | RegExp) => user.click(await form().findByRole("button", { name }));
const SEND = /^Send( to \d+)?$/;
const opener = () => screen.getByRole("button", { name: "Send an update" });
const preview = () => document.querySelector<HTMLElement>(".belfry-preview") as HTMLElement;

async function open() {
  const view = renderInside(<CourseUpdateButton courseId={42} />);
  await user.click(opener());
  await screen.findByRole("dialog");
  await form().findByText("30 get it · 4 online");
  return view;
}

async function paste(name: string | RegExp, text: string): Promise<void> {
  await user.click(field(name));
  await user.paste(text);
}

async function write(words: { title?: string; message?: string; label?: string; url?: string } = {}) {
  const view = await open();
  const { title = "Lecture moved", message = "Room 12.", label, url } = words;
  await paste("Title", title);
  await paste(/Message/, message);
  if (label) {
    await paste("Text", label);
  }
  if (url) {
    await paste("Leads to", url);
  }
  return view;
}

async function addChemistry(): Promise<void> {
  await user.type(form().getByRole("combobox", { name: "To" }), "chem");
  await user.click(await screen.findByRole("option", { name: "Chemistry" }));
  await form().findByText("42 get it · 6 online");
}

describe("the preview", () => {
  it("shows what is written in a row, opened and as a toast, and cannot be used", async () => {
    await write({ label: "See the map", url: "/rooms/12" });
    expect(preview()).toHaveAttribute("inert");
    const [row, opened, toast] = ["In the bell", "Opened", "As it arrives"].map(
      (name) => within(preview()).getByText(name).parentElement as HTMLElement,
    );
    for (const part of [row, opened, toast]) {
      for (const text of ["Lecture moved", "Room 12.", "Algebra", "Ines Costa", "See the map"]) {
        expect(part).toHaveTextContent(text);
      }
    }
    expect(within(opened as HTMLElement).getByText("See the map")).toHaveAttribute("href", "/rooms/12");
    await user.type(field("Title"), "!");
    expect(row).toHaveTextContent("Lecture moved!");
  });

  it("has no button while its address is none, and the page's own word while it has no text", async () => {
    await write({ url: "javascript:alert(1)" });
    expect(within(preview()).queryByText("Open")).not.toBeInTheDocument();
    await user.clear(field("Leads to"));
    await paste("Leads to", "https://example.org/b12");
    expect(within(preview()).getByText("Open")).toHaveAttribute("href", "https://example.org/b12");
  });
});

describe("the button", () => {
  it("is sent with its text and address, without white space around them", async () => {
    const sent = sending();
    await write({ label: " See the map ", url: " /rooms/12 " });
    await press(SEND);
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({ data: { label: "See the map", url: "/rooms/12" } });
  });

  it.each([
    ["Leads to", { label: "See the map" }, "Say where the button leads."],
    ["Leads to", { url: "example.org" }, /^Write a path of this platform/],
    ["Leads to", { url: "http://example.org" }, /^Write a path of this platform/],
    ["Leads to", { url: `/${"a".repeat(2_048)}` }, /^Write a path of this platform/],
    ["Text", { url: "/a", label: "🎓".repeat(41) }, "Too long: 1 character over the limit. 41 of 40 characters"],
    ["Text", { url: "/a", label: "a\u0085b" }, "Characters that cannot be seen are not allowed. 3 of 40 characters"],
  ])("is refused as the api would, at its field: %s %j", async (name, words, description) => {
    const sent = sending();
    await write(words);
    await press(SEND);
    await waitFor(() => expect(field(name)).toBeInvalid());
    expect(field(name)).toHaveAccessibleDescription(description);
    expect(sent).toEqual([]);
  });

  it("shows what the api says of it at its fields", async () => {
    const errors = [
      { field: "data.url", message: "leads to a host that is not allowed" },
      { field: "data.label", message: "must be a text of 1 to 40 characters, without control characters" },
    ];
    sending(() => answers.problem(400, "invalid_fields", { errors }));
    await write({ label: "Map", url: "https://example.org" });
    await press(SEND);
    await waitFor(() => expect(field("Leads to")).toHaveFocus());
    expect(field("Leads to")).toHaveAccessibleDescription("The address leads to a host that is not allowed.");
    expect(field("Text")).toHaveAccessibleDescription(/^The text must be a text of 1 to 40/);
  });
});

describe("several courses", () => {
  it("offers those that one instructs, and sums up who gets it", async () => {
    await open();
    await user.click(form().getByRole("combobox", { name: "To" }));
    expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
      "Algebra",
      "Chemistry",
    ]);
    await user.keyboard("{Escape}");
    await addChemistry();
    expect(form().getByRole("button", { name: "Send to 42" })).toBeVisible();
    await press("Remove Algebra");
    await press("Remove Chemistry");
    await user.type(field(/Message/), "Hello");
    await press(SEND);
    expect(await form().findByText("Choose a course.")).toBeVisible();
    expect(form().getByRole("combobox", { name: "To" })).toBeInvalid();
  });

  it("are offered to an admin whatever their role there", async () => {
    api.use(http.get("*/api/me/", () => HttpResponse.json({ ...answers.me(), roles: ["admin"] })));
    await open();
    await user.type(form().getByRole("combobox", { name: "To" }), "choi");
    expect(await screen.findByRole("option", { name: "Choir" })).toBeVisible();
  });

  it("stay chosen when Escape closes the dialog", async () => {
    await open();
    await addChemistry();
    form().getByRole("combobox", { name: "To" }).focus();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await user.click(opener());
    expect(await form().findByText("42 get it · 6 online")).toBeVisible();
  });

  it("have no choice where there is one", async () => {
    api.use(http.get("*/api/courses/", () => HttpResponse.json(answers.page(courses.slice(0, 1)))));
    await open();
    expect(form().queryByRole("combobox", { name: "To" })).not.toBeInTheDocument();
    expect(form().getByText("Algebra", { selector: "b bdi" })).toBeVisible();
  });

  it("are all found, page by page", async () => {
    const next = "http://elsewhere.test/api/courses/?cursor=c2";
    api.use(
      http.get("*/api/courses/", ({ request }) =>
        HttpResponse.json(
          request.url.includes("cursor=c2")
            ? answers.page(courses.slice(1))
            : answers.page(courses.slice(0, 1), next, 3),
        ),
      ),
    );
    await open();
    await addChemistry();
  });

  it("each get it under a key of its own, and are one progress", async () => {
    const sent = sending();
    await write();
    await addChemistry();
    await press("Send to 42");
    expect(await form().findByText("2 of 2 courses stored")).toBeVisible();
    expect(form().getByRole("progressbar", { name: "Read by 4 of 20" })).toBeVisible();
    expect(form().getByText("Chemistry").closest("li")).toHaveTextContent("ChemistryStored for 10 students");
    expect(sent.map(({ course }) => course)).toEqual([42, 43]);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
    expect(localStorage).toHaveLength(0);
  });

  it("that failed do not hide the others, and are alone in the next try, also after the page was left", async () => {
    const sent = sending(({ course }, turn) => (course === 43 && turn < 4 ? HttpResponse.error() : undefined));
    const { unmount } = await write();
    await addChemistry();
    await press("Send to 42");
    const told = await form().findByRole("alert");
    await waitFor(() => expect(told).toHaveTextContent("Algebra Accepted for 30 students"));
    expect(told).toHaveTextContent("Chemistry There was no answer");
    await press("Send again");
    await waitFor(() => expect(sent).toHaveLength(3));
    unmount();
    renderInside(<CourseUpdateButton courseId={42} />);
    await user.click(opener());
    await screen.findByRole("dialog");
    expect(await form().findByText("42 get it · 6 online")).toBeVisible();
    await press(SEND);
    expect(await form().findByText("2 of 2 courses stored")).toBeVisible();
    expect(sent.map(({ course }) => course)).toEqual([42, 43, 43, 43]);
    expect(new Set(sent.slice(1).map(({ key }) => key)).size).toBe(1);
  });

  it("after one that has gone are tried, and after a loss of the network are not", async () => {
    const sent = sending(({ course }) => (course === 42 ? answers.problem(403, "forbidden") : undefined));
    await write();
    await addChemistry();
    await press("Send to 42");
    await waitFor(() => expect(form().getByRole("alert")).toHaveTextContent("Algebra Not sent. Detail of forbidden"));
    expect(sent.map(({ course }) => course)).toEqual([42, 43]);
    api.use(http.post("*/api/courses/42/notify-students/", () => HttpResponse.error()));
    await user.type(field("Title"), "!");
    expect(form().getByRole("alert")).toHaveTextContent("Courses that have the version before your change");
    await press("Send to 42");
    await waitFor(() => expect(form().getByRole("alert")).toHaveTextContent("Chemistry Not sent yet."));
    expect(sent).toHaveLength(2);
  });
});

describe("a test", () => {
  it("goes to the writer alone under a key of its own, is no send, and leaves the draft", async () => {
    const sent = sending();
    await write();
    await press("Send to me first");
    expect(await form().findByText("You alone have got it, marked as a test.")).toBeVisible();
    expect(form().getByRole("button", { name: "Send to 30" })).toBeVisible();
    expect(localStorage).toHaveLength(1);
    await press(SEND);
    await form().findByText("Accepted for 30 students");
    expect(sent.map(({ isTest }) => isTest)).toEqual([true, false]);
    expect(sent[0]?.body).toEqual(sent[1]?.body);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
  });

  it("is checked as a send is", async () => {
    const sent = sending();
    await open();
    await press("Send to me first");
    expect(await form().findByText("Write a message.")).toBeVisible();
    expect(sent).toEqual([]);
  });

  it("that was not answered is the same one again; after an answer it is another", async () => {
    const sent = sending((_, turn) => (turn === 1 ? HttpResponse.error() : undefined));
    await write();
    await press("Send to me first");
    expect(await form().findByText(/it is not known whether you got the test/)).toBeVisible();
    for (const many of [2, 3]) {
      await press("Send to me first");
      await form().findByText("You alone have got it, marked as a test.");
      expect(sent).toHaveLength(many);
    }
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(sent[2]?.key).not.toBe(sent[0]?.key);
  });

  it("that is refused says why", async () => {
    sending(() => answers.problem(403, "forbidden"));
    await write();
    await press("Send to me first");
    expect(await form().findByText("Not sent. Detail of forbidden")).toBeVisible();
  });
});

describe("the draft", () => {
  it("says when it was saved", async () => {
    await open();
    expect(form().queryByText(/Draft saved/)).not.toBeInTheDocument();
    await paste("Title", "Lecture");
    expect(form().getByText(/^Draft saved 10:4\d/)).toBeVisible();
    await user.clear(field("Title"));
    expect(form().queryByText(/Draft saved/)).not.toBeInTheDocument();
  });

  it("does not say so where the browser keeps nothing", async () => {
    await open();
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await paste("Title", "Lecture");
    full.mockRestore();
    expect(form().queryByText(/Draft saved/)).not.toBeInTheDocument();
  });

  it("is said to be kept when the dialog is closed, and can be discarded there", async () => {
    await write();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.getByText("Your draft is kept.").closest("[role=status]")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    expect(screen.queryByText("Your draft is kept.")).not.toBeInTheDocument();
    expect(opener()).toHaveFocus();
    expect(localStorage).toHaveLength(0);
    await user.click(opener());
    expect(await form().findByRole("textbox", { name: "Title" })).toHaveValue("");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.queryByText("Your draft is kept.")).not.toBeInTheDocument();
  });

  it("is not said to be kept once it is sent", async () => {
    sending();
    await write();
    await press(SEND);
    await form().findByText("Accepted for 30 students");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.queryByText("Your draft is kept.")).not.toBeInTheDocument();
  });
});
