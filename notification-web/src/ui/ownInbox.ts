import { useEffect, useState } from "react";
import { InboxFinder, type InboxFinderSettings, type OwnInbox } from "../client/inboxFinder";
import { AbsentInbox } from "../client/view/absentInbox";

const UNKNOWN: OwnInbox = { inbox: new AbsentInbox(), me: null };

/** The user's inbox, open while the component is there. Another argument opens everything anew. */
export function useOwnInbox(
  service: InboxFinderSettings["service"],
  getToken: InboxFinderSettings["getToken"],
  signInRequired: () => void,
  keeper: InboxFinderSettings["keeper"],
): OwnInbox {
  const [own, setOwn] = useState(UNKNOWN);
  useEffect(() => {
    const finder = new InboxFinder({ service, getToken, keeper, signInRequired, found: setOwn });
    finder.start();
    return () => {
      finder.stop();
      setOwn(UNKNOWN);
    };
  }, [service, getToken, signInRequired, keeper]);
  return own;
}
