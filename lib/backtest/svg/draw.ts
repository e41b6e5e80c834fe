/** Colours that people with colour-blindness tell apart (Okabe & Ito): gains blue, losses orange. */
export const COLORS = {
  gain: "#0072b2",
  loss: "#d55e00",
  ink: "#1f2430",
  muted: "#667085",
  reference: "#98a2b3",
  grid: "#e7eaee",
  axis: "#cbd2da",
  paper: "#ffffff",
} as const;

const FONT = "'Inter','Helvetica Neue',Helvetica,Arial,sans-serif";

/** Text made safe for XML content and attributes; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .toWellFormed()
      .replace(/[&<>"']/g, (character) => entities[character]!)
  );
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): string {
  const text = value.toFixed(1);
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

export interface TextStyle {
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: number;
  readonly anchor?: "start" | "middle" | "end";
  /** White outline, so that text stays readable over lines. */
  readonly halo?: boolean;
}

export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 12, fill = COLORS.muted, weight = 400, anchor = "start", halo = false } = style;
  const place = `x="${px(x)}" y="${px(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}"`;
  const safe = escapeXml(content);
  // A second text below instead of paint-order, which some converters ignore.
  const below = halo ? `<text ${place} fill="none" stroke="${COLORS.paper}" stroke-width="3" stroke-linejoin="round">${safe}</text>` : "";
  return `${below}<text ${place} fill="${fill}">${safe}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, extra = ""): string {
  return `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${stroke}" stroke-width="1"${extra}/>`;
}

/** The whole picture: white paper, title, subtitle, and the mark of simulated data over everything. */
export function page(
  width: number,
  height: number,
  heading: { readonly title: string; readonly subtitle: string; readonly description: string; readonly simulated: boolean },
  body: readonly string[],
): string {
  const { title, subtitle, description, simulated } = heading;
  const [cx, cy] = [width / 2, height / 2 + 20];
  const mark = simulated
    ? `<text x="${px(cx)}" y="${px(cy)}" font-size="96" font-weight="700" letter-spacing="8" fill="${COLORS.ink}" fill-opacity="0.07" text-anchor="middle" transform="rotate(-18 ${px(cx)} ${px(cy)})">SIMULATED</text>`
    : "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${COLORS.paper}"/>`,
    mark,
    text(24, 34, title, { size: 18, fill: COLORS.ink, weight: 600 }),
    text(24, 54, subtitle, { size: 12 }),
    ...body,
    "</svg>",
    "",
  ]
    .filter((part, i, all) => part !== "" || i === all.length - 1)
    .join("\n");
}

/** Round axis values that cover [low, high] in about `count` steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / count;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= raw * 0.999)!;
  const from = Math.floor(low / step + 1e-9);
  const to = Math.ceil(high / step - 1e-9);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** A fraction as a percentage with a real minus sign. */
export function percent(fraction: number, digits = 1): string {
  return `${signed(100 * fraction, digits)} %`;
}

export function signed(value: number, digits: number): string {
  const magnitude = Math.abs(value).toFixed(digits);
  return value < 0 && Number(magnitude) !== 0 ? `−${magnitude}` : magnitude;
}
