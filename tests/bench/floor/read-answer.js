/** Reads an answer of the benchmark's server and gives its text piece by piece: the least that can be done with it. */
// oxlint-disable-next-line no-unused-vars -- a classic script: page and worker both load it
async function readAnswer({ url, question }, onText) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: question }] }),
  });
  let rest = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop();
    let text = '';
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue;
      text += JSON.parse(line.slice(6)).choices[0].delta.content ?? '';
    }
    if (text !== '') onText(text);
  }
}
