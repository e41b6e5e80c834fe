import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import type { AnswerOf } from "../../data/ask.ts";
import { client } from "../../data/client.ts";
import { isRequest } from "./draft.ts";

export type Verdict = AnswerOf<"POST /models/validate">;
export type Finding = Verdict["findings"][number];

/** A pause in typing that is long enough to ask. */
const PAUSE_MS = 250;

/** The last value that stood still for a while. */
function useSettled<T>(value: T, key: string): T {
  const [settled, setSettled] = useState({ value, key });
  useEffect(() => {
    if (settled.key === key) return;
    const timer = setTimeout(() => setSettled({ value, key }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value, key, settled.key]);
  return settled.value;
}

export interface Judged {
  readonly verdict: Verdict | undefined;
  /** The fields make a request; else the verdict is of the last one that they made. */
  readonly isComplete: boolean;
  /** What is shown is of an earlier state of the fields. */
  readonly isBehind: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** What the API says of the draft as it stands: its name, all that is wrong with it, what it reads and computes. */
export function useVerdict(request: Readonly<Record<string, unknown>>): Judged {
  const key = JSON.stringify(request);
  const settled = useSettled(request, key);
  const asked = isRequest(settled);
  const query = useQuery({
    queryKey: ["POST /models/validate", settled],
    queryFn: ({ signal }) => client.call("POST /models/validate", { body: settled as never as CreateModelRequest as never, signal }),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  // A field that is being typed wrong must not take away what is known of the rest.
  const last = useRef(query.data);
  if (query.data !== undefined) last.current = query.data;
  return {
    verdict: last.current,
    isComplete: asked,
    isBehind: JSON.stringify(settled) !== key || (asked && (query.isPlaceholderData || query.isPending)),
    error: query.error,
    retry: () => void query.refetch(),
  };
}
