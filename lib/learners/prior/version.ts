/** Raise it with every change that alters a model for the same rows. */
export const PRIOR_VERSION = 1;
