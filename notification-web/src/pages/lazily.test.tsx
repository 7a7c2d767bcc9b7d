import { render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { lazily, loadAhead } from "./lazily";

const reload = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  reload.mockClear();
  vi.stubGlobal("location", { reload });
  // React tells of what a boundary caught.
  vi.spyOn(console, "error").mockReturnValue();
});

const gone = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
const show = (load: Parameters<typeof lazily>[0]) => {
  const Part = lazily(load, <p>Loading</p>);
  return render(<Part />);
};

it("a part that is loaded takes the place of what stood there meanwhile", async () => {
  show(() => Promise.resolve(() => <p>Here</p>));
  expect(screen.getByText("Loading")).toBeVisible();
  expect(await screen.findByText("Here")).toBeVisible();
  expect(screen.queryByText("Loading")).toBeNull();
  expect(reload).not.toHaveBeenCalled();
});

it("a part whose file is gone has the page loaded anew, once, and then says so", async () => {
  const first = show(gone);
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  expect(screen.getByText("Loading")).toBeVisible();
  first.unmount();
  show(gone);
  expect(await screen.findByRole("alert")).toHaveTextContent("This part of the page cannot be loaded.");
  expect(reload).toHaveBeenCalledOnce();
  screen.getByRole("button", { name: "Try again" }).click();
  expect(reload).toHaveBeenCalledTimes(2);
});

it("without a network nothing is loaded anew in place of what is still there", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  show(gone);
  expect(await screen.findByRole("alert")).toBeVisible();
  expect(reload).not.toHaveBeenCalled();
});

it("what is loaded ahead is there at once, and what fails is tried again when it is shown", async () => {
  const load = vi.fn(gone);
  const Part = lazily(load, <p>Loading</p>);
  loadAhead();
  loadAhead();
  expect(load).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(reload).not.toHaveBeenCalled());
  load.mockResolvedValue((() => <p>Here</p>) as never);
  render(<Part />);
  expect(await screen.findByText("Here")).toBeVisible();
});
