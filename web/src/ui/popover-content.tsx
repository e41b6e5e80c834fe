import { Popover as Radix } from "radix-ui";
import { type ReactNode, type RefObject, useRef } from "react";
import styles from "./popover.module.css";

export type Alignment = "start" | "center" | "end";

interface PopoverContentProps {
  readonly id: string;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly title: string;
  readonly align: Alignment;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What a popover shows. Its button stands elsewhere and is no part of this, so that it can be there before this is loaded. */
export function PopoverContent({ id, anchor, title, align, onClose, children }: PopoverContentProps) {
  const leftByPointer = useRef(false);
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Radix.Portal>
        <Radix.Content
          id={id}
          className={styles.content}
          sideOffset={6}
          align={align}
          collisionPadding={12}
          onClick={(event) => event.stopPropagation()}
          onInteractOutside={(event) => {
            // The button closes what it opened by itself.
            if (anchor.current?.contains(event.target as Node)) event.preventDefault();
            else leftByPointer.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByPointer.current) anchor.current?.focus();
          }}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
