import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { api, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { accepted, button, dialog, field, open, sending, withCourse, write } from "../testing/updateDialog";
import { CourseUpdateButton } from "./CourseUpdateButton";

withApi();
beforeEach(withCourse);

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
