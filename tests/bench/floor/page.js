/**
 * A page that shows an answer as plain text, a line an element, kept at its end. `document.body.dataset.way` says how the
 * text comes: `port`, through the worker, or `fetch`, by the page itself.
 */
const main = document.querySelector('main');
const field = document.querySelector('textarea');
let article;
let line;

function begin() {
  main.replaceChildren();
  article = document.createElement('article');
  article.dataset.role = 'assistant';
  article.dataset.state = 'streaming';
  const answer = document.createElement('div');
  answer.dataset.part = 'text';
  article.append(answer);
  main.append(article);
  line = undefined;
}

function append(text) {
  const answer = article.firstChild;
  const [first, ...others] = text.split('\n');
  for (const [index, words] of [first, ...others].entries()) {
    if (index > 0 || !line) {
      const element = document.createElement('div');
      line = document.createTextNode('');
      element.append(line);
      answer.append(element);
    }
    line.appendData(words);
  }
  main.scrollTop = main.scrollHeight;
}

function end() {
  article.dataset.state = 'complete';
}

let port;
/** At once again when the worker has gone to sleep: the floor is always ready. */
function connect() {
  port = chrome.runtime.connect();
  port.postMessage({ type: 'hello' });
  port.onMessage.addListener((message) => {
    if (message.isReady) document.body.dataset.ready = '';
    else if (message.isDone) end();
    else append(message.text);
  });
  port.onDisconnect.addListener(connect);
}
connect();

field.focus();
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  const { url, writes } = document.body.dataset;
  const ask = { type: 'ask', url, question: field.value, isWritten: writes !== undefined };
  field.value = '';
  begin();
  if (document.body.dataset.way === 'port') port.postMessage(ask);
  else void readAnswer(ask, append).then(end);
});
