interface Ends {
  readonly start?: string | null | undefined;
  readonly end?: string | null | undefined;
}

/** Whether a window may hold a session: it ends after it starts, or one of its ends is not said. */
export const isWindow = ({ start, end }: Ends): boolean => start == null || end == null || start < end;

/** What is said of a window that `isWindow` refuses. */
export const WINDOW_ORDER = {
  path: ["end"],
  error: ({ input }: { readonly input?: unknown }) =>
    `must come after start ("${(input as Ends).start}"); the end itself is not in the window`,
};
