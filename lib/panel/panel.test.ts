import { expect, test, vi } from 'vitest';
import { makeQuestion, startPanel } from '@/components/testing/start-panel';

test('access is asked for once, however often the button is clicked, and then what failed is done again once', async () => {
  let answer: (isGranted: boolean) => void = () => undefined;
  const requestAccess = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        answer = resolve;
      }),
  );
  const { panel } = startPanel({ world: { requestAccess } });
  const again = vi.fn();
  panel.grantAccess('https://a.example/*', again);
  panel.grantAccess('https://a.example/*', again);
  answer(true);
  await vi.waitFor(() => {
    expect(again).toHaveBeenCalled();
  });
  expect(again).toHaveBeenCalledOnce();
  expect(requestAccess).toHaveBeenCalledOnce();
  panel.grantAccess('https://a.example/*', again);
  expect(requestAccess).toHaveBeenCalledTimes(2);
});

test('a browser that will not ask for access has not given it', async () => {
  const { panel } = startPanel({ world: { requestAccess: () => Promise.reject(new Error('no gesture')) } });
  const again = vi.fn();
  panel.grantAccess('https://a.example/*', again);
  await vi.waitFor(() => {
    expect(panel.accessRefused.value).toBe(true);
  });
  expect(again).not.toHaveBeenCalled();
});

test('records that can not be read are no file, and it is said why', async () => {
  const { panel, calls } = startPanel({
    messages: [makeQuestion()],
    world: { readRecords: () => Promise.reject(new Error('disk')) },
  });
  expect(await panel.exportRecords()).toMatchObject({ kind: 'bug' });
  expect(calls).toEqual([]);
});
