import { escapeXml, px } from "./draw.ts";

/**
 * Pictures inside a page take their colours from its style sheet, so that they follow its theme: elements carry classes, no
 * colours. Each is drawn for the width at which it is shown, since text that is scaled down cannot be read.
 */
export interface ThemedPicture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

export type TextRole = "axis" | "strong" | "gain" | "loss" | "muted";

/** An SVG element of its own; `role="img"` with a title, so that a reader says one sentence instead of every label. */
export function picture({ width, height, title, description }: ThemedPicture, body: readonly string[]): string {
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    ...body,
    "</svg>",
  ].join("");
}

export function word(x: number, y: number, content: string, role: TextRole = "axis", anchor: "start" | "middle" | "end" = "start"): string {
  const place = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="t-${role}" x="${px(x)}" y="${px(y)}"${place}>${escapeXml(content)}</text>`;
}

export type LineRole = "grid" | "axis" | "strategy" | "reference" | "mark" | "loss";

export function stroke(x1: number, y1: number, x2: number, y2: number, role: LineRole): string {
  return `<line class="l-${role}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`;
}

/** A line through points as `pathPoints` makes them. */
export function polyline(points: readonly string[], role: LineRole): string {
  return `<path class="l-${role}" d="M${points.join("L")}"/>`;
}

export function box(x: number, y: number, width: number, height: number, role: "gain" | "loss" | "muted"): string {
  return `<rect class="f-${role}" x="${px(x)}" y="${px(y)}" width="${px(Math.max(0.5, width))}" height="${px(Math.max(0.5, height))}"/>`;
}
