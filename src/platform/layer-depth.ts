/** How many layers lie over the page, by the state of a history entry (`history-layer.ts`); 0 for the page itself. */
export function layerDepth(state: unknown): number {
  const over = typeof state === 'object' && state !== null && 'over' in state ? state.over : 0
  return typeof over === 'number' ? over : 0
}
