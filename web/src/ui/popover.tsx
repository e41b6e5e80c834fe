import { type ComponentProps, lazy, type ReactNode, Suspense, useId, useRef, useState } from "react";
import type { Alignment } from "./popover-content.tsx";

const loadContent = () => import("./popover-content.tsx");
const Content = lazy(async () => ({ default: (await loadContent()).PopoverContent }));

/** Loads what every popover needs, before one is opened. */
export const preparePopovers = (): void => void loadContent().catch(() => undefined);

export interface PopoverProps extends Omit<ComponentProps<"button">, "title" | "content" | "ref"> {
  readonly title: string;
  readonly content: (close: () => void) => ReactNode;
  readonly align?: Alignment;
}

/** A button that opens a small dialog beside it; its children are its face. */
export function Popover({ title, content, align = "center", ...button }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (): void => setOpen(false);
  return (
    <>
      <button
        type="button"
        ref={anchor}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onPointerEnter={preparePopovers}
        onClick={() => setOpen(!open)}
        {...button}
      />
      {open && (
        <Suspense>
          <Content id={id} anchor={anchor} title={title} align={align} onClose={close}>
            {content(close)}
          </Content>
        </Suspense>
      )}
    </>
  );
}
