import { useSyncExternalStore } from "react";

/** Names of colours of the token file. */
export type InkName =
  | "text"
  | "text-soft"
  | "surface"
  | "grid"
  | "line-strong"
  | "accent"
  | "gain"
  | "loss"
  | "band"
  | `series-${1 | 2 | 3 | 4 | 5}`;

export type Ink = (name: InkName) => string;

/** The tokens as colours that a canvas takes, in the theme that holds at the element. */
export function inkAt(element: HTMLElement): Ink {
  const probe = document.createElement("span");
  probe.style.display = "none";
  element.append(probe);
  const known = new Map<InkName, string>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (!probe.isConnected) element.append(probe);
    probe.style.color = `var(--${name})`;
    const colour = getComputedStyle(probe).color;
    known.set(name, colour);
    probe.remove();
    return colour;
  };
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", listener);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", listener);
  };
}

/** Changes when the theme does, so that canvases are drawn again. */
export const useThemeKey = (): string =>
  useSyncExternalStore(
    subscribe,
    () => `${document.documentElement.dataset["theme"] ?? ""} ${window.matchMedia("(prefers-color-scheme: dark)").matches}`,
  );
