import { autoUpdate, computePosition, flip, offset, shift, size, type Alignment } from "@floating-ui/dom";
import {
  cloneElement,
  createContext,
  forwardRef,
  useContext,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ComponentPropsWithoutRef,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from "react";
import { focused } from "../../ui/focused";

// Of Base UI's popover what the bell uses, by the browser's own: it lies above all of the page whatever it is in, closes on Escape
// and on a press beside it, and gives the focus back.

interface Shared {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly triggerRef: RefObject<HTMLButtonElement | null>;
  readonly popupRef: RefObject<HTMLDivElement | null>;
  readonly titleId: string;
}

const Context = createContext<Shared | null>(null);

function useShared(): Shared {
  const shared = useContext(Context);
  if (!shared) {
    throw new Error("must be used inside a Popover.Root");
  }
  return shared;
}

interface RootProps extends Pick<Shared, "open" | "onOpenChange"> {
  readonly children: ReactNode;
}

function Root({ open, onOpenChange, children }: RootProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);
  const popupRef = useRef<HTMLDivElement>(null);
  const titleId = useId();
  return <Context.Provider value={{ open, onOpenChange, triggerRef, popupRef, titleId }}>{children}</Context.Provider>;
}

function Trigger(props: ComponentPropsWithoutRef<"button">) {
  const { open, triggerRef, popupRef } = useShared();
  // The browser opens and closes by it: a press on it is none beside the popup.
  useEffect(() => {
    if (triggerRef.current) {
      triggerRef.current.popoverTargetElement = popupRef.current;
    }
  }, [triggerRef, popupRef]);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-expanded={open}
      data-popup-open={open ? "" : undefined}
      {...props}
      ref={triggerRef}
    />
  );
}

/** It need not be elsewhere to lie above. */
const Portal = ({ children }: { readonly children: ReactNode; readonly container?: unknown }) => children;

interface PositionerProps {
  readonly className: string;
  readonly align: Alignment;
  /** px, to what opens it and to the edges of the window. */
  readonly sideOffset: number;
  readonly collisionPadding: number;
  readonly children: ReactNode;
}

function Positioner({ align, sideOffset, collisionPadding: padding, children }: PositionerProps) {
  const { open, triggerRef, popupRef } = useShared();
  useLayoutEffect(() => {
    const [button, floating] = [triggerRef.current, popupRef.current];
    if (!open || !button || !floating) {
      return;
    }
    const middleware = [
      offset(sideOffset),
      flip({ padding }),
      shift({ padding }),
      size({
        padding,
        apply: ({ availableHeight }) => floating.style.setProperty("--available-height", `${availableHeight}px`),
      }),
    ];
    const place = async () => {
      const { x, y } = await computePosition(button, floating, {
        strategy: "fixed",
        placement: `bottom-${align}`,
        middleware,
      });
      floating.style.setProperty("--belfry-x", `${x}px`);
      floating.style.setProperty("--belfry-y", `${y}px`);
    };
    return autoUpdate(button, floating, () => void place());
  }, [open, triggerRef, popupRef, align, sideOffset, padding]);
  return children;
}

interface PopupProps extends Omit<ComponentPropsWithoutRef<"div">, "popover"> {
  readonly initialFocus: RefObject<HTMLElement | null>;
}

const Popup = forwardRef<HTMLDivElement, PopupProps>(function Popup({ initialFocus, children, ...props }, ref) {
  const { open, onOpenChange, triggerRef, popupRef, titleId } = useShared();
  useImperativeHandle(ref, () => popupRef.current as HTMLDivElement);
  useLayoutEffect(() => {
    const element = popupRef.current;
    if (element && open !== element.matches(":popover-open")) {
      element.togglePopover(open);
    }
    if (open) {
      initialFocus.current?.focus();
    }
  }, [open, popupRef, initialFocus]);
  useEffect(() => {
    const element = popupRef.current;
    const onToggle = (event: Event) => {
      const isOpen = (event as ToggleEvent).newState === "open";
      // The browser gives the focus back to what had it, which may be gone: the first press on the bell was on another button.
      const active = focused();
      if (!isOpen && (active === document.body || element?.contains(active))) {
        triggerRef.current?.focus();
      }
      onOpenChange(isOpen);
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent) => {
      const isInside = relatedTarget === triggerRef.current || element?.contains(relatedTarget as Node | null);
      if (relatedTarget && !isInside) {
        onOpenChange(false);
      }
    };
    element?.addEventListener("toggle", onToggle);
    element?.addEventListener("focusout", onFocusOut);
    return () => {
      element?.removeEventListener("toggle", onToggle);
      element?.removeEventListener("focusout", onFocusOut);
    };
  }, [popupRef, triggerRef, onOpenChange]);
  return (
    <div role="dialog" aria-labelledby={titleId} tabIndex={-1} {...props} popover="auto" ref={popupRef}>
      {open && children}
    </div>
  );
});

const Title = ({ children, ...props }: ComponentPropsWithoutRef<"h2">) => (
  <h2 {...props} id={useShared().titleId}>
    {children}
  </h2>
);

interface CloseProps {
  readonly className: string;
  readonly render: ReactElement<ComponentPropsWithoutRef<"button">>;
}

function Close({ className, render }: CloseProps) {
  const { onOpenChange } = useShared();
  return cloneElement(render, { className, onClick: () => onOpenChange(false) });
}

export const Popover = { Root, Trigger, Portal, Positioner, Popup, Title, Close };
