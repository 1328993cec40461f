import type { ProviderChoice } from '@/lib/panel/options';
import { presets } from '@/lib/providers';
import { isOwnHost } from '@/lib/providers/is-private-host';
import { onDeviceAddress, type Preset } from '@/lib/providers/provider';

/** The presets as the options offer them. */
export const providerChoices: readonly ProviderChoice[] = presets.map((preset) => ({
  ...preset,
  place: placeOf(preset),
}));

/** A vendor wants a key. One without an address wants one, too, where it is a vendor's; one that is gone is asked elsewhere. */
function placeOf({ baseUrl, key, working }: Preset): ProviderChoice['place'] {
  if (baseUrl === onDeviceAddress) return 'computer';
  if (baseUrl !== '' && isOwnHost(new URL(baseUrl).hostname)) return 'computer';
  return key.needed === 'yes' && working !== false ? 'vendor' : 'anywhere';
}
