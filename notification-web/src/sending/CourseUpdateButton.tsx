import { useRef, useState } from "react";
import { useTexts } from "../ui/NotificationContext";
import { CourseUpdateNotification } from "./CourseUpdateNotification";

export interface CourseUpdateButtonProps {
  /** A course that the user instructs, or any for an admin. */
  readonly courseId: number;
}

/** Opens the dialog in which an instructor writes to a course. */
export function CourseUpdateButton({ courseId }: CourseUpdateButtonProps) {
  const texts = useTexts().sending;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="belfry-button belfry-button--primary"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        {texts.open}
      </button>
      <CourseUpdateNotification courseId={courseId} open={open} onOpenChange={setOpen} returnFocusTo={button} />
    </>
  );
}
