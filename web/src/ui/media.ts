import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds now, and from now on. */
function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Phones: tables become two-line rows, the rail a bottom bar. */
export const useIsPhone = (): boolean => useMedia("(max-width: 720px)");
