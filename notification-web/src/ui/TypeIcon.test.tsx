import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { notificationTypes } from "../client/wire/notification";
import { TypeIcon } from "./TypeIcon";

const pathOf = (type: string) =>
  render(<TypeIcon type={type} />)
    .container.querySelector("path")
    ?.getAttribute("d");
it("draws each type differently, and those it does not know alike", () => {
  const paths = [...notificationTypes, "a_new_type"].map(pathOf);
  expect(new Set(paths).size).toBe(notificationTypes.length + 1);
  expect(pathOf("constructor")).toBe(pathOf("a_new_type"));
});
