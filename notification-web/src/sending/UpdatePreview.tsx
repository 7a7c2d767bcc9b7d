import { useId, type ReactNode } from "react";
import { useWatch, type Control } from "react-hook-form";
import { NotificationItem } from "../ui/NotificationItem";
import { NotificationText } from "../ui/NotificationText";
import { OriginMark } from "../ui/Origin";
import { ToastText } from "../ui/ToastText";
import { useLinks, type Routing } from "../ui/useLinks";
import { useMe, useTexts } from "../ui/NotificationContext";
import { useNow } from "../ui/useNow";
import type { Notification } from "../client/wire/notification";
import { messageOf, type MessageValues } from "./form/messageForm";
import { useCourse } from "./queries";

interface UpdatePreviewProps {
  readonly control: Control<MessageValues>;
  /** Whose page it is. */
  readonly courseId: number;
}

const routing: Routing = { historyHref: "" };
const nothing = () => {};

/**
 * What is being written as students will see it, by the components that show it to them. For the eye alone: it says what the
 * fields say, and nothing in it can be used.
 */
export function UpdatePreview({ control, courseId }: UpdatePreviewProps) {
  const texts = useTexts().sending.preview;
  const notification = useNotificationOf(useWatch({ control, compute: (all) => all }), courseId);
  const link = useLinks(routing).toTarget(notification);
  return (
    <div className="belfry-preview" aria-hidden inert>
      <Part name={texts.bell}>
        <NotificationItem notification={notification} link={link} onToggleRead={nothing} onRemove={nothing} />
      </Part>
      <Part name={texts.opened}>
        <div className="belfry-preview__opened">
          <NotificationText notification={notification} routing={routing} />
        </div>
      </Part>
      <Part name={texts.toast}>
        <div className="belfry-toast">
          <OriginMark notification={notification} />
          <div className="belfry-toast__content">
            <ToastText notification={notification} link={link} Title="p" Text="p" />
          </div>
        </div>
      </Part>
    </div>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="belfry-preview__part" aria-labelledby={id}>
      <p className="belfry-preview__name" id={id}>
        {name}
      </p>
      <div className="belfry-preview__frame">{children}</div>
    </section>
  );
}

/** As it would arrive this moment, from the first of its courses. */
function useNotificationOf({ courses, ...content }: MessageValues, courseId: number): Notification {
  const me = useMe();
  const now = useNow();
  const course = courses[0] ?? courseId;
  const { notification_type, title, message, data = {} } = messageOf(content);
  return {
    id: 1,
    added_seq: 1,
    is_read: false,
    sender: me?.id ?? null,
    sender_name: me?.name ?? null,
    course,
    course_title: useCourse(course).data?.title ?? null,
    created_at: new Date(now).toISOString(),
    notification_type,
    title,
    message,
    data,
  };
}
