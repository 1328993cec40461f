import { describe, expect, test, vi } from 'vitest';
import { type BuiltInModel, type BuiltInState, createBuiltIn } from './built-in';

type Availability = Awaited<ReturnType<BuiltInModel['availability']>>;

/** A browser that says one after the other of these, and whose download the test leads. */
function start(...says: readonly [Availability, ...Availability[]]) {
  const download = Promise.withResolvers<void>();
  const left = [...says];
  const model = {
    availability: vi.fn<BuiltInModel['availability']>(() => Promise.resolve(left.shift() ?? says[0])),
    download: vi.fn<BuiltInModel['download']>(() => download.promise),
  };
  const builtIn = createBuiltIn(model);
  const is = (state: BuiltInState): Promise<void> =>
    vi.waitFor(() => {
      expect(builtIn.state.value).toEqual(state);
    });
  const progress = (percent: number): void => model.download.mock.calls.at(-1)?.[0](percent);
  return { builtIn, model, is, progress, download };
}

test('nothing is asked before somebody looks', () => {
  const { builtIn, model } = start('available');
  expect(builtIn.state.value).toEqual({ type: 'checking' });
  expect(model.availability).not.toHaveBeenCalled();
});

test.each(['unavailable', 'downloadable', 'available'] as const)('a model that is %s is said so', async (type) => {
  const { builtIn, is, model } = start(type);
  builtIn.look();
  await is({ type });
  expect(model.download).not.toHaveBeenCalled();
});

describe('a download', () => {
  test('begins in the click itself, once, tells how far it is, and ends with what the browser says then', async () => {
    const { builtIn, model, is, progress, download } = start('available');
    builtIn.download();
    builtIn.download();
    expect(model.download).toHaveBeenCalledTimes(1);
    await is({ type: 'downloading', percent: 0 });
    progress(42);
    await is({ type: 'downloading', percent: 42 });
    download.resolve();
    await is({ type: 'available' });
  });

  test('that is under way already is followed', async () => {
    const { builtIn, model, is, progress, download } = start('downloading', 'available');
    builtIn.look();
    await is({ type: 'downloading', percent: 0 });
    builtIn.look();
    progress(7);
    await is({ type: 'downloading', percent: 7 });
    download.resolve();
    await is({ type: 'available' });
    expect(model.download).toHaveBeenCalledTimes(1);
  });

  test('that begins while the browser is being asked is not overwritten by the answer', async () => {
    const { builtIn, is, progress } = start('downloadable');
    builtIn.look();
    builtIn.download();
    progress(3);
    await Promise.resolve();
    await is({ type: 'downloading', percent: 3 });
  });

  test('that is there and still being made ready stays one', async () => {
    const { builtIn, is, download } = start('downloading');
    builtIn.download();
    download.resolve();
    await is({ type: 'downloading', percent: 100 });
  });

  test.each<[string, unknown, string]>([
    ['with the words of the browser', new Error('No space left.'), 'No space left.'],
    ['without any', 'no error', ''],
  ])('that fails is told of %s, and can be begun again', async (_how, error, reason) => {
    const { builtIn, model, is, download } = start('downloadable');
    builtIn.download();
    download.reject(error);
    await is({ type: 'failed', reason });
    builtIn.download();
    expect(model.download).toHaveBeenCalledTimes(2);
  });
});
