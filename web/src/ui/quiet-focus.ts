import { useRef } from "react";

let isQuiet = false;

/** Gives the focus to an element that nobody reached for: what it would say on focus stays unsaid. */
export function focusQuietly(element: HTMLElement): void {
  isQuiet = true;
  try {
    element.focus();
  } finally {
    isQuiet = false;
  }
}

/** Keeps a tooltip shut whose control was given the focus and did not get it from its reader. */
export const hushed = (event: { preventDefault(): void }): void => {
  if (isQuiet) event.preventDefault();
};

/**
 * Gives the focus back to what had it before a dialog opened, where the library only knows triggers of its own. `remember`
 * when it opens, `giveBack` when it closes.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null);
  return {
    remember: (): void => {
      before.current = document.activeElement;
    },
    giveBack: (event: Event): void => {
      event.preventDefault();
      if (before.current instanceof HTMLElement && before.current.isConnected) focusQuietly(before.current);
    },
  };
}
