import { bytesOf, type StreamCase } from './stream-case.ts';

/** The body of a case in the given pieces, one per read, with the end that the case says. For tests without a network. */
export function playBody(one: StreamCase, pieces: Iterable<Uint8Array> = [bytesOf(one)]): ReadableStream<Uint8Array> {
  const rest = pieces[Symbol.iterator]();
  const { end, whileOpen } = one;
  const again = new TextEncoder().encode(whileOpen);
  let timer: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = rest.next();
        if (!next.done) controller.enqueue(next.value);
        else if (end === 'close') controller.close();
        else if (end === 'reset') controller.error(new TypeError('network error'));
        else if (again.length > 0) timer ??= setInterval(() => controller.enqueue(again), 10);
        // A pull that gives nothing is not repeated: the body stays open.
      },
      cancel: () => clearInterval(timer),
    },
    { highWaterMark: 0 },
  );
}
