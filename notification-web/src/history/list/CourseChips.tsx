import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { useEffect, useState } from "react";
import { capped } from "../../lib/words";
import type { Course } from "../../client/rest/schemas";
import { courseClass } from "../../ui/Origin";
import { useMe, useNotificationService, useTexts } from "../../ui/NotificationContext";
import { useInbox } from "../../ui/useNotifications";

interface CourseChipsProps {
  /** The course that is shown alone; undefined = all. */
  readonly course: number | undefined;
  readonly onChange: (course: number | undefined) => void;
}

/** Beside the ids. */
const ALL = "all";

/** One's courses, to show one alone, with what is unread of each; nothing where there is no choice. */
export function CourseChips({ course, onChange }: CourseChipsProps) {
  const texts = useTexts().inbox;
  const courses = useOwnCourses();
  if (courses.length < 2) {
    return null;
  }
  return (
    <ToggleGroup
      className="belfry-chips"
      aria-label={texts.courses}
      value={[course === undefined ? ALL : String(course)]}
      onValueChange={([chosen = ALL]) => onChange(chosen === ALL ? undefined : Number(chosen))}
    >
      <Toggle className="belfry-chip" value={ALL}>
        {texts.allCourses}
      </Toggle>
      {courses.map(({ id, title, unread = 0 }) => (
        <Toggle
          key={id}
          value={String(id)}
          className={`belfry-chip ${courseClass(id)}`}
          aria-label={texts.unreadOf({ course: title, unread })}
        >
          <bdi>{title}</bdi>
          {unread > 0 && <span className="belfry-chip__count">{capped(unread)}</span>}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

/** After a change: the next ones come along with it. */
const SETTLE_MS = 1_000;

/** The first page of one's courses, asked for again when what is unread changes. An admin, who sees all, has none. */
function useOwnCourses(): readonly Course[] {
  const service = useNotificationService();
  const isAdmin = useMe()?.roles.includes("admin") ?? true;
  const { unreadCount } = useInbox();
  const [courses, setCourses] = useState<readonly Course[]>([]);
  const isKnown = courses.length > 0;
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      try {
        const { results } = await service.courses();
        if (!isOver) {
          setCourses(results.filter(({ role }) => role !== null));
        }
      } catch {
        // Those that are known stay, with what was unread of them then.
      }
    };
    const timer = isAdmin ? undefined : setTimeout(() => void ask(), isKnown ? SETTLE_MS : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [service, isAdmin, unreadCount, isKnown]);
  return courses;
}
