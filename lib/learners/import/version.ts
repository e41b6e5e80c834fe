/** Version of how an imported model is read and predicts: raise it with every change that alters what it says. */
export const IMPORT_VERSION = 1;
