import { useTexts } from "../../ui/NotificationContext";
import { useNearEnd } from "./useNearEnd";
import type { ListSnapshot } from "../../client/inboxState";

interface ListEndProps {
  readonly more: ListSnapshot["more"];
  readonly onLoad: () => void;
  /** Before `onLoad`, when it is asked for by the button. */
  readonly onPress: () => void;
}

/** Loads older ones when it comes into view, and by its button. */
export function ListEnd({ more, onLoad, onPress }: ListEndProps) {
  const texts = useTexts().inbox;
  const sentinel = useNearEnd(more === "available", onLoad);
  const isLoading = more === "loading";
  const press = () => {
    onPress();
    onLoad();
  };
  return (
    <div className="belfry-list__end" aria-busy={isLoading}>
      <div className="belfry-list__near-end" ref={sentinel} />
      {more === "error" && <p role="alert">{texts.moreError}</p>}
      {more === "none" ? (
        <p>{texts.thatsAll}</p>
      ) : (
        <button
          type="button"
          className="belfry-button"
          aria-disabled={isLoading}
          onClick={isLoading ? undefined : press}
        >
          {more === "error" ? texts.retry : isLoading ? texts.loading : texts.more}
        </button>
      )}
    </div>
  );
}
