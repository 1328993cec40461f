import { createContext } from 'preact';

/** Whether what is drawn stands inside a link: a link or a button in it would be a second thing to press in the first. */
export const InsideLink = createContext(false);
