import { Link } from "@tanstack/react-router";
import { Monitor, Moon, Search, Sigma, Sun } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { IconButton } from "../ui/button.tsx";
import { PAGE } from "../words/places.ts";
import styles from "./frame.module.css";
import { loadPalette } from "./late-parts.ts";
import { closePalette, openPalette, usePaletteIsOpen } from "./palette-state.ts";
import { RunIndicator } from "./run-indicator.tsx";
import { chooseTheme, type Theme, useTheme } from "./theme.ts";
import { WorkspaceMark } from "./workspace-mark.tsx";

const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));

/** Above every page: where one is, what is at stake, the palette and what runs. */
export function TopBar() {
  const paletteIsOpen = usePaletteIsOpen();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);

  return (
    <header className={styles.bar}>
      <Link to={PAGE.dashboard} className={styles.brand} aria-label="Sigma Lab">
        <Sigma size={20} strokeWidth={2.5} aria-hidden="true" />
        <span className={styles.wide}>Sigma Lab</span>
      </Link>
      <WorkspaceMark />
      <span className={styles.space} />
      <button
        type="button"
        className={styles.palette}
        onClick={openPalette}
        aria-label="Find pages, models and runs"
        aria-keyshortcuts="Control+K"
      >
        <Search size={14} aria-hidden="true" />
        <span className={styles.wide}>Find</span>
        <span className={styles.keys} data-keys="Ctrl K" />
      </button>
      <RunIndicator />
      <ThemeSwitch />
      {paletteIsOpen && (
        <Suspense>
          <Palette onClose={closePalette} />
        </Suspense>
      )}
    </header>
  );
}

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const NAMES: Readonly<Record<Theme, string>> = { system: "as the device", light: "light", dark: "dark" };

function ThemeSwitch() {
  const theme = useTheme();
  return (
    <IconButton
      label={`Theme: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`}
      icon={ICONS[theme]}
      onClick={() => chooseTheme(NEXT[theme])}
    />
  );
}
