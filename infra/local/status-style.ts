import { sha256Base64 } from "#lib/core/digest.ts";

/**
 * The page's whole style. Neutral greys carry it, one accent for links, gain and loss in blue and orange; every text colour
 * has at least 4.5:1 against its ground in both themes.
 */
export const STATUS_STYLE = `
:root{color-scheme:light dark;--ground:#f7f8f9;--panel:#fff;--line:#d9dde1;--text:#1a1d21;--soft:#565d66;--accent:#0b5cad;--gain:#0b5cad;--loss:#a34a00;--mark:#fff3d6;--mark-text:#6b4300;--bar:#e4e8ec;--on-chip:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#111417;--panel:#191d21;--line:#31373d;--text:#e6e9ec;--soft:#a0a8b1;--accent:#79b4f2;--gain:#79b4f2;--loss:#f0a05a;--mark:#3d2f10;--mark-text:#ffd98a;--bar:#2a3036;--on-chip:#111417}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.45 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
.top{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:12px 24px;background:var(--panel);border-bottom:1px solid var(--line)}
.top h1{font-size:16px;margin:0}
.top nav{display:flex;gap:12px}.top nav a[aria-current]{color:var(--text);font-weight:600;border-bottom:2px solid var(--accent)}
.top .where{color:var(--soft);font-size:12px;margin-left:auto;overflow-wrap:anywhere}
.mark{display:inline-block;padding:1px 6px;border-radius:3px;font-size:12px;font-weight:600;border:1px solid var(--line);color:var(--soft);white-space:nowrap}
.mark.warn{background:var(--mark);color:var(--mark-text);border-color:transparent}
main{max-width:1440px;margin:0 auto;padding:16px 24px 32px;display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:16px}
section{grid-column:span 12;background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:12px 16px;min-width:0}
section.half{grid-column:span 6}
h2{font-size:14px;margin:0 0 8px;display:flex;gap:8px;align-items:baseline}h2 small{font-weight:400;color:var(--soft);font-size:12px}
p{margin:0 0 8px}.soft{color:var(--soft)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
th{font-weight:500;color:var(--soft);text-align:left;padding:4px 8px 4px 0;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:6px 8px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
th.n,td.n{text-align:right;white-space:nowrap}
.gain{color:var(--gain)}.loss{color:var(--loss)}
.chip{display:inline-block;padding:0 8px;border-radius:9px;font-size:12px;line-height:18px;border:1px solid currentColor;white-space:nowrap;font-weight:600}
.chip.pass{background:var(--gain);color:var(--on-chip);border-color:var(--gain)}
.chip.marginal{background:linear-gradient(90deg,var(--bar) 50%,transparent 50%)}
.chip.marginal_sig{border-style:dotted;border-width:2px;line-height:16px}
.chip.fail,.chip.ungated{color:var(--soft)}
.reasons{color:var(--soft);font-size:12px;max-width:52ch}
progress{appearance:none;width:96px;height:6px;border:0;border-radius:3px;background:var(--bar);vertical-align:middle}
progress::-webkit-progress-bar{background:var(--bar);border-radius:3px}progress::-webkit-progress-value{background:var(--accent);border-radius:3px}progress::-moz-progress-bar{background:var(--accent);border-radius:3px}
.plots{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px}.plots figure{margin:0}.plots img{width:100%;height:auto;border:1px solid var(--line);border-radius:4px;background:#fff}
figcaption{font-size:12px;color:var(--soft)}
@media (max-width:800px){
.top{padding:12px 16px}.top .where{margin-left:0;width:100%}
main{padding:12px 16px 24px;gap:12px}section.half{grid-column:span 12}.plots{grid-template-columns:minmax(0,1fr)}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block}tr{padding:8px 0;border-bottom:1px solid var(--line)}tr:last-child{border-bottom:0}
td,td.n{border:0;padding:0 12px 2px 0;display:inline-block;text-align:left;white-space:normal;max-width:100%;overflow-wrap:anywhere}
td[data-label]::before{content:attr(data-label) " ";color:var(--soft);font-size:12px}
td:empty{display:none}
}`;

/** The style as a content security policy names it. */
export const STATUS_STYLE_DIGEST = `'sha256-${sha256Base64(STATUS_STYLE)}'`;
