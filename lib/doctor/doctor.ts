import type { Failure } from '@/lib/errors/failure';
import type { Endpoint, Provider, ProviderIo } from '@/lib/providers/provider';
import type { ConnectionFault, Diagnosis, FoundServer } from './diagnosis';

/** Where it hurts. */
export interface Complaint {
  /** With the address that is in use. */
  readonly endpoint: Endpoint;
  readonly provider: Provider;
  /** The failure that led here: what it says is not asked again. */
  readonly failure?: Failure;
  /** The model that was asked, or would be. */
  readonly model?: string;
  /** The user has agreed to a real question, of which one token is asked for. */
  readonly mayAsk?: boolean;
}

export interface DoctorIo extends Pick<ProviderIo, 'fetch' | 'key' | 'now'> {
  /** Watches why the browser can't connect to this address; `fault` is undefined when it does not tell. */
  readonly watchFault: (url: string) => {
    readonly fault: () => Promise<ConnectionFault | undefined>;
    readonly stop: () => void;
  };
}

export interface Doctor {
  /** What is the matter. Never throws; costs as few requests as can tell, and none that a model has to answer unless `mayAsk`. */
  diagnose(complaint: Complaint, io: DoctorIo): Promise<Diagnosis>;
  /** Looks at the usual ports of this computer. Never throws. */
  findServers(io: Pick<ProviderIo, 'fetch'>): Promise<readonly FoundServer[]>;
}
