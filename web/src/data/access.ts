type TokenSource = () => string | undefined | Promise<string | undefined>;

let source: TokenSource = () => undefined;

/** Where requests get their token; on one machine nobody signs in and there is none. */
export function takeTokensFrom(given: TokenSource): void {
  source = given;
}

export const accessToken: TokenSource = () => source();
