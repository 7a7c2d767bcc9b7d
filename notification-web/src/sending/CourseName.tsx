import { useTexts } from "../ui/NotificationContext";
import { useCourse } from "./queries";

/** What a course is called, as far as that is known. */
export function CourseName({ id }: { readonly id: number }) {
  const texts = useTexts().sending;
  return <bdi>{useCourse(id).data?.title ?? texts.courseUnknown({ id: String(id) })}</bdi>;
}
