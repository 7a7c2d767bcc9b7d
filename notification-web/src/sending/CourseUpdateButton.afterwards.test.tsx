import { screen, waitFor, within } from "@testing-library/react";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { api, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import {
  accepted,
  button,
  dialog,
  field,
  later,
  noAnswer,
  open,
  sending,
  withCourse,
  write,
} from "../testing/updateDialog";
import { CourseUpdateButton } from "./CourseUpdateButton";

withApi();
beforeEach(withCourse);

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
