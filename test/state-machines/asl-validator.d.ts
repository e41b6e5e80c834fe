declare module "asl-validator" {
  /** Checks a definition against the language's own rules. */
  export default function validate(definition: unknown): {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  };
}
