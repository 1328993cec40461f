import { diagramPolicy } from './page-policy.ts';

/** The page in whose frame diagrams are drawn. */
export const diagramPage = 'diagram.html';

/** Its script is no module: an opaque origin may load none in Firefox. */
export const diagramHtml = `<!doctype html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="${diagramPolicy}" />
    <meta http-equiv="x-dns-prefetch-control" content="off" />
    <meta charset="utf-8" />
    <meta name="color-scheme" content="light dark" />
    <title>Ava</title>
    <style>
      html {
        background: transparent;
      }
      body {
        margin: 0;
        padding: 8px;
        overflow-x: auto;
      }
      svg {
        display: block;
        margin: 0 auto;
      }
    </style>
  </head>
  <body>
    <script src="/diagram.js"></script>
  </body>
</html>
`;
