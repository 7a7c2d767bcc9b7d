import { useTexts } from "../../ui/NotificationContext";
import { useDesktop } from "./useDesktop";

/** Switches what {@link DesktopNotifications} shows on and off. The browser is asked for leave by a press, and not before. */
export function DesktopSwitch() {
  const texts = useTexts().inbox.desktop;
  const { state, turnOn, turnOff } = useDesktop();
  switch (state) {
    case "unavailable":
      return null;
    case "blocked":
      return <p className="belfry-desktop">{texts.blocked}</p>;
    case "off":
    case "on":
      return (
        <button
          type="button"
          className="belfry-button belfry-button--quiet belfry-desktop"
          onClick={state === "on" ? turnOff : () => void turnOn()}
        >
          {state === "on" ? texts.turnOff : texts.turnOn}
        </button>
      );
  }
}
