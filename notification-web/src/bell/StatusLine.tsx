import { useAnnouncement } from "./useAnnouncement";

/** The bell's one live region. It lies outside of the list, which comes and goes. */
export function StatusLine() {
  return (
    <div className="belfry-visually-hidden" role="status">
      {useAnnouncement()}
    </div>
  );
}
