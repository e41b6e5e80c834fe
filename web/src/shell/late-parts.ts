import { preparePopovers } from "../ui/popover.tsx";
import { prepareToasts } from "../ui/toast.tsx";

/** The palette is a file of its own, as no page is shown by it. */
export const loadPalette = () => import("./palette.tsx");

/** What no page needs to be shown, but what has to answer at once when it is asked for. */
export function prepareParts(): void {
  preparePopovers();
  prepareToasts();
  void loadPalette().catch(() => undefined);
}

/** Does something at the first press of a key, a finger or a button. Returns how to stop waiting for it. */
export function atFirstPress(work: () => void): () => void {
  const signs = ["keydown", "pointerdown"] as const;
  const stop = (): void => {
    for (const sign of signs) window.removeEventListener(sign, press, true);
  };
  const press = (): void => {
    stop();
    work();
  };
  for (const sign of signs) window.addEventListener(sign, press, true);
  return stop;
}
