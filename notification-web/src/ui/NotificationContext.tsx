import { createContext, useContext, useMemo, type ReactNode } from "react";
import { english, englishTexts, bind, withTexts, type SomeTexts, type Texts } from "../lib/texts";
import { localeFor } from "../lib/times";
import { KeptInbox } from "../client/lastInbox";
import type { ReportedError } from "../client/rest/episodes";
import type { Inbox } from "../client/inboxState";
import type { GetToken } from "../client/wire/liveSocket";
import { NotificationService } from "../client/rest/notificationService";
import type { Me } from "../client/rest/schemas";
import { useStableCallback } from "./useStableCallback";
import { useOwnInbox } from "./ownInbox";

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
  /** Hears of what goes wrong, for the platform's own log: once, until it has gone well again. The reader is told already. */
  readonly onError?: ((error: ReportedError) => void) | undefined;
  /**
   * The user's id, if the newest of their notifications may be kept in localStorage: without a network the page then begins
   * with them. They go with `forget`, when the sign-in ends, and when another user's are kept.
   */
  readonly keepFor?: number | undefined;
  /** Another language, by `loadTexts`, or other words for some; the same object in each rendering. */
  readonly texts?: SomeTexts;
  /** How times and numbers are written, as a BCP 47 tag; by default as the browser's user writes the language of the texts. */
  readonly locale?: string;
  /** What popups and toasts are put into; by default the document's body. A shadow root has to name itself. */
  readonly portalContainer?: PortalContainer | undefined;
  readonly children: ReactNode;
}

export type PortalContainer = HTMLElement | ShadowRoot;

export interface Provided {
  readonly inbox: Inbox;
  readonly service: NotificationService;
  readonly me: Me | null;
  readonly texts: Texts;
  readonly locale: string;
  readonly portalContainer: PortalContainer | undefined;
  readonly report: (error: ReportedError) => void;
}

export const NotificationContext = createContext<Provided | null>(null);

/** Keeps the user's inbox for everything below it, over one socket. What is below it is shown at once, whatever is down. */
export function NotificationProvider(props: NotificationProviderProps) {
  const { baseUrl, keepFor, portalContainer, children } = props;
  const locale = props.locale ?? localeFor(props.texts?.language ?? englishTexts.language);
  const texts = useMemo(() => withTexts(bind(english, locale) as Texts, props.texts ?? {}), [props.texts, locale]);
  const getToken = useStableCallback(props.getToken);
  const report = useStableCallback((error: ReportedError) => {
    try {
      props.onError?.(error);
    } catch (thrown) {
      reportError(thrown);
    }
  });
  const service = useMemo(
    () => new NotificationService({ baseUrl, getToken, onError: report }),
    [baseUrl, getToken, report],
  );
  const keeper = useMemo(() => (keepFor === undefined ? null : new KeptInbox(baseUrl, keepFor)), [baseUrl, keepFor]);
  const { inbox, me } = useOwnInbox(service, getToken, useStableCallback(props.onSignInRequired), keeper);
  const provided = useMemo(
    () => ({ inbox, service, me, texts, locale, portalContainer, report }),
    [inbox, service, me, texts, locale, portalContainer, report],
  );
  return <NotificationContext.Provider value={provided}>{children}</NotificationContext.Provider>;
}

/** The user's inbox; until it is known whose it is, one that says how that is going. */
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
