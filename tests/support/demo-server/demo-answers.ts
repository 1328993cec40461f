/** What the demo model says: canned Markdown, chosen by a word of the question. Every answer begins with what it is. */

export const demoNotice = 'Demo model — canned text, not an AI';

const backpressure = `> ${demoNotice}.

## Backpressure, in one sentence

**Backpressure** is how the slow end of a pipe tells the fast end to wait, so that data in between does not pile up in memory.

### Why it is needed

A disk can often be read ten times faster than a network can be written to. If a program reads as fast as it can and writes whenever it can, the difference has to be kept somewhere:

1. The buffer in front of the slow side grows.
2. Memory fills, and the garbage collector works harder and harder.
3. Everything slows down, or the process is killed.

### What it looks like in Node

\`write()\` returns \`false\` once more than \`highWaterMark\` bytes are waiting. That is not an error: it is a request to pause until \`drain\`.

\`\`\`js
import { once } from 'node:events';

for await (const chunk of source) {
  if (!target.write(chunk)) {
    await once(target, 'drain'); // the slow side has caught up
  }
}
target.end();
\`\`\`

Most of the time there is no need to write this by hand, because \`pipeline\` does it, and handles errors as well:

\`\`\`js
import { pipeline } from 'node:stream/promises';

await pipeline(source, compress, target);
\`\`\`

### The same idea in other places

| Where | Who says "wait" | How |
| --- | --- | --- |
| TCP | the receiver | its window shrinks to zero |
| Node streams | the writable | \`write()\` returns \`false\` |
| Web streams | the queue | \`desiredSize\` is 0 or less |
| Reactive Streams | the subscriber | \`request(n)\` |

### Three ways to answer a full buffer

- **Wait**: nothing is lost, and the producer slows down. The right choice for files.
- **Drop**: the newest or the oldest goes. The right choice for live video or mouse positions.
- **Buffer, with a limit**: takes up short bursts. Without a limit it is no answer at all.

A good test is a slow reader: connect one, watch the memory, and see that it stays flat.
`;

const generic = `> ${demoNotice}.

## A canned answer

Nothing here was thought up for your question: this text is kept in a file and sent at the pace of a real model, so that you can see how an answer *streams*. Ask about **backpressure** for one that fits its question.

### What to look for

1. The first words appear at once, and the rest follows without jumps.
2. You can scroll up to read while more text arrives below.
3. **Stop** ends the answer, and what has arrived stays.

### A list with levels

- Text
  - *emphasis*, **strong**, ~~struck out~~ and \`code\`
  - a [link](https://example.com/) that opens in a tab of its own
- Tasks
  - [x] something that is done
  - [ ] something that is not

### A table

| Kind | Example | Streams |
| :--- | :---: | ---: |
| Heading | \`### A table\` | yes |
| Code | \`const a = 1\` | yes |
| Table | this one | row by row |

### Some code

\`\`\`ts
/** The n-th Fibonacci number; n is a whole number, 0 or more. */
export function fibonacci(n: number): bigint {
  let [a, b] = [0n, 1n];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}
\`\`\`

> A quotation, with a character outside the basic plane: 🌊, and some that are not Latin: поток, 流れ.

That is all this model can say. To ask a real one, add a provider in the settings.
`;

/** The answer to a question. Deterministic: the same question has the same answer. */
export function answerTo(question: string): string {
  return /back-?\s?pressure/i.test(question) ? backpressure : generic;
}

/** Cuts text into tokens, about a word each; joined they are the text again. */
export function toTokens(text: string): string[] {
  return text.match(/\s*[^\s]{1,9}|\s+/gu) ?? [];
}
