/** WebDriver BiDi over Node's own WebSocket, as far as it is needed: https://w3c.github.io/webdriver-bidi/ */
export interface FirefoxConnection {
  send(method: string, parameters?: object): Promise<unknown>;
  /** Calls a function, given as source, in a browsing context. Arguments and result go as JSON. */
  call(context: string, source: string, ...parameters: readonly unknown[]): Promise<unknown>;
  readonly closed: Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly type: 'success' | 'error';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

interface CallResult {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

export async function connectToFirefox(address: string): Promise<FirefoxConnection> {
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
  });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  socket.addEventListener('message', (event) => {
    const answer = JSON.parse(String(event.data)) as Answer;
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  const gone = (): Error => new Error('Firefox has closed the connection');
  const closed = new Promise<void>((settle) => {
    socket.addEventListener('close', () => {
      for (const { reject } of waiting.values()) reject(gone());
      waiting.clear();
      settle();
    });
  });
  let lastId = 0;

  const send = async (method: string, parameters: object = {}): Promise<unknown> => {
    // A WebSocket that is closed takes what is sent without a word.
    if (socket.readyState !== WebSocket.OPEN) throw gone();
    const id = ++lastId;
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params: parameters }));
    });
    if (answer.type === 'error') throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result;
  };

  return {
    send,
    closed,
    async call(context, source, ...parameters) {
      const { type, result, exceptionDetails } = (await send('script.callFunction', {
        functionDeclaration: `async (json) => JSON.stringify(await (${source})(...JSON.parse(json)))`,
        arguments: [{ type: 'string', value: JSON.stringify(parameters) }],
        awaitPromise: true,
        userActivation: true,
        target: { context },
      })) as CallResult;
      if (type === 'exception') throw new Error(exceptionDetails?.text ?? 'exception');
      return result?.value === undefined ? undefined : (JSON.parse(result.value) as unknown);
    },
  };
}
