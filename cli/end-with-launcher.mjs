// Preloaded into the runtime's process: when the launcher dies, the channel closes and so do we.
if (process.connected) {
  process.on("disconnect", () => process.exit(1));
  process.channel?.unref();
}
