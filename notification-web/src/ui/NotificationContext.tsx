import { createContext, useContext, useMemo, useState, type ReactNode, useEffect } from "react";
import { english, englishTexts, bind, withTexts, type SomeTexts, type Texts } from "../lib/texts";
import { localeFor } from "../lib/times";
import { absentInbox } from "../client/view/absentInbox";
import { Refused, SignInRequired, type ListAnswer } from "../client/rest/inboxApi";
import type { Inbox } from "../client/inboxState";
import type { GetToken } from "../client/wire/liveSocket";
import { NotificationService } from "../client/rest/notificationService";
import type { Me } from "../client/rest/schemas";
import { useStableCallback } from "./useStableCallback";
import { BackOff } from "../client/wire/timers";
import { InboxClient } from "../client/inboxClient";

export interface NotificationProviderProps {
  /** Where the api is: `https://notify.example.org`, or "" for the page's own origin. */
  readonly baseUrl: string;
  /**
   * Gives the user's access token. Called with the one that is about to end or was refused it gives a newer one; null
   * says that the user has to sign in. When another user signs in, give the provider another `key`.
   */
  readonly getToken: GetToken;
  /** Nothing more can be done without a sign-in. */
  readonly onSignInRequired: () => void;
  /** Another language, by `loadTexts`, or other words for some; the same object in each rendering. */
  readonly texts?: SomeTexts;
  /** How times and numbers are written, as a BCP 47 tag; by default as the browser's user writes the language of the texts. */
  readonly locale?: string;
  /** What popups and toasts are put into; by default the document's body. A shadow root has to name itself. */
  readonly portalContainer?: PortalContainer | undefined;
  readonly children: ReactNode;
}

export type PortalContainer = HTMLElement | ShadowRoot;

interface Provided {
  readonly inbox: Inbox;
  readonly service: NotificationService;
  readonly me: Me | null;
  readonly texts: Texts;
  readonly locale: string;
  readonly portalContainer: PortalContainer | undefined;
}

const NotificationContext = createContext<Provided | null>(null);

/** Keeps the user's inbox for everything below it, over one socket. What is below it is shown at once, whatever is down. */
export function NotificationProvider(props: NotificationProviderProps) {
  const { baseUrl, portalContainer, children } = props;
  const locale = props.locale ?? localeFor(props.texts?.language ?? englishTexts.language);
  const texts = useMemo(() => withTexts(bind(english, locale) as Texts, props.texts ?? {}), [props.texts, locale]);
  const getToken = useStableCallback(props.getToken);
  const service = useMemo(() => new NotificationService({ baseUrl, getToken }), [baseUrl, getToken]);
  const { inbox, me } = useOwnInbox(service, getToken, useStableCallback(props.onSignInRequired));
  const provided = useMemo(
    () => ({ inbox, service, me, texts, locale, portalContainer }),
    [inbox, service, me, texts, locale, portalContainer],
  );
  return <NotificationContext.Provider value={provided}>{children}</NotificationContext.Provider>;
}

/** The user's inbox; everything in it is loading until it is known whose it is. */
export const useInboxClient = (): Inbox => useProvided().inbox;

export const useNotificationService = (): NotificationService => useProvided().service;

/** Null until it is known. */
export const useMe = (): Me | null => useProvided().me;

export const useTexts = (): Texts => useProvided().texts;

/** How times and numbers are written. */
export const useLocale = (): string => useProvided().locale;

/** For the portals of libraries. */
export const usePortalContainer = (): PortalContainer | undefined => useProvided().portalContainer;

function useProvided(): Provided {
  const provided = useContext(NotificationContext);
  if (!provided) {
    throw new Error("must be used inside a NotificationProvider");
  }
  return provided;
}

type OwnInbox = Pick<Provided, "inbox" | "me">;

const UNKNOWN: OwnInbox = { inbox: absentInbox, me: null };

/**
 * Finds out who the user is, however long that takes, and keeps their inbox open while the component is there. Another
 * argument opens everything anew.
 */
function useOwnInbox(service: NotificationService, getToken: GetToken, onSignInRequired: () => void): OwnInbox {
  const [own, setOwn] = useState(UNKNOWN);
  useEffect(() => {
    const backOff = new BackOff();
    let retry: ReturnType<typeof setTimeout> | undefined;
    let inbox: InboxClient | null = null;
    let isOver = false;
    let isTold = false;
    const tellOnce = () => {
      if (!isTold && !isOver) {
        isTold = true;
        onSignInRequired();
      }
    };
    const open = async (firstList?: Promise<ListAnswer>) => {
      try {
        const me = await service.me();
        if (isOver) {
          return;
        }
        inbox = new InboxClient({ api: service, userId: me.id, websocketUrl: me.websocket_url, getToken, firstList });
        inbox.on("signInRequired", tellOnce);
        inbox.start();
        setOwn({ inbox, me });
      } catch (error) {
        if (error instanceof SignInRequired) {
          tellOnce();
        } else if (!isOver && !(error instanceof Refused)) {
          retry = setTimeout(() => void open(), backOff.nextMs());
        }
      }
    };
    const tryNow = () => {
      if (retry !== undefined) {
        clearTimeout(retry);
        retry = undefined;
        void open();
      }
    };
    window.addEventListener("online", tryNow);
    // The list does not wait for whose it is.
    const firstList = service.list({});
    firstList.catch(() => {});
    void open(firstList);
    return () => {
      isOver = true;
      clearTimeout(retry);
      window.removeEventListener("online", tryNow);
      inbox?.stop();
      setOwn(UNKNOWN);
    };
  }, [service, getToken, onSignInRequired]);
  return own;
}
