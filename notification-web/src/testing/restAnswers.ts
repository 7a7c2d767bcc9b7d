import { HttpResponse } from "msw";
import type { Course, Me, Send, Template } from "../client/rest/schemas";

const notification = {
  id: 9001,
  sender: 3,
  sender_name: "Ines Costa",
  source_name: null,
  receiver: 7,
  receiver_name: "Ana Lima",
  notification_type: "course_update",
  title: "Lecture moved",
  message: "Room 12.",
  data: {},
  is_read: false,
  read_at: null,
  course: 42,
  course_title: "Algebra",
  created_at: "2026-11-23T08:15:30.123Z",
  added_seq: 18,
};
const me: Me = { id: 2, name: "Ines Costa", roles: [], websocket_url: "ws://localhost:8090/ws/notifications/" };
const course: Course = { id: 42, title: "Algebra", role: "instructor", students: 30, unread: 0, online: 4 };
const status_url = "http://elsewhere.test/api/notification-requests/r-1/";
const receipt = { request_id: "r-1", course: 42, recipients: 30, status_url };
const send: Send = {
  request_id: "r-1",
  course: 42,
  status: "stored",
  recipients: 30,
  read: 0,
  error: null,
  created_at: "2026-11-23T08:15:30.123Z",
  stored_at: "2026-11-23T08:15:31.000Z",
  notification_type: "course_update",
  title: "Lecture moved",
};

const template: Template = {
  id: 12,
  name: "Room change",
  notification_type: "announcement",
  title: "Lecture moved",
  message: "Room 12.",
  data: { url: "/rooms/12", label: "See the map" },
};

/** What the api answers, as its tests hold it; each test changes what it is about. */
export const answers = {
  numbers: { seq: 18, unread: 3, epoch: "3f2a-1" },
  notification: (changes: object = {}) => ({ ...notification, ...changes }),
  me: () => me,
  course: (changes: Partial<Course> = {}): Course => ({ ...course, ...changes }),
  receipt: () => receipt,
  send: (changes: Partial<Send> = {}): Send => ({ ...send, ...changes }),

  template: (changes: Partial<Template> = {}): Template => ({ ...template, ...changes }),

  page: <T>(results: readonly T[], next: string | null = null, count = results.length) => ({
    count,
    next,
    previous: null,
    results,
  }),

  /** RFC 9457, as every layer of the api answers. */
  problem: (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
    HttpResponse.json(
      { type: `urn:belfry:problem:${code}`, title: `Title of ${code}`, status, detail: `Detail of ${code}`, ...more },
      { status, headers: { "Content-Type": "application/problem+json", ...headers } },
    ),
};
