import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { api, withApi } from "../../testing/belfry";
import { answers } from "../../testing/restAnswers";
import { NotificationService, type CourseMessage } from "./notificationService";

const API = "https://platform.test/belfry";

withApi();

const service = new NotificationService({ baseUrl: `${API}/`, getToken: () => Promise.resolve("t1") });

/** Every call gets this answer. @returns what was asked, paths from the address that the service was given */
function answering(answer: object | null) {
  const seen: { asked: string; body: string; request: Request }[] = [];
  api.use(
    http.all("*", async ({ request }) => {
      const body = await request.clone().text();
      seen.push({ asked: `${request.method} ${request.url.replace(API, "")}`, body, request });
      return answer === null ? new HttpResponse(null, { status: 204 }) : HttpResponse.json(answer);
    }),
  );
  return seen;
}

const { numbers } = answers;
const list = { ...answers.page([]), ...numbers };
const read = { updated: 3, ...numbers };
const one = { ...answers.notification(), ...numbers };
const changes = { ...numbers, notifications: [], deleted: [4], reset: false };
const course = answers.page([answers.course()]);
const template = answers.template();
const message: CourseMessage = { notification_type: "message", title: "", message: "Hi" };
const send = answers.send({ status: "rejected", stored_at: null });

it.each<[string, () => Promise<unknown>, object | null, unknown?, string?]>([
  ["GET /api/notifications/?page_size=20", () => service.list({}), list],
  ["GET /api/notifications/changes/?after=17&epoch=3f2a-1", () => service.changes(17, "3f2a-1"), changes, changes],
  ["GET /api/notifications/unread_count/", () => service.unreadCount(), { ...numbers, unread_count: 3 }, numbers],
  ["PATCH /api/notifications/9001/mark_read/", () => service.setRead(9001, true), one, numbers],
  ["PATCH /api/notifications/9001/mark_unread/", () => service.setRead(9001, false), one, numbers],
  ["POST /api/notifications/mark_all_read/", () => service.markAllRead(9001), read, numbers, '{"up_to":9001}'],
  ["DELETE /api/notifications/9001/", () => service.remove(9001, false), null],
  ["GET /api/notification-requests/a%2Fb/", () => service.send("a/b"), send, send],
  ["GET /api/notification-requests/?course=42&page_size=20", () => service.sends(42), answers.page([send])],
  ["GET /api/courses/?page_size=20", () => service.courses(), course],
  ["GET /api/courses/42/", () => service.course(42), answers.course(), answers.course()],
  ["GET /api/courses/?page_size=100", () => service.courses(100), course],
  ["GET /api/templates/", () => service.templates(), answers.page([template]), [template]],
  [
    "POST /api/templates/",
    () => service.addTemplate("Room", message),
    template,
    template,
    '{"name":"Room","notification_type":"message","title":"","message":"Hi"}',
  ],
  [
    "PATCH /api/templates/12/",
    () => service.changeTemplate(12, { name: "Hall" }),
    template,
    template,
    '{"name":"Hall"}',
  ],
  ["DELETE /api/templates/12/", () => service.removeTemplate(12), null],
  ["GET /api/me/", () => service.me(), answers.me(), answers.me()],
  ["POST /api/sessions/sign-out/", () => service.signOut(), null, undefined, "{}"],
])("asks %s", async (asked, call, answer, expected, body = "") => {
  const seen = answering(answer);
  const got = await call();
  expect(seen).toMatchObject([{ asked, body }]);
  expect(seen[0]?.request.headers.get("Content-Type")).toBe(body ? "application/json" : null);
  if (expected !== undefined) {
    expect(got).toEqual(expected);
  }
});

it("asks for a filtered list and names what it holds", async () => {
  const next = "https://b.test/api/x";
  const seen = answering({ ...answers.page([answers.notification()], next, 41), ...numbers });
  const got = await service.list({ unreadOnly: true, type: "exam_result" });
  expect(seen[0]?.asked).toBe("GET /api/notifications/?page_size=20&is_read=false&notification_type=exam_result");
  expect(got).toMatchObject({ ...numbers, count: 41, next, notifications: [{ id: 9001 }] });
});

it.each(["https://belfry.internal", "https://belfry.internal/some/prefix", ""])(
  "follows an address of %s at its own, so that the token goes nowhere else",
  async (foreign) => {
    const seen = answering(list);
    await service.page(`${foreign}/api/notifications/?cursor=abc%3D&page_size=20`);
    expect(seen[0]?.request.url).toBe(`${API}/api/notifications/?cursor=abc%3D&page_size=20`);
  },
);

it("keeps one notification and the inbox's numbers apart", async () => {
  const seen = answering(one);
  const { notification, ...rest } = await service.one(9001);
  expect([seen[0]?.asked, rest]).toEqual(["GET /api/notifications/9001/", numbers]);
  expect(notification).toMatchObject({ id: 9001, title: "Lecture moved", is_read: false, added_seq: 18 });
  expect(notification).not.toHaveProperty("unread");
});

it("deletes in a call that outlives the page", async () => {
  const seen = answering(null);
  await service.remove(9001, true);
  await service.remove(9001, false);
  expect(seen.map(({ request }) => request.keepalive)).toEqual([true, false]);
});

it("sends to a course under a key", async () => {
  const seen = answering(answers.receipt());
  const message = { notification_type: "announcement", title: "Mañana", message: "Aula 12 🎓" } as const;
  const receipt = await service.notifyStudents(42, message, "key-1");
  expect(seen[0]?.asked).toBe("POST /api/courses/42/notify-students/");
  expect(JSON.parse(seen[0]?.body ?? "")).toEqual(message);
  expect(seen[0]?.request.headers.get("Idempotency-Key")).toBe("key-1");
  expect(receipt).toEqual({ request_id: "r-1", course: 42, recipients: 30 });
});
