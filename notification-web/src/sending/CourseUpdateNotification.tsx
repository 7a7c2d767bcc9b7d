import { lazy, Suspense, useEffect, useState, type RefObject } from "react";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { useTexts } from "../ui/NotificationContext";

export interface CourseUpdateNotificationProps {
  /** A course that the user instructs, or any for an admin; others of theirs can be added. */
  readonly courseId: number;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What has the focus when it closes; absent = what had it before. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
}

// Many visits to a course end without it.
const loadComposer = () => import("./Composer");
const Composer = lazy(async () => ({ default: (await loadComposer()).Composer }));

/**
 * The dialog in which an instructor writes to courses, sees what students will see, and how far it comes. What is written is
 * kept while it is closed, which is said in the component's place, and over the end of the page; what is being sent goes on.
 */
export function CourseUpdateNotification(props: CourseUpdateNotificationProps) {
  const texts = useTexts().sending;
  const [isWanted, setWanted] = useState(props.open);
  if (props.open && !isWanted) {
    setWanted(true);
  }
  useEffect(() => {
    // Where it fails it is tried again when it is wanted.
    void loadComposer().catch(() => {});
  }, []);
  return (
    isWanted && (
      <ErrorBoundary
        fallback={
          <p className="belfry-alert belfry-alert--warning" role="alert">
            {texts.openError}
          </p>
        }
      >
        <Suspense fallback={<p role="status">{texts.loading}</p>}>
          <Composer {...props} />
        </Suspense>
      </ErrorBoundary>
    )
  );
}
