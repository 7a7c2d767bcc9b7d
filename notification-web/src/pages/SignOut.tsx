import { useState } from "react";
import { useInboxClient, useNotificationService } from "../ui/NotificationContext";
import { clearDrafts } from "../sending/form/drafts";

interface SignOutProps {
  readonly userId: number;
  readonly onSignedOut: () => void;
}

/** How long the server is waited for: who wants to leave leaves. */
const PATIENCE_MS = 3_000;

/** Leaves nothing of the user behind: here, in other tabs, at the gateways. */
export function SignOut({ userId, onSignedOut }: SignOutProps) {
  const service = useNotificationService();
  const inbox = useInboxClient();
  const [isLeaving, setLeaving] = useState(false);
  const signOut = async () => {
    if (isLeaving) {
      return;
    }
    setLeaving(true);
    inbox.forget();
    await Promise.race([
      service.signOut().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
    ]);
    clearDrafts(userId);
    onSignedOut();
  };
  return (
    <button type="button" className="belfry-button" aria-disabled={isLeaving} onClick={() => void signOut()}>
      {isLeaving ? "Signing out…" : "Sign out"}
    </button>
  );
}
