import type { Status } from '../status.ts';
import type { Watched } from '../watched.ts';

const expiration = 'kubepki_certificate_expiration_timestamp_seconds';
const unreadable = 'kubepki_status_unreadable';

/**
 * A status in the text format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/), for the
 * textfile collector of node_exporter: no timestamps, and no series twice, since for one of either the collector drops
 * the whole file. What a process renews itself is left out.
 */
export function metricsText({ certificates, problems }: Pick<Status, 'certificates' | 'problems'>): string {
  return [
    `# HELP ${expiration} When a certificate, or an authority above it, ends, in seconds since 1970.`,
    `# TYPE ${expiration} gauge`,
    ...[...seriesOf(certificates)].map(([labels, seconds]) => `${expiration}{${labels}} ${seconds}`),
    `# HELP ${unreadable} How many files and folders could not be read when this was written.`,
    `# TYPE ${unreadable} gauge`,
    `${unreadable} ${problems.length}`,
    '',
  ].join('\n');
}

/** Each series once, with the earliest end of those that are alike. */
function seriesOf(certificates: readonly Watched[]): ReadonlyMap<string, number> {
  const series = new Map<string, number>();
  for (const { id, node = '', issuer = '', renews, ends } of certificates) {
    if (renews !== undefined) continue;
    const labels = `id="${escaped(id)}",node="${escaped(node)}",issuer="${escaped(issuer)}"`;
    const seconds = Math.floor(ends.getTime() / 1000);
    series.set(labels, Math.min(seconds, series.get(labels) ?? seconds));
  }
  return series;
}

/** A label's value: what is no text in Unicode becomes U+FFFD, as it does in the file. */
function escaped(value: string): string {
  return Buffer.from(value).toString().replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
