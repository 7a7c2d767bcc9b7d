import type { ComponentProps } from "react";
import { Icon, type IconProps } from "./Icon";

interface IconButtonProps extends ComponentProps<"button"> {
  readonly icon: IconProps["name"];
  /** What it does, as its name and beside the pointer. */
  readonly label: string;
  /** To what, where there are several alike. */
  readonly fullLabel?: string;
}

export function IconButton({ icon, label, fullLabel = label, ...props }: IconButtonProps) {
  return (
    <button type="button" {...props} className="belfry-icon-button" aria-label={fullLabel} title={label}>
      <Icon name={icon} />
    </button>
  );
}
