import { useTexts } from "../../ui/NotificationContext";

/** The place of what is being loaded. */
export function Skeleton() {
  const texts = useTexts().inbox;
  return (
    <div className="belfry-list__skeletons" aria-busy>
      <p className="belfry-visually-hidden">{texts.loading}</p>
      <div className="belfry-skeleton belfry-list__skeleton" />
      <div className="belfry-skeleton belfry-list__skeleton" />
      <div className="belfry-skeleton belfry-list__skeleton" />
    </div>
  );
}

interface FailureProps {
  readonly text: string;
  /** It is being tried again. */
  readonly isBusy: boolean;
  readonly onRetry: () => void;
}

export function Failure({ text, isBusy, onRetry }: FailureProps) {
  const texts = useTexts().inbox;
  return (
    <div className="belfry-alert belfry-list__failure" aria-busy={isBusy}>
      <p role="alert">{text}</p>
      <button type="button" className="belfry-button" aria-disabled={isBusy} onClick={isBusy ? undefined : onRetry}>
        {isBusy ? texts.retrying : texts.retry}
      </button>
    </div>
  );
}
