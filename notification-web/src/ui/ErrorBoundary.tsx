import { Component, type ContextType, type ReactNode } from "react";
import { NotificationContext, useTexts } from "./NotificationContext";

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** In place of the message, where something is missed by none. */
  readonly fallback?: ReactNode;
}

/** When a part of the page cannot be rendered, the rest stays, and in its place the reader can load the page anew. */
export class ErrorBoundary extends Component<ErrorBoundaryProps> {
  static override contextType = NotificationContext;
  declare context: ContextType<typeof NotificationContext>;
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(error: Error): void {
    this.context?.report({ kind: "broken_render", error });
  }

  override render(): ReactNode {
    const { children, fallback = <Broken /> } = this.props;
    return this.state.isBroken ? fallback : children;
  }
}

function Broken() {
  const texts = useTexts().inbox;
  return (
    <p className="belfry-alert belfry-alert--warning" role="alert">
      <span>{texts.error}</span>{" "}
      <button
        type="button"
        className="belfry-button belfry-button--quiet"
        onClick={() => {
          window.location.reload();
        }}
      >
        {texts.reload}
      </button>
    </p>
  );
}
