import {
  cloneElement,
  createContext,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ComponentPropsWithoutRef,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from "react";
import { Signal } from "../../client/signal";
import { focused } from "../../ui/focused";

// Of Base UI's toasts what Belfry uses. Their place is a popover that stays open: it lies above all of the page, whatever it is in.

interface ToastNews<D> {
  /** One with the id of another takes its place. */
  readonly id: string;
  /** ms that it stays; absent = as the provider says. */
  readonly timeout?: number;
  readonly data?: D;
}

interface ToastManager<D> {
  readonly add: (news: ToastNews<D>) => void;
  readonly added: Signal<ToastNews<D>>;
}

function createToastManager<D>(): ToastManager<D> {
  const added = new Signal<ToastNews<D>>();
  return { add: (news) => added.emit(news), added };
}

interface Shared {
  /** Newest first. */
  readonly toasts: readonly ToastNews<unknown>[];
  readonly close: (id: string) => void;
  /** How many are seen at once. */
  readonly limit: number;
  readonly timeout: number;
  /** While they are read, none goes. */
  readonly isPaused: boolean;
  readonly pause: (isPaused: boolean) => void;
  /** What had the focus before a toast had it. */
  readonly beforeRef: RefObject<Element | null>;
}

const Context = createContext<Shared | null>(null);

function useShared(): Shared {
  const shared = useContext(Context);
  if (!shared) {
    throw new Error("must be used inside a Toast.Provider");
  }
  return shared;
}

interface ProviderProps<D> extends Pick<Shared, "limit" | "timeout"> {
  readonly toastManager: ToastManager<D>;
  readonly children: ReactNode;
}

function Provider<D>({ toastManager, limit, timeout, children }: ProviderProps<D>) {
  const [toasts, setToasts] = useState<readonly ToastNews<D>[]>([]);
  const [isPaused, pause] = useState(false);
  const beforeRef = useRef<Element>(null);
  const close = (id: string) => setToasts((all) => all.filter((toast) => toast.id !== id));
  useEffect(
    () => toastManager.added.on((news) => setToasts((all) => [news, ...all.filter(({ id }) => id !== news.id)])),
    [toastManager],
  );
  const shared = { toasts, close, limit, timeout, isPaused, pause, beforeRef };
  return <Context.Provider value={shared}>{children}</Context.Provider>;
}

function useToastManager<D>() {
  const { toasts, close } = useShared();
  return { toasts: toasts as readonly ToastNews<D>[], close };
}

const Portal = ({ children }: { readonly children: ReactNode; readonly container?: unknown }) => children;

function Viewport(props: ComponentPropsWithoutRef<"div">) {
  const { toasts, pause, beforeRef } = useShared();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.showPopover(), []);
  const isEmpty = toasts.length === 0;
  useEffect(() => {
    const toToasts = (event: globalThis.KeyboardEvent) => {
      if (event.key === "F6") {
        event.preventDefault();
        place.current?.focus();
      }
    };
    if (!isEmpty) {
      window.addEventListener("keydown", toToasts);
    } else {
      pause(false);
    }
    return () => window.removeEventListener("keydown", toToasts);
  }, [isEmpty, pause]);
  return (
    <div
      role="region"
      aria-live="polite"
      aria-relevant="additions text"
      tabIndex={-1}
      {...props}
      popover="manual"
      ref={place}
      onMouseEnter={() => pause(true)}
      onMouseLeave={() => pause(false)}
      onFocus={({ relatedTarget }) => {
        pause(true);
        if (relatedTarget && !place.current?.contains(relatedTarget)) {
          beforeRef.current = relatedTarget;
        }
      }}
      onBlur={() => pause(false)}
    />
  );
}

/** The toast that something is in, and what the ids of its parts begin with. */
const Own = createContext({ toast: "", part: "" });

interface RootProps extends ComponentPropsWithoutRef<"div"> {
  readonly toast: Pick<ToastNews<unknown>, "id" | "timeout">;
  readonly swipeDirection: string;
}

function Root({ toast, swipeDirection: _, ...props }: RootProps) {
  const { toasts, limit, timeout, isPaused, close, beforeRef } = useShared();
  const part = useId();
  const isLimited = toasts.findIndex((other) => other.id === toast.id) >= limit;
  const leftMs = useRef(0);
  useEffect(() => {
    leftMs.current = toast.timeout ?? timeout;
  }, [toast, timeout]);
  useEffect(() => {
    if (isPaused) {
      return;
    }
    const from = Date.now();
    const timer = setTimeout(() => close(toast.id), leftMs.current);
    return () => {
      clearTimeout(timer);
      leftMs.current -= Date.now() - from;
    };
    // `close` does the same in every rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [toast, isPaused]);
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const own = element.current;
    return () => {
      if (own?.contains(focused())) {
        // What it is by then.
        // eslint-disable-next-line react-hooks/exhaustive-deps
        (beforeRef.current as HTMLElement | null)?.focus();
      }
    };
  }, [beforeRef]);
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      close(toast.id);
    }
  };
  return (
    <Own.Provider value={{ toast: toast.id, part }}>
      <div
        role="dialog"
        aria-labelledby={`${part}-title`}
        aria-describedby={`${part}-text`}
        tabIndex={0}
        data-limited={isLimited ? "" : undefined}
        inert={isLimited}
        {...props}
        ref={element}
        onKeyDown={closeByKey}
      />
    </Own.Provider>
  );
}

const Content = (props: ComponentPropsWithoutRef<"div">) => <div {...props} />;

interface TitleProps extends ComponentPropsWithoutRef<"p"> {
  readonly render: ReactElement<ComponentPropsWithoutRef<"p">>;
}

const Title = ({ render, ...props }: TitleProps) =>
  cloneElement(render, { ...props, id: `${useContext(Own).part}-title` });

const Description = ({ children, ...props }: ComponentPropsWithoutRef<"p">) => (
  <p {...props} id={`${useContext(Own).part}-text`}>
    {children}
  </p>
);

interface CloseProps {
  /** Never hidden here. */
  readonly "aria-hidden": false;
  readonly render: ReactElement<ComponentPropsWithoutRef<"button">>;
}

function Close({ render }: CloseProps) {
  const { toast } = useContext(Own);
  const { close } = useShared();
  return cloneElement(render, { onClick: () => close(toast) });
}

export const Toast = {
  createToastManager,
  useToastManager,
  Provider,
  Portal,
  Viewport,
  Root,
  Content,
  Title,
  Description,
  Close,
};
