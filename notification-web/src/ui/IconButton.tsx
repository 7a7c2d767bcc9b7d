import type { ComponentProps } from "react";
import { Icon, type IconProps } from "./Icon";

interface IconButtonProps extends ComponentProps<"button"> {
  readonly icon: IconProps["name"];
  /** What it does, and to what where there are several alike: its name, also beside the pointer. */
  readonly label: string;
}

export function IconButton({ icon, label, ...props }: IconButtonProps) {
  return (
    <button type="button" {...props} className="belfry-icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
