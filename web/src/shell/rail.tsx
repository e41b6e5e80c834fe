import { Link } from "@tanstack/react-router";
import { Menu as MenuIcon, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useState } from "react";
import { PAGE } from "../words/places.ts";
import styles from "./frame.module.css";
import { PLACES } from "./pages.ts";
import { openPalette } from "./palette-state.ts";

const KEY = "sigma.rail";

const wasFolded = (): boolean => {
  try {
    return localStorage.getItem(KEY) === "folded";
  } catch {
    return false;
  }
};

/** The pages, at the left of wide screens. */
export function Rail() {
  const [folded, setFolded] = useState(wasFolded);
  const fold = (): void => {
    setFolded(!folded);
    try {
      localStorage.setItem(KEY, folded ? "open" : "folded");
    } catch {
      // Without storage it holds until the page is left.
    }
  };
  const Icon = folded ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav className={styles.rail} aria-label="Pages" data-folded={folded ? "" : undefined}>
      {PLACES.map(({ path, name, icon: PlaceIcon }) => (
        <Link
          key={path}
          to={path}
          className={styles.railLink}
          activeOptions={{ exact: path === PAGE.dashboard, includeSearch: false }}
          title={name}
        >
          <PlaceIcon size={16} aria-hidden="true" />
          <span>{name}</span>
        </Link>
      ))}
      <button
        type="button"
        className={`${styles.railLink} ${styles.fold}`}
        onClick={fold}
        aria-label={folded ? "Unfold the list of pages" : "Fold the list of pages"}
      >
        <Icon size={16} aria-hidden="true" />
        <span>Fold</span>
      </button>
    </nav>
  );
}

/** The pages at the bottom of a phone; the last button finds the others. */
export function BottomBar() {
  return (
    <nav className={styles.bottom} aria-label="Main pages">
      {PLACES.filter(({ onPhone }) => onPhone).map(({ path, name, icon: PlaceIcon }) => (
        <Link key={path} to={path} className={styles.bottomLink} activeOptions={{ exact: path === PAGE.dashboard, includeSearch: false }}>
          <PlaceIcon size={18} aria-hidden="true" />
          {name}
        </Link>
      ))}
      <button type="button" className={styles.bottomLink} onClick={openPalette}>
        <MenuIcon size={18} aria-hidden="true" />
        More
      </button>
    </nav>
  );
}
