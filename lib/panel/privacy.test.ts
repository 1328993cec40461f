import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyPrivacyWorld } from '@/components/testing/privacy-world';
import { ChatError } from '@/lib/errors/failure';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createLine } from './line';
import { createPrivacy, type PrivacyWorld } from './privacy';

function start(world: Partial<PrivacyWorld> = {}) {
  const sent: FromPage[] = [];
  let lines = 0;
  let reply = (_message: ToPage): void => undefined;
  const line = createLine({
    connect: () => {
      const [page, background] = createChannelPair<FromPage, ToPage>();
      background.onMessage((message) => void sent.push(message));
      lines += 1;
      reply = background.send;
      return page;
    },
    isNeeded: () => false,
    now: () => 0,
  });
  line.wake();
  return {
    privacy: createPrivacy({ ...emptyPrivacyWorld, ...world }, line),
    sent,
    lines: () => lines,
    reply: (message: ToPage) => reply(message),
  };
}

const refuse = () => Promise.reject(new ChatError({ kind: 'storage' }));
const sentOne = (sent: readonly FromPage[]) =>
  vi.waitFor(() => {
    expect(sent).toEqual([{ type: 'forget-everything' }]);
  });

describe('the ledger', () => {
  test('is read when it is looked at, and further back when that is asked for', async () => {
    const readLedger = vi.fn((count: number) => Promise.resolve({ days: [], hasMore: count < 10 }));
    const { privacy } = start({ readLedger });
    expect(readLedger).not.toHaveBeenCalled();
    privacy.load();
    await vi.waitFor(() => {
      expect(privacy.ledger.value?.hasMore).toBe(true);
    });
    privacy.showMoreDays();
    await vi.waitFor(() => {
      expect(privacy.ledger.value?.hasMore).toBe(false);
    });
    expect(readLedger.mock.calls).toEqual([[7], [14]]);
  });

  test('that can not be read is a failure that is told', async () => {
    const { privacy } = start({ readLedger: refuse });
    privacy.load();
    await vi.waitFor(() => {
      expect(privacy.failure.value).toEqual({ kind: 'storage' });
    });
  });
});

describe('access', () => {
  test('is as the browser has it, whoever changes it', async () => {
    let given = ['https://one/*'];
    let tell = (): void => undefined;
    const { privacy } = start({
      listAccess: () => Promise.resolve(given),
      onAccessChanged: (listener) => (tell = listener),
      removeAccess: (origin) => {
        given = given.filter((other) => other !== origin);
        return Promise.resolve();
      },
    });
    given = ['https://one/*', 'https://two/*'];
    tell();
    await vi.waitFor(() => {
      expect(privacy.access.value).toEqual(given);
    });
    privacy.revoke('https://one/*');
    await vi.waitFor(() => {
      expect(privacy.access.value).toEqual(['https://two/*']);
    });
  });

  test('that is not taken back stays in the list, and the failure is told', async () => {
    const { privacy } = start({ listAccess: () => Promise.resolve(['https://one/*']), removeAccess: refuse });
    privacy.revoke('https://one/*');
    await vi.waitFor(() => {
      expect(privacy.failure.value).toEqual({ kind: 'storage' });
      expect(privacy.access.value).toEqual(['https://one/*']);
    });
  });
});

describe('deleting everything', () => {
  test('asks first, and can be given up', () => {
    const { privacy, sent } = start();
    privacy.askToErase();
    expect(privacy.erasing.value).toBe('asking');
    privacy.cancelErase();
    expect(privacy.erasing.value).toBe('no');
    expect(sent).toEqual([]);
  });

  test('lets the background forget first, then what is not its own', async () => {
    const erase = vi.fn(() => Promise.resolve());
    const beginAnew = vi.fn();
    const { privacy, sent, reply } = start({ erase, beginAnew });
    const erasing = privacy.eraseEverything();
    await sentOne(sent);
    expect([privacy.erasing.value, erase.mock.calls.length]).toEqual(['running', 0]);
    reply({ type: 'forgotten', failure: null });
    await erasing;
    expect([privacy.erasing.value, privacy.failure.value, erase.mock.calls.length]).toEqual(['done', null, 1]);
    expect(beginAnew).not.toHaveBeenCalled();
  });

  test.each<[string, Partial<PrivacyWorld>, ToPage & { type: 'forgotten' }]>([
    ['the background', {}, { type: 'forgotten', failure: { kind: 'storage' } }],
    ['the browser', { erase: refuse }, { type: 'forgotten', failure: null }],
  ])('says so where %s could not delete all', async (_who, world, answer) => {
    const { privacy, sent, reply } = start(world);
    const erasing = privacy.eraseEverything();
    await sentOne(sent);
    reply(answer);
    await erasing;
    expect([privacy.erasing.value, privacy.failure.value]).toEqual(['done', { kind: 'storage' }]);
  });

  describe('where no answer comes', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    test('deletes what is not the background’s all the same, and says that it is not all', async () => {
      const erase = vi.fn(() => Promise.resolve());
      const { privacy } = start({ erase });
      const erasing = privacy.eraseEverything();
      await vi.advanceTimersByTimeAsync(20_000);
      await erasing;
      expect([erase.mock.calls.length, privacy.failure.value]).toEqual([1, { kind: 'storage' }]);
    });
  });

  test('asked for by another page lets this one begin anew', async () => {
    const beginAnew = vi.fn();
    const { reply } = start({ beginAnew });
    reply({ type: 'forgotten', failure: null });
    await vi.waitFor(() => {
      expect(beginAnew).toHaveBeenCalledOnce();
    });
  });
});
