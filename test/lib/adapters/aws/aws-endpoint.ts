import { describe } from "vitest";

/** An AWS emulator on this machine, such as a moto server: `SIGMA_TEST_AWS_ENDPOINT=http://127.0.0.1:5000`. */
const awsEndpoint = process.env["SIGMA_TEST_AWS_ENDPOINT"];

/** What every client of an emulator is made with. */
export const emulated = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 2,
});

/** A suite that needs an emulator; where none is named it is skipped, and its title says so. */
export function describeWithAws(title: string, suite: (endpoint: string) => void): void {
  if (awsEndpoint !== undefined && awsEndpoint !== "") describe(title, () => suite(awsEndpoint));
  else describe.skip(`${title} (SKIPPED: SIGMA_TEST_AWS_ENDPOINT is not set)`, () => suite("http://127.0.0.1:1"));
}
