import { type ReadonlySignal, signal } from '@preact/signals';
import type { FromPage, PageSide, ToPage } from '@/lib/protocol/messages';

/**
 * The page's line to the background, which may be asleep or die at any time.
 * A page that waits for nothing lets the line rest, so that the background can sleep; it comes back with the next
 * `send`, or when the background wakes for some other reason.
 */
export interface Line {
  readonly isOpen: ReadonlySignal<boolean>;
  send(message: FromPage): void;
  onMessage(listener: (message: ToPage) => void): void;
  /** Called for each new line, before anything else is sent on it: say again what the background must know. */
  onOpen(listener: () => void): void;
  /** To be called when the background is known to be awake. */
  wake(): void;
}

/** Waits before the second, third … attempt in a row to get a line that stays, in milliseconds. */
const pauses = [0, 100, 300, 1000, 2000];
/**
 * A line on which nothing has come after this long leads nowhere: it was made to a worker that was ending, and the browser
 * may tell so only half a minute later. In milliseconds; from the third on twice as long each time, up to eight times.
 */
const answerMs = 700;
/** A line that lived this long was a good one. */
const goodLineMs = 3000;

export interface LineOptions {
  readonly connect: () => PageSide;
  /** Whether the page needs the background now: an answer is streaming, a question is not acknowledged. */
  readonly isNeeded: () => boolean;
  readonly now: () => number;
}

export function createLine({ connect, isNeeded, now }: LineOptions): Line {
  const isOpen = signal(false);
  const listeners: ((message: ToPage) => void)[] = [];
  const openers: (() => void)[] = [];
  let channel: PageSide | undefined;
  /** Lines in a row that did not last. */
  let failures = 0;
  /** Lines in a row on which nothing came. */
  let silences = 0;
  /** Whether anything has come on this line. */
  let isAnswered = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): PageSide {
    clearTimeout(timer);
    timer = undefined;
    const line = connect();
    const openedAt = now();
    channel = line;
    isOpen.value = true;
    isAnswered = false;
    const unanswered = setTimeout(
      () => {
        if (channel === line && isNeeded()) makeAnew(line);
      },
      answerMs * 2 ** Math.min(Math.max(silences - 1, 0), 3),
    );
    line.onMessage((message) => {
      clearTimeout(unanswered);
      if (channel !== line) return;
      isAnswered = true;
      silences = 0;
      for (const listener of listeners) listener(message);
    });
    line.onClose(() => {
      clearTimeout(unanswered);
      if (channel !== line) return;
      lose(now() - openedAt > goodLineMs);
      if (isNeeded()) comeBack();
    });
    for (const opener of openers) opener();
    return line;
  }

  function makeAnew(line: PageSide): void {
    silences += 1;
    line.close();
    lose(false);
    open();
  }

  function lose(wasGood: boolean): void {
    channel = undefined;
    isOpen.value = false;
    failures = wasGood ? 0 : failures + 1;
  }

  function comeBack(): void {
    timer ??= setTimeout(open, pauses[Math.min(failures, pauses.length - 1)]);
  }

  return {
    isOpen,
    send: (message) => {
      (channel ?? open()).send(message);
    },
    onMessage: (listener) => {
      listeners.push(listener);
    },
    onOpen: (listener) => {
      openers.push(listener);
    },
    wake: () => {
      if (!channel) open();
      // After one that led nowhere, this one was made before the background woke, and may lead nowhere, too.
      else if (silences > 0 && !isAnswered && isNeeded()) makeAnew(channel);
    },
  };
}
