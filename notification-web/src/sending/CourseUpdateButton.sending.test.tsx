import { screen, waitFor, within } from "@testing-library/react";
import { delay } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { accepted, button, dialog, field, later, noAnswer, sending, withCourse, write } from "../testing/updateDialog";
import { CourseUpdateButton } from "./CourseUpdateButton";

withApi();
beforeEach(withCourse);

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
