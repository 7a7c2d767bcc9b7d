import { useTexts } from "../../ui/NotificationContext";
import { nameOf } from "../../lib/typeName";
import type { Notification } from "../../client/wire/notification";

interface UndoLineProps {
  readonly notification: Notification;
  readonly onUndo: () => void;
}

/** In the place of a notification that was deleted, as long as it can be brought back. */
export function UndoLine({ notification, onUndo }: UndoLineProps) {
  const texts = useTexts();
  const title = nameOf(notification, texts.types);
  return (
    <div className="belfry-undo">
      <p className="belfry-undo__text">
        <span>{texts.inbox.removed}</span> <bdi>{title}</bdi>
      </p>
      <button
        type="button"
        className="belfry-button belfry-button--quiet"
        aria-label={texts.inbox.action(texts.inbox.undo, title)}
        onClick={onUndo}
      >
        {texts.inbox.undo}
      </button>
    </div>
  );
}
