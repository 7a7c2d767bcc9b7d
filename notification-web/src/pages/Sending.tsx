import { CourseUpdateButton, type CourseUpdateButtonProps } from "../sending/CourseUpdateButton";
import { useRouting } from "./page";
import { SentUpdates } from "../sending/SentUpdates";

/** What those who teach a course see of it: a file of its own, which students do not load. */
export function Sending({ courseId }: CourseUpdateButtonProps) {
  const { navigate } = useRouting();
  return (
    <>
      <div>
        <CourseUpdateButton courseId={courseId} />
      </div>
      <SentUpdates courseId={courseId} sendsHref="/sends" navigate={navigate} />
    </>
  );
}
