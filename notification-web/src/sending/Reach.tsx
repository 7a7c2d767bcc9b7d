import { useTexts } from "../ui/NotificationContext";
import { useCourse } from "./useCourse";

/** How many students get what is being written, and how many of them are looking. */
export function Reach({ courseId }: { readonly courseId: number }) {
  const texts = useTexts().sending;
  const { data: course, isPending } = useCourse(courseId);
  if (course) {
    return course.students === 0 ? texts.nobody : texts.reach(course.students, course.online);
  }
  return isPending ? texts.counting : texts.reachUnknown;
}
