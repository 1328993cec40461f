import { defined } from '@/lib/errors/defined';
import { asCount, asText, type JsonObject } from '@/lib/stream/json';
import type { PullProgress } from '../provider';

interface Layer {
  readonly completedBytes: number;
  readonly totalBytes: number;
}

/**
 * Gives, line by line of a download (https://docs.ollama.com/api/pull), how far all of it is. A model comes in layers, each
 * of which is told of when its turn comes: the sums may then show less than before, which is not passed on.
 */
export function createPullProgress(): (line: JsonObject) => PullProgress {
  const layers = new Map<string, Layer>();
  let step: PullProgress['step'] = 'preparing';
  let percent: number | undefined;

  return (line) => {
    const digest = asText(line['digest']);
    const size = asCount(line['total']);
    // Until something of a layer has come, Ollama says nothing of how much.
    const come = asCount(line['completed']) ?? layers.get(digest)?.completedBytes ?? 0;
    if (digest !== '' && size !== undefined) {
      layers.set(digest, { completedBytes: Math.min(come, size), totalBytes: size });
    }
    step = stepIn(asText(line['status']), digest) ?? step;
    const all = [...layers.values()];
    const completedBytes = all.reduce((sum, layer) => sum + layer.completedBytes, 0);
    const totalBytes = all.reduce((sum, layer) => sum + layer.totalBytes, 0);
    // The last hundredth is the end's own: what is known to come may not be all.
    if (totalBytes > 0) percent = Math.max(percent ?? 0, Math.min(99, Math.floor((100 * completedBytes) / totalBytes)));
    return defined({ step, percent, completedBytes, totalBytes });
  };
}

/** undefined for words that nobody knows: it goes on with what it was at. */
function stepIn(status: string, digest: string): PullProgress['step'] | undefined {
  if (digest !== '') return 'downloading';
  if (status.startsWith('verifying')) return 'checking';
  if (/^(?:writing|removing)/.test(status)) return 'finishing';
  return status.startsWith('pulling manifest') ? 'preparing' : undefined;
}
