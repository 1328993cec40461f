import { expect, it } from 'vitest';
import { outcomeOf } from '@/tests/support/build-requests';
import type { StreamPart } from '../provider';
import { resolveMedia } from './resolve-media';

const origin = 'http://127.0.0.1:1337';

async function* partsOf(pieces: readonly string[], end: StreamPart | Error): AsyncGenerator<StreamPart> {
  for (const text of pieces) yield { type: 'text', text };
  if (end instanceof Error) throw end;
  yield end;
}

const finish: StreamPart = { type: 'finish', ending: 'complete' };

it.each([
  ['![a](/media/a.png)', `![a](${origin}/media/a.png)`],
  ['[![a](/images/a b.png)](/images/a.png?url=x)', `[![a](${origin}/images/a b.png)](${origin}/images/a.png?url=x)`],
  ['<video src="/media/a.mp4"></video>', `<video src="${origin}/media/a.mp4"></video>`],
  ['[a](/about) [b](/mediation/x) [c](https://example.com/media/x)', undefined],
  ['in /media/ and (/media/x) and src=/media/x', undefined],
  ['[a](//example.com/media/x)', undefined],
  ['ends in ](/med', undefined],
  ['ends in ]', undefined],
  ['s', undefined],
])('%s, however it is cut', async (text, wanted = text) => {
  for (let size = 1; size <= text.length; size += 1) {
    const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
    expect(await outcomeOf(resolveMedia(partsOf(pieces, finish), origin))).toMatchObject({ text: wanted });
  }
});

it('what may be a place is held back, and all else is shown at once', async () => {
  const shown: string[] = [];
  for await (const part of resolveMedia(partsOf(['a [b](', '/x)', ' c'], finish), origin)) {
    shown.push(part.type === 'text' ? part.text : part.type);
  }
  expect(shown).toEqual(['a [b', '](/x)', ' c', 'finish']);
});

it('what came before a failure is shown', async () => {
  const { text, failure } = await outcomeOf(resolveMedia(partsOf(['a ]('], new Error('x')), origin));
  expect([text, failure?.kind]).toEqual(['a ](', 'bug']);
});
