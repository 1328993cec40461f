import { afterEach, describe, expect, test } from 'vitest';
import { createFakeLanguageModel, type FakeModelOptions } from '@/tests/support/fake-language-model';
import { findBuiltInModel } from './built-in-model';

afterEach(() => {
  globalThis.LanguageModel = undefined;
});

function start(options: FakeModelOptions) {
  const fake = createFakeLanguageModel(options);
  globalThis.LanguageModel = fake;
  const model = findBuiltInModel();
  if (!model) throw new Error('it is not found');
  return { fake, model };
}

test('a browser without one has none to show', () => {
  expect(findBuiltInModel()).toBeUndefined();
});

describe("the browser's own model in a page", () => {
  test.each(['unavailable', 'downloadable', 'downloading', 'available'] as const)('is %s', async (availability) => {
    expect(await start({ availability }).model.availability()).toBe(availability);
  });

  test('is downloaded with its progress, and no session of it is left', async () => {
    const { fake, model } = start({ availability: 'downloadable' });
    const percents: number[] = [];
    const downloading = model.download((percent) => percents.push(percent));
    while ((await model.availability()) !== 'downloading');
    for (const loaded of [0, 0.25, 1]) fake.progress(loaded);
    fake.finishDownload();
    await downloading;
    expect(percents).toEqual([25, 100]);
    expect(fake.sessions).toMatchObject([{ destroyed: 1 }]);
    expect(await model.availability()).toBe('available');
  });

  test.each<[string, FakeModelOptions, object]>([
    ['nobody has clicked', { availability: 'downloadable', wantsClick: true }, { name: 'NotAllowedError' }],
    ['there is none', { availability: 'unavailable' }, { failure: { kind: 'unavailable-here' } }],
  ])('is not downloaded where %s', async (_where, options, reason) => {
    const { fake, model } = start(options);
    await expect(model.download(() => undefined)).rejects.toMatchObject(reason);
    expect(fake.sessions).toEqual([]);
  });
});
