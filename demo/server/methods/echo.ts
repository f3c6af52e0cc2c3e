/** Core/echo (RFC 8620 §4). */
import type { Method } from './context.ts'

export const echo: Method = (_context, args) => ({ ...args })
