import { APP_BASE, APP_FILE } from "./web-paths.ts";

/**
 * What CloudFront does with a request for a page before anything else: browsers are led from the start to the app, and places inside
 * the app open by its page. It stands before the app's paths and the start only, so that no answer of the API can be taken for a page.
 */
export const edgeFunctionCode = (): string => `"use strict";
const FILE = new RegExp(${JSON.stringify(APP_FILE.source)});

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (uri === "/") {
    const accept = request.headers.accept ? request.headers.accept.value : "";
    return accept.includes("text/html") ? led(request) : request;
  }
  if (uri === "${APP_BASE.slice(0, -1)}") return led(request);
  if (uri.startsWith("${APP_BASE}") && !FILE.test(uri)) request.uri = "${APP_BASE}index.html";
  return request;
}

function led(request) {
  const pairs = [];
  for (const name in request.querystring) {
    const given = request.querystring[name];
    for (const one of given.multiValue || [given]) pairs.push(one.value === "" ? name : name + "=" + one.value);
  }
  const location = "${APP_BASE}" + (pairs.length === 0 ? "" : "?" + pairs.join("&"));
  return { statusCode: 302, statusDescription: "Found", headers: { location: { value: location }, "cache-control": { value: "no-store" } } };
}
`;
