import type { ChangesAnswer, InboxApi, InboxFilter, ListAnswer } from "./inboxApi";
import { numbersSchema, type Notification, type NotificationType, type Numbers } from "../wire/notification";
import type { z } from "../wire/schema";
import { HttpClient, type HttpSettings } from "./httpClient";
import {
  changesSchema,
  courseSchema,
  coursesSchema,
  listSchema,
  meSchema,
  oneSchema,
  receiptSchema,
  recipientsSchema,
  sendDetailSchema,
  sendsSchema,
  templateSchema,
  templatesSchema,
  unreadCountSchema,
  type Course,
  type Courses,
  type Me,
  type Receipt,
  type Recipients,
  type SendDetail,
  type Sends,
  type Template,
} from "./schemas";

/** What an instructor writes to a course. */
export interface CourseMessage {
  readonly notification_type: NotificationType;
  readonly title: string;
  readonly message: string;
  /** Where its button leads and what that is called; other fields are the platform's. */
  readonly data?: { readonly url?: string; readonly label?: string };
}

const PAGE_SIZE = 20;

/**
 * Belfry's REST api. Every call may reject with `Refused`, `Unreachable` or `SignInRequired`, and with nothing else.
 * Has no state but what it was given: one serves any number of components.
 */
export class NotificationService implements InboxApi {
  private readonly http: HttpClient;

  constructor(settings: HttpSettings) {
    this.http = new HttpClient(settings);
  }

  async list(filter: InboxFilter): Promise<ListAnswer> {
    const query = new URLSearchParams({ page_size: String(PAGE_SIZE) });
    if (filter.unreadOnly) {
      query.set("is_read", "false");
    }
    if (filter.type) {
      query.set("notification_type", filter.type);
    }
    if (filter.course) {
      query.set("course", String(filter.course));
    }
    return listAnswer(await this.http.ask(listSchema, `/api/notifications/?${query}`));
  }

  async page(next: string): Promise<ListAnswer> {
    return listAnswer(await this.http.follow(listSchema, next));
  }

  changes(after: number, epoch: string): Promise<ChangesAnswer> {
    const query = new URLSearchParams({ after: String(after), epoch });
    return this.http.ask(changesSchema, `/api/notifications/changes/?${query}`);
  }

  async unreadCount(): Promise<Numbers> {
    const { unread_count, seq, epoch } = await this.http.ask(unreadCountSchema, "/api/notifications/unread_count/");
    return { unread: unread_count, seq, epoch };
  }

  async one(id: number): Promise<Numbers & { readonly notification: Notification }> {
    const { seq, unread, epoch, ...notification } = await this.http.ask(oneSchema, `/api/notifications/${id}/`);
    return { seq, unread, epoch, notification };
  }

  setRead(id: number, read: boolean): Promise<Numbers> {
    const path = `/api/notifications/${id}/${read ? "mark_read" : "mark_unread"}/`;
    return this.http.ask(numbersSchema, path, { method: "PATCH" });
  }

  markAllRead(upTo: number): Promise<Numbers> {
    return this.http.ask(numbersSchema, "/api/notifications/mark_all_read/", { method: "POST", body: { up_to: upTo } });
  }

  remove(id: number, keepalive: boolean): Promise<void> {
    return this.http.tell(`/api/notifications/${id}/`, { method: "DELETE", keepalive });
  }

  me(): Promise<Me> {
    return this.http.ask(meSchema, "/api/me/");
  }

  /** @param pageSize 1 to 100 */
  courses(pageSize = PAGE_SIZE): Promise<Courses> {
    return this.http.ask(coursesSchema, `/api/courses/?page_size=${pageSize}`);
  }

  nextCourses(next: string): Promise<Courses> {
    return this.http.follow(coursesSchema, next);
  }

  course(id: number): Promise<Course> {
    return this.http.ask(courseSchema, `/api/courses/${id}/`);
  }

  /**
   * Sends to all students of a course. `Unreachable` = not known to be sent: a repetition with the same key is the same
   * send, and arrives once.
   *
   * @param idempotencyKey 1 to 255 visible ASCII characters, of this message alone
   */
  notifyStudents(courseId: number, message: CourseMessage, idempotencyKey: string): Promise<Receipt> {
    return this.notify(`/api/courses/${courseId}/notify-students/`, message, idempotencyKey);
  }

  /**
   * Sends to the caller alone what the students of a course would get, marked as a test; it counts among no sends.
   *
   * @param idempotencyKey as above, and of this test alone
   */
  notifyMyself(courseId: number, message: CourseMessage, idempotencyKey: string): Promise<Receipt> {
    return this.notify(`/api/courses/${courseId}/notify-students/?test=true`, message, idempotencyKey);
  }

  private notify(path: string, body: CourseMessage, idempotencyKey: string): Promise<Receipt> {
    return this.http.ask(receiptSchema, path, { method: "POST", body, headers: { "Idempotency-Key": idempotencyKey } });
  }

  /** All of one's own, by name. */
  async templates(): Promise<readonly Template[]> {
    return (await this.http.ask(templatesSchema, "/api/templates/")).results;
  }

  /** `Refused` as `template_name_taken` or `too_many_templates`: there are 50 at most. */
  addTemplate(name: string, message: CourseMessage): Promise<Template> {
    return this.http.ask(templateSchema, "/api/templates/", { method: "POST", body: { name, ...message } });
  }

  /** What is absent stays as it is. */
  changeTemplate(id: number, changes: { readonly name?: string } & Partial<CourseMessage>): Promise<Template> {
    return this.http.ask(templateSchema, `/api/templates/${id}/`, { method: "PATCH", body: changes });
  }

  removeTemplate(id: number): Promise<void> {
    return this.http.tell(`/api/templates/${id}/`, { method: "DELETE" });
  }

  /** One's own sends to a course, newest first. */
  sends(courseId: number): Promise<Sends> {
    return this.http.ask(sendsSchema, `/api/notification-requests/?course=${courseId}&page_size=${PAGE_SIZE}`);
  }

  nextSends(next: string): Promise<Sends> {
    return this.http.follow(sendsSchema, next);
  }

  send(requestId: string): Promise<SendDetail> {
    return this.http.ask(sendDetailSchema, `${sendPath(requestId)}/`);
  }

  /** Who has read a send, or has not, by user id. */
  recipients(requestId: string, read: boolean): Promise<Recipients> {
    const query = new URLSearchParams({ state: read ? "read" : "unread", page_size: "100" });
    return this.http.ask(recipientsSchema, `${sendPath(requestId)}/recipients/?${query}`);
  }

  nextRecipients(next: string): Promise<Recipients> {
    return this.http.follow(recipientsSchema, next);
  }

  /** All of them, as a file for a spreadsheet. */
  recipientsFile(requestId: string): Promise<string> {
    return this.http.text(`${sendPath(requestId)}/recipients.csv`, "text/csv");
  }

  /** Closes all sockets of the user, and ends at the gateways the tokens that were issued before. Outlives the page. */
  signOut(): Promise<void> {
    return this.http.tell("/api/sessions/sign-out/", { method: "POST", body: {}, keepalive: true });
  }
}

function sendPath(requestId: string): string {
  return `/api/notification-requests/${encodeURIComponent(requestId)}`;
}

function listAnswer({ results, ...rest }: z.infer<typeof listSchema>): ListAnswer {
  return { ...rest, notifications: results };
}
