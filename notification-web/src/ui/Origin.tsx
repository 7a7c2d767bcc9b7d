import { initials, originOf, typeName } from "../lib/words";
import type { Content } from "../client/wire/notification";
import { useTexts } from "./NotificationContext";
import { TypeIcon } from "./TypeIcon";

interface OriginProps {
  readonly notification: Content;
}

const COLOURS = 6;

/** Gives what stands for a course its colour, the same everywhere. */
export const courseClass = (course: number) => `belfry-course-${course % COLOURS}`;

/** Decoration: the course by two letters and a colour, and the type; the type alone where there is no course. */
export function OriginMark({ notification }: OriginProps) {
  const { course, course_title: title, notification_type: type } = notification;
  return (
    <span className={`belfry-mark ${course !== null && title ? courseClass(course) : ""}`} aria-hidden>
      {title && initials(title)}
      <TypeIcon type={type} />
    </span>
  );
}

/** The course, then the sender or the service; the type, which its icon shows, for who does not see that; whether it is a test. */
export function OriginText({ notification }: OriginProps) {
  const { types, inbox } = useTexts();
  const { course, from } = originOf(notification, types);
  const type = typeName(types, notification.notification_type);
  return (
    <>
      {course && <bdi className={`belfry-origin__course ${courseClass(notification.course ?? 0)}`}>{course}</bdi>}
      <span className="belfry-origin__from">
        <bdi>{from}</bdi>
      </span>
      {from !== type && <bdi className="belfry-visually-hidden">{type}</bdi>}
      {notification.test && <span className="belfry-test">{inbox.test}</span>}
    </>
  );
}
