/**
 * What mermaid and d3 do by `element.innerHTML = markup`, which the build replaces by this: a document without scripts
 * parses it, and the frame takes what came of it.
 */
export function setMarkup(element: Element, markup: string): void {
  if (element.localName === 'style') {
    element.textContent = markup;
    return;
  }
  const isPicture = element.namespaceURI === 'http://www.w3.org/2000/svg';
  const page = new DOMParser().parseFromString(isPicture ? `<body><svg>${markup}` : `<body>${markup}`, 'text/html');
  element.replaceChildren(...((isPicture ? page.querySelector('svg') : page.body)?.childNodes ?? []));
}
