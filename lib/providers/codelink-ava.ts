import type { Preset } from './provider';

const url = 'https://ava-ai-ef611.web.app';

export interface CodeLinkAva extends Preset {
  /** The web app whose API this is. */
  readonly url: string;
  readonly supportsGpt35Turbo: true;
  /** The public service was retired in 2023. Another address that speaks the same wire may be set. */
  readonly working: false;
}

export const codeLinkAva: CodeLinkAva = {
  id: 'codelink-ava',
  label: 'CodeLink Ava',
  url,
  supportsGpt35Turbo: true,
  working: false,
  baseUrl: 'https://ava-alpha-api.codelink.io/api/chat',
  key: { needed: 'no' },
  hasModels: false,
  forcedHeaders: {
    Accept: '*/*',
    'Accept-Language': 'en,fr-FR;q=0.9,fr;q=0.8,es-ES;q=0.7,es;q=0.6,en-US;q=0.5,am;q=0.4,de;q=0.3',
    Origin: url,
    Referer: `${url}/`,
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Safari/537.36',
  },
  wire: 'codelink-ava-chat',
};
