import { describe, expect, test } from 'vitest';
import type { Complaint, Doctor, DoctorIo } from '@/lib/doctor/doctor';
import { defaultSettings } from '@/lib/store/settings';
import { endpoint } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { type CheckUpsWorld, createCheckUps } from './check-ups';

function start(doctor: Partial<Doctor> = {}, world: Partial<CheckUpsWorld> = {}) {
  const calls: string[] = [];
  const seen: { complaint: Complaint; io: DoctorIo }[] = [];
  const provider = { ...createScriptedProvider(), forcedHeaders: { Origin: 'https://app.example' } };
  const checkUps = createCheckUps({
    doctor: {
      diagnose: (complaint, io) => {
        seen.push({ complaint, io });
        calls.push('diagnose');
        return Promise.resolve({ kind: 'fine', host: 'h' });
      },
      findServers: () => Promise.resolve([]),
      ...doctor,
    },
    settings: () => Promise.resolve({ ...defaultSettings, endpoints: [endpoint()] }),
    findProvider: (id) => (id === provider.id ? provider : undefined),
    findKey: (id, origin) => Promise.resolve(`key of ${id} at ${origin}`),
    forceHeaders: (url) => {
      calls.push(`headers ${url}`);
      return Promise.resolve(() => {
        calls.push('headers gone');
        return Promise.resolve();
      });
    },
    giveBackAccess: (origin) => {
      calls.push(`give back ${origin}`);
      return Promise.resolve();
    },
    startHeartbeat: () => {
      calls.push('heart');
      return () => calls.push('heart stops');
    },
    fetch: () => Promise.reject(new Error('nothing is to be fetched here')),
    watchFault: () => ({ fault: () => Promise.resolve(undefined), stop: () => undefined }),
    now: () => 0,
    ...world,
  });
  return { checkUps, calls, seen };
}

describe('a check-up', () => {
  test('has the key of the address that it looks at, and keeps the background alive', async () => {
    const { checkUps, calls, seen } = start();
    expect(await checkUps.diagnose('e1', { failure: { kind: 'auth' } })).toEqual({ kind: 'fine', host: 'h' });
    expect(seen).toMatchObject([
      {
        io: { key: 'key of e1 at http://127.0.0.1:9' },
        complaint: { failure: { kind: 'auth' }, endpoint: { id: 'e1' } },
      },
    ]);
    expect(calls).toEqual(['heart', 'diagnose', 'heart stops']);
  });

  test('asks with what goes with the model’s own requests', async () => {
    const settings = {
      ...defaultSettings,
      endpoints: [endpoint({ headers: { 'X-Own': '1' } })],
      modelDefaults: [
        { model: { endpointId: 'e1', model: 'm', label: 'M' }, headers: { 'X-Team': 'a' }, body: { think: false } },
      ],
    };
    const { checkUps, seen } = start({}, { settings: () => Promise.resolve(settings) });
    await checkUps.diagnose('e1', { model: 'm', mayAsk: true });
    expect(seen[0]?.complaint.endpoint).toMatchObject({
      headers: { 'X-Team': 'a', 'X-Own': '1' },
      body: { think: false },
    });
  });

  test('forces a provider’s headers for a real question only, and takes them back', async () => {
    const { checkUps, calls } = start();
    await checkUps.diagnose('e1', { mayAsk: true });
    expect(calls).toEqual(['heart', 'headers http://127.0.0.1:9', 'diagnose', 'headers gone', 'heart stops']);
  });

  test('of an endpoint that is gone fails as that, and lets go of the worker', async () => {
    const { checkUps, calls } = start();
    await expect(checkUps.diagnose('gone', {})).rejects.toMatchObject({ failure: { kind: 'no-model' } });
    expect(calls).toEqual(['heart', 'heart stops']);
  });
});

describe('looking for servers', () => {
  const found = {
    kind: 'ollama',
    label: 'Ollama',
    providerId: 'ollama',
    baseUrl: 'http://127.0.0.1:11434',
    runsHere: true,
  };

  test('gives access back that has found nothing and that no provider needs', async () => {
    const nobody = start({}, { settings: () => Promise.resolve(defaultSettings) });
    expect(await nobody.checkUps.findServers()).toEqual([]);
    expect(nobody.calls).toEqual(['heart', 'give back http://127.0.0.1/*', 'heart stops']);
    const somebody = start();
    await somebody.checkUps.findServers();
    expect(somebody.calls).toEqual(['heart', 'heart stops']);
  });

  test('keeps it while there is something to add', async () => {
    const { checkUps, calls } = start(
      { findServers: () => Promise.resolve([found]) },
      { settings: () => Promise.resolve(defaultSettings) },
    );
    expect(await checkUps.findServers()).toEqual([found]);
    expect(calls).toEqual(['heart', 'heart stops']);
  });
});
