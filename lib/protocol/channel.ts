/** A two-way line to the other side: a `runtime.Port` in the browser, a pair of arrays in tests. */
export interface Channel<Out, In> {
  /** Does nothing once the line is closed. */
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** Called once, when the other side is gone or `close` was called there. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Both ends of a line inside one process. Messages arrive in order, each in a microtask of its own, as plain copies. */
export function createChannelPair<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const left = makeEnd<A, B>();
  const right = makeEnd<B, A>();
  left.connect(right);
  right.connect(left);
  return [left.channel, right.channel];
}

interface End<Out, In> {
  readonly channel: Channel<Out, In>;
  connect(other: { receive(message: Out): void; hangUp(): void }): void;
  receive(message: In): void;
  hangUp(): void;
}

function makeEnd<Out, In>(): End<Out, In> {
  const listeners: ((message: In) => void)[] = [];
  const closers: (() => void)[] = [];
  let other: { receive(message: Out): void; hangUp(): void } | undefined;
  let isOpen = true;
  return {
    connect: (end) => {
      other = end;
    },
    receive: (message) => {
      if (isOpen) for (const listener of listeners) listener(message);
    },
    hangUp: () => {
      if (!isOpen) return;
      isOpen = false;
      for (const closer of closers) closer();
    },
    channel: {
      send: (message) => {
        if (!isOpen) return;
        const copy = structuredClone(message);
        queueMicrotask(() => other?.receive(copy));
      },
      onMessage: (listener) => {
        listeners.push(listener);
      },
      onClose: (listener) => {
        closers.push(listener);
      },
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        queueMicrotask(() => other?.hangUp());
      },
    },
  };
}
