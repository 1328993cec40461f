import type { Diagnosis, FoundServer } from '@/lib/doctor/diagnosis';
import type { Complaint, Doctor, DoctorIo } from '@/lib/doctor/doctor';
import { localPattern } from '@/lib/doctor/local-ports';
import type { ForcedHeaders } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import { accessPattern } from './access-pattern';
import { findAsked, type FindAskedWorld, withDefaultsOf } from './find-asked';

export interface CheckUpsWorld extends FindAskedWorld, Pick<DoctorIo, 'fetch' | 'watchFault' | 'now'> {
  readonly doctor: Doctor;
  readonly settings: () => Promise<Settings>;
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  readonly giveBackAccess: (origin: string) => Promise<void>;
  readonly startHeartbeat: () => () => void;
}

/** What the doctor is asked for, with what only the background has: the key, and the one door. */
export interface CheckUps {
  diagnose(endpointId: string, complaint: Pick<Complaint, 'failure' | 'model' | 'mayAsk'>): Promise<Diagnosis>;
  /** Access that was given for this alone, and found nothing, is given back. */
  findServers(): Promise<readonly FoundServer[]>;
}

export function createCheckUps(world: CheckUpsWorld): CheckUps {
  const { doctor, fetch, watchFault, now } = world;

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
    const settings = await world.settings();
    const { endpoint: asked, provider, key } = await findAsked(world, settings, endpointId);
    const { model = '', mayAsk } = complaint;
    // With what goes with this model's requests: without it, it may answer otherwise.
    const { endpoint } = withDefaultsOf({ endpointId, model, label: model }, asked, settings);
    const { forcedHeaders } = provider;
    const release = mayAsk && forcedHeaders && (await world.forceHeaders(endpoint.baseUrl, forcedHeaders));
    try {
      return await doctor.diagnose({ ...complaint, endpoint, provider }, { fetch, watchFault, now, key });
    } finally {
      await (release || undefined)?.();
    }
  }

  async function findServers(): Promise<readonly FoundServer[]> {
    const found = await doctor.findServers({ fetch });
    const { endpoints } = await world.settings();
    const isNeeded = endpoints.some(({ baseUrl }) => accessPattern(baseUrl) === localPattern);
    if (found.length === 0 && !isNeeded) await world.giveBackAccess(localPattern);
    return found;
  }

  return {
    diagnose: (endpointId, complaint) => alive(() => diagnose(endpointId, complaint)),
    findServers: () => alive(findServers),
  };
}
