import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import styles from "./tabs.module.css";

export interface Tab<V extends string = string> {
  readonly value: V;
  readonly label: ReactNode;
  /** Drawn when the tab is open only. */
  readonly content: ReactNode;
}

export interface TabsProps<V extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<V>[];
  /** The open tab: keep it in the address. */
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** Parts of a page of which one is open. */
export function Tabs<V extends string>({ label, tabs, value, onChange }: TabsProps<V>) {
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the open tab may stand beyond the edge of its list.
  useLayoutEffect(() => {
    const [box, open] = [list.current, list.current?.querySelector<HTMLElement>(`[data-value="${value}"]`)];
    if (box === null || open === null || open === undefined) return;
    const [left, right] = [open.offsetLeft - box.offsetLeft, open.offsetLeft - box.offsetLeft + open.offsetWidth];
    if (left < box.scrollLeft || right > box.scrollLeft + box.clientWidth) box.scrollLeft = left - (box.clientWidth - open.offsetWidth) / 2;
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Radix.List ref={list} className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} data-value={tab.value} className={styles.tab}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
