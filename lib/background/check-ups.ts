import type { Diagnosis, FoundServer } from '@/lib/doctor/diagnosis';
import type { Complaint, DoctorIo, LoadDoctor } from '@/lib/doctor/doctor';
import { localPattern } from '@/lib/doctor/local-ports';
import { ChatError, toFailure } from '@/lib/errors/failure';
import type { ForcedHeaders, Provider } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import { accessPattern } from './door';

export interface CheckUpsWorld extends Pick<DoctorIo, 'fetch' | 'watchFault' | 'now'> {
  readonly loadDoctor: LoadDoctor;
  readonly settings: () => Promise<Settings>;
  readonly findProvider: (id: string) => Provider | undefined;
  readonly findKey: (endpointId: string, origin: string) => Promise<string>;
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  readonly giveBackAccess: (origin: string) => Promise<void>;
  readonly startHeartbeat: () => () => void;
}

/** What the doctor is asked for, with what only the background has: the key, and the one door. */
export interface CheckUps {
  /** Never throws. */
  diagnose(endpointId: string, complaint: Pick<Complaint, 'failure' | 'model' | 'mayAsk'>): Promise<Diagnosis>;
  /** Access that was given for this alone, and found nothing, is given back. Never throws. */
  findServers(): Promise<readonly FoundServer[]>;
}

export function createCheckUps(world: CheckUpsWorld): CheckUps {
  const { fetch, watchFault, now } = world;

  /** A check-up may take longer than a worker lives by itself. */
  async function alive<T>(act: () => Promise<T>): Promise<T> {
    const stopHeartbeat = world.startHeartbeat();
    try {
      return await act();
    } finally {
      stopHeartbeat();
    }
  }

  async function diagnose(
    endpointId: string,
    complaint: Pick<Complaint, 'failure' | 'model' | 'mayAsk'>,
  ): Promise<Diagnosis> {
    const endpoint = (await world.settings()).endpoints.find(({ id }) => id === endpointId);
    const provider = endpoint && world.findProvider(endpoint.providerId);
    if (!endpoint || !provider) throw new ChatError({ kind: 'no-model' });
    const baseUrl = endpoint.baseUrl || provider.baseUrl;
    // The key of this address: at another origin it is not found.
    const key = await world.findKey(endpoint.id, new URL(baseUrl).origin);
    const doctor = await world.loadDoctor();
    const release =
      complaint.mayAsk && provider.forcedHeaders && (await world.forceHeaders(baseUrl, provider.forcedHeaders));
    try {
      const patient = { ...complaint, endpoint: { ...endpoint, baseUrl }, provider };
      return await doctor.diagnose(patient, { fetch, watchFault, now, key });
    } finally {
      await (release || undefined)?.();
    }
  }

  async function findServers(): Promise<readonly FoundServer[]> {
    const found = await (await world.loadDoctor()).findServers({ fetch });
    const { endpoints } = await world.settings();
    const isNeeded = endpoints.some(({ baseUrl }) => accessPattern(baseUrl) === localPattern);
    if (found.length === 0 && !isNeeded) await world.giveBackAccess(localPattern);
    return found;
  }

  return {
    diagnose: (endpointId, complaint) =>
      alive(() => diagnose(endpointId, complaint)).catch((error: unknown) => ({
        kind: 'other',
        host: '',
        failure: toFailure(error),
      })),
    findServers: () => alive(findServers).catch(() => []),
  };
}
