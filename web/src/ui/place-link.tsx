import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface PlaceLinkProps {
  /** From `PAGE` or `PLACE_OF`. */
  readonly to: string;
  readonly search?: Readonly<Record<string, unknown>>;
  readonly className?: string | undefined;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A link inside the app; the workspace goes along. `<PlaceLink to={PLACE_OF.run(run_id)}>`. */
export function PlaceLink({ search, ...rest }: PlaceLinkProps) {
  return <Link {...rest} {...(search === undefined ? {} : { search: search as never })} />;
}
