import type { LaterKey } from '@/lib/i18n/en/later';
import type { PullReason } from '@/lib/providers/provider';

/** What helps when a model has not come. `go-on`: the same again, from where it ended. */
export type PullRemedy = 'go-on' | 'look-up' | 'update';

/** One sentence and one remedy for every reason; undefined: the sentence is that of its failure. */
export function describePull(reason: PullReason): readonly [sentence: LaterKey | undefined, remedy: PullRemedy] {
  switch (reason) {
    case 'unknown-model':
      return ['pullUnknownModel', 'look-up'];
    case 'no-space':
      return ['pullNoSpace', 'go-on'];
    case 'offline':
      return ['pullOffline', 'go-on'];
    case 'old-server':
      return ['pullOldServer', 'update'];
    case 'cut':
      return ['pullCut', 'go-on'];
    case 'other':
      return [undefined, 'go-on'];
  }
}
