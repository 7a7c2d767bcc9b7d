import { Drawing } from "./Icon";

const paths: Readonly<Record<string, string>> = {
  course_update: "M5 19.5V5.5A2.5 2.5 0 0 1 7.5 3H19v14H7.5A2.5 2.5 0 0 0 5 19.5 1.5 1.5 0 0 0 6.5 21H19M9 7.5h6",
  announcement: "M4 10v4h3l9 4.5v-13L7 10zM8 14.5V20h3v-4M19 10v4",
  message: "M4 5h16v11H10l-6 4.5zM8 9.5h8M8 12.5h5",
  session_start: "M3 5h18v12H3zM10.3 8.2v5.6l4.6-2.8zM8 20.5h8",
  exam_result: "M6 3h8.5L18 6.5V21H6zM9 13.5l2.2 2.2L15.4 11",
  course_enrollment:
    "M10 11.5a3.8 3.8 0 1 0 0-7.5 3.8 3.8 0 0 0 0 7.5zM3 20c.6-3.6 3.4-5.5 7-5.5 1.3 0 2.5.2 3.5.7M18 14v6M15 17h6",
};

/** For a type that a newer server sends. */
const unknown = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.1";

/** Decoration: the type's name stands beside it. */
export function TypeIcon({ type }: { readonly type: string }) {
  return (
    <span className="belfry-type-icon">
      <Drawing path={(Object.hasOwn(paths, type) ? paths[type] : undefined) ?? unknown} />
    </span>
  );
}
