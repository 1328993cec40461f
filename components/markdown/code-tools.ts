// The colours come with what needs them: where they are shown, their style sheet is there.
import './code-colours.css';

export { loadPainter } from '@/lib/code/load-painter';
export { DiagramView } from './diagram-view';
