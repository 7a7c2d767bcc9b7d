import { screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { aUser, renderInside, withApi } from "../testing/belfry";
import { CourseUpdateButton } from "./CourseUpdateButton";

withApi();

vi.mock("./Composer", () => {
  throw new Error("its file is gone, after a deploy");
});

it("says so when the form cannot be loaded, and the rest of the page stays", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  renderInside(
    <>
      <p>The platform</p>
      <CourseUpdateButton courseId={42} />
    </>,
  );
  await aUser().click(screen.getByRole("button", { name: "Send an update" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The form cannot be loaded at the moment.");
  expect(screen.getByText("The platform")).toBeVisible();
});
