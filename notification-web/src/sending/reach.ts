import type { Texts } from "../lib/texts";
import { useCoursesOf } from "./queries";

/** How many get what is sent to some courses, one for each course that a student is in, and how many of them are looking. */
export interface Reach {
  /** Null = not known. */
  readonly students: number | null;
  readonly online: number | null;
  readonly isPending: boolean;
}

export function useReach(courseIds: readonly number[]): Reach {
  const courses = useCoursesOf(courseIds);
  const numbers = (of: "students" | "online") => courses.map(({ data }) => data?.[of] ?? null);
  return {
    students: sum(numbers("students")),
    online: sum(numbers("online")),
    isPending: courses.some(({ isPending }) => isPending),
  };
}

/** @returns null if one of them is not known */
function sum(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((all, one) => (all === null || one === null ? null : all + one), 0);
}

export function reachInWords({ students, online, isPending }: Reach, texts: Texts["sending"]): string {
  if (students === null) {
    return isPending ? texts.counting : texts.reachUnknown;
  }
  if (students === 0) {
    return texts.nobody;
  }
  return online === null ? texts.reach({ students }) : texts.reachOnline({ students, online });
}
