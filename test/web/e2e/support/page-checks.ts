import axe from "axe-core";
import type { Page } from "playwright-core";
import { HEIGHT, type Theme } from "./tab.ts";

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds serious or critical on the page as it stands, one line each. */
async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe.source);
  const { violations } = (await page.evaluate("axe.run()")) as { violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, impact, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary = "" }) =>
            `${id} (${impact}): ${html.slice(0, 160)} ${failureSummary.replaceAll(/\s+/g, " ").slice(0, 200)}`,
        ),
    );
}

/** What reaches beyond the right edge, when the page scrolls sideways; nothing when it does not. */
export async function overflowing(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
    const shown = wide.slice(-5).map((element) => element.tagName.toLowerCase() + "." + element.className + " ends at " + Math.round(element.getBoundingClientRect().right));
    return [scrollWidth + " px of " + clientWidth, ...shown];
  })()`)) as string[];
}

/** Shows the page in another size and theme without loading it again. */
async function show(page: Page, width: number, theme: Theme): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  // Two frames: what measures itself has measured, and has been drawn.
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(undefined))))");
}

export type Look = readonly [width: number, theme: Theme];

/** Both widths and both themes, in two looks. */
export const TWO_LOOKS: readonly Look[] = [
  [1280, "light"],
  [390, "dark"],
];

/** What axe finds and what overflows on the page as it stands, in each look; afterwards it is as wide and as light as before. */
export async function faultsOf(page: Page, looks: readonly Look[] = TWO_LOOKS): Promise<string[]> {
  const { width } = page.viewportSize()!;
  const faults: string[] = [];
  for (const [across, theme] of looks) {
    await show(page, across, theme);
    const found = [...(await axeFindings(page)), ...(await overflowing(page)).map((text) => `overflow: ${text}`)];
    faults.push(...found.map((text) => `${across} ${theme}: ${text}`));
  }
  await show(page, width, "light");
  return faults;
}
