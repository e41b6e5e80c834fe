import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { classes } from "./classes.ts";
import { Tooltip } from "./tooltip.tsx";

export type ButtonKind = "plain" | "primary" | "danger" | "quiet";

/** The look of a button, for links that lead somewhere: `<Link className={buttonClass("primary")}>`. */
export const buttonClass = (kind: ButtonKind = "plain", small = false): string =>
  classes(styles.button, kind !== "plain" && styles[kind], small && styles.small);

export interface ButtonProps extends ComponentProps<"button"> {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** The work goes on: the button says so and cannot be pressed again. */
  readonly busy?: boolean;
}

/** Does something; its words are a verb. */
export function Button({ kind = "plain", small = false, icon: Icon, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(buttonClass(kind, small), className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className={styles.spinner} aria-hidden="true" /> : Icon && <Icon size="1em" aria-hidden="true" />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does: read out, and shown on hover. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly small?: boolean;
}

/** A button that is a sign only. */
export function IconButton({ label, icon: Icon, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip says={label}>
      <button type="button" aria-label={label} className={classes(styles.button, styles.icon, small && styles.small, className)} {...rest}>
        <Icon size={16} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
