import { forwardRef, type ComponentPropsWithoutRef } from "react";

const paths = {
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21a2.2 2.2 0 0 0 4 0",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  envelope: "M3 6h18v12H3zM3.5 7l8.5 6.5L20.5 7",
  pencil: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  up: "M12 19V5M6 11l6-6 6 6",
};

export interface IconProps {
  readonly name: keyof typeof paths;
}

/** Decoration: whatever it stands on has a name of its own. */
export function Icon({ name }: IconProps) {
  return <Drawing path={paths[name]} />;
}

export function Drawing({ path }: { readonly path: string }) {
  return (
    <svg className="belfry-icon" viewBox="0 0 24 24" aria-hidden focusable="false">
      <path d={path} />
    </svg>
  );
}

interface IconButtonProps extends ComponentPropsWithoutRef<"button"> {
  readonly icon: IconProps["name"];
  /** What it does, and to what where there are several alike: its name, also beside the pointer. */
  readonly label: string;
}

// React 18 gives no ref as a property, and Base UI asks for one.
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, className = "", ...props },
  ref,
) {
  const classes = `belfry-icon-button ${className}`.trimEnd();
  return (
    <button type="button" {...props} ref={ref} className={classes} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
});
