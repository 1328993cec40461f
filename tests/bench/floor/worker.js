/** Asks for the page and sends what comes over the port, in batches of a frame. */
importScripts('read-answer.js');

const frameMs = 16;

chrome.sidePanel.setPanelBehavior({ openPanelOnActionClick: true });

chrome.runtime.onConnect.addListener((port) => {
  let batch = '';
  let timer;
  function send() {
    timer = undefined;
    port.postMessage({ text: batch });
    batch = '';
  }
  port.onMessage.addListener(async (ask) => {
    if (ask.type === 'hello') {
      port.postMessage({ isReady: true });
      return;
    }
    if (ask.isWritten) await chrome.storage.local.set({ question: ask.question });
    await readAnswer(ask, (text) => {
      batch += text;
      timer ??= setTimeout(send, frameMs);
    });
    clearTimeout(timer);
    send();
    port.postMessage({ isDone: true });
  });
});
