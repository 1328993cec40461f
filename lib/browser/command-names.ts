/** The names under which the browser knows our shortcuts: in the manifest, and in `commands.onCommand`. */
export const openPanelCommand = 'open-panel';
export const quickPromptCommand = 'quick-prompt';
