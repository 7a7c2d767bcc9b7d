import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answers } from "../../testing/restAnswers";
import { NotificationService } from "./notificationService";

const API = "https://platform.test/belfry";

interface Seen {
  readonly method: string;
  /** From the address that the service was given. */
  readonly path: string;
  readonly body: string;
  readonly request: Request;
}

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const service = new NotificationService({ baseUrl: `${API}/`, getToken: () => Promise.resolve("t1") });

/** Every call gets this answer; what was asked is kept. */
function answering(answer: () => Response): Seen[] {
  const seen: Seen[] = [];
  server.use(
    http.all("*", async ({ request }) => {
      const body = await request.clone().text();
      seen.push({ method: request.method, path: request.url.replace(API, ""), body, request });
      return answer();
    }),
  );
  return seen;
}

describe("NotificationService", () => {
  it("asks for a filtered list and names what it holds", async () => {
    const seen = answering(() =>
      HttpResponse.json({ ...answers.page([answers.notification()], "https://b.test/api/x", 41), ...answers.numbers }),
    );

    const list = await service.list({ unreadOnly: true, type: "exam_result" });

    expect(seen[0]).toMatchObject({
      method: "GET",
      path: "/api/notifications/?page_size=20&is_read=false&notification_type=exam_result",
    });
    expect(list).toMatchObject({ ...answers.numbers, count: 41, next: "https://b.test/api/x" });
    expect(list.notifications.map(({ id }) => id)).toEqual([9001]);
  });

  it("asks for everything when nothing is filtered", async () => {
    const seen = answering(() => HttpResponse.json({ ...answers.page([]), ...answers.numbers }));

    await service.list({});

    expect(seen[0]?.path).toBe("/api/notifications/?page_size=20");
  });

  it.each([
    ["https://belfry.internal/api/notifications/?cursor=abc%3D&page_size=20"],
    ["https://belfry.internal/some/prefix/api/notifications/?cursor=abc%3D&page_size=20"],
    ["/api/notifications/?cursor=abc%3D&page_size=20"],
  ])("follows %s at its own address, so that the token goes nowhere else", async (next) => {
    const seen = answering(() => HttpResponse.json({ ...answers.page([]), ...answers.numbers }));

    await service.page(next);

    expect(seen[0]?.request.url).toBe(`${API}/api/notifications/?cursor=abc%3D&page_size=20`);
  });

  it("asks what changed since a number of an epoch", async () => {
    const seen = answering(() =>
      HttpResponse.json({ ...answers.numbers, notifications: [], deleted: [4], reset: false }),
    );

    const changes = await service.changes(17, "3f2a-1");

    expect(seen[0]?.path).toBe("/api/notifications/changes/?after=17&epoch=3f2a-1");
    expect(changes).toEqual({ ...answers.numbers, notifications: [], deleted: [4], reset: false });
  });

  it("reads the count as numbers of the inbox", async () => {
    answering(() => HttpResponse.json({ unread_count: 3, seq: 18, epoch: "3f2a-1" }));

    expect(await service.unreadCount()).toEqual(answers.numbers);
  });

  it("keeps one notification and the inbox's numbers apart", async () => {
    const seen = answering(() => HttpResponse.json({ ...answers.notification(), ...answers.numbers }));

    const { notification, ...numbers } = await service.one(9001);

    expect(seen[0]?.path).toBe("/api/notifications/9001/");
    expect(numbers).toEqual(answers.numbers);
    expect(notification).toMatchObject({ id: 9001, title: "Lecture moved", is_read: false, added_seq: 18 });
    expect(notification).not.toHaveProperty("unread");
  });

  it.each([
    [true, "/api/notifications/9001/mark_read/"],
    [false, "/api/notifications/9001/mark_unread/"],
  ])("sets read to %s", async (read, path) => {
    const seen = answering(() => HttpResponse.json({ ...answers.notification(), ...answers.numbers }));

    expect(await service.setRead(9001, read)).toEqual(answers.numbers);
    expect(seen[0]).toMatchObject({ method: "PATCH", path, body: "" });
  });

  it("marks all read up to one", async () => {
    const seen = answering(() => HttpResponse.json({ updated: 3, seq: 19, unread: 0, epoch: "3f2a-1" }));

    expect(await service.markAllRead(9001)).toEqual({ seq: 19, unread: 0, epoch: "3f2a-1" });
    expect(seen[0]).toMatchObject({
      method: "POST",
      path: "/api/notifications/mark_all_read/",
      body: '{"up_to":9001}',
    });
    expect(seen[0]?.request.headers.get("Content-Type")).toBe("application/json");
  });

  it.each([true, false])("deletes, outliving the page or not: %s", async (keepalive) => {
    const seen = answering(() => new HttpResponse(null, { status: 204 }));

    await service.remove(9001, keepalive);

    expect(seen[0]).toMatchObject({ method: "DELETE", path: "/api/notifications/9001/" });
    expect(seen[0]?.request.keepalive).toBe(keepalive);
  });

  it("sends to a course under a key", async () => {
    const seen = answering(() => HttpResponse.json(answers.receipt(), { status: 202 }));
    const message = { notification_type: "announcement", title: "Mañana", message: "Aula 12 🎓" } as const;

    const receipt = await service.notifyStudents(42, message, "key-1");

    expect(seen[0]).toMatchObject({ method: "POST", path: "/api/courses/42/notify-students/" });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual(message);
    expect(seen[0]?.request.headers.get("Idempotency-Key")).toBe("key-1");
    expect(receipt).toEqual({ request_id: "r-1", course: 42, recipients: 30 });
  });

  it("reads the sends of a course, of an api that does not tell their titles too", async () => {
    const old: Record<string, unknown> = answers.send({ request_id: "r-0" });
    delete old.title;
    delete old.notification_type;
    const seen = answering(() => HttpResponse.json(answers.page([answers.send(), old])));

    const sends = await service.sends(42);

    expect(seen[0]?.path).toBe("/api/notification-requests/?course=42&page_size=20");
    expect(sends.results.map((send) => send.title)).toEqual(["Lecture moved", undefined]);
  });

  it("asks for one send by its id as it stands", async () => {
    const seen = answering(() => HttpResponse.json(answers.send({ status: "rejected", stored_at: null })));

    expect((await service.send("a/b")).status).toBe("rejected");
    expect(seen[0]?.path).toBe("/api/notification-requests/a%2Fb/");
  });

  it("asks for courses, one course and oneself", async () => {
    const seen = answering(() =>
      HttpResponse.json({ ...answers.page([answers.course()]), ...answers.course(), ...answers.me() }),
    );

    await service.courses();
    await service.course(42);
    await service.me();

    expect(seen.map(({ path }) => path)).toEqual(["/api/courses/?page_size=20", "/api/courses/42/", "/api/me/"]);
  });

  it("signs out", async () => {
    const seen = answering(() => new HttpResponse(null, { status: 204 }));

    await service.signOut();

    expect(seen[0]).toMatchObject({ method: "POST", path: "/api/sessions/sign-out/", body: "{}" });
  });
});
