import type { LaterKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import { CopyButton } from '../ui/copy-button';

interface System {
  readonly name: string;
  readonly isThis: (platform: string) => boolean;
  readonly how: LaterKey;
  /** To be run, or to be written where `how` says. */
  readonly line: (origin: string) => string;
}

/** How Ollama is told which origins it may serve: https://docs.ollama.com/faq */
const systems: readonly System[] = [
  {
    name: 'macOS',
    isThis: (platform) => platform.startsWith('Mac'),
    how: 'originMac',
    line: (origin) => `launchctl setenv OLLAMA_ORIGINS "${origin}"`,
  },
  {
    name: 'Windows',
    isThis: (platform) => platform.startsWith('Win'),
    how: 'originWindows',
    line: (origin) => `setx OLLAMA_ORIGINS "${origin}"`,
  },
  {
    name: 'Linux',
    isThis: () => true,
    how: 'originLinux',
    line: (origin) => `Environment="OLLAMA_ORIGINS=${origin}"`,
  },
];

export interface OriginLinesProps {
  readonly onCopy: (text: string) => Promise<void>;
}

/** What a server that refuses this extension is started with: first for the system it most likely runs on. */
export function OriginLines({ onCopy }: OriginLinesProps) {
  const own = systems.find(({ isThis }) => isThis(navigator.platform));
  const others = systems.filter((system) => system !== own);
  return (
    <div class="origin-lines">
      <Line words={t('originLineAny')} text={`OLLAMA_ORIGINS=${location.origin}`} onCopy={onCopy} />
      {own && <SystemLine system={own} onCopy={onCopy} />}
      <details>
        <summary>{t('originOthers')}</summary>
        {others.map((system) => (
          <SystemLine key={system.name} system={system} onCopy={onCopy} />
        ))}
      </details>
    </div>
  );
}

function SystemLine({ system, onCopy }: { readonly system: System } & Pick<OriginLinesProps, 'onCopy'>) {
  return <Line words={`${system.name}: ${t(system.how)}`} text={system.line(location.origin)} onCopy={onCopy} />;
}

interface LineProps extends Pick<OriginLinesProps, 'onCopy'> {
  readonly words: string;
  readonly text: string;
}

function Line({ words, text, onCopy }: LineProps) {
  return (
    <div class="origin-line">
      <p class="hint">{words}</p>
      <code>{text}</code>
      <CopyButton label={t('copyLine', { line: text })} onCopy={() => onCopy(text)} />
    </div>
  );
}
