import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { accessPattern } from './access-pattern';
import { openDoor } from './door';
import type { Witness } from './witness';

function open(answer: () => Promise<Response>, { access = [true], target = 'other.example' } = {}) {
  const stop = vi.fn();
  const fetching = vi.fn<typeof fetch>(answer);
  const answers = [...access];
  const witness = { answered: vi.fn<Witness['answered']>((response) => response), ended: vi.fn<Witness['ended']>() };
  const callWitness = vi.fn(() => witness);
  const door = openDoor({
    fetch: fetching,
    callWitness,
    hasAccess: () => Promise.resolve(answers.shift() ?? access.at(-1) ?? true),
    watchRedirect: () => ({ target: () => Promise.resolve(target), stop }),
  });
  return { door, fetching, stop, callWitness, witness };
}

const url = 'http://127.0.0.1:8080/v1/chat/completions';
const failing = async (asking: Promise<unknown>): Promise<unknown> => {
  try {
    await asking;
  } catch (error) {
    return error instanceof ChatError ? error.failure : error;
  }
  throw new Error('it did not fail');
};

describe('the one door', () => {
  test('asks nobody without access, and says which access is missing', async () => {
    const { door, fetching } = open(() => Promise.resolve(new Response('')), { access: [false] });
    expect(await failing(door(url, {}))).toEqual({
      kind: 'permission',
      host: '127.0.0.1:8080',
      origin: 'http://127.0.0.1/*',
    });
    expect(fetching).not.toHaveBeenCalled();
  });

  test('carries no cookies, no referrer and follows no redirect', async () => {
    const { door, fetching, stop } = open(() => Promise.resolve(new Response('hello')));
    expect(await (await door(url, { method: 'POST' })).text()).toBe('hello');
    expect(fetching).toHaveBeenCalledWith(
      url,
      expect.objectContaining({
        method: 'POST',
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      }),
    );
    expect(stop).toHaveBeenCalledOnce();
  });

  test('a redirect is refused, and its host is named', async () => {
    const redirected = Object.defineProperty(new Response(''), 'type', { value: 'opaqueredirect' });
    const { door } = open(() => Promise.resolve(redirected));
    expect(await failing(door(url, {}))).toEqual({ kind: 'redirect', host: '127.0.0.1:8080', target: 'other.example' });
  });

  test('nothing that answers is a network failure; access that was taken back meanwhile is said so', async () => {
    const refusing = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await failing(open(refusing).door(url, {}))).toEqual({ kind: 'network', host: '127.0.0.1:8080' });
    expect(await failing(open(refusing, { access: [true, false] }).door(url, {}))).toMatchObject({
      kind: 'permission',
    });
  });

  test('Stop does not wait for a request that is under way, and closes it', async () => {
    const controller = new AbortController();
    let sent: AbortSignal | null | undefined;
    const { door, fetching, stop } = open(() => new Promise(() => undefined));
    const asking = failing(door(url, { signal: controller.signal }));
    await vi.waitFor(() => {
      sent = fetching.mock.lastCall?.[1]?.signal;
      expect(sent?.aborted).toBe(false);
    });
    controller.abort(new Error('stopped'));
    expect(await asking).toBe(controller.signal.reason);
    expect(stop).toHaveBeenCalledOnce();
    await vi.waitFor(() => {
      expect(sent?.aborted).toBe(true);
    });
  });

  test('a Stop that came before the request keeps it from going out', async () => {
    const { door, fetching } = open(() => Promise.resolve(new Response('')));
    expect(await failing(door(url, { signal: AbortSignal.abort(new Error('stopped')) }))).toEqual(new Error('stopped'));
    expect(fetching).not.toHaveBeenCalled();
  });

  test('a request whose caller sets no limit of time has one', async () => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const { door, fetching } = open(() => new Promise(() => undefined));
    const asking = failing(door(url, {}));
    await vi.waitFor(() => expect(fetching).toHaveBeenCalledOnce());
    limit.abort(new Error('too long'));
    expect(await asking).toEqual(new Error('too long'));
    expect(timeout).toHaveBeenCalledExactlyOnceWith(60_000);
    timeout.mockRestore();
  });

  test('what goes out is witnessed, once it is on its way, with the errand it is on', async () => {
    const { door, fetching, callWitness, witness } = open(() => Promise.resolve(new Response('hello')));
    const init = { method: 'POST', body: 'question' };
    await door(url, init, { purpose: 'chat', kinds: ['question'] });
    const signal = expect.any(AbortSignal) as AbortSignal;
    expect(callWitness).toHaveBeenCalledExactlyOnceWith(
      url,
      { ...init, signal },
      { purpose: 'chat', kinds: ['question'] },
    );
    expect(fetching).toHaveBeenCalledBefore(callWitness);
    expect(witness.answered).toHaveBeenCalledOnce();
    expect(witness.ended).not.toHaveBeenCalled();
  });

  test('a request without an errand is a test of whether somebody answers', async () => {
    const { door, callWitness } = open(() => Promise.resolve(new Response('')));
    await door(url, {});
    expect(callWitness).toHaveBeenCalledWith(
      url,
      { signal: expect.any(AbortSignal) as AbortSignal },
      { purpose: 'test' },
    );
  });

  test('what ends without a response is witnessed with its failure, and what never went out is not', async () => {
    const redirected = Object.defineProperty(new Response(''), 'type', { value: 'opaqueredirect' });
    const refusing = () => Promise.reject(new TypeError('Failed to fetch'));
    for (const [kind, started] of [
      ['redirect', open(() => Promise.resolve(redirected))],
      ['network', open(refusing)],
      ['permission', open(refusing, { access: [true, false] })],
    ] as const) {
      await failing(started.door(url, {}));
      expect(started.witness.ended).toHaveBeenCalledExactlyOnceWith(kind);
      expect(started.witness.answered).not.toHaveBeenCalled();
    }
    const closed = open(refusing, { access: [false] });
    await failing(closed.door(url, {}));
    expect(closed.callWitness).not.toHaveBeenCalled();
  });

  test('access is asked for without a port, as Firefox patterns take none', () => {
    expect(accessPattern('https://example.com:8443/v1')).toBe('https://example.com/*');
    expect(accessPattern('http://[::1]:1337/v1')).toBe('http://[::1]/*');
  });
});
