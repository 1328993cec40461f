import { clouds } from './errors/clouds.ts';
import { gateways } from './errors/gateways.ts';
import { words } from './errors/words.ts';
import type { ErrorCase } from './error-case.ts';

/** HTTP errors as providers, gateways and proxies send them. Times are counted from `errorsNow`, the endpoint's key is `caseKey`. */
export const providerErrors: readonly ErrorCase[] = [...clouds, ...gateways, ...words];

export const errorsNow = 1_700_000_000_000;
