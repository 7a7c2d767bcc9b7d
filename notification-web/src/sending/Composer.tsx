import { Dialog } from "@base-ui/react/dialog";
import { useId, useState, type ReactNode } from "react";
import { IconButton } from "../ui/Icon";
import { useLocale, useMe, usePortalContainer, useTexts } from "../ui/NotificationContext";
import { SendProgress } from "./SendProgress";
import { UpdatePreview } from "./UpdatePreview";
import { UpdateFields } from "./form/UpdateFields";
import { useUpdateForm } from "./form/useUpdateForm";
import type { CourseUpdateNotificationProps } from "./CourseUpdateNotification";

/** See {@link CourseUpdateNotification}, which loads it. */
export function Composer(props: CourseUpdateNotificationProps) {
  const me = useMe();
  const texts = useTexts().sending;
  return me ? (
    <Writing key={`${me.id}:${props.courseId}`} userId={me.id} {...props} />
  ) : (
    <ComposerDialog {...props}>
      <p role="status">{texts.loading}</p>
    </ComposerDialog>
  );
}

function Writing({ userId, courseId, ...dialog }: CourseUpdateNotificationProps & { readonly userId: number }) {
  const texts = useTexts().sending;
  const update = useUpdateForm(userId, courseId);
  const firstFieldId = useId();
  const [isLeft, setLeft] = useState(false);
  const { sent, writeAnother } = update;
  const onOpenChange = (open: boolean) => {
    setLeft(!open && !sent && update.isWritten());
    dialog.onOpenChange(open);
  };
  return (
    <>
      <ComposerDialog
        {...dialog}
        onOpenChange={onOpenChange}
        initialFocusId={firstFieldId}
        savedAt={update.savedAt}
        onClosed={sent ? writeAnother : undefined}
      >
        {sent ? (
          <>
            <SendProgress sent={sent} />
            <div className="belfry-update__actions">
              <button type="button" className="belfry-button" onClick={writeAnother}>
                {texts.writeAnother}
              </button>
              <Dialog.Close className="belfry-button belfry-button--primary">{texts.close}</Dialog.Close>
            </div>
          </>
        ) : (
          <div className="belfry-composer">
            <UpdateFields update={update} firstFieldId={firstFieldId} />
            <UpdatePreview control={update.form.control} courseId={courseId} />
          </div>
        )}
      </ComposerDialog>
      <DraftNote
        isShown={isLeft && !dialog.open && !update.isSending && !sent}
        onDiscard={() => {
          update.discard();
          setLeft(false);
          dialog.returnFocusTo?.current?.focus();
        }}
      />
    </>
  );
}

interface DraftNoteProps {
  readonly isShown: boolean;
  readonly onDiscard: () => void;
}

/** Where the dialog was: what was written in it is not lost. */
function DraftNote({ isShown, onDiscard }: DraftNoteProps) {
  const texts = useTexts().sending;
  return (
    <div className="belfry-kept" role="status">
      {isShown && (
        <>
          <span>{texts.kept}</span>{" "}
          <button type="button" className="belfry-button belfry-button--quiet" onClick={onDiscard}>
            {texts.discard}
          </button>
        </>
      )}
    </div>
  );
}

interface ComposerDialogProps extends Omit<CourseUpdateNotificationProps, "courseId"> {
  readonly onClosed?: (() => void) | undefined;
  /** The id of what has the focus first; absent = the first that can have it. */
  readonly initialFocusId?: string;
  /** When the draft was last saved, in ms since 1970; absent or null = nothing is to be said of it. */
  readonly savedAt?: number | null;
  readonly children: ReactNode;
}

/** The window around the form. */
function ComposerDialog(props: ComposerDialogProps) {
  const { open, onOpenChange, onClosed, initialFocusId = "", returnFocusTo, savedAt, children } = props;
  const texts = useTexts().sending;
  const locale = useLocale();
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
              {savedAt && (
                <p className="belfry-dialog__note">
                  {texts.savedAt({ time: new Date(savedAt).toLocaleTimeString(locale, { timeStyle: "short" }) })}
                </p>
              )}
              <Dialog.Close render={<IconButton icon="close" label={texts.close} />} />
            </div>
            {children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
