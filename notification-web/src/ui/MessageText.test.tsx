import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { MessageText } from "./MessageText";

const show = (text: string, linkHosts?: readonly string[]) =>
  render(
    <p>
      <MessageText text={text} linkHosts={linkHosts} />
    </p>,
  ).container;

it("is text alone where there is no address, and no markup", () => {
  const shown = show("Room 12 <b>now</b> [here](x)");
  expect(shown).toHaveTextContent("Room 12 <b>now</b> [here](x)");
  expect(shown.querySelectorAll("p *")).toHaveLength(0);
});

it("leads to another host in another tab, with the host apart", async () => {
  const shown = show("See https://a.example/x.");
  expect(shown).toHaveTextContent("See https://a.example/x.");
  const link = await screen.findByRole("link", { name: "https://a.example/x" });
  expect(link).toHaveAttribute("href", "https://a.example/x");
  expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("dir", "ltr");
  expect([...link.querySelectorAll("b")].map((part) => part.textContent)).toEqual(["a.example"]);
  expect(shown).toHaveTextContent("See https://a.example/x.");
});

it.each([
  ["https://bank.example@evil.example", "evil.example", null],
  ["https://bank.example:x@evil.example/https://bank.example", "evil.example", null],
  ["https://раypal.example/", "раypal.example", " (xn--ypal-43d9g.example)"],
])("says where %s leads", async (address, host, read) => {
  show(address);
  const parts = [...(await screen.findByRole("link")).querySelectorAll("b")].map((part) => part.textContent);
  expect(parts).toEqual(read === null ? [host] : [host, read]);
});

it("is no link to a host that the platform does not allow", async () => {
  const text = `https://evil.example/ http://evil.example/ https://LMS.example/x ${window.location.origin}/1 mailto:a@evil.example`;
  const shown = show(text, ["lms.Example"]);
  const links = await screen.findAllByRole("link");
  const addresses = ["https://LMS.example/x", `${window.location.origin}/1`, "mailto:a@evil.example"];
  expect(links.map((link) => link.textContent)).toEqual(addresses);
  expect(shown).toHaveTextContent(text);
});

it("stays in this tab for this host and for mail", async () => {
  show(`${window.location.origin}/courses/1 mailto:ana@a.example`);
  const links = await screen.findAllByRole("link");
  expect(links.map((link) => link.getAttribute("target"))).toEqual([null, null]);
  expect(links.map((link) => link.textContent)).toEqual([
    `${window.location.origin}/courses/1`,
    "mailto:ana@a.example",
  ]);
  expect(links[0]).toHaveAttribute("rel", "noopener noreferrer nofollow");
});
