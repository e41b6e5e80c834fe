import { isBuiltin } from "node:module";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type ProxyOptions } from "vite";

/** No browser has Node's own modules: what leads to one is named instead of being replaced by nothing. */
const browserOnly: Plugin = {
  name: "browser-only",
  enforce: "pre",
  resolveId(source, importer) {
    if (isBuiltin(source)) this.error(`"${source}" is one of Node's own modules; "${importer}" must not reach the browser.`);
  },
};

/** The API stands beside the app; while developing it is another server, which refuses what comes from other sites. */
const api: ProxyOptions = {
  target: process.env["SIGMA_API_URL"] ?? "http://127.0.0.1:8787",
  changeOrigin: true,
  configure: (proxy) => proxy.on("proxyReq", (request) => request.removeHeader("origin")),
};
const proxy = { "/v1": api, "/docs": api, "/openapi.json": api, "/app/config.json": api };

export default defineConfig({
  base: "/app/",
  plugins: [browserOnly, react()],
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: { proxy },
  preview: { proxy },
  build: {
    target: "es2023",
    manifest: true,
    modulePreload: { polyfill: false },
    // The content security policy takes fonts from files only.
    assetsInlineLimit: 0,
    emptyOutDir: true,
  },
});
