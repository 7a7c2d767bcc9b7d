import { Dialog } from "@base-ui/react/dialog";
import { useId, type ReactNode, type RefObject } from "react";
import { IconButton } from "../ui/Icon";
import { useMe, usePortalContainer, useTexts } from "../ui/NotificationContext";
import { SendProgress } from "./SendProgress";
import { UpdateFields } from "./form/UpdateFields";
import { useUpdateForm } from "./form/useUpdateForm";
import { useCourse } from "./queries";
import type { Course } from "../client/rest/schemas";
import type { Texts } from "../lib/texts";

interface UpdateDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onClosed?: () => void;
  /** The id of what has the focus first; absent = the first that can have it. */
  readonly initialFocusId?: string;
  /** What has the focus when it closes; absent = what had it before. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  readonly children: ReactNode;
}

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
function Reach({ courseId }: { readonly courseId: number }) {
  const texts = useTexts().sending;
  const { data: course, isPending } = useCourse(courseId);
  if (course) {
    return reachOf(course, texts);
  }
  return isPending ? texts.counting : texts.reachUnknown;
}

function reachOf({ students, online }: Course, texts: Texts["sending"]): string {
  if (students === 0) {
    return texts.nobody;
  }
  return online === null ? texts.reach({ students }) : texts.reachOnline({ students, online });
}

/** The window around the form. */
function UpdateDialog(props: UpdateDialogProps) {
  const { open, onOpenChange, onClosed, initialFocusId = "", returnFocusTo, children } = props;
  const texts = useTexts().sending;
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => onOpenChange(next)}
      onOpenChangeComplete={(isOpen) => {
        if (!isOpen) {
          onClosed?.();
        }
      }}
    >
      <Dialog.Portal container={usePortalContainer()}>
        <Dialog.Backdrop className="belfry-dialog__backdrop" />
        <Dialog.Viewport className="belfry-dialog__viewport">
          <Dialog.Popup
            className="belfry-dialog"
            initialFocus={() => document.getElementById(initialFocusId)}
            finalFocus={returnFocusTo}
          >
            <div className="belfry-dialog__head">
              <Dialog.Title className="belfry-dialog__title">{texts.title}</Dialog.Title>
              <Dialog.Close render={<IconButton icon="close" label={texts.close} />} />
            </div>
            {children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
