import { CourseUpdateButton, type CourseUpdateButtonProps } from "../sending/CourseUpdateButton";
import { SentUpdates } from "../sending/SentUpdates";

/** What those who teach a course see of it: a file of its own, which students do not load. */
export function Sending({ courseId }: CourseUpdateButtonProps) {
  return (
    <>
      <div>
        <CourseUpdateButton courseId={courseId} />
      </div>
      <SentUpdates courseId={courseId} />
    </>
  );
}
