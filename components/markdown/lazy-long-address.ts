import { lazyView } from '../ui/lazy-view';

/** Asked at the click on a link with a long query. */
export const lazyLongAddress = lazyView(async () => (await import('./long-address')).LongAddress);
