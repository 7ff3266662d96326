/** A bar on a terminal, for what takes longer than a second; nothing elsewhere. */
export type Progress = { step(): void; end(): void };

const patience = 1000;
const columns = 30;

export function progressBar(stream: NodeJS.WriteStream, total: number): Progress {
  let done = 0;
  if (!stream.isTTY) return { step: () => {}, end: () => {} };
  const start = performance.now();
  let shown = '';
  const draw = () => {
    if (performance.now() - start < patience) return;
    const share = Math.min(done / total, 1);
    const filled = Math.floor(share * columns);
    const text = `${'█'.repeat(filled)}${'░'.repeat(columns - filled)} ${Math.floor(share * 100)} %`;
    if (text !== shown) stream.write(`\r\u001b[K${text}`);
    shown = text;
  };
  const timer = setInterval(draw, 100);
  timer.unref();
  return {
    step: () => {
      done += 1;
    },
    end: () => {
      clearInterval(timer);
      if (shown !== '') stream.write('\r\u001b[K');
    },
  };
}
