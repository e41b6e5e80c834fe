import { INTERRUPTED_EXIT, runCli } from "./run-cli.ts";

// A reader that has seen enough (`sigma leaderboard | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now(),
});
if (exitCode === INTERRUPTED_EXIT) process.exit(exitCode);
process.exitCode = exitCode;
