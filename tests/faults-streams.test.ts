import { expect, test } from 'vitest';
import { answerText } from '@/lib/chat/branches';
import { loadConversation } from '@/lib/store/conversation-log';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { settingsKey } from '@/lib/store/settings';
import { stopTheClock } from './faults/clock';
import { createLaboratory, type OpenPanel } from './faults/laboratory';
import { createNumberedProvider, findWrongTokens } from './faults/numbered-provider';
import { isWholeRun, reportRow } from './faults/rows';
import { endpoint, someModel } from './support/build-chat';

const tokens = isWholeRun() ? 4000 : 400;
const streams = 5;

test(`two panels, ${streams} streams each, ${tokens} numbered tokens: none wrong, lost or doubled`, async () => {
  const clock = stopTheClock(5);
  try {
    const store = createMemoryKeyValue({
      [settingsKey]: { v: 1, endpoints: [endpoint()], model: someModel, language: 'auto' },
    });
    const provider = createNumberedProvider({ tokens, burst: (request) => ({ tokens: 3 + (request % 5), ms: 5 }) });
    const laboratory = createLaboratory({ store, provider, idPrefix: 'id' });
    const panels = [laboratory.openPanel(1), laboratory.openPanel(2)];
    const asked: { readonly by: OpenPanel; readonly id: string; readonly text: string }[] = [];
    await clock.pass(50);
    for (let round = 0; round < streams; round += 1) {
      for (const by of panels) {
        by.panel.thread.open(null);
        const text = `question ${asked.length + 1}`;
        by.panel.composer.setText(text);
        by.panel.composer.send();
        await clock.until(`${text} is taken`, () => by.panel.thread.pending.value === undefined, 2000);
        asked.push({ by, id: by.panel.thread.conversationId.value ?? '', text });
      }
    }
    // While all ten are written, each panel looks at one after the other, also at those of its neighbour.
    for (let step = 0; step < 40; step += 1) {
      for (const [index, { panel }] of panels.entries()) {
        panel.thread.open(asked[(step * 3 + index) % asked.length]?.id ?? null);
      }
      await clock.pass(25);
    }
    await clock.until('all are answered', () => provider.requests.length === asked.length, 1000);
    await clock.pass(tokens * 5 + 1000);

    const wrong: string[] = [];
    for (const { id, text } of asked) {
      const stored = (await loadConversation(store, id))?.conversation;
      const [question, reply] = stored?.messages ?? [];
      const number = provider.requests.find(({ request }) => request.messages.at(-1)?.content === text)?.number;
      if (stored?.messages.length !== 2 || question?.role !== 'user' || question.text !== text)
        wrong.push(`${text}: lost`);
      if (reply?.role !== 'assistant' || reply.state !== 'complete') {
        wrong.push(`${text}: no whole reply`);
        continue;
      }
      wrong.push(...findWrongTokens(answerText(reply), 1, tokens).map((what) => `${text}: ${what}`));
      if (!answerText(reply).startsWith(`‹${number}:`)) wrong.push(`${text}: an answer to something else`);
      for (const { panel } of panels) {
        panel.thread.open(id);
        await clock.pass(20);
        if (JSON.stringify(panel.thread.conversation.value) !== JSON.stringify(stored))
          wrong.push(`${text}: shown wrong`);
      }
    }
    reportRow({
      figure: `two panels × ${streams} streams × ${tokens} numbered tokens: wrong conversation, lost, doubled`,
      bar: '0',
      measured: `${wrong.length} in ${asked.length * tokens} tokens`,
      ok: wrong.length === 0,
      browser: 'in process',
      seed: '',
    });
    expect(wrong).toEqual([]);
    expect(provider.requests).toHaveLength(asked.length);
    expect(laboratory.errors).toEqual([]);
  } finally {
    clock.stop();
  }
}, 60_000);
