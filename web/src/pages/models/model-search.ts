import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { given } from "../../data/search.ts";

const route = getRouteApi("/models/$packId/$modelId");

/** What the model page keeps in its address, and a way to change some of it; undefined takes a key out. */
export function useModelSearch() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/models/$packId/$modelId" });
  type Search = typeof search;
  const set = (change: { readonly [K in keyof Search]?: Search[K] | undefined }, replace = true): void =>
    void navigate({ search: (before) => given({ ...before, ...change }), replace });
  return { search, set };
}
