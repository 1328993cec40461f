import type { ModelGroup } from '@/lib/panel/models';

/** The endpoint's name; with its host, where two have one name. '' for one that is gone. */
export function nameOfEndpoint(groups: readonly ModelGroup[], endpointId: string): string {
  const endpoint = groups.find((group) => group.endpoint.id === endpointId)?.endpoint;
  if (!endpoint) return '';
  const isShared = groups.filter((group) => group.endpoint.label === endpoint.label).length > 1;
  return isShared ? `${endpoint.label} (${URL.parse(endpoint.baseUrl)?.host})` : endpoint.label;
}
