import { render } from 'preact'; render(<p>Ava</p>, document.getElementById('root')!);
