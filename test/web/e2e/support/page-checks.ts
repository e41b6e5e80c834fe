import axe from "axe-core";
import type { Page } from "playwright-core";
import { HEIGHT, type Theme } from "./tab.ts";

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds serious or critical on the page as it stands, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
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
export async function show(page: Page, width: number, theme: Theme): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  // Two frames: what measures itself has measured, and has been drawn.
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(undefined))))");
}
