import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import { IconButton } from "../../ui/Icon";
import { useTexts } from "../../ui/NotificationContext";

export interface UpdateDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onClosed?: () => void;
  /** The id of what has the focus first; absent = the first that can have it. */
  readonly initialFocusId?: string;
  /** What has the focus when it closes; absent = what had it before. */
  readonly returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  readonly children: ReactNode;
}

/** The window around the form. */
export function UpdateDialog(props: UpdateDialogProps) {
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
      <Dialog.Portal>
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
