import { describe, expect, it } from "vitest";
import { appFileOf } from "#infra/web-paths.ts";

describe("appFileOf", () => {
  it.each([
    ["/app/", "index.html"],
    ["/app/models/swingsigma/spx_eq_swing_daily", "index.html"],
    ["/app/runs/sweep_0123", "index.html"],
    // Ids may hold dots and escaped slashes: only what lies right below the base or in assets/ is a file.
    ["/app/models/v1.2", "index.html"],
    ["/app/files/owners%2Flocal%2Fcard.json", "index.html"],
    ["/app/config.json", "config.json"],
    ["/app/favicon.svg", "favicon.svg"],
    ["/app/assets/index-Ab3_x-9.js", "assets/index-Ab3_x-9.js"],
    ["/app/assets/fonts/inter.woff2", "assets/fonts/inter.woff2"],
    ["/app/assets/missing", "assets/missing"],
  ])("%s is %s", (path, file) => {
    expect(appFileOf(path)).toBe(file);
  });

  it.each([
    "/",
    "/app",
    "/application/x",
    "/v1/models",
    "/app/../etc/passwd",
    "/app/..%2f..%2fetc/passwd",
    "/app/%2e%2e/%2e%2e/package.json",
    "/app/assets/..%2F..%2Fpackage.json",
    "/app/assets/%2e%2e%2f%2e%2e%2fpackage.json",
    "/app/..%5c..%5cpackage.json",
    "/app/assets\\..\\..\\package.json",
    "/app/index.html%00.js",
    "/app/./index.html",
    "/app/%zz",
  ])("%s is nothing of the app's", (path) => {
    expect(appFileOf(path)).toBeUndefined();
  });
});
