import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { accessPattern, openDoor } from './door';

function open(answer: () => Promise<Response>, { access = [true], target = 'other.example' } = {}) {
  const stop = vi.fn();
  const fetching = vi.fn<typeof fetch>(answer);
  const answers = [...access];
  const door = openDoor({
    fetch: fetching,
    hasAccess: () => Promise.resolve(answers.shift() ?? access.at(-1) ?? true),
    watchRedirect: () => ({ target: () => Promise.resolve(target), stop }),
  });
  return { door, fetching, stop };
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

  test('access is asked for without a port, as Firefox patterns take none', () => {
    expect(accessPattern('https://example.com:8443/v1')).toBe('https://example.com/*');
    expect(accessPattern('http://[::1]:1337/v1')).toBe('http://[::1]/*');
  });
});
