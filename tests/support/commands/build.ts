/** `npm run build`: the extension for Chrome and Edge, and for Firefox. */
import { buildExtension } from '../build-extension.ts';
import { buildFolder } from '../paths.ts';

for (const browser of ['chromium', 'firefox'] as const) {
  const { code, output } = await buildExtension(browser);
  if (code === 0) {
    console.log(`Built ${buildFolder(browser)}`);
  } else {
    console.error(output);
    process.exitCode = 1;
  }
}
