/** How keys are called: in the table of keys, and where a menu shows one. */
export const keyNames: Readonly<Record<string, string>> = {
  Enter: 'Enter',
  Escape: 'Esc',
  Shift: 'Shift',
  Control: 'Ctrl',
  Alt: 'Alt',
  Command: 'Command',
  ArrowDown: 'Down',
  ArrowUp: 'Up',
  Home: 'Home',
  End: 'End',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
}
