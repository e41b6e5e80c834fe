/** The page's whole style: the status page's greys and accent. Text has at least 4.5:1 against its ground in both themes. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--ground:#f7f8f9;--panel:#fff;--line:#d9dde1;--text:#1a1d21;--soft:#565d66;--accent:#0b5cad;--code:#eef1f4}
@media (prefers-color-scheme:dark){:root{--ground:#111417;--panel:#191d21;--line:#31373d;--text:#e6e9ec;--soft:#a0a8b1;--accent:#79b4f2;--code:#22272c}}
*{box-sizing:border-box}
html{scroll-padding-top:72px}
body{margin:0;background:var(--ground);color:var(--text);font:14px/1.5 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre,.method,.path{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px}
header{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;padding:12px 24px;background:var(--panel);border-bottom:1px solid var(--line)}
h1{font-size:16px;margin:0}
header span{color:var(--soft)}
header input{flex:1 1 200px;max-width:420px;margin-left:auto;padding:6px 10px;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:4px}
.page{display:grid;grid-template-columns:200px minmax(0,1fr);gap:24px;max-width:1200px;margin:0 auto;padding:16px 24px 48px}
nav ul{position:sticky;top:76px;list-style:none;margin:0;padding:0}
nav li{margin:0 0 4px}
nav a{text-decoration:none;text-transform:capitalize}nav a:hover{text-decoration:underline}
main>p{max-width:80ch}
h2{font-size:15px;margin:28px 0 4px;text-transform:capitalize}
h3{font-size:13px;margin:16px 0 4px}
.soft,small{color:var(--soft)}
details{background:var(--panel);border:1px solid var(--line);border-radius:4px;margin:0 0 8px;min-width:0}
details>:not(summary){margin-left:16px;margin-right:16px}
summary{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:8px 12px;cursor:pointer;list-style-position:inside}
summary::before{content:"+";color:var(--soft);width:1ch}details[open]>summary::before{content:"-"}
.method{font-weight:700;min-width:52px}
.path{overflow-wrap:anywhere}
summary .soft{flex:1 1 260px}
.mark{border:1px solid var(--line);border-radius:3px;padding:0 5px;font-size:12px;color:var(--soft);white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{font-weight:500;color:var(--soft);text-align:left;border-bottom:1px solid var(--line);padding:2px 12px 2px 0}
td{border-bottom:1px solid var(--line);padding:4px 12px 4px 0;vertical-align:top;overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}
pre{background:var(--code);border-radius:4px;padding:8px 12px;overflow:auto;max-height:320px;margin-top:4px}
[hidden]{display:none}
@media (max-width:800px){html{scroll-padding-top:104px}header{padding:10px 16px}.page{grid-template-columns:minmax(0,1fr);padding:12px 16px 32px;gap:8px}nav ul{position:static;display:flex;flex-wrap:wrap;gap:4px 14px}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td{display:block}tr{padding:6px 0;border-bottom:1px solid var(--line)}td{border:0;padding:0}}`;

/** Shows the routes that hold the text that was typed, and opens the one that the address names. */
export const REFERENCE_SCRIPT = `
const search=document.querySelector("input");
const routes=[...document.querySelectorAll("main details")];
search.addEventListener("input",()=>{
const words=search.value.toLowerCase().split(/\\s+/).filter(Boolean);
for(const route of routes){const text=route.querySelector("summary").textContent.toLowerCase();route.hidden=!words.every((word)=>text.includes(word));}
for(const part of document.querySelectorAll("main section"))part.hidden=![...part.querySelectorAll("details")].some((route)=>!route.hidden);
});
const show=()=>{const named=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(named&&named.tagName==="DETAILS"){named.hidden=false;named.open=true;named.scrollIntoView();}};
addEventListener("hashchange",show);show();`;
