import { useId } from "react";
import { useLinks, type LinkProps, type Routing } from "../ui/useLinks";
import { useLocale, useTexts } from "../ui/NotificationContext";
import { PagedList } from "../ui/PagedList";
import { useSends } from "./queries";
import type { Texts } from "../lib/texts";
import { exactTime } from "../lib/times";
import { typeName } from "../lib/words";
import type { Send } from "../client/rest/schemas";
import { outcomeOf, ReadMeter } from "./SendProgress";

export interface SentUpdatesProps {
  readonly courseId: number;
  /** Where the page of a send is, before its id: `/sends`. Absent = there is none. */
  readonly sendsHref?: string;
  readonly navigate?: Routing["navigate"];
}

/** What the user sent to a course, newest first, each with how far it has come and how many have read it. */
export function SentUpdates(props: SentUpdatesProps) {
  const texts = useTexts().sending;
  const id = useId();
  return (
    <section className="belfry-sent" aria-labelledby={id}>
      <h2 className="belfry-sent__heading" id={id}>
        {texts.sent}
      </h2>
      <SentList {...props} />
    </section>
  );
}

const classes = { list: "belfry-sent__list", skeleton: "belfry-sent__skeleton", empty: "belfry-sent__empty" };

function SentList({ courseId, sendsHref, navigate }: SentUpdatesProps) {
  const texts = useTexts().sending;
  const sends = useSends(courseId);
  const links = useLinks({ historyHref: "", navigate });
  const words = { ...texts, loading: texts.sentLoading, error: texts.sentError, empty: texts.sentEmpty };
  return (
    <>
      {sends.isRefetchError && <p className="belfry-alert belfry-alert--warning">{texts.stale}</p>}
      <PagedList query={sends} texts={words} classes={classes}>
        {(send) => (
          <SentUpdate
            key={send.request_id}
            send={send}
            link={sendsHref === undefined ? undefined : links.to(`${sendsHref}/${send.request_id}`)}
          />
        )}
      </PagedList>
    </>
  );
}

/** One earlier send and what became of it. */
export function SentUpdate({ send, link }: { readonly send: Send; readonly link?: LinkProps | undefined }) {
  const texts = useTexts();
  const locale = useLocale();
  const type = send.notification_type ?? "";
  return (
    <li className="belfry-sent__item">
      <p className="belfry-sent__title belfry-focusable" tabIndex={link ? undefined : -1} dir="auto">
        {link ? (
          <a className="belfry-focusable" {...link}>
            {titleOf(send, texts.sending)}
          </a>
        ) : (
          titleOf(send, texts.sending)
        )}
      </p>
      <p className="belfry-sent__facts">
        {type && <span className="belfry-sent__type">{typeName(texts.types, type)}</span>}
        <time dateTime={send.created_at}>{exactTime(Date.parse(send.created_at), locale)}</time>
        <span className={`belfry-sent__state belfry-sent__state--${send.status}`}>
          {outcomeOf(send, texts.sending)}
        </span>
      </p>
      {send.status === "stored" && send.recipients > 0 && <ReadMeter send={send} />}
    </li>
  );
}

/** Its title; of one without, the first line of its text. */
export function titleOf({ title, excerpt }: Send, texts: Texts["sending"]): string {
  const firstLine = excerpt?.trim().split("\n", 1)[0];
  return title == null ? texts.titleUnknown : title.trim() || firstLine || texts.untitled;
}
