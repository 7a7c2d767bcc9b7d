import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { Link, useRoute } from "wouter";
import { NotificationBell } from "../bell/NotificationBell";
import type { Person } from "./demoApi";
import { LanguageSwitch, usePageTexts } from "./language";
import { lazily, loadAhead } from "./lazily";
import { useRouting } from "./page";
import { useInboxClient, useNotificationService } from "../ui/NotificationContext";
import { useInbox } from "../ui/useNotifications";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { clearDrafts } from "../sending/form/drafts";

const ConnectionStatus = lazily(async () => (await import("../bell/ConnectionStatus")).ConnectionStatus, null);

interface ShellProps {
  readonly user: Person;
  readonly onSignedOut: () => void;
  readonly children: ReactNode;
}

/** What surrounds every page: where one is, who one is, and the bell. */
export function Shell({ user, onSignedOut, children }: ShellProps) {
  const texts = usePageTexts();
  const main = useRef<HTMLElement>(null);
  const routing = useRouting();
  return (
    <div className="shell">
      <a
        className="shell__skip belfry-focusable"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {texts.skip}
      </a>
      <header className="shell__header">
        <Link href="/" className="shell__product belfry-focusable">
          Belfry
        </Link>
        <nav className="shell__nav" aria-label={texts.main}>
          <NavLink href="/" pages="/">
            {texts.coursesLink}
          </NavLink>
          <NavLink href="/notifications" pages="/notifications/*?">
            {texts.notifications}
          </NavLink>
        </nav>
        <div className="shell__user">
          <bdi className="shell__name">{user.name}</bdi>
          <NotificationBell {...routing} />
          <SignOut userId={user.id} onSignedOut={onSignedOut} />
        </div>
      </header>
      <main className="shell__main" id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
      <footer className="shell__footer">
        <LanguageSwitch />
        <ConnectionStatus />
      </footer>
      <Later />
    </div>
  );
}

interface NavLinkProps {
  readonly href: string;
  /** The pages that it stands for, as a pattern. */
  readonly pages: string;
  readonly children: ReactNode;
}

function NavLink({ href, pages, children }: NavLinkProps) {
  const [isHere] = useRoute(pages);
  return (
    <Link href={href} className="shell__link belfry-focusable" aria-current={isHere ? "page" : undefined}>
      {children}
    </Link>
  );
}

const Beyond = lazy(async () => ({ default: (await import("./Beyond")).Beyond }));

/** After the list, as this page comes first. */
const AHEAD_MS = 2_000;

/** Loaded once the inbox is there, as nothing is new before; and with it what the other pages need, and a start without a network. */
function Later() {
  const isKnown = useInbox().unreadCount !== null;
  useEffect(() => {
    const timer = isKnown ? setTimeout(prepare, AHEAD_MS) : undefined;
    return () => clearTimeout(timer);
  }, [isKnown]);
  return (
    <ErrorBoundary fallback={null}>
      <Suspense>{isKnown && <Beyond />}</Suspense>
    </ErrorBoundary>
  );
}

function prepare(): void {
  loadAhead();
  if (import.meta.env.PROD && "serviceWorker" in navigator && navigator.onLine) {
    // A browser that keeps nothing refuses it.
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
}

interface SignOutProps {
  readonly userId: number;
  readonly onSignedOut: () => void;
}

/** How long the server is waited for: who wants to leave leaves. */
const PATIENCE_MS = 3_000;

/** Leaves nothing of the user behind: here, in other tabs, at the gateways. */
export function SignOut({ userId, onSignedOut }: SignOutProps) {
  const texts = usePageTexts();
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
      {isLeaving ? texts.signingOut : texts.signOut}
    </button>
  );
}
