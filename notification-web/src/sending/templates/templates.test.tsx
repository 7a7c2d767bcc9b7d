import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { aUser, api, renderInside, withApi } from "../../testing/belfry";
import { answers } from "../../testing/restAnswers";
import { CourseUpdateButton } from "../CourseUpdateButton";

withApi();

/** What the api keeps, changed by the calls as the contract says. */
let kept: ReturnType<typeof answers.template>[] = [];
const asked: { method: string; path: string; body: unknown }[] = [];

beforeEach(() => {
  kept = [answers.template(), answers.template({ id: 13, name: "Exam", title: "Exam in hall 2", data: {} })];
  asked.length = 0;
  api.use(
    http.get("*/api/courses/42/", () => HttpResponse.json(answers.course())),
    http.get("*/api/templates/", () => HttpResponse.json(answers.page(kept))),
    http.all("*/api/templates/*", async ({ request }) => {
      const { pathname } = new URL(request.url);
      const id = Number(pathname.split("/")[3]);
      const body = request.method === "DELETE" ? null : ((await request.json()) as object);
      asked.push({ method: request.method, path: pathname, body });
      const old = kept.find((template) => template.id === id);
      const changed = answers.template({ ...old, id: old?.id ?? 14, data: {}, ...body });
      kept = [...kept.filter((template) => template !== old), ...(body ? [changed] : [])];
      return body ? HttpResponse.json(changed, { status: old ? 200 : 201 }) : new HttpResponse(null, { status: 204 });
    }),
  );
});

/** The api says no to whatever changes something. */
function refusing(answer: () => Response): void {
  api.use(
    ...(["post", "patch", "delete"] as const).map((method) =>
      http[method](/\/api\/templates\//, () => {
        asked.push({ method, path: "", body: null });
        return answer();
      }),
    ),
  );
}

const user = aUser();
const form = () => within(screen.getByRole("dialog", { name: "New update" }));
const field = (name: string | RegExp) => form().getByRole<HTMLInputElement>("textbox", { name });
const popup = () => within(screen.getByRole("dialog", { name: "Templates" }));
const press = async (name: string) => user.click(await popup().findByRole("button", { name }));
const nameField = () => popup().getAllByRole<HTMLInputElement>("textbox", { name: "Name" }).at(-1) as HTMLInputElement;

async function open(words: { title?: string; message?: string } = {}) {
  renderInside(<CourseUpdateButton courseId={42} />);
  await user.click(screen.getByRole("button", { name: "Send an update" }));
  await screen.findByRole("dialog");
  for (const [name, text] of [["Title", words.title] as const, [/Message/, words.message] as const]) {
    if (text) {
      await user.click(field(name));
      await user.paste(text);
    }
  }
  await openTemplates();
}

async function openTemplates(): Promise<void> {
  await user.click(form().getByRole("button", { name: "Templates" }));
  await waitFor(() => expect(popup().queryByText("Loading…")).not.toBeInTheDocument());
}

const closed = () => waitFor(() => expect(screen.queryByRole("dialog", { name: "Templates" })).not.toBeInTheDocument());

describe("a template", () => {
  it("is put into the form, all of it", async () => {
    await open();
    await press("Room change");
    await closed();
    expect(field("Title")).toHaveValue("Lecture moved");
    expect(field(/Message/)).toHaveValue("Room 12.");
    expect(field("Text")).toHaveValue("See the map");
    expect(field("Leads to")).toHaveValue("/rooms/12");
    expect(form().getByRole("combobox", { name: "Type" })).toHaveValue("announcement");
    expect(form().queryByText(/is in the form/)).not.toBeInTheDocument();
    expect(localStorage.getItem("belfry:draft:2:42")).toContain("See the map");
  });

  it("takes the place of what was written, which can be brought back", async () => {
    await open({ title: "Mine", message: "My words." });
    await press("Exam");
    expect(await form().findByText("“Exam” is in the form.")).toBeVisible();
    expect(field("Title")).toHaveValue("Exam in hall 2");
    await user.click(form().getByRole("button", { name: "Undo" }));
    expect([field("Title").value, field(/Message/).value]).toEqual(["Mine", "My words."]);
    expect(form().queryByText(/is in the form/)).not.toBeInTheDocument();
    expect(field("Title")).toHaveFocus();
  });

  it("with what this page does not know is put there as far as it does", async () => {
    kept = [answers.template({ notification_type: "poll", data: { url: 7, label: null } })];
    await open();
    await press("Room change");
    await closed();
    expect(form().getByRole("combobox", { name: "Type" })).toHaveValue("course_update");
    expect(field("Leads to")).toHaveValue("");
  });
});

describe("saving", () => {
  it("keeps what is written under its name", async () => {
    await open({ title: "New", message: "Words." });
    await user.type(nameField(), " Weekly ");
    await press("Save as a template");
    expect(await popup().findByText("“Weekly” is saved.")).toBeVisible();
    const body = { name: "Weekly", notification_type: "course_update", title: "New", message: "Words." };
    expect(asked).toEqual([{ method: "POST", path: "/api/templates/", body }]);
    expect(await popup().findByRole("button", { name: "Weekly" })).toBeVisible();
  });

  it("under a name that is there overwrites it, whole", async () => {
    await open({ title: "New", message: "Words." });
    await user.type(nameField(), "Room change");
    await press("Overwrite “Room change”");
    expect(await popup().findByText("“Room change” is saved.")).toBeVisible();
    const body = { notification_type: "course_update", title: "New", message: "Words.", data: {} };
    expect(asked).toEqual([{ method: "PATCH", path: "/api/templates/12/", body }]);
  });

  it("after it was used offers to overwrite it", async () => {
    await open();
    await press("Exam");
    await closed();
    await openTemplates();
    expect(nameField()).toHaveValue("Exam");
    expect(popup().getByRole("button", { name: "Overwrite “Exam”" })).toBeVisible();
  });

  const host = { errors: [{ field: "data.url", message: "leads to a host that is not allowed" }] };
  it.each([
    ["Give it a name.", " ", undefined],
    ["Too long: 1 character over the limit.", "🎓".repeat(81), undefined],
    ["Another template has this name.", "Weekly", () => answers.problem(409, "template_name_taken")],
    ["You have 50 templates: delete one first.", "Weekly", () => answers.problem(409, "too_many_templates")],
    [
      "It did not work: has a character that is not allowed",
      "Weekly",
      () =>
        answers.problem(400, "invalid_fields", {
          errors: [{ field: "name", message: "has a character that is not allowed" }],
        }),
    ],
    ["The address leads to a host that is not allowed.", "Weekly", () => answers.problem(400, "invalid_fields", host)],
    ["It did not work: there was no answer.", "Weekly", () => HttpResponse.error()],
  ])("says at its field: %s", async (text, name, answer) => {
    if (answer) {
      refusing(answer);
    }
    await open({ message: "Words." });
    await user.click(nameField());
    await user.paste(name);
    await press("Save as a template");
    expect(await popup().findByText(text)).toBeVisible();
    expect(nameField()).toBeInvalid();
    expect(nameField()).toHaveAccessibleDescription(text);
    expect(asked).toHaveLength(answer ? 1 : 0);
  });

  it("wants what could be sent", async () => {
    await open({ title: "Without words" });
    await user.type(nameField(), "Weekly{Enter}");
    expect(await popup().findByText("Put right what is marked in the form first.")).toBeVisible();
    expect(asked).toEqual([]);
    await user.keyboard("{Escape}");
    await closed();
    expect(field(/Message/)).toBeInvalid();
  });
});

describe("a kept one", () => {
  it("is renamed where it stands", async () => {
    await open();
    await press("Rename: Exam");
    const [input] = popup().getAllByRole<HTMLInputElement>("textbox", { name: "Name" });
    expect(input).toHaveFocus();
    await user.clear(input as HTMLInputElement);
    await user.keyboard("Final exam{Enter}");
    await waitFor(() => expect(popup().getByRole("button", { name: "Final exam" })).toHaveFocus());
    expect(asked).toEqual([{ method: "PATCH", path: "/api/templates/13/", body: { name: "Final exam" } }]);
  });

  it("keeps its name when another has it, and when it is not renamed after all", async () => {
    refusing(() => answers.problem(409, "template_name_taken"));
    await open();
    await press("Rename: Exam");
    await user.keyboard("Room change{Enter}");
    const [input] = popup().getAllByRole<HTMLInputElement>("textbox", { name: "Name" });
    await waitFor(() => expect(input).toHaveAccessibleDescription("Another template has this name."));
    await press("Cancel");
    await waitFor(() => expect(popup().getByRole("button", { name: "Exam" })).toHaveFocus());
  });

  it("is deleted when that is confirmed", async () => {
    await open();
    await press("Delete: Exam");
    expect(popup().getByText("Delete “Exam”?")).toBeVisible();
    await waitFor(() => expect(popup().getByRole("button", { name: "Cancel" })).toHaveFocus());
    await press("Cancel");
    expect(asked).toEqual([]);
    await press("Delete: Exam");
    await press("Delete");
    expect(await popup().findByText("“Exam” is deleted.")).toBeVisible();
    expect(asked).toEqual([{ method: "DELETE", path: "/api/templates/13/", body: null }]);
    await waitFor(() => expect(popup().queryByRole("button", { name: "Exam" })).not.toBeInTheDocument());
    expect(screen.getByRole("dialog", { name: "Templates" })).toHaveFocus();
  });

  it.each([
    ["that is gone already is deleted", 404, "not_found", "“Exam” is deleted."],
    ["that cannot be deleted says so", 403, "forbidden", "It did not work: Detail of forbidden"],
  ])("%s", async (_, status, code, text) => {
    refusing(() => answers.problem(status, code));
    await open();
    await press("Delete: Exam");
    await press("Delete");
    expect(await popup().findByText(text)).toBeVisible();
  });
});

it("none yet, and not to be had, are said", async () => {
  kept = [];
  await open();
  expect(popup().getByText(/^None yet/)).toBeVisible();
  await user.keyboard("{Escape}");
  await closed();
  expect(screen.getByRole("dialog", { name: "New update" })).toBeVisible();
});

it("that cannot be had can be asked for again", async () => {
  api.use(http.get("*/api/templates/", () => answers.problem(403, "forbidden"), { once: true }));
  await open();
  expect(await popup().findByText("Your templates cannot be shown at the moment.")).toBeVisible();
  await press("Try again");
  expect(await popup().findByRole("button", { name: "Exam" })).toBeVisible();
});
