import { Tooltip as Radix } from "radix-ui";
import { type ReactElement, type ReactNode, useState } from "react";
import { hushed } from "./quiet-focus.ts";
import styles from "./tooltip.module.css";

export interface TooltipProps {
  readonly says: ReactNode;
  /** What is explained; it must be able to take the focus. */
  readonly children: ReactElement;
}

/** Says more about a control on hover and on focus. */
export function Tooltip({ says, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={hushed}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.content} sideOffset={6} collisionPadding={8}>
          {says}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface ExplainedProps {
  readonly title: string;
  readonly unit?: string;
  readonly says: ReactNode;
  readonly children: ReactNode;
}

/** Words with a dotted line whose meaning is one hover, tab or tap away. */
export function Explained({ title, unit = "", says, children }: ExplainedProps) {
  const [open, setOpen] = useState(false);
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild onFocus={hushed}>
        {/* A finger has no hover: a tap opens it, too. */}
        <button type="button" className={styles.dotted} onClick={() => setOpen(true)}>
          {children}
        </button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.content} sideOffset={6} collisionPadding={8} onPointerDownOutside={() => setOpen(false)}>
          <div className={styles.title}>
            {title}
            {unit !== "" && <span className={styles.unit}> ({unit})</span>}
          </div>
          <div>{says}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Stands around the app: after one tooltip the next ones come at once. */
export const TooltipProvider = Radix.Provider;
