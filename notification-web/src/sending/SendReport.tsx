import { Tabs } from "@base-ui/react/tabs";
import { MessageText } from "../ui/MessageText";
import { useLocale, useMe, useNotificationService, useTexts } from "../ui/NotificationContext";
import { PagedList } from "../ui/PagedList";
import { exactTime } from "../lib/times";
import { typeName } from "../lib/words";
import type { SendDetail } from "../client/rest/schemas";
import { useRecipients } from "./queries";
import { outcomeOf, ReadMeter } from "./SendProgress";
import { useState } from "react";

interface SendReportProps {
  readonly send: SendDetail;
  /** What its course is called; null = it went to no course, or that is not known. */
  readonly course: string | null;
}

/** What became of one send: how many have read it, who, and what it says. */
export function SendReport({ send, course }: SendReportProps) {
  const texts = useTexts();
  const words = texts.sending;
  const [chosen, setChosen] = useState<string>();
  const locale = useLocale();
  const isStored = send.status === "stored" && send.recipients > 0;
  const tellsNames = useMe()?.read_report === "names" && isStored;
  return (
    <section className="belfry-sent" aria-label={words.report}>
      <div className="belfry-report">
        <p className="belfry-item__facts">
          {course && <bdi className="belfry-origin__course">{course}</bdi>}
          {send.sender_name && <bdi>{send.sender_name}</bdi>}
          {send.notification_type && <span>{typeName(texts.types, send.notification_type)}</span>}
          <time dateTime={send.created_at}>{exactTime(Date.parse(send.created_at), locale)}</time>
        </p>
        {isStored ? <ReadMeter send={send} /> : <p>{outcomeOf(send, words)}</p>}
        <Tabs.Root value={chosen ?? (tellsNames ? "unread" : "text")} onValueChange={(tab: string) => setChosen(tab)}>
          <Tabs.List className="belfry-tabs">
            {tellsNames && (
              <>
                <Tabs.Tab className="belfry-tabs__tab" value="unread">
                  {words.notReadBy({ students: send.recipients - send.read })}
                </Tabs.Tab>
                <Tabs.Tab className="belfry-tabs__tab" value="read">
                  {words.readBy({ students: send.read })}
                </Tabs.Tab>
              </>
            )}
            <Tabs.Tab className="belfry-tabs__tab" value="text">
              {words.text}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="unread">
            <Names requestId={send.request_id} read={false} />
          </Tabs.Panel>
          <Tabs.Panel value="read">
            <Names requestId={send.request_id} read />
          </Tabs.Panel>
          <Tabs.Panel value="text">
            {send.message && (
              <p className="belfry-detail__message" dir="auto">
                <MessageText text={send.message} />
              </p>
            )}
          </Tabs.Panel>
        </Tabs.Root>
        {tellsNames && <FileButton requestId={send.request_id} />}
      </div>
    </section>
  );
}

const classes = { list: "belfry-names", skeleton: "belfry-sent__skeleton", empty: "belfry-sent__empty" };

function Names({ requestId, read }: { readonly requestId: string; readonly read: boolean }) {
  const texts = useTexts();
  const words = texts.sending;
  const locale = useLocale();
  const recipients = useRecipients(requestId, read);
  return (
    <PagedList
      query={recipients}
      texts={{ ...words, error: words.namesError, empty: read ? words.readByNone : words.readByAll }}
      classes={classes}
    >
      {({ user, name, read_at: at }) => (
        <li key={user} tabIndex={-1}>
          <bdi>{name ?? words.unknownName({ user: String(user) })}</bdi>
          {at && <time dateTime={at}> {exactTime(Date.parse(at), locale)}</time>}
        </li>
      )}
    </PagedList>
  );
}

/** The api wants a token, which a plain link would not bring. */
function FileButton({ requestId }: { readonly requestId: string }) {
  const words = useTexts().sending;
  const service = useNotificationService();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const save = async () => {
    setState("busy");
    try {
      const file = new Blob([await service.recipientsFile(requestId)], { type: "text/csv" });
      const address = URL.createObjectURL(file);
      const link = document.createElement("a");
      link.href = address;
      link.download = "recipients.csv";
      link.click();
      URL.revokeObjectURL(address);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <div>
      <button
        type="button"
        className="belfry-button"
        aria-disabled={state === "busy"}
        onClick={state === "busy" ? undefined : () => void save()}
      >
        {words.file}
      </button>
      {state === "failed" && <p role="alert">{words.fileError}</p>}
    </div>
  );
}
