import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startDrawing } from '@/lib/diagram/start-drawing';

/** The script of `diagram.html`, the sandboxed frame. No module: Firefox loads none for an opaque origin. */
export default defineUnlistedScript(() => startDrawing(document, parent));
