import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, it, vi } from "vitest";
import { aUser, api, renderInside, withApi } from "../testing/belfry";
import { answers } from "../testing/restAnswers";
import { SendReport } from "./SendReport";

withApi();

const recipient = (user: number, name: string | null, read: boolean) => ({
  user,
  name,
  read,
  read_at: read ? "2026-11-23T09:00:00Z" : null,
});

const send = {
  ...answers.send({ recipients: 3, read: 1 }),
  message: "Room 12.\nhttps://example.org",
  sender_name: "Ines Costa",
};

function withRecipients(report: "names" | "counts" = "names") {
  api.use(
    http.get("*/api/me/", () => HttpResponse.json({ ...answers.me(), read_report: report })),
    http.get("*/api/notification-requests/r-1/recipients/", ({ request }) =>
      HttpResponse.json(
        answers.page(
          new URL(request.url).searchParams.get("state") === "read"
            ? [recipient(7, "Ana Lima", true)]
            : [recipient(8, "Bruno Silva", false), recipient(9, null, false)],
        ),
      ),
    ),
  );
}

it("tells who has read it, who has not, and what it says", async () => {
  withRecipients();
  const user = aUser();
  renderInside(<SendReport send={send} course="Algebra" />);
  expect(await screen.findByText("Bruno Silva")).toBeVisible();
  expect(screen.getByText("User 9")).toBeVisible();
  expect(screen.getByText("Read by 1 of 3")).toBeVisible();
  expect(screen.getByText("Algebra")).toBeVisible();
  await user.click(screen.getByRole("tab", { name: "Read 1" }));
  const ana = (await screen.findByText("Ana Lima")).closest("li") as HTMLElement;
  expect(within(ana).getByRole("time")).toBeVisible();
  expect(screen.queryByText("Bruno Silva")).toBeNull();
  await user.click(screen.getByRole("tab", { name: "Text" }));
  expect(await screen.findByRole("link", { name: /example\.org/ })).toBeVisible();
});

it("tells counts alone where the installation does", async () => {
  withRecipients("counts");
  renderInside(<SendReport send={send} course={null} />);
  expect(await screen.findByText(/Room 12/)).toBeVisible();
  expect(screen.queryByRole("tab", { name: /Read/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "Save as CSV" })).toBeNull();
});

it("says how far it is before it is stored", async () => {
  withRecipients();
  renderInside(<SendReport send={answers.send({ status: "accepted", recipients: 30 })} course={null} />);
  expect(await screen.findByText("Accepted for 30 students")).toBeVisible();
  expect(screen.queryByRole("tab", { name: /Read/ })).toBeNull();
});

it("saves the names as a file, with the token, and says when it cannot", async () => {
  withRecipients();
  const asked: (string | null)[] = [];
  const saved: Blob[] = [];
  URL.createObjectURL = (file) => {
    saved.push(file as Blob);
    return "blob:x";
  };
  URL.revokeObjectURL = vi.fn();
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  api.use(
    http.get("*/api/notification-requests/r-1/recipients.csv", ({ request }) => {
      asked.push(request.headers.get("Authorization"));
      return asked.length === 1 ? HttpResponse.text("name,read,read_at\r\n") : HttpResponse.error();
    }),
  );
  const user = aUser();
  renderInside(<SendReport send={send} course={null} />);
  await user.click(await screen.findByRole("button", { name: "Save as CSV" }));
  await waitFor(() => expect(click).toHaveBeenCalledOnce());
  expect(saved.map(({ size, type }) => [size, type])).toEqual([["name,read,read_at\r\n".length, "text/csv"]]);
  expect(asked).toEqual(["Bearer t1"]);
  await user.click(screen.getByRole("button", { name: "Save as CSV" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The file cannot be had at the moment.");
});
