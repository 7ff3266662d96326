/** Seconds that this process computed for an action, on all of its threads; other work on the machine does not count. */
export async function computed(action: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000_000;
}
