import { Dialog } from "@base-ui/react/dialog";
import { useId } from "react";
import { useMe, useTexts } from "../ui/NotificationContext";
import { SendProgress } from "./SendProgress";
import { UpdateDialog, type UpdateDialogProps } from "./form/UpdateDialog";
import { UpdateFields } from "./form/UpdateFields";
import { useUpdateForm } from "./form/useUpdateForm";
import { useCourse } from "./queries";

export interface CourseUpdateNotificationProps extends Pick<
  UpdateDialogProps,
  "open" | "onOpenChange" | "returnFocusTo"
> {
  /** A course that the user instructs, or any for an admin. */
  readonly courseId: number;
}

/**
 * The dialog in which an instructor writes to a course and sees how far it comes. What is written is kept while it is
 * closed, and over the end of the page; what is being sent goes on.
 */
export function CourseUpdateNotification(props: CourseUpdateNotificationProps) {
  const me = useMe();
  const texts = useTexts().sending;
  return me ? (
    <Writing key={`${me.id}:${props.courseId}`} userId={me.id} {...props} />
  ) : (
    <UpdateDialog {...props}>
      <p role="status">{texts.loading}</p>
    </UpdateDialog>
  );
}

function Writing({ userId, courseId, ...dialog }: CourseUpdateNotificationProps & { readonly userId: number }) {
  const texts = useTexts().sending;
  const update = useUpdateForm(userId, courseId);
  const firstFieldId = useId();
  const { receipt, writeAnother } = update;
  const leave = () => {
    if (receipt) {
      writeAnother();
    }
  };
  return (
    <UpdateDialog {...dialog} initialFocusId={firstFieldId} onClosed={leave}>
      <Dialog.Description className="belfry-dialog__description">
        <Reach courseId={courseId} />
      </Dialog.Description>
      {receipt ? (
        <>
          <SendProgress receipt={receipt} title={update.lastMessage?.title ?? ""} />
          <div className="belfry-update__actions">
            <button type="button" className="belfry-button" onClick={writeAnother}>
              {texts.writeAnother}
            </button>
            <Dialog.Close className="belfry-button belfry-button--primary">{texts.close}</Dialog.Close>
          </div>
        </>
      ) : (
        <UpdateFields update={update} firstFieldId={firstFieldId} />
      )}
    </UpdateDialog>
  );
}

/** How many students get what is being written, and how many of them are looking. */
export function Reach({ courseId }: { readonly courseId: number }) {
  const texts = useTexts().sending;
  const { data: course, isPending } = useCourse(courseId);
  if (course) {
    return course.students === 0 ? texts.nobody : texts.reach(course.students, course.online);
  }
  return isPending ? texts.counting : texts.reachUnknown;
}
