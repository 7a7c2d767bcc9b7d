import { screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { withInboxStage } from "../testing/inboxStage";
import { TitleBadge } from "./TitleBadge";

const stage = withInboxStage();

beforeEach(() => {
  document.title = "Algebra";
});

/** Observers hear of it a moment later. */
async function rename(title: string): Promise<void> {
  document.title = title;
  await stage().wait(0);
}

it("stays when the application changes the title", async () => {
  stage().inbox.add();
  await stage().show(<TitleBadge />);
  await rename("Geometry");
  expect(document.title).toBe("(1) Geometry");
  const title = document.createElement("title");
  title.textContent = "Topology";
  document.querySelector("title")?.replaceWith(title);
  await stage().wait(0);
  expect(document.title).toBe("(1) Topology");
  await rename("");
  expect(document.title).toBe("(1)");
});

it("leaves the application its title when it goes", async () => {
  stage().inbox.add();
  const { unmount } = await stage().show(<TitleBadge />);
  await rename("Geometry");
  unmount();
  expect(document.title).toBe("Geometry");
  await rename("Topology");
  expect(document.title).toBe("Topology");
});

it("does not fight with another one", async () => {
  stage().inbox.add();
  const { rerender } = await stage().show(<TitleBadge key="1" />);
  rerender(
    <>
      <TitleBadge key="1" />
      <TitleBadge key="2" />
    </>,
  );
  await rename("Geometry");
  expect(document.title).toBe("(1) Geometry");
  expect(screen.queryByText("Geometry")).toBeNull();
});
