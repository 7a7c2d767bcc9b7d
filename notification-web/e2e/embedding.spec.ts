import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { examplesIn } from "../scripts/examples.mjs";
import { bell, expectUnread, items, openBell, panel, press } from "./support/bell";
import { expectAccessible } from "./support/looks";
import type { School } from "./support/school";
import { filesOf, openSite, pageOf, type Answers } from "./support/site";
import { currentStack } from "./support/stack";
import { expect, test as base } from "./support/test";

const DOCUMENT = "docs/embedding.md";
const consumers = fileURLToPath(new URL("../consumers", import.meta.url));
const example = (heading: string, language: string) => examplesIn(DOCUMENT, heading, language)[0] as string;

interface Fixtures {
  /** Opens a page of another site, where Ana is signed in. @returns its address */
  open: (answers: Answers, policy?: string) => Promise<string>;
  /** Whether she is not any more. */
  session: { isOver: boolean };
}

const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from it what a fixture needs
  session: async ({}, use) => use({ isOver: false }),

  open: async ({ page, school, session }, use) => {
    const close: (() => Promise<void>)[] = [];
    await use(async (answers, policy) => {
      const site = await openSite(answers, async () => (session.isOver ? null : school.token("ana")), policy);
      close.push(site.close);
      await page.goto(site.url);
      return site.url;
    });
    await page.close();
    await Promise.all(close.map((end) => end()));
  },
});

/** The right number, the list, what arrives. */
async function expectTheBellToWork(page: Page, school: School): Promise<void> {
  await expectUnread(page, 2);
  await openBell(page);
  await expect(items(page)).toHaveText([/Second/, /First/]);
  await expectAccessible(page);
  await press(page, "Mark as read: First");
  await expectUnread(page, 1);
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(bell(page)).toBeFocused();
  await school.notify("ana", { title: "Third", data: { url: "/courses/1" } });
  await expect(page.getByRole("dialog", { name: "Third" })).toBeVisible();
  await expectAccessible(page);
  await expectUnread(page, 2);
}

test.beforeEach(async ({ school }) => school.fill("ana", "First", "Second"));

const bootstrap = readFileSync(join(consumers, "vite/node_modules/bootstrap/dist/css/bootstrap.min.css"), "utf8");
const plain = example("In plain HTML", "html");

test.describe("the bell of another site", () => {
  test("in plain HTML, under a policy that allows nothing inline", async ({ page, school, open }) => {
    await open(pageOf(plain), example("Content-Security-Policy", "").trim());
    await expectTheBellToWork(page, school);
  });

  test("loaded with Subresource Integrity", async ({ page, open }) => {
    const sri = await (await fetch(`${currentStack().pageUrl}/embed/v1/belfry.js.sri`)).text();
    const script = example("Subresource Integrity", "html").replace("sha384-…", sri.trim());
    await open(pageOf(plain.replace(/<script.*<\/script>/, script)));
    await expectUnread(page, 2);
  });

  test("not loaded when it is not what the page expects", async ({ page, open, guard }) => {
    guard.allow(/integrity/);
    const script = example("Subresource Integrity", "html").replace("…", "A".repeat(64));
    await open(pageOf(plain.replace(/<script.*<\/script>/, script)));
    await expect.poll(() => page.evaluate(() => customElements.get("belfry-bell") === undefined)).toBe(true);
    await expect(bell(page)).toHaveCount(0);
  });

  test("beside Bootstrap, in its dark bar", async ({ page, school, open }) => {
    const bar = plain
      .replace("</head>", '<link rel="stylesheet" href="/bootstrap.css" /></head>')
      .replace(/<header>.*<\/header>/s, `${example("With Bootstrap", "html")}<main><h1>Campus</h1></main>`);
    await open(pageOf(bar, { "/bootstrap.css": bootstrap }));
    await expectTheBellToWork(page, school);
    await page.emulateMedia({ colorScheme: "light" });
    await openBell(page);
    const dark = "rgb(26, 30, 38)";
    await expect(panel(page), "dark as the bar, whatever the system").toHaveCSS("background-color", dark);
  });

  for (const framework of ["vue", "angular"]) {
    test(`in a page of ${framework}`, async ({ page, school, open }) => {
      await open(filesOf(join(consumers, "vite/dist", framework, "dist")));
      await expect(page.getByText("2 unread", { exact: true })).toBeVisible();
      await expectTheBellToWork(page, school);
      await expect(page.getByText("2 unread", { exact: true })).toBeVisible();
    });
  }
});

test.describe("the element", () => {
  const scripts = { "/campus.js": examplesIn(DOCUMENT, "In plain HTML", "js")[0] as string };
  const withScript = plain.replace(
    "</body>",
    `${examplesIn(DOCUMENT, "In plain HTML", "html")[1]}<style>${example("Looks", "css")}</style></body>`,
  );

  test("speaks the page's language, or its own", async ({ page, open }) => {
    await open(pageOf(plain.replace('lang="en"', 'lang="de-AT"')));
    await expect(page.getByRole("button", { name: "Benachrichtigungen, 2 ungelesen" })).toBeVisible();
    await page.locator("belfry-bell").evaluate((element) => element.setAttribute("lang", "ar"));
    await page.getByRole("button", { name: /^الإشعارات/ }).click();
    const popup = page.getByRole("dialog", { name: "الإشعارات" });
    await expect(popup.getByRole("listitem")).toHaveCount(2);
    await expect(popup).toHaveCSS("direction", "rtl");
    await expectAccessible(page);
  });

  test("tells the page how many are unread, and that the user has to sign in", async ({
    page,
    open,
    session,
    guard,
  }) => {
    guard.allow(/401/);
    session.isOver = true;
    const address = await open((path) =>
      path === "/sign-in" ? Promise.resolve({ type: "text/html", text: "Sign in" }) : pageOf(withScript, scripts)(path),
    );
    await expect(page).toHaveURL(/\/sign-in$/);
    session.isOver = false;
    await page.goto(address);
    await expect(page).toHaveTitle("(2) Campus");
    await openBell(page);
    await press(page, "Mark all as read");
    await expect(page).toHaveTitle("Campus");
  });

  test("knows what it was given before it was loaded", async ({ page, open }) => {
    const early = 'document.querySelector("belfry-bell").getToken = async () => (await fetch("/belfry-token")).text();';
    const html = plain
      .replace(' token-url="/belfry-token"', "")
      .replace("</body>", '<script src="/early.js"></script></body>');
    await open(pageOf(html, { "/early.js": early }));
    await expectUnread(page, 2);
  });

  test("begins anew, for whoever has signed in then", async ({ page, open, session, guard }) => {
    guard.allow(/401/);
    await page.addInitScript(() =>
      document.addEventListener("belfry-sign-in-required", () => (document.title = "Signed out")),
    );
    session.isOver = true;
    await open(pageOf(plain));
    await expect(page).toHaveTitle("Signed out");
    session.isOver = false;
    await page.evaluate(() => document.querySelector<HTMLElement & { restart(): void }>("belfry-bell")?.restart());
    await expectUnread(page, 2);
  });

  test("ends in all tabs when the page says that the user has signed out", async ({ page, context, open }) => {
    await context.addInitScript(() =>
      document.addEventListener("belfry-sign-in-required", () => (document.title = "Signed out")),
    );
    const address = await open(pageOf(plain));
    await expectUnread(page, 2);
    const other = await context.newPage();
    await other.goto(address);
    await expectUnread(other, 2);
    await page.evaluate(() => document.querySelector<HTMLElement & { forget(): void }>("belfry-bell")?.forget());
    await expect(other).toHaveTitle("Signed out");
    await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0);
  });

  test("leads where a notification leads, unless the page takes over", async ({ page, open, school }) => {
    await school.notify("ana", { title: "Third", data: { url: "/courses/1" } });
    await open((path) =>
      path === "/courses/1" ? Promise.resolve({ type: "text/html", text: "Course" }) : pageOf(plain)(path),
    );
    await page.evaluate(() =>
      document.addEventListener(
        "belfry-open",
        (event) => {
          event.preventDefault();
          document.title = (event as CustomEvent<{ href: string }>).detail.href;
        },
        { once: true },
      ),
    );
    await openBell(page);
    await panel(page).getByRole("link", { name: "Third" }).click();
    await expect(page).toHaveTitle("/courses/1");
    await expectUnread(page, 2);
    await openBell(page);
    await panel(page).getByRole("link", { name: "Third" }).click();
    await expect(page).toHaveURL(/\/courses\/1$/);
  });

  test("takes the page's variables and parts, and nothing else of its styles", async ({ page, open }) => {
    const wild = "<style>body * { color: red !important; font: 40px serif; } div { display: none; }</style>";
    await open(pageOf(withScript.replace("</head>", `${wild}</head>`), scripts));
    await openBell(page);
    await expect(panel(page)).toHaveCSS("border-radius", "0px");
    await expect(page.locator("[part=badge]")).toHaveCSS("background-color", "rgb(122, 31, 162)");
    const title = items(page).first().getByRole("link");
    await expect(title).toHaveCSS("font-size", "15px");
    await expect(title).toHaveCSS("color", "rgb(27, 35, 48)");
  });

  test("is led with the keyboard, and keeps the focus when what has it goes", async ({ page, open }) => {
    await open(pageOf(plain));
    await expectUnread(page, 2);
    await page.keyboard.press("Tab");
    await expect(bell(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(panel(page)).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(panel(page).getByRole("tab", { name: "All" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("tab", { name: "Unread" })).toHaveAttribute("aria-selected", "true");
    await panel(page).getByRole("link", { name: "Second" }).focus();
    await page.keyboard.press("Delete");
    await expect(panel(page).getByRole("button", { name: "Undo: Second" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("link", { name: "Second" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(bell(page)).toBeFocused();
  });

  test("shows toasts that the keyboard reaches and closes, three at once, and that go by themselves", async ({
    page,
    open,
    school,
  }) => {
    await open(pageOf(plain));
    await expectUnread(page, 2);
    await bell(page).focus();
    for (const title of ["Third", "Fourth", "Fifth", "Sixth"]) {
      await school.notify("ana", { title });
    }
    const toast = (name: string) => page.getByRole("dialog", { name });
    await expect(toast("Sixth")).toBeVisible();
    await expect(toast("Third")).toBeHidden();
    await page.keyboard.press("F6");
    await page.keyboard.press("Tab");
    await expect(toast("Sixth")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(toast("Sixth")).toHaveCount(0);
    await expect(bell(page)).toBeFocused();
    await toast("Fifth").getByRole("button", { name: "Close" }).click();
    await expect(toast("Fifth")).toHaveCount(0);
    await page.mouse.move(5, 5);
    await expect(page.getByRole("region", { name: "New notifications" }).getByRole("dialog")).toHaveCount(0, {
      timeout: 15_000,
    });
    await expectUnread(page, 6);
  });

  test("closes by a press beside it and by one on the bell", async ({ page, open }) => {
    await open(pageOf(plain));
    for (const place of [() => page.mouse.click(5, 400), () => bell(page).click()]) {
      await openBell(page);
      await place();
      await expect(panel(page)).toBeHidden();
    }
  });

  test("is hidden by nothing of the page, and may be moved in it", async ({ page, open }) => {
    const clipped = '<header style="overflow: hidden; height: 60px; transform: translateX(0); position: relative">';
    await open(pageOf(plain.replace("<header>", clipped)));
    await page.evaluate(() => document.body.append(document.querySelector("belfry-bell") as Node));
    await page.evaluate(() => document.querySelector("header")?.append(document.querySelector("belfry-bell") as Node));
    await openBell(page);
    await expect(items(page).getByText("First")).toBeInViewport();
    await panel(page).getByRole("link", { name: "First" }).click({ trial: true });
  });
});

test.describe("README.md's example", () => {
  test("in a fresh Vite app, with React 18", async ({ page, school, open, guard }) => {
    // Ana may not see what was sent to a course.
    guard.allow(/403/);
    await open(filesOf(join(consumers, "vite/dist/react/dist")));
    await expectTheBellToWork(page, school);
  });

  test("beside Bootstrap, whose rules are about every element", async ({ page, open, guard }) => {
    guard.allow(/403/);
    const files = filesOf(join(consumers, "vite/dist/react/dist"));
    await open(async (path) => {
      const found = path === "/bootstrap.css" ? { type: "text/css", text: bootstrap } : await files(path);
      return (
        found && {
          ...found,
          text: found.text
            .replace("<html", '<html data-belfry-theme="light"')
            .replace("</head>", '<link rel="stylesheet" href="/bootstrap.css" /></head>'),
        }
      );
    });
    await openBell(page);
    const item = items(page).first();
    await expect(item.locator(".belfry-item__facts")).toHaveCSS("margin-bottom", "0px");
    await expect(item.getByRole("link")).toHaveCSS("text-decoration-line", "none");
    await expect(item.locator("..")).toHaveCSS("padding-left", "0px");
    await expectAccessible(page);
  });

  test("in a Next app", async ({ page, school, open, guard }) => {
    guard.allow(/403/);
    const next = join(consumers, "next/node_modules/next/dist/bin/next");
    const cwd = join(consumers, "next/dist/app");
    const server = spawn("node", [next, "start", "-H", "127.0.0.1", "-p", "0"], { cwd });
    try {
      let said = "";
      server.stdout.on("data", (line) => (said += String(line)));
      const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      await expect.poll(address, { timeout: 30_000 }).toBeDefined();
      const answers: Answers = async (path) => {
        const answer = await fetch(`${address()}${path}`);
        return answer.ok ? { type: answer.headers.get("Content-Type") ?? "", text: await answer.text() } : null;
      };
      const rendered = () =>
        answers("/").then(
          (answer) => answer?.text,
          () => "",
        );
      await expect.poll(rendered, "on the server").toContain('aria-label="Notifications"');
      await open(answers);
      await expectTheBellToWork(page, school);
    } finally {
      server.kill();
    }
  });
});
