import type { Course } from "../client/rest/schemas";

/** @returns null for an admin who is no member */
export function roleName(role: string | null): string | null {
  switch (role) {
    case "instructor":
      return "You teach this course";
    case "student":
      return "You are a student";
    default:
      return role;
  }
}

export function studentCount({ students, online }: Pick<Course, "students" | "online">): string {
  const enrolled = `${students.toLocaleString("en")} ${students === 1 ? "student" : "students"}`;
  return online === null ? enrolled : `${enrolled}, ${online.toLocaleString("en")} online now`;
}
